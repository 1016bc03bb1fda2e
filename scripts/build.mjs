// Bundles the command and the library; every dependency is inside, so an installed package loads nothing else.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { notices } from './notices.mjs'
import { buildPage } from './page.mjs'
import { packedTagger, writeModel } from './tagger.mjs'

const target = process.env.OUT ?? 'dist'
rmSync(target, { recursive: true, force: true })

const options = {
  entryPoints: {
    main: 'src/cli.ts',
    worker: 'src/commands/worker.ts',
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
  plugins: [{ name: 'builtins', setup: builtins }, packedTagger],
  target: 'node20.19',
  // Written as literals, these are compiled once; esbuild would make a new one at every use.
  supported: { 'regexp-unicode-property-escapes': true },
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
}
const { metafile } = await build(options)

// Where a run begins, in one file, so that the commonest run loads no other.
const front = await build({
  ...options,
  entryPoints: { cli: 'src/front.ts' },
  splitting: false,
  external: ['node:*', './main.js'],
  plugins: [...options.plugins, { name: 'main', setup: wholeProgram }],
})
Object.assign(metafile.outputs, front.metafile.outputs)

// The packs, compiled once, so that a run parses no YAML. The compiler itself is not shipped.
const { compiledPacks, freezeLexicon } = await import(pathToFileURL(resolve(target, 'compile.js')).href)
mkdirSync(`${target}/packs`)
const packs = compiledPacks()
for (const { fingerprint, first, rest } of packs) {
  writeFileSync(`${target}/packs/${fingerprint}.first`, first)
  writeFileSync(`${target}/packs/${fingerprint}.rest.gz`, gzipSync(rest, { level: 9 }))
}
const note = packs.map(({ name, fingerprint, sizes }) => [name, { fingerprint, sizes }])
writeFileSync(`${target}/packs/built.json`, JSON.stringify(Object.fromEntries(note)))
await writeModel(target, freezeLexicon)
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

/** The front loads the whole program as it is built. */
function wholeProgram({ onResolve }) {
  onResolve({ filter: /^\.\/cli\.ts$/ }, () => ({ path: './main.js', external: true }))
}

const types = spawnSync('npx', ['tsc', '-p', 'tsconfig.types.json', '--outDir', `${target}/types`], {
  stdio: 'inherit',
})
process.exit(types.status ?? 1)
