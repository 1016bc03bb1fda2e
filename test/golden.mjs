import { spawnSync } from 'node:child_process'

/** What the built command reports above a note in a draft, one finding a line: place, level, rule, passage. */
export function goldenOf(path) {
  const run = spawnSync(process.execPath, ['dist/cli.cjs', 'check', path, '--format', 'json', '--fail-on', 'never'], {
    encoding: 'utf8',
  })
  const [file] = JSON.parse(run.stdout).files
  return file.findings
    .filter(({ level }) => level !== 'note')
    .map(({ start, level, rule, text }) => `${start.line}:${start.column}  ${level.padEnd(7)}  ${rule}  ${text}\n`)
    .join('')
}
