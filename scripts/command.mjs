// Builds the command: CommonJS, which Node begins 7 ms sooner than a module, and in few files, of which each costs 1 ms.
import { createRequire, isBuiltin } from 'node:module'
import { basename, relative, resolve } from 'node:path'
import { transform } from 'esbuild'
import { rolldown } from 'rolldown'
import { kernelForNode } from './kernel.mjs'
import { changed, modelForNode, modelPacked } from './tagger.mjs'

/** What is loaded together, by what it begins with; what an earlier one holds is not in a later one. */
const parts = [
  // What every run needs.
  ['base', ['src/core/closest.ts', 'src/reporters/index.ts', 'src/version.ts']],
  // Whether a draft can hold a finding.
  ['gate', ['src/clean.ts']],
  // A check that prints for people.
  ['check', ['src/commands/check.ts', 'src/reporters/pretty.ts']],
  // Reading a text and checking it.
  ['engine', ['src/commands/read-and-check.ts']],
]

/** The reader of PDFs is that of the library, 1.6 MB. */
const elsewhere = { './pdf/index.ts': './pdf.js', '#tagger-model': '\0tagger-model', '#kernel': '\0kernel' }

/** What stands in their place. */
const written = { '\0tagger-model': modelForNode, '\0kernel': kernelForNode }

/**
 * What few drafts need and takes long to load: by how it is imported, its file and the function of it that is called. It is
 * loaded at the first call.
 */
const later = {
  // It makes a segmenter as it is loaded.
  'string-width': ['string-width', 'default'],
  // The rules of .gitignore: where a folder is checked.
  ignore: ['ignore', 'default'],
  './front-matter-yaml.ts': ['src/formats/front-matter-yaml.ts', 'parsedValues'],
  './html-text.ts': ['src/formats/html-text.ts', 'readHtmlText'],
}
const laterFiles = Object.fromEntries(Object.values(later).map(([path]) => [basename(path, '.ts'), path]))
const LATER = '\0later:'

/** What stands for one of them where it is imported; the file itself for what stands for it. */
function laterFor(path, importer) {
  if (importer.startsWith(LATER)) return { id: path, external: true }
  return importer && later[path] ? LATER + path : undefined
}

function stubOf(id) {
  if (!id.startsWith(LATER)) return undefined
  const [file, name] = later[id.slice(LATER.length)]
  const call = `(...args) => require('./${basename(file, '.ts')}.cjs').${name}(...args)`
  return name === 'default' ? `export default ${call}` : `export const ${name} = ${call}`
}

/** What esbuild does to all that is built. */
export const small = {
  target: 'node20.19',
  // Written as literals, these are compiled once; esbuild would make a new one at every use.
  supported: { 'regexp-unicode-property-escapes': true },
  minifySyntax: true,
  minifyWhitespace: true,
  minifyIdentifiers: true,
  legalComments: 'none',
}

/** In ASCII, a file is read and compiled in half the time. */
const ascii = { ...small, charset: 'ascii', format: 'cjs' }

/** Writes the command to a folder. Gives what each file holds and imports, as esbuild's metafile does. */
export async function buildCommand(target) {
  const partOf = new Map()
  const bundle = await rolldown({
    input: { cli: 'src/front.ts', worker: 'src/commands/worker.ts', ...laterFiles },
    platform: 'neutral',
    resolve: { mainFields: ['module', 'main'] },
    external: (path) => isBuiltin(path) || path === './pdf.js',
    transform: { target: 'node20.19', define: { 'import.meta.dirname': '__dirname' } },
    preserveEntrySignatures: 'allow-extension',
    plugins: [
      {
        name: 'parts',
        resolveId: (path, importer = '') =>
          laterFor(path, importer) ?? elsewhere[path] ?? partForNode(path, importer) ?? modelPacked(path, importer),
        load: (path) => stubOf(path) ?? written[path] ?? changed(path),
        buildEnd() {
          for (const [name, entries] of parts) {
            const visit = (id) => {
              if (partOf.has(id)) return
              partOf.set(id, name)
              for (const next of this.getModuleInfo(id)?.importedIds ?? []) visit(next)
            }
            for (const entry of entries) visit(resolve(entry))
          }
        },
      },
    ],
    logLevel: 'warn',
  })
  const { output } = await bundle.write({
    dir: target,
    format: 'cjs',
    exports: 'named',
    entryFileNames: '[name].cjs',
    chunkFileNames: ({ name }) => (name === 'cli' ? 'program.cjs' : '[name].cjs'),
    minify: false,
    plugins: [{ name: 'small', renderChunk: async (code) => (await transform(code, ascii)).code }],
    codeSplitting: {
      includeDependenciesRecursively: false,
      groups: parts.map(([name], i) => ({
        name,
        test: (id) => (partOf.get(id) ?? (id.startsWith('\0rolldown') && 'base')) === name,
        priority: parts.length - i,
      })),
    },
  })
  await bundle.close()
  return metafile(output, target)
}

/** What the language server's packages have for Node. */
function partForNode(path, importer) {
  return /^vscode-[a-z-]+\/node$/.test(path) ? createRequire(importer).resolve(path) : undefined
}

function metafile(output, target) {
  const outputs = {}
  for (const { fileName, code, modules, imports, dynamicImports } of output) {
    const named = (kind) => (name) =>
      output.some((each) => each.fileName === name)
        ? { path: `${target}/${name}`, kind }
        : { path: name, kind, external: true }
    outputs[`${target}/${fileName}`] = {
      bytes: code.length,
      inputs: Object.fromEntries(
        Object.entries(modules).map(([id, { renderedLength }]) => [
          relative('.', id),
          { bytesInOutput: renderedLength },
        ]),
      ),
      imports: [...imports.map(named('import-statement')), ...dynamicImports.map(named('dynamic-import'))],
    }
  }
  const inputs = Object.fromEntries(
    Object.values(outputs).flatMap((each) => Object.keys(each.inputs).map((id) => [id, {}])),
  )
  return { inputs, outputs }
}
