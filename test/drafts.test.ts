/** Whole drafts: what is reported in them is what somebody has read and agreed with. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { readerFor } from '../src/formats/index.ts'
import { goldenOf } from './golden.mjs'
import { pack } from './pack.ts'

const drafts = readdirSync('fixtures/drafts').filter(
  (name) => /\.(md|txt)$/.test(name) && !name.endsWith('.findings.txt'),
)

/** Findings above a note. */
function loud(path: string): string[] {
  const draft = readerFor(path)?.(readFileSync(path, 'utf8'))
  const findings = draft ? checkDraft(draft, pack) : []
  return findings
    .filter(({ outcome, level }) => outcome === 'conflict' && level !== 'note')
    .map(({ rule, text }) => `${rule.id}: ${text}`)
}

describe('drafts', () => {
  test('there are twelve, half of them by survivor-led organisations', () => {
    expect(drafts).toHaveLength(12)
    expect(drafts.filter((name) => name.startsWith('survivor-'))).toHaveLength(6)
  })

  test.each(drafts)('%s: the findings are the golden ones', (name) => {
    expect(goldenOf(`fixtures/drafts/${name}`)).toBe(readFileSync(`fixtures/drafts/${name}.findings.txt`, 'utf8'))
  })

  test.each(drafts.filter((name) => name.startsWith('survivor-')))('%s: nothing above a note', (name) => {
    expect(loud(`fixtures/drafts/${name}`)).toEqual([])
  })
})

test('the values restated in our own words: nothing above a note', () => {
  expect(loud('fixtures/values/restatement.md')).toEqual([])
})

test.skipIf(!existsSync('../shared/values/statement.txt'))('the statement itself: nothing above a note', () => {
  expect(loud('../shared/values/statement.txt')).toEqual([])
})
