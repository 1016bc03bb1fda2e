// Bundles the library and the command; every dependency is inside, so an installed package loads nothing else.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { buildCommand, small } from './command.mjs'
import { writeKernel } from './kernel.mjs'
import { notices } from './notices.mjs'
import { buildPage } from './page.mjs'
import { packedTagger, writeModel } from './tagger.mjs'

const target = 'dist'
rmSync(target, { recursive: true, force: true })
await writeKernel(target)

const { metafile } = await build({
  entryPoints: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    remark: 'src/remark.ts',
    'remark-node': 'src/remark-node.ts',
    compile: 'src/compile.ts',
    'pdf-worker': 'src/pdf-worker.ts',
    // The command reads PDFs with this one.
    pdf: 'src/formats/pdf/index.ts',
  },
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  // Packages come in their plain builds, not in those for Node: the library runs in browsers too.
  platform: 'neutral',
  mainFields: ['module', 'main'],
  external: ['node:*'],
  plugins: [packedTagger],
  ...small,
  metafile: true,
  logLevel: 'warning',
})

const command = await buildCommand(target)
Object.assign(metafile.inputs, command.inputs)
Object.assign(metafile.outputs, command.outputs)

// The packs, compiled once, so that a run parses no YAML. The compiler itself is not shipped.
const { compiledPacks, freezeLexicon } = await import(pathToFileURL(resolve(target, 'compile.js')).href)
mkdirSync(`${target}/packs`)
const packs = compiledPacks()
for (const { fingerprint, first, rest } of packs) {
  writeFileSync(`${target}/packs/${fingerprint}.first`, first)
  writeFileSync(`${target}/packs/${fingerprint}.rest`, rest)
}
const note = packs.map(({ name, fingerprint, sizes }) => [name, { fingerprint, sizes }])
writeFileSync(`${target}/packs/built.json`, JSON.stringify(Object.fromEntries(note)))
await writeModel(target, freezeLexicon)
rmSync(`${target}/compile.js`)

// What each file holds and imports: the tests read it.
writeFileSync(`${target}/meta.json`, JSON.stringify(metafile))
writeFileSync(`${target}/THIRD-PARTY.txt`, notices(Object.keys(metafile.inputs)))

if (packs[0]) await buildPage(`${target}/web.html`, packs[0].bytes, notices)

const types = spawnSync('npx', ['tsc', '-p', 'tsconfig.types.json', '--outDir', `${target}/types`], {
  stdio: 'inherit',
})
process.exit(types.status ?? 1)
