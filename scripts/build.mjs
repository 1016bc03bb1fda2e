// Bundles the command and the library; every dependency is inside, so an installed package loads nothing else.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { notices } from './notices.mjs'
import { buildPage } from './page.mjs'

const target = process.env.OUT ?? 'dist'
rmSync(target, { recursive: true, force: true })

const { metafile } = await build({
  entryPoints: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    node: 'src/node.ts',
    remark: 'src/remark.ts',
    'remark-node': 'src/remark-node.ts',
    compile: 'src/compile.ts',
    'pdf-worker': 'src/pdf-worker.ts',
  },
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  // Packages come in their plain builds, not in those for Node: the library runs in browsers too.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['node:*'],
  plugins: [
    { name: 'builtins', setup: builtins },
    { name: 'tagger', setup: taggerModel },
  ],
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})

// The packs, compiled once, so that a run parses no YAML. The compiler itself is not shipped.
const { compiledPacks } = await import(pathToFileURL(resolve(target, 'compile.js')).href)
mkdirSync(`${target}/packs`)
const packs = compiledPacks()
for (const { name, bytes } of packs) writeFileSync(`${target}/packs/${name}`, gzipSync(bytes, { level: 9 }))
rmSync(`${target}/compile.js`)

// What each chunk holds and imports: the tests read it.
writeFileSync(`${target}/meta.json`, JSON.stringify(metafile))
writeFileSync(`${target}/THIRD-PARTY.txt`, notices(Object.keys(metafile.inputs)))

if (packs[0]) await buildPage(`${target}/web.html`, packs[0].bytes, notices)

/** Lets CommonJS packages (commander, the language server) require what is built into Node, and their own parts for Node. */
function builtins({ onResolve, onLoad }) {
  onResolve({ filter: /^(?:node:|[a-z_]+$)/ }, ({ path, kind }) =>
    kind === 'require-call' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
  )
  onResolve({ filter: /^vscode-[a-z-]+\/node$/ }, ({ path, importer }) => ({
    path: createRequire(importer).resolve(path),
  }))
  onLoad({ filter: /^/, namespace: 'builtin' }, ({ path }) => ({
    contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)})`,
  }))
}

/** Keeps the tagger's model as the text that it is: as an object of the program it would be compiled, written out and parsed again. */
function taggerModel({ onLoad }) {
  const slow = 'JSON.parse(JSON.stringify(originalModel))'
  onLoad({ filter: /wink-eng-lite-web-model\/dist\/read-core-model\.js$/ }, ({ path }) => {
    const source = readFileSync(path, 'utf8')
    if (!source.includes(slow)) throw new Error(`${path} no longer holds ${slow}; see taggerModel in scripts/build.mjs`)
    return { contents: source.replace(slow, 'JSON.parse(originalModel)') }
  })
  onLoad({ filter: /eng-core-web-model\.json$/ }, ({ path }) => ({ contents: readFileSync(path), loader: 'text' }))
}

const types = spawnSync('npx', ['tsc', '-p', 'tsconfig.types.json', '--outDir', `${target}/types`], {
  stdio: 'inherit',
})
process.exit(types.status ?? 1)
