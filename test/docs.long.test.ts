import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('the stored figures are those that the command gives today', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/eval.mjs', '--check'], { encoding: 'utf8' })
  expect(stderr).toBe('')
  expect(status).toBe(0)
}, 600_000)
