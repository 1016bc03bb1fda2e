// Bundles the extension and packs it: editors/vscode/values-lint-VERSION.vsix.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { notices } from '../../scripts/notices.mjs'

const folder = import.meta.dirname
const { metafile } = await build({
  entryPoints: [`${folder}/src/extension.js`],
  outfile: `${folder}/dist/extension.js`,
  bundle: true,
  // The editor loads CommonJS, and gives the module `vscode` itself.
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})
writeFileSync(`${folder}/dist/THIRD-PARTY.txt`, notices(Object.keys(metafile.inputs)))

if (!process.argv.includes('--bundle-only')) {
  // The last line of vsce that runs on Node 20.
  const arguments_ = ['--yes', '@vscode/vsce@3.9.2', 'package', '--no-dependencies', '--skip-license']
  const { status } = spawnSync('npx', [...arguments_, '--allow-missing-repository'], { cwd: folder, stdio: 'inherit' })
  process.exitCode = status ?? 1
}
