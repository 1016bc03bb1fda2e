import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { chain } from '../src/core/explain.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { pack } from './pack.ts'

/** What `explain` gives as its reasons, read by hand: kind and cue of the mark that decided, and the sentence that says so. */
interface Expected {
  passage: string
  rule: string
  text: string
  outcome: string
  kind?: string
  cue?: string
  says: string
}

const folder = 'fixtures/passages'
const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const texts = new Map<string, string>(
  readdirSync(`${folder}/open`).flatMap((name) => lines(`${folder}/open/${name}`).map(({ id, text }) => [id, text])),
)
const expected: Expected[] = lines(`${folder}/chains.jsonl`)

test('at least fifty conflicts and fifty passages left alone or noted', () => {
  const conflicts = expected.filter(({ outcome }) => outcome === 'conflict')
  expect(conflicts.length).toBeGreaterThanOrEqual(50)
  expect(expected.length - conflicts.length).toBeGreaterThanOrEqual(50)
})

test.each(expected)('$passage, $rule: $kind by $cue', ({ passage, rule, text, outcome, kind, cue, says }) => {
  const draft = readMarkdown(texts.get(passage) ?? '')
  const finding = checkDraft(draft, pack).find((one) => one.rule.id === rule && one.text === text)
  expect(finding?.outcome).toBe(outcome)
  if (!finding) return
  const marks = outcome === 'conflict' ? finding.context : [finding.excusedBy]
  if (kind) expect(marks).toContainEqual(expect.objectContaining({ kind, cue }))
  expect(chain(finding, draft)[0]).toBe(says)
})
