/** Markdown gives the same blocks whether the parser sees all its words or only those at the edges. */

import { readdirSync, readFileSync } from 'node:fs'
import { tests } from 'commonmark-spec'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTree } from '../src/formats/markdown.ts'
import { parseSqueezed } from '../src/formats/markdown-squeeze.ts'
import { parseMarkdown } from '../src/formats/markdown-tree.ts'

function same(source: string): void {
  const squeezed = readTree(source, (text) => parseSqueezed(text, parseMarkdown))
  expect(squeezed, source).toEqual(readTree(source, parseMarkdown))
}

const pages = ['.', 'docs', 'docs/values', 'fixtures/drafts', 'fixtures/formats', 'fixtures/values'].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
)

test('pages and drafts, with either line end and after a byte order mark', () => {
  expect(pages.length).toBeGreaterThan(20)
  for (const page of pages) {
    same(page)
    same(`\uFEFF${page.replaceAll('\n', '\r\n')}`)
  }
})

/** The signs of Markdown are single letters in most examples of the specification: here they are words. */
const wordy = (text: string): string => text.replaceAll(/\b[a-z]{2,}\b/g, 'they said so, and so did we all')

test('the examples of CommonMark, as they are and with more words', () => {
  for (const { markdown } of tests) {
    same(markdown)
    same(wordy(markdown))
  }
})

const words = 'we all went on to say so, and then "we" (all of us): left-overs at 5% - then we left them there'
const sign = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '[',
    ']',
    '](/a)',
    '][x]',
    '![',
    '<b>',
    '<!-- ',
    ' -->',
    '&amp;',
    '\\',
    '|',
    '"',
    '(',
    ')',
  ],
  ...[
    '\n',
    '\n\n',
    '  \n',
    '\n- ',
    '\n1. ',
    '\n> ',
    '\n# ',
    '\n    ',
    '\n---\n',
    '\n| - | - |\n',
    '\n[x]: /y "',
    '[^1]',
    '\n[^1]: ',
    '\n\nWe said so.\n\nThey did.\n\n',
    '\r\n\r\nWe said so.\r\n \r\nThey did. \r\n\r\n',
  ],
  ...['\n```\n', '\t', ' ', '. ', ' - ', ' 1. ', ' # ', 'word', 'http://a.b/c', 'a@b.c'],
)
const text = fc.array(fc.oneof(fc.constant(words), fc.constant(` ${words} `), sign), { maxLength: 24 })

test('made-up Markdown', () => {
  fc.assert(
    fc.property(text, (parts) => same(parts.join(''))),
    { numRuns: 600 },
  )
})

/** A tree without what the squeezed one does not hold as it stands: lines and columns, and what nobody reads. */
const bare = (source: string, parse: (text: string) => object): unknown =>
  JSON.parse(JSON.stringify(parse(source)), (key, value) => {
    if (key === 'position') return value && [value.start?.offset, value.end?.offset]
    return ['code', 'html', 'yaml'].includes(value?.type) ? value.type : value
  }).children

const piece = fc.constantFrom(
  ...'We|the|“so”|(all|it.|no;|5|1.|a-b|wow!|é|—|$5|#|-|x@y.z|http://a.b/c_d|[ ] x|> q|===|{x}|`c`|&amp;|<b>|\\*| '.split(
    '|',
  ),
  ...'*x*|**Note:**|*two words*|_x_|__y__|*x|x*|**x|x**|_a|a_|*|**|(*x*)|"*x*"|*x*,|*x*s|s*x*|*x.*|**x.**y|*é*'.split(
    '|',
  ),
  ...'**“x”**|*[x](y)*|[*x*](y)|~~x~~|*x*—*y*|*x***y***|***x***|_x_y_|*5%*|*$5*|_(x)_|[a b](/c)|[x](/a_b)|[x]|[^1]'.split(
    '|',
  ),
  ...'![i](/j)|!|[a](b)(c)|[a](b)[c](d)|[a] (b)|[x](http://a.b/c?d=e#f)'.split('|'),
)
const line = fc
  .tuple(
    fc.constantFrom('', '', '', '- ', '* ', '1. ', '2) ', '# ', '### ', '> ', '    ', '  '),
    fc.array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '')), { minLength: 1, maxLength: 5 }),
  )
  .map(([opening, pieces]) => opening + pieces.flat().join(''))
const plain = fc.constantFrom(
  ...['We said so.', '**Bold** it is', '# Heading', '## Two *em* words', 'Line one\nline two', '- one\n- *two*', '* a'],
  ...['1. one\n2. two', '1) a\n1) b', '[Link](/x) here', '5 people came', '- x\n- y\n\n- z', 'a\r\nb', '- a\r\n- b'],
)
const rare = fc.constantFrom(
  ...['```\n\nwords\n\n```', '<div>\n\nwords\n\n</div>', '<!-- c -->', '[^1]: note', '[x]: /y', '[x]: /y "t', '* * *'],
  ...['| a | b |\n|---|---|\n| c | d |', '> quote\n\n> more', '---', '---\na: b\n\nc: d\n---'],
)
const block = fc.oneof(
  { weight: 5, arbitrary: plain },
  { weight: 4, arbitrary: line },
  { weight: 2, arbitrary: fc.tuple(line, line).map((lines) => lines.join('\n')) },
  { weight: 1, arbitrary: rare },
)
const gap = fc.constantFrom('\n\n', '\n\n', '\n\n', '\n', '\r\n\r\n', '\n \n', '\n\n\n', '\n\n  ', '\n\n    ', '\n\n\t')

test('blocks that are cut out whole, beside others', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(block, gap), { minLength: 2, maxLength: 8 }), (parts) => {
      const source = parts.flat().join('')
      same(source)
      expect(
        bare(source, (text) => parseSqueezed(text, parseMarkdown)),
        source,
      ).toEqual(bare(source, parseMarkdown))
    }),
    { numRuns: 500 },
  )
})

test('front matter that never ends is none, and no list comes after it', () => {
  same('---\n1. one\n\nWe said so.\n\n- one\n- two\n')
})
