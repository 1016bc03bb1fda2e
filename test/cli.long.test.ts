/** Drafts at the limit of what is read: time grows with the text, not with its square. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(text: string): { code: number | null; out: string; err: string } {
  writeFileSync(join(folder, 'long.md'), text)
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.cjs'), 'check', 'long.md'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 100_000,
  })
  return { code: status, out: stdout, err: stderr }
}

const megabyte = 1_000_000
const fill = (unit: string, length: number): string => unit.repeat(length / unit.length)

test.each([
  ['sentences', 'The cat sat on a mat and slept. '],
  ['no full stop', 'the cat sat on a mat and slept '],
])('a line of 4 MB: %s', (_, unit) => {
  const { code, out } = check(`${fill(unit, 4 * megabyte)} We fight modern-day slavery.`)
  expect(code).toBe(1)
  expect(out).toMatch(/\n1 conflict \(1 warning\) in [\d,]+ words; by value: 4 \(1\)\.\n$/)
})

test('a line of 20 MB is refused in one line', () => {
  const { code, err } = check(fill('The cat sat on a mat. ', 20 * megabyte))
  expect(code).toBe(2)
  expect(err).toMatch(/^long\.md: is larger than \d+ MiB; .*\n$/)
})
