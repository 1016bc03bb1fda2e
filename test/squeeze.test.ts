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
