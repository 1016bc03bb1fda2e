/** Every example of every rule holds: the rule files test themselves. */

import { describe, expect, test } from 'vitest'
import { runExamples } from '../src/core/examples.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { pack, problems } from './pack.ts'

test('the pack compiles without a problem', () => {
  expect(problems).toEqual([])
})

test('all 17 values are covered, by at least five rules each and 120 in all', () => {
  expect(pack.values.map(({ number }) => number)).toEqual(Array.from({ length: 17 }, (_, i) => i + 1))
  for (const { number } of pack.values) {
    expect(pack.rules.filter(({ value }) => value.number === number).length, `value ${number}`).toBeGreaterThanOrEqual(
      5,
    )
  }
  expect(pack.rules.length).toBeGreaterThanOrEqual(120)
})

describe.each(pack.values)('value $number, $title', ({ number }) => {
  test.each(pack.rules.filter(({ value }) => value.number === number).map((rule) => [rule.id, rule] as const))(
    '%s',
    (_, rule) => {
      const least = rule.kind === 'document' ? 1 : 4
      expect(rule.examples.fail.length, 'fail examples').toBeGreaterThanOrEqual(least)
      expect(rule.examples.pass.length, 'pass examples').toBeGreaterThanOrEqual(
        Math.max(least, rule.examples.fail.length),
      )
      // What affirms a value is not to be written otherwise.
      if (rule.kind !== 'affirmation')
        expect(rule.instead.length, 'wordings to write instead').toBeGreaterThanOrEqual(1)
      const wrong = runExamples(rule, pack, readMarkdown).filter((result) => result.wrong)
      expect(wrong.map(({ list, text, wrong: what }) => `${list}: ${text}\n  ${what}`)).toEqual([])
    },
  )
})
