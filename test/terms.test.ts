/** A name that a draft gives in full once is known by its short form. */

import { expect, test } from 'vitest'
import { checkSource } from '../src/commands/check-source.ts'
import { chain } from '../src/core/explain.ts'
import { spelledOut } from '../src/core/terms.ts'
import { pack } from './pack.ts'

test.each([
  ['Sweden chose the Equality Model. We praise the Model.', 'We praise the Equality Model.'],
  ['A law that punishes clients (“the Law”) is near. The Law works.', 'The law that punishes clients works.'],
  ['It is the end-demand bill (hereafter the “Bill”). Back this Bill.', 'Back this end-demand bill.'],
])('%s', (text, read) => {
  expect(spelledOut([text])[0]?.text).toContain(read)
})

test.each([
  'We praise the Model.',
  'We praise the Model. Sweden chose the Equality Model.',
  'The Equality Model and the Health Model differ. We praise the Model.',
  'The Equality Model is old. We run a model, and the Model of Care is new; the Model Act too.',
  'When Model came, the Model was old.',
])('nothing to spell out: %s', (text) => {
  expect(spelledOut([text])).toEqual([undefined])
})

const draft = `# Position paper

In 1999 Sweden passed the *Equality Model*.

For years we have had doubts. We ask Oregon to adopt the **Model** this session.

We do not support the Model.
`

test('a later paragraph is judged by the full name, and shown as written', async () => {
  const { findings, draft: read } = await checkSource(draft, 'markdown', pack, {})
  const [found, ...others] = findings.filter(({ outcome }) => outcome === 'conflict')
  expect(others).toEqual([])
  expect(found?.rule.value.number).toBe(12)
  expect(found?.text).toMatch(/adopt the Model$/)
  expect(draft.slice(found?.start, found?.end)).toMatch(/adopt the \*\*Model$/)
  const { block = 0, place, sentence } = found ?? {}
  const text = read.blocks[block]?.text
  expect(text?.slice(place?.start, place?.end)).toBe(found?.text)
  expect(text?.slice(sentence?.start, sentence?.end)).toBe('We ask Oregon to adopt the Model this session.')
  expect(found && chain(found, read)[0]).toBe(
    'Read as “adopt the Equality Model”, as the draft names it in full before.',
  )
  expect(findings.at(-1)).toMatchObject({
    outcome: 'excused',
    text: 'support the Model',
    excusedBy: { kind: 'negated' },
  })
})

test('a draft is not left out for its short forms', async () => {
  const text =
    'A law that fines buyers of sex (“the Law”) is on the table.\n\nWe urge every senator to vote for the Law.\n'
  const long = await checkSource(text, 'text', pack, {}, false)
  expect((await checkSource(text, 'text', pack, {}, true)).findings).toEqual(long.findings)
  expect(long.findings.some(({ spelledOut: words }) => words?.includes('fines buyers of sex'))).toBe(true)
})
