// Each stage of a check by itself, as a table: bench/stages.bench.ts, run by vitest.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** `path`: where vitest may write what it measured. */
export function stageTable(path) {
  spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'bench', '--run', 'bench/stages.bench.ts', '--outputJson', path])
  const { files } = JSON.parse(readFileSync(path, 'utf8'))
  const stages = files.flatMap(({ groups }) => groups.flatMap(({ benchmarks }) => benchmarks))
  const rows = stages.map(({ name, median }) => `| ${name} | ${median.toFixed(2)} |`)
  return `| stage, warm, of a press release of 5,383 bytes | ms, median |\n| --- | --- |\n${rows.join('\n')}`
}
