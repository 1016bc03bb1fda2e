/** Each stage of a check by itself, on a press release with candidates in most blocks: npm run bench:stages */

import { readFileSync } from 'node:fs'
import { bench, describe } from 'vitest'
import { reviewDraft } from '../src/core/check.ts'
import { freezePack, thawPack } from '../src/core/frozen.ts'
import type { Pack } from '../src/core/pack.ts'
import { Readings } from '../src/core/reading.ts'
import { sentences } from '../src/core/sentences.ts'
import { mayConflict } from '../src/core/shortcut.ts'
import { tag } from '../src/core/tagger.ts'
import { tokenise } from '../src/core/tokens.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { loadPack } from '../src/node.ts'
import { pretty } from '../src/reporters/pretty.ts'

const source = readFileSync('fixtures/drafts/press-release-gala.md', 'utf8')
const { pack } = loadPack()
const frozen = freezePack(pack)
const draft = readMarkdown(source)
const readings = new Readings()
const review = reviewDraft(draft, pack, {}, readings)
const report = {
  version: '0',
  pack: pack.name,
  files: [{ path: 'draft.md', draft, findings: review.findings }],
  errors: [],
  showExcused: false,
}

describe('a press release, stage by stage', () => {
  bench('thaw the pack, all of it', () => void (thawPack(frozen) as Pack).rules)
  bench('gate: whether it may conflict', () => void mayConflict(source, pack, 'markdown'))
  bench('parse', () => void readMarkdown(source))
  bench('sentences', () => draft.blocks.forEach(({ text }) => void sentences(text)))
  bench('tokens', () => draft.blocks.forEach(({ text }) => void tokenise(text)))
  bench('tag', () => draft.blocks.forEach(({ text }) => void tag(text, tokenise(text))))
  bench('match, with tokens, sentences and tags', () => void new Readings().of(draft.blocks, pack))
  bench('judge: marks and findings, all else known', () => void reviewDraft(draft, pack, {}, readings))
  bench('report', () => void pretty(report, { width: 80, colour: false }))
})
