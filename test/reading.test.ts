import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { reviewDraft } from '../src/core/check.ts'
import { Reading } from '../src/core/reading.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'
import { pack } from './pack.ts'

const drafts = readdirSync('fixtures/drafts')
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8'))
/** Drafts run together into one long block. */
const paragraph = drafts.slice(0, 8).join(' ').replace(/\s+/g, ' ')

test('what a reading looks up by place is what a look at everything gives', () => {
  const readings = [...readMarkdown(drafts[0] as string).blocks, ...readText(paragraph.slice(0, 8000)).blocks].map(
    (block) => new Reading(block, pack),
  )
  let met = 0
  for (const reading of readings) {
    const { tokens } = reading
    for (const name of ['speech', 'third-party', 'attitude', 'proposal']) {
      const named = reading.sentences.flatMap(({ words }) => words.concept(name))
      for (let from = 0; from < tokens.length; from += 29) {
        for (const to of [from, from + 1, from + 5, from + 60, tokens.length]) {
          const expected = named.filter((match) => match.from >= from && match.to <= to)
          expect(reading.concept(name, from, to)).toEqual(expected)
          met += expected.length
        }
      }
    }
    for (let at = 0; at < tokens.length; at += 31) {
      const start = tokens[at]?.start ?? 0
      expect(reading.tokenFrom(start)).toBe(tokens.findIndex((token) => token.start >= start))
      expect(reading.sentenceOf(at)).toBe(reading.sentences.findIndex((sentence) => sentence.to > at))
    }
  }
  expect(met).toBeGreaterThan(100)
})

test('a paragraph of findings that is four times as long takes no sixteen times as long', () => {
  const seconds = (text: string): number => {
    const before = process.cpuUsage()
    expect(reviewDraft(readText(text), pack).findings.length).toBeGreaterThan(10)
    const { user, system } = process.cpuUsage(before)
    return user + system
  }
  seconds(paragraph.slice(0, 8000)) // The first loads the tagger.
  const long = paragraph.repeat(Math.ceil(80_000 / paragraph.length))
  const [short, fourfold] = [seconds(long.slice(0, 20_000)), seconds(long.slice(0, 80_000))]
  expect(fourfold / short).toBeLessThan(8)
})
