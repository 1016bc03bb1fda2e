/** What holds for every draft: the map leads each character to its place, and markup hides no phrase. */

import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Block, Reader } from '../src/core/types.ts'
import { plainValues } from '../src/formats/front-matter.ts'
import { parsedValues } from '../src/formats/front-matter-yaml.ts'
import { readHtml } from '../src/formats/html.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'

// A busy machine may take longer than vitest's five seconds.
vi.setConfig({ testTimeout: 60_000 })

const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&eacute;': 'é',
  '&#x1F600;': '😀',
  '&shy;': '',
  '&nbsp;': ' ',
  '&#110;': 'n',
  '&NotEqualTilde;': '≂̸',
}

/** Everything that has a meaning in one of the formats, and words. */
const SCRAPS = [
  ...'*_~`[]()<>!#|\\:-+.=&"\'\t \n\n\n\r\0\u00AD\u200B\u00A0\uFEFF\u2011“”@',
  ...Object.keys(ENTITIES),
  ...[
    'word',
    'é',
    '😀',
    'two words',
    'https://a.b/c',
    'd@e.fg',
    '\r\n',
    '  \n',
    '\n\n',
    '\n    ',
    '\n> ',
    '\n- ',
    '\n1. ',
  ],
  ...[
    '**',
    '__',
    '~~',
    '``',
    '```\n',
    '](x)',
    '](x "title")',
    '![',
    '[^1]',
    '\n[^1]: ',
    '\n[a]: b "c"\n',
    '[a]',
    '\n---\n',
  ],
  ...[
    '<b>',
    '</b>',
    '<br>',
    '<p>',
    '</p>',
    '<q>',
    '</q>',
    '<li>',
    '<td>',
    '<code>',
    '</code>',
    '<!--',
    '-->',
    '<script>',
  ],
  ...[
    '</script>',
    '<p title="a&amp;b" hidden>',
    '<img alt=x&lt;y>',
    '<blockquote>',
    '</blockquote>',
    '|a|b|\n|-|-|\n',
    '# ',
  ],
  ...['---\ntitle: "a\\"b\\u00e9"\n---\n', "---\nsummary: 'a''b'\ndescription: >\n  c\n  d\n---\n"],
]
const anyDraft = fc.array(fc.constantFrom(...SCRAPS), { maxLength: 30 }).map((scraps) => scraps.join(''))

/** Whether the source at `at` may be read as `char`; if `next` is the place of the character after it, before that. */
function standsFor(char: string, source: string, at: number, next: number): boolean {
  const raw = source.slice(at, next)
  if (raw.startsWith(char)) return true
  if (char === ' ') return /^(?:\s|<br|\\[\r\n]|\\n|&nbsp;|&#)/i.test(raw)
  if (char === '\uFFFC') return /^(?:`|!\[|<)|:\/\/|@/.test(raw)
  if (char === '\uFFFD') return raw.startsWith('\0')
  if (char === '-' && raw.startsWith('\u2011')) return true
  if (/[“”]/.test(char)) return /^<\/?q>/.test(raw)
  if (raw.startsWith(`\\${char}`) || (char === 'é' && raw.startsWith('\\u00e9'))) return true
  return Object.entries(ENTITIES).some(([entity, value]) => source.startsWith(entity, at) && value.startsWith(char))
}

function checkMap({ text, source: places, quoteDepth, emphasis = [] }: Block, source: string): void {
  expect(places.length).toBe(text.length + 1)
  expect(quoteDepth).toBeGreaterThanOrEqual(0)
  expect(text).not.toMatch(/^\s|\s$|\s\s|[^\S ]|[\u00AD\u200B\uFEFF]/)
  expect(places.at(-1)).toBeLessThanOrEqual(source.length)
  for (let i = 0; i < text.length; i++) expect(places[i]).toBeLessThan(places[i + 1] ?? 0)
  let at = 0
  for (const char of text) {
    const [place = 0, next = 0] = [places[at], places[at + char.length]]
    // The second character of a two-character entity stands inside it.
    const inEntity = at > 0 && source.slice(places[at - 1]).startsWith('&NotEqualTilde;') && char === '\u0338'
    if (!inEntity)
      expect(standsFor(char, source, place, next), `${char} at ${place} in ${JSON.stringify(source)}`).toBe(true)
    at += char.length
  }
  for (const { start, end } of emphasis) {
    expect(start).toBeGreaterThanOrEqual(0)
    expect(start).toBeLessThan(end)
    expect(end).toBeLessThanOrEqual(text.length)
  }
}

const READERS: Record<string, Reader> = { readMarkdown, readText, readHtml }

for (const [name, read] of Object.entries(READERS)) {
  test(`${name}: each character of each block is at its place`, () => {
    fc.assert(
      fc.property(anyDraft, (source) => {
        const draft = read(source)
        expect(draft.source).toBe(source)
        for (const block of draft.blocks) checkMap(block, source)
      }),
      { numRuns: 400 },
    )
  })
}

/** Ways to write two words in Markdown. None says anything a reader of the page would notice. */
const WORD: ((word: string) => string)[] = [
  (word) => word,
  (word) => `**${word}**`,
  (word) => `*${word}*`,
  (word) => `~~${word}~~`,
  (word) => `[${word}](u "t")`,
  (word) => `[${word}][r]`,
  (word) => `<b class="x">${word}</b>`,
  (word) => `**${word.slice(0, 2)}**${word.slice(2)}`,
  (word) => `${word.slice(0, 2)}\u00AD${word.slice(2)}`,
  (word) => `${word.slice(0, 3)}&shy;${word.slice(3)}`,
  (word) => `${word.slice(0, 3)}\u200B${word.slice(3)}`,
  (word) => `${word.slice(0, 2)}<!-- c -->${word.slice(2)}`,
  (word) => `&#${word.charCodeAt(0)};${word.slice(1)}`,
]
const GAP = [' ', '  ', '\u00A0', '&nbsp;', '\t', '\n', '  \n', '\\\n', '<br>']
const WITHIN_LINE = GAP.filter((gap) => !gap.includes('\n'))

/** Where a phrase may stand: how the lines around it begin, and whether it may run over a line end. */
const SITUATION: { before: string; after?: string; prefix?: string; lines: boolean }[] = [
  { before: '', lines: true },
  { before: 'See &amp; say: “', after: '”.', lines: true },
  { before: '> ', prefix: '> ', lines: true },
  { before: '- > ', prefix: '  > ', lines: true },
  { before: '- a\n\n  1. ', prefix: '     ', lines: true },
  { before: '# ', lines: false },
  { before: '', after: '\n===', lines: true },
  { before: '| a | b |\n| - | - |\n| *c* | d &eacute; ', after: ' |', lines: false },
  { before: 'x[^1]\n\n[^1]: ', prefix: '    ', lines: true },
  { before: '![', after: '](x.png)', lines: true },
]

interface Planted {
  source: string
  start: number
  end: number
}

const anyPlanted: fc.Arbitrary<Planted> = fc
  .record({
    situation: fc.constantFrom(...SITUATION),
    first: fc.constantFrom(...WORD),
    second: fc.constantFrom(...WORD),
    gap: fc.constantFrom(...GAP),
    gapWithinLine: fc.constantFrom(...WITHIN_LINE),
    noise: fc.constantFrom('', 'a &amp; b \\* c\n\n', '---\ntitle: x\n---\n\n', '`d` 😀 e\n\n', '| a |\n| - |\n\n'),
    bom: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  })
  .map(({ situation, first, second, gap, gapWithinLine, noise, bom, lineEnd }) => {
    const { before, after = '', prefix = '', lines } = situation
    const phrase = first('zorro') + (lines ? gap : gapWithinLine) + second('quagga')
    const written = (text: string): string => text.replaceAll('\n', lineEnd)
    const head = written((bom ? '\uFEFF' : '') + noise + before)
    const body = written(phrase.replaceAll('\n', `\n${prefix}`))
    const source = head + body + written(`${after}\n\n[r]: u\n`)
    return { source, start: head.length, end: head.length + body.length }
  })

/** What may stand between two characters of the phrase. */
const MARKUP = /^(?:[*~[\]]|\(u "t"\)|\[r\]|<[^>]*>|[\u00AD\u200B]|&shy;|&nbsp;|\\|\s|>)*$/

test('a phrase is found under any markup, and its source is the phrase with only markup between', () => {
  fc.assert(
    fc.property(anyPlanted, ({ source, start, end }) => {
      const holding = readMarkdown(source).blocks.filter(({ text }) => text.includes('zorro quagga'))
      expect(holding.length, JSON.stringify(source)).toBe(1)
      const { text, source: places } = holding[0] as Block
      const first = text.indexOf('zorro quagga')
      let last = start
      for (let i = first; i < first + 'zorro quagga'.length; i++) {
        const place = places[i] ?? 0
        expect(source.slice(last, place)).toMatch(MARKUP)
        if (text.charAt(i) === ' ') last = place
        else last = source.charAt(place) === '&' ? source.indexOf(';', place) + 1 : place + 1
        expect(source.slice(place, last)).toMatch(/^(?:[a-z]|&#\d+;|)$/)
      }
      expect(source.slice(last, end)).toMatch(MARKUP)
    }),
    { numRuns: 600 },
  )
})

test('front matter that is plain to see says what the parser of YAML says', () => {
  const keys = ['title', 'description', 'summary', 'subtitle', 'tags', 'date', 'true', '_x']
  const pieces = [
    ...'aZ1 "\'#:,-[]{}&*!|>%@`\\/.?_’—',
    'null',
    'True',
    'false',
    ' #',
    ': ',
    '- ',
    'a: b',
    '[a, b-c]',
    '2024-10-21',
    '\t',
    'é',
  ]
  const value = fc.array(fc.constantFrom(...pieces), { maxLength: 5 }).map((all) => all.join(''))
  const quoted = fc.tuple(fc.constantFrom('"', "'", ''), value).map(([mark, text]) => `${mark}a${text}${mark}`)
  const line = fc.tuple(fc.constantFrom(...keys), fc.constantFrom(': ', ':  ', ':', ' : '), fc.oneof(value, quoted))
  const lines = fc.array(
    fc.oneof({ weight: 9, arbitrary: line.map((all) => all.join('')) }, fc.constantFrom('', ' ', '  a', '- a')),
    {
      maxLength: 4,
    },
  )
  let plain = 0
  const check = (all: string): void => {
    const values = plainValues(all)
    if (!values) return
    plain++
    expect(values).toEqual(parsedValues(all, keys.slice(0, 4)))
  }
  fc.assert(
    fc.property(
      lines.map((all) => all.join('\n')),
      check,
    ),
    { numRuns: 20_000 },
  )
  expect(plain).toBeGreaterThan(1000)
})
