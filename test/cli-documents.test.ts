/** Word and OpenDocument files on the built command. */

import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportShape } from '../src/core/schema.ts'
import { seen } from './comments.ts'
import { annotations } from './odt.ts'
import { p, r, word } from './word.ts'

const cli = resolve('dist/cli.cjs')
const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(...args: string[]): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', SOURCE_DATE_EPOCH: '1700000000' },
  })
  return { code: status, out: stdout, err: stderr }
}

const at = (name: string): string => join(folder, name)
const draft = word({
  body:
    p('Our work', '<w:pStyle w:val="berschrift1"/>') +
    p(`${r('We fight modern')}${r('-day slavery', '<w:b/>')}${r(' here.')}`),
})

beforeAll(() => {
  mkdirSync(at('drafts'))
  writeFileSync(at('drafts/letter.docx'), draft)
  writeFileSync(at('drafts/~$letter.docx'), 'a lock of Word')
  copyFileSync('fixtures/documents/libreoffice.odt', at('drafts/office.odt'))
})

test('check: by heading and paragraph, in words and as JSON; comments in copies that a second run leaves out', () => {
  const { code, out, err } = run('check', 'drafts', '--comments')
  expect(code).toBe(1)
  expect(out).toContain('drafts/letter.docx, paragraph 2, under “Our work”  warning')
  expect(out).toContain('We fight modern-day slavery here.')
  expect(out).toContain('words of 2 drafts')
  expect(err).toBe('drafts/letter.checked.docx: 1 comment\ndrafts/office.checked.odt: 3 comments\n')
  expect(readFileSync(at('drafts/letter.docx'))).toEqual(Buffer.from(draft))

  const [comment] = seen(readFileSync(at('drafts/letter.checked.docx'))).comments
  expect(comment).toMatchObject({ author: 'values-lint', range: 'modern-day slavery' })
  expect(comment?.says.split('\n')).toEqual([
    expect.stringContaining("Slavery's name is used here"),
    expect.stringMatching(
      /All slavery fits.* Read as the author's own voice: “We fight …”.* Value 4, No slavery or abolition language\.$/,
    ),
    expect.stringMatching(/^Instead: human trafficking · /),
    '',
  ])
  const ours = annotations(readFileSync(at('drafts/office.checked.odt'))).filter(
    ({ creator }) => creator === 'values-lint',
  )
  expect(ours.map(({ range }) => range)).toContain('modern-day slavery')

  const json = run('check', 'drafts', '--format', 'json')
  const report = JSON.parse(json.out)
  expect(reportShape.parse(report)).toEqual(report)
  expect(report.files.map(({ path }: { path: string }) => path)).toEqual(['drafts/letter.docx', 'drafts/office.odt'])
  expect(report.files[0].findings[0]).toMatchObject({
    start: { line: 2, column: 10 },
    place: { part: 'body', heading: 'Our work', paragraph: 2, offset: 9 },
  })
  expect(readdirSync(at('drafts')).filter((name) => name.includes('part'))).toEqual([])
})

test('the copy has the name that --output gives, and is never the draft', () => {
  expect(run('check', 'drafts/letter.docx', '--comments', '-o', 'copy.docx').err).toBe('copy.docx: 1 comment\n')
  expect(seen(readFileSync(at('copy.docx'))).comments).toHaveLength(1)
  linkSync(at('drafts/letter.docx'), at('link.docx'))
  for (const target of ['drafts/letter.docx', './drafts/../drafts/letter.docx', 'link.docx']) {
    const { code, err } = run('check', 'drafts/letter.docx', '--comments', '-o', target)
    expect([code, err]).toEqual([
      2,
      'drafts/letter.docx: would be replaced by its own copy; name another file with --output\n',
    ])
  }
  expect(readFileSync(at('drafts/letter.docx'))).toEqual(Buffer.from(draft))
})

test('a rule whose wording fits as it stands suggests it', () => {
  mkdirSync(at('pack'))
  writeFileSync(at('pack/pack.yaml'), 'name: small\ntitle: Small\norganisation: A house\nstatement: Words\n')
  writeFileSync(at('pack/concepts.yaml'), '{}\n')
  writeFileSync(
    at('pack/01-words.yaml'),
    `value: 1
slug: words
title: Plain words
means: We say trafficking.
source: Words
rules:
  - id: plain
    kind: language
    level: warning
    find: modern-day slavery
    fix: true
    message: A plain word exists.
    why: It is clearer.
    instead: human trafficking
    fail: We fight [[modern-day slavery]].
    pass: We fight trafficking.
`,
  )
  const { code, err } = run('check', 'drafts/letter.docx', '--suggest', '-o', 'suggested.docx', '--pack', 'pack')
  expect([code, err]).toEqual([1, 'suggested.docx: 1 comment, 1 suggestion\n'])
  expect(seen(readFileSync(at('suggested.docx')))).toMatchObject({
    struck: ['modern-day slavery'],
    inserted: ['human trafficking'],
  })
})

test('explain names a paragraph', () => {
  expect(run('explain', 'drafts/letter.docx:2').out).toContain('2:10  “modern-day slavery” is reported as warning')
  expect(run('explain', 'drafts/letter.docx:9')).toMatchObject({
    code: 2,
    err: 'values-lint: drafts/letter.docx has no paragraph 9; it has 2\n',
  })
})

test('what cannot be done is one line', () => {
  writeFileSync(at('draft.md'), 'We fight modern-day slavery.\n')
  writeFileSync(at('old.docx'), Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))
  writeFileSync(at('old.doc'), 'x')
  const line = (...args: string[]): string => {
    const { code, err } = run(...args)
    expect(code).toBe(2)
    return err
  }
  expect(line('check', 'draft.md', '--comments')).toMatch(
    /^values-lint: draft\.md cannot hold comments; .*\.docx, \.odt\)\n$/,
  )
  expect(line('check', 'drafts', '--comments', '-o', 'one.docx')).toMatch(/^values-lint: --output names one copy.*\n$/)
  expect(line('check', 'old.docx', '--comments')).toBe('old.docx: is an old Word file (.doc); save it as .docx\n')
  expect(line('check', 'old.doc')).toBe(
    'old.doc: is an old Word file, which values-lint does not read; open it in Word or LibreOffice and save it as .docx\n',
  )
  expect(existsSync(at('old.checked.docx'))).toBe(false)
})

test('the library for Node reads PDFs within the limits of the command', async () => {
  const { readPdf } = await import(resolve('dist/node.js'))
  expect((await readPdf(readFileSync('fixtures/letters/tagged.pdf'))).blocks[0].text).toBeTruthy()
  await expect(readPdf(readFileSync('fixtures/documents/protected.pdf'))).rejects.toThrow(/^is protected by a password/)
})
