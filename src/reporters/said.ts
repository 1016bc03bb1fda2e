import { chain, messageOf, whyOf } from '../core/explain.ts'
import type { Draft, Finding, Level, Value } from '../core/types.ts'
import { plain } from './layout.ts'
import { isLive, type Summary } from './report.ts'

/** What reports say of a finding. All texts are in one line, without control characters or half characters. */

export interface Said {
  /** What is the matter. */
  message: string
  /** Why it matters; empty where nothing is judged. */
  why: string
  /** What in this sentence made it count, or not. */
  here: string
  /** What can be written instead; empty where nothing need change. */
  instead: string[]
}

/** A conflict is said, explained and answered; of other passages it is only said what they were read as. */
export function said(finding: Finding, draft: Draft): Said {
  const { outcome, rule } = finding
  const here = oneLine(chain(finding, draft).map(capital).join(' '))
  if (outcome === 'excused') return { message: here, why: '', here: '', instead: [] }
  const message = oneLine(messageOf(finding))
  if (outcome === 'reported') return { message, why: '', here, instead: [] }
  return { message, why: oneLine(whyOf(finding)), here, instead: rule.instead.map(oneLine) }
}

/** Everything that is said, line by line: for formats whose messages may be long. */
export function saidInFull(finding: Finding, draft: Draft): string[] {
  const { message, why, here, instead } = said(finding, draft)
  const { value } = finding.rule
  const reason = keptBecause(finding)
  return [
    message,
    why,
    here,
    instead.length ? `Instead: ${instead.join(' · ')}` : '',
    reason === undefined ? '' : `Kept on purpose: ${oneLine(reason)}`,
    `Value ${value.number}, ${oneLine(value.title)}`,
  ].filter(Boolean)
}

/** Why the author keeps the passage, where a directive in the draft says so. */
export function keptBecause({ suppressedBy }: Finding & { suppressedBy?: { reason: string } }): string | undefined {
  return suppressedBy?.reason
}

/** How much a finding weighs in a report: what was left alone, or kept on purpose, is no more than a note. */
export function weight(finding: Finding): Level {
  return finding.outcome === 'excused' || keptBecause(finding) !== undefined ? 'note' : finding.level
}

/** The colour of a finding. */
export function shade(finding: Finding): Level | 'alone' {
  return finding.outcome === 'excused' || keptBecause(finding) !== undefined ? 'alone' : weight(finding)
}

/** A level, or what became of the passage, for people. */
export function state(finding: Finding): string {
  if (keptBecause(finding) !== undefined) return 'kept on purpose'
  if (finding.outcome === 'excused') return 'left alone'
  return finding.outcome === 'reported' ? 'note, reported' : finding.level
}

/** The sentence around a finding, cut to about `room` UTF-16 units on either side of the passage. */
export function excerpt(
  { block, sentence, place }: Finding,
  draft: Draft,
  room: number,
): { before: string; passage: string; after: string } {
  const text = draft.blocks[block]?.text ?? ''
  const [from, to] = [Math.min(sentence.start, place.start), Math.max(sentence.end, place.end)]
  const before = text.slice(Math.max(from, place.start - room), place.start)
  const after = text.slice(place.end, Math.min(to, place.end + room))
  const passage = text.slice(place.start, place.end)
  const long = passage.length > room * 2
  return {
    before: oneLine(place.start - room > from ? `… ${before.replace(/^\S*\s/, '')}` : before),
    passage: oneLine(long ? `${passage.slice(0, room)} … ${passage.slice(-room)}` : passage),
    after: oneLine(place.end + room < to ? `${after.replace(/\s\S*$/, '')} …` : after),
  }
}

/** Findings grouped by their value, in the order of the values; what was left alone or kept on purpose is none. */
export function byValue(findings: readonly Finding[]): [Value, Finding[]][] {
  const values = new Map<Value, Finding[]>()
  for (const finding of findings.filter((one) => isLive(one) && keptBecause(one) === undefined)) {
    const list = values.get(finding.rule.value)
    if (list) list.push(finding)
    else values.set(finding.rule.value, [finding])
  }
  return [...values].sort(([a], [b]) => a.number - b.number)
}

/** `2 conflicts (1 error, 1 warning), 1 note in 640 words`. */
export function tally({ levels, words }: Summary): string {
  const conflicts = levels.error + levels.warning
  const kinds = [count(levels.error, 'error'), count(levels.warning, 'warning')].filter(Boolean).join(', ')
  const found = [conflicts ? `${count(conflicts, 'conflict')} (${kinds})` : '', count(levels.note, 'note')]
  return `${found.filter(Boolean).join(', ') || 'No conflict with the values'} in ${count(words, 'word') || 'no words'}`
}

/** `1 word`, `2,000 words`; nothing for none. */
export function count(times: number, noun: string): string {
  return times ? `${times.toLocaleString('en')} ${noun}${times === 1 ? '' : 's'}` : ''
}

/** Text that any format can hold: no controls, line ends or overrides of direction, no half characters. */
export function oneLine(text: string): string {
  return plain(text).replace(/[\p{Surrogate}\uFFFE\uFFFF]/gu, '\uFFFD')
}

/** Escaped for an element or an attribute of XML or HTML; a line end is kept as a reference. */
export function escaped(text: string): string {
  return text.replace(/[&<>"'\n]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
