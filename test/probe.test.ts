/** The 18 situations of a phrase: flagged where the author uses it, silent where it is negated, quoted, code or an address. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { pack } from './pack.ts'

const probe = readFileSync('fixtures/formats/probe.md', 'utf8')
  .replaceAll('PHRASE-A', 'modern-day')
  .replaceAll('PHRASE-B', 'slavery')
const draft = readMarkdown(probe)
const flagged = checkDraft(draft, pack, { values: [4] })
  .filter(({ outcome, level }) => outcome === 'conflict' && level !== 'note')
  .map(({ start }) => probe.slice(0, start).split('\n\n').at(-1) ?? '')

test.each(['PLAIN', 'STRONG', 'LINK', 'WRAP', 'NBSP', '| x |', 'LIST', 'HTMLBLOCK', '![ALT', '[^1]:'])(
  '%s: flagged',
  (label) => {
    expect(flagged.some((before) => before.includes(label))).toBe(true)
  },
)

test.each(['NEGATED', 'QUOTED', 'STRAIGHT', 'BLOCKQUOTE', 'CODE', 'URL', 'FENCE'])('%s: silent', (label) => {
  expect(flagged.some((before) => before.includes(label))).toBe(false)
})
