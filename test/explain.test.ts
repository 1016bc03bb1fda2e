/** Why a passage counted, was left alone, or was passed over before its context was even looked at. */

import { expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { chain, quote, saying } from '../src/core/explain.ts'
import { nearMisses } from '../src/core/near.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { problems, smallPack } from './small-pack.ts'

test('the made-up pack is sound', () => expect(problems).toEqual([]))

function chains(text: string): string[][] {
  const draft = readMarkdown(text)
  return checkDraft(draft, smallPack).map((finding) => chain(finding, draft))
}

test('a conflict says what it was read as', () => {
  expect(chains('Shiny chairs are here.')).toEqual([
    ["Read as the author's own voice; no quotation, law or history around it."],
  ])
})

test('an excused passage says by which words', () => {
  expect(chains('We avoid the word shiny chairs.')).toEqual([['under discussion, not used: “word”.']])
})

test('cues are quoted once, and cut in their middle', () => {
  expect(quote('“so”')).toBe('“so”')
  expect(quote('so')).toBe('“so”')
  expect(quote('word '.repeat(40))).toMatch(/^“word .* … .*word”$/)
  expect(saying({ kind: 'quoted', cue: '>' })).toBe('quoted: it stands in a block quotation')
})

function near(text: string): string[] {
  const draft = readMarkdown(text)
  const range = { start: 0, end: text.length }
  return nearMisses(draft, smallPack, checkDraft(draft, smallPack), range).map((miss) => `${miss.text}: ${miss.reason}`)
}

test('an innocent sense, and a topic that is missing, are named', () => {
  expect(near('We sell shiny chair wax.')).toEqual(['shiny chair: “shiny chair wax” is an innocent sense of it'])
  expect(near('A shiny lamp.')).toEqual(['shiny lamp: it counts only where the paragraph speaks of @furniture'])
})

test('what is found is no near miss', () => {
  expect(near('A table and a shiny lamp, and shiny chairs.')).toEqual([])
})
