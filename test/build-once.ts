import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The command is tested as it ships: built, where the build is missing or older than a source file. */
export default function setup(): void {
  const built = existsSync('dist/cli.cjs') ? statSync('dist/cli.cjs').mtimeMs : 0
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => join('src', name))
  if (built > Math.max(...[...sources, 'package.json'].map((path) => statSync(path).mtimeMs))) return
  const run = spawnSync('npm', ['run', 'build'], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`the build failed:\n${run.stdout}${run.stderr}`)
}
