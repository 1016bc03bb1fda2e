/** MDX: prose with exact places, without its code. */

import { expect, test } from 'vitest'
import type { Draft } from '../src/core/types.ts'
import { readMdx } from '../src/formats/mdx.ts'
import { random } from './random.ts'

const read = (lines: readonly string[], end = '\n'): Draft => readMdx(lines.join(end))
const told = ({ blocks }: Draft): string[] => blocks.map(({ kind, text }) => `${kind}: ${text}`)

const DRAFT = [
  '---',
  'title: Our *spring* letter',
  '---',
  '',
  "import { Callout } from './callout.js'",
  'export const meta = {',
  "  text: 'nobody reads this'",
  '}',
  '',
  '# What we ask for {/* a note */}',
  '',
  'We ask for *housing* {props.year}, <b>now</b> &amp; \\{here\\}.',
  '',
  '<Callout kind="warning" title="Read &amp; share">',
  '  People need **homes**.',
  '',
  '  > A law.',
  '</Callout>',
  '',
  '<ul><li>One</li><li>Two</li></ul>',
  '',
  '<h2>In a tag</h2>',
  '',
  '<script>{`not prose`}</script>',
  '',
  '<Chart data={[1, 2, 3]} />',
  '',
  '![A door](door.png) and <img src="x.png" alt="A key" /> end.',
]

test('prose is kept; imports, exports, expressions and tags are not', () => {
  expect(told(read(DRAFT))).toEqual([
    'front-matter: Our *spring* letter',
    'heading: What we ask for',
    'paragraph: We ask for housing \uFFFC, now & {here}.',
    'title: Read & share',
    'paragraph: People need homes.',
    'paragraph: A law.',
    'list-item: One',
    'list-item: Two',
    'heading: In a tag',
    'paragraph: \uFFFC and \uFFFC end.',
    'image-text: A door',
    'image-text: A key',
  ])
  expect(read(DRAFT).blocks.map(({ quoteDepth }) => quoteDepth)[5]).toBe(1)
})

test.each(['\n', '\r\n'])('every word is where its offsets say (line end %j)', (end) => {
  for (const before of ['', '\uFEFF']) {
    const draft = readMdx(before + DRAFT.join(end))
    for (const { text, source } of draft.blocks) {
      for (const { 0: word, index } of text.matchAll(/[A-Za-z]+/g)) {
        const from = source[index] as number
        expect(draft.source.slice(from, source[index + word.length - 1] as number)).toBe(word.slice(0, -1))
      }
    }
  }
})

test('comments in braces are directives', () => {
  const draft = read([
    '{/* values-lint-disable-next-line a -- why */}',
    '',
    'Text {/* values-lint-disable-line b -- why */}',
  ])
  expect(draft.directives).toEqual([
    { text: 'values-lint-disable-next-line a -- why', start: 0, end: 46 },
    { text: 'values-lint-disable-line b -- why', start: 53, end: 94 },
  ])
})

test('broken JSX is named by its line', () => {
  const said = (lines: readonly string[]): unknown => {
    try {
      return read(lines)
    } catch (error) {
      return `${(error as Error).name}: ${(error as Error).message}`
    }
  }
  expect(said(['Text', '', '<Callout>', '', 'More'])).toMatch(
    /^Unreadable: is no valid MDX \(line 3, column 1\): Expected/,
  )
  expect(said(['a {b'])).toMatch(/^Unreadable: is no valid MDX \(line 1, column 5\): /)
  expect(said(['import a from'])).toMatch(/^Unreadable: is no valid MDX \(line 1, /)
  expect(said(['a <1'])).toMatch(/^Unreadable: is no valid MDX \(line 1, /)
})

test('odd MDX never fails in another way', () => {
  const next = random(6)
  const pieces = [
    '<a>',
    '</a>',
    '<b/>',
    '{',
    '}',
    '{1}',
    '/*',
    '*/',
    '\n\n',
    '\n',
    'import x\n',
    'export const a = 1\n',
    '> ',
    '- ',
    '<',
    '"',
    '=',
    'word ',
    '`',
    '<>',
    '</>',
    '*',
    '\uD800',
    '\0',
    '<li>',
  ]
  for (let i = 0; i < 400; i++) {
    const source = Array.from({ length: 1 + next() * 12 }, () => pieces[Math.floor(next() * pieces.length)]).join('')
    try {
      for (const { text, source: places } of readMdx(source).blocks) {
        expect(places).toHaveLength(text.length + 1)
        expect(places.at(-1)).toBeLessThanOrEqual(source.length)
      }
    } catch (error) {
      expect(error, JSON.stringify(source)).toMatchObject({ name: 'Unreadable' })
    }
  }
})
