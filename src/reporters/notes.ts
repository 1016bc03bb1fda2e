import { chain, messageOf, quote, whyOf } from '../core/explain.ts'
import { sourceSpan } from '../core/position.ts'
import type { Draft, Finding } from '../core/types.ts'
import { editOf, safeWording, saysAlready } from '../core/wording.ts'
import { isLive } from './report.ts'

/** What a comment in a Word or OpenDocument file says, and of which range of the draft's source. */
export interface FindingNote {
  start: number
  end: number
  paragraphs: string[]
  /** Words that can stand in place of the range. */
  replacement?: string
}

export interface NoteOptions {
  /** Whether rules whose wording fits as it stands suggest it. */
  suggest: boolean
  showExcused: boolean
}

/** Findings as comments: what is the matter; why, and why here; what to write instead. */
export function notesFor(findings: readonly Finding[], draft: Draft, options: NoteOptions): FindingNote[] {
  return findings
    .filter((finding) => options.showExcused || isLive(finding))
    .map((finding) => noteFor(finding, draft, options))
}

function noteFor(finding: Finding, draft: Draft, { suggest }: NoteOptions): FindingNote {
  const { start, end } = finding
  const paragraphs = [...elsewhere(finding, draft), ...body(finding, draft)]
  return { start, end, paragraphs, ...(suggest && suggestionFor(finding, draft)) }
}

/** The words that can stand in place of the passage, and its range, with an article before it that has to change. */
function suggestionFor(finding: Finding, { source, blocks }: Draft): Omit<FindingNote, 'paragraphs'> | undefined {
  const wording = safeWording(finding)
  const block = blocks[finding.block]
  if (wording === undefined || !block || saysAlready(finding, wording, block)) return undefined
  const { start, end, text } = editOf(finding, wording, block)
  return { ...sourceSpan(block, source, start, end), replacement: text }
}

function body(finding: Finding, draft: Draft): string[] {
  const { rule, outcome } = finding
  const here = chain(finding, draft)
    .map((text) => text.charAt(0).toUpperCase() + text.slice(1))
    .join(' ')
  const value = `Value ${rule.value.number}, ${rule.value.title}.`
  if (outcome === 'excused') return [`Left alone. ${here}`, value]
  if (outcome === 'reported') return [messageOf(finding), `${here} ${value}`]
  return [messageOf(finding), `${whyOf(finding)} ${here} ${value}`, `Instead: ${rule.instead.join(' · ')}`]
}

/** A comment on a footnote, a header or a picture hangs on the text beside it, so it says which words it means. */
function elsewhere({ block, text }: Finding, { blocks, places }: Draft): string[] {
  const part = places?.[block]?.part ?? 'body'
  const where = blocks[block]?.kind === 'image-text' ? 'description of the picture' : part
  return where === 'body' ? [] : [`In the ${where}: ${quote(text)}`]
}
