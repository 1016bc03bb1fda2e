/** What the words around a passage make of it, and that their opposites do not. */

import { expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { readText } from '../src/formats/text.ts'
import { pack } from './pack.ts'

function conflicts(text: string): number[] {
  return checkDraft(readText(text), pack)
    .filter(({ outcome, level }) => outcome === 'conflict' && level !== 'note')
    .map(({ rule }) => rule.value.number)
}

test.each([
  // A time that is over.
  'Ten years ago our website promised to rescue girls. We took that page down in 2019 and said why.',
  'Our old flyer spoke of modern-day slaves; we no longer do.',
  // A verdict on what the clause before says.
  'Beds went only to women who agreed to testify; the new contract ends that.',
  'Trafficking survivors had to plead guilty before they got a bed. The council dropped the rule.',
  // Somebody else names it.
  'A sheriff in the next county still calls the people he arrests modern-day slaves.',
  // A request that is turned down.
  'If a funder asks for a survivor to tell her story at the luncheon, the answer is no.',
  // A complaint names what it is about.
  'Our lawyers are suing the county over its john school.',
])('left alone: %s', (text) => {
  expect(conflicts(text)).toEqual([])
})

test.each<[string, number]>([
  ['Ten years ago our website promised to rescue girls. Today we rescue their brothers too.', 2],
  ['Our old flyer was shy of it; we now speak of modern-day slaves.', 4],
  ['Beds go only to women who agree to testify; the new contract keeps that.', 3],
  ['Sheriffs should call the people they meet modern-day slaves.', 4],
  ['Our county runs a john school, and we are proud of it.', 12],
])('reported: %s', (text, value) => {
  expect(conflicts(text)).toContain(value)
})
