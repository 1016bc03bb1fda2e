/** What is not read because it cannot give a finding gives none when it is read all the same. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSource } from '../src/commands/check-source.ts'
import { readerFor } from '../src/formats/index.ts'
import { pack } from './pack.ts'

const passages = readdirSync('fixtures/passages/open').flatMap((name) =>
  readFileSync(`fixtures/passages/open/${name}`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { text: string }).text),
)
const drafts = ['drafts', 'values', 'formats'].flatMap((folder) =>
  readdirSync(`fixtures/${folder}`)
    .filter((name) => /\.(md|txt)$/.test(name) && !name.endsWith('.findings.txt'))
    .map((name) => readFileSync(`fixtures/${folder}/${name}`, 'utf8')),
)

function found(text: string, format: 'markdown' | 'text', shortcut: boolean): unknown[] {
  const reader = readerFor(format)
  return reader ? checkSource(text, reader, pack, {}, shortcut).findings : []
}

/** Fails where the shortcut leaves a draft out that has a finding. */
function same(text: string, format: 'markdown' | 'text'): void {
  if (found(text, format, true).length === 0) expect(found(text, format, false), text).toEqual([])
}

test('drafts, values and some of the passages, as Markdown and as text', () => {
  for (const text of [...drafts, ...passages.filter((_, i) => i % 25 === 0)]) {
    same(text, 'markdown')
    same(text, 'text')
  }
})

test.skipIf(!existsSync('../shared/bench/onepage.md'))('a page of other prose is left out', () => {
  const text = readFileSync('../shared/bench/onepage.md', 'utf8')
  const reader = readerFor('markdown')
  expect(reader && checkSource(text, reader, pack, {}).draft.blocks).toEqual([])
})

const phrases = [
  'modern slavery',
  'end demand',
  'the Nordic Model',
  'rescued women',
  'we must',
  'shackles',
  'prostitutes',
]
const word = fc.constantFrom(...phrases, 'a', 'of', 'and', 'We support', 'the report', 'Dr.', 'said.')
const wrapped = fc.tuple(
  word,
  fc.constantFrom(
    '_',
    '*_*',
    '**_**',
    '[_](/a/b)',
    '[_][x]',
    '[^1]_',
    '`_`',
    '<b>_</b>',
    '<p>_</p>',
    '![_](i.png)',
    '\\*_',
  ),
)
const piece = wrapped.map(([text, frame]) => {
  const [before = '', after = ''] = frame.split('_')
  // Markup in the midst of a word, too.
  return text.length % 2 ? before + text + after : text.slice(0, 3) + before + text.slice(3) + after
})
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '\n',
  '\n\n',
  '. ',
  '&nbsp;',
  '&shy;',
  '\u00ad',
  '\n- ',
  '\n1. ',
  '\n> ',
  ' | ',
  '; ',
)
const document = fc.array(fc.tuple(piece, joint), { minLength: 1, maxLength: 12 }).map((parts) => parts.flat().join(''))

test('made-up Markdown, with markup in the midst of everything', () => {
  fc.assert(
    fc.property(document, fc.boolean(), (text, defined) => {
      same(defined ? `${text}\n\n[x]: /y "The end"\n\n[^1]: A note.\n` : text, 'markdown')
    }),
    { numRuns: 200 },
  )
})
