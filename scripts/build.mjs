// Bundles the command and the library; every dependency is inside, so an installed package loads nothing else.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const target = process.env.OUT ?? 'dist'
rmSync(target, { recursive: true, force: true })

const { metafile } = await build({
  entryPoints: { cli: 'src/cli.ts', index: 'src/index.ts', node: 'src/node.ts', compile: 'src/compile.ts' },
  outdir: target,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
  // yaml and wink are CommonJS and ask for Node's own modules by require.
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})

// The packs, compiled once, so that a run parses no YAML. The compiler itself is not shipped.
const { compiledPacks } = await import(pathToFileURL(resolve(target, 'compile.js')).href)
mkdirSync(`${target}/packs`)
for (const { name, json } of compiledPacks()) writeFileSync(`${target}/packs/${name}`, json)
rmSync(`${target}/compile.js`)

writeFileSync(`${target}/THIRD-PARTY.txt`, notices(Object.keys(metafile.inputs)))

/** The licence of every package that went into the bundle. */
function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8').trim() : ''
      return `${name} ${version} (${license})\n\n${text}\n`
    })
    .join(`\n${'-'.repeat(72)}\n\n`)
}

const types = spawnSync('npx', ['tsc', '-p', 'tsconfig.types.json', '--outDir', `${target}/types`], {
  stdio: 'inherit',
})
process.exit(types.status ?? 1)
