/** Drafts checked in threads: the report is the one of a single thread, to the letter. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-threads-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function check(threads: number, ...args: string[]): object {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.cjs'), 'check', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', VALUES_LINT_THREADS: String(threads) },
  })
  return { status, stdout, stderr }
}

// Long drafts first, so that threads end in another order than they begin.
const drafts = readdirSync('fixtures/drafts')
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8'))
  .sort((a, b) => b.length - a.length)
  .slice(0, 5)
drafts.forEach((text, i) => {
  writeFileSync(join(folder, `draft-${i}.md`), text)
})
writeFileSync(join(folder, 'draft-2-latin1.md'), Buffer.from([0x63, 0xe9, 0x0a]))
writeFileSync(join(folder, 'draft-0-zip.txt'), 'PK\x03\x04 and more')
writeFileSync(join(folder, 'letter.docx'), readFileSync('fixtures/letters/letter.docx'))
writeFileSync(join(folder, 'kept.md'), 'We end demand. <!-- values-lint-disable-line no/such-rule -->\n')

test('the same report, mistakes in the order of the drafts', () => {
  const alone = check(1, '.', '--show-excused', '--alignment')
  expect(check(2, '.', '--show-excused', '--alignment')).toEqual(alone)
  expect(alone).toMatchObject({ status: 2 })
  expect((alone as { stderr: string }).stderr).toMatch(/draft-0-zip[\s\S]*draft-2-latin1[\s\S]*kept\.md/)
})

test('with a cache, that threads fill and one reads', () => {
  const cached = ['.', '--cache', '--cache-location', join(folder, '.kept'), '--format', 'json']
  const alone = check(1, '.', '--format', 'json')
  expect(check(2, ...cached)).toEqual(alone)
  expect(readdirSync(join(folder, '.kept')).length).toBeGreaterThan(5)
  expect(check(1, ...cached)).toEqual(alone)
  expect(check(3, ...cached)).toEqual(alone)
})
