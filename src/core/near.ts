import { quote } from './explain.ts'
import type { Match, Words } from './matcher.ts'
import type { Meaning, Pack } from './pack.ts'
import { sourceSpan } from './position.ts'
import { Reading, type Sentence } from './reading.ts'
import type { Draft, Finding, Rule, Span } from './types.ts'

/** A passage that a rule's words fit without a finding coming of it, and why not. Offsets are into the source. */
export interface NearMiss extends Span {
  rule: Rule
  text: string
  reason: string
}

/** The near misses in a range of the source: what `checkDraft` passed over before it looked at any mark. */
export function nearMisses(
  draft: Draft,
  pack: Pack,
  findings: readonly Finding[],
  range: Span,
  isOn: (rule: Rule) => boolean = () => true,
): NearMiss[] {
  const readings = draft.blocks.map((block) => new Reading(block, pack))
  const everywhere = readings.flatMap((reading) => reading.sentences.map((sentence) => ({ reading, sentence })))
  const misses = readings.flatMap((reading) =>
    reading.sentences
      .filter((sentence) => overlaps(spanOf(reading, draft, sentence), range))
      .flatMap((sentence) => inSentence({ draft, pack, reading, sentence, everywhere })),
  )
  // Of several rules of a value that fit the same words one speaks.
  const said = (miss: NearMiss): boolean =>
    findings.some((found) => found.rule.value === miss.rule.value && overlaps(found, miss))
  return longestOfRule(misses).filter((miss) => isOn(miss.rule) && overlaps(miss, range) && !said(miss))
}

interface Place {
  reading: Reading
  sentence: Sentence
}

interface Scene extends Place {
  draft: Draft
  pack: Pack
  everywhere: readonly Place[]
}

function inSentence(scene: Scene): NearMiss[] {
  const { pack, reading, sentence, draft } = scene
  const whole = wholeLines(sentence, pack)
  return sentence.words.finds.flatMap((match) => {
    const meaning = meaningOf(match, pack)
    if (meaning.type !== 'find' || meaning.part > 0 || !whole.has(`${meaning.rule}:${meaning.line}`)) return []
    const rule = pack.rules[meaning.rule] as Rule
    if (rule.kind === 'affirmation') return []
    const reason = rule.kind === 'document' ? undefined : reasonFor(scene, match, meaning.rule, meaning.line)
    const { start, end } = textSpan(reading, match)
    if (!reason) return []
    return [
      {
        rule,
        text: reading.block.text.slice(start, end),
        reason,
        ...sourceSpan(reading.block, draft.source, start, end),
      },
    ]
  })
}

/** The find lines of which every part is in the sentence, as `rule:line`. */
function wholeLines(sentence: Sentence, pack: Pack): Set<string> {
  const parts = new Map<string, Set<number>>()
  for (const match of sentence.words.finds) {
    const meaning = meaningOf(match, pack)
    if (meaning.type !== 'find') continue
    const key = `${meaning.rule}:${meaning.line}`
    parts.set(key, (parts.get(key) ?? new Set()).add(meaning.part))
  }
  const wanted = (key: string): number => {
    const [rule = 0, line = 0] = key.split(':').map(Number)
    return pack.parts[rule]?.[line] ?? 1
  }
  return new Set([...parts].filter(([key, seen]) => seen.size >= wanted(key)).map(([key]) => key))
}

/** Why a match came to nothing; the guards in the order in which `checkDraft` asks them. */
function reasonFor(scene: Scene, match: Match, number: number, line: number): string | undefined {
  const { pack, reading, sentence, everywhere } = scene
  const rule = pack.rules[number] as Rule
  const here: Place[] = [{ reading, sentence }]
  const said = (places: readonly Place[], find: (words: Words) => readonly Match[]): string | undefined => {
    for (const place of places) {
      const [other] = find(place.sentence.words)
      if (other) return quote(textOf(place.reading, other))
    }
    return undefined
  }
  const near = rule.topicIn === 'sentence' ? here : rule.topicIn === 'document' ? everywhere : inBlock(reading)
  const concepts = (names: readonly string[]) => said(near, (words) => firstOf(words, names))
  const none = said(here, (words) => words.guard('none', number, line))
  if (none) return `${none} in the same sentence makes it another matter`
  const without = said(here, (words) => words.guard('without', number))
  if (without) return `${without} in the same sentence makes it innocent`
  const absent = said(everywhere, (words) => words.guard('absent', number))
  if (absent) return `${absent} elsewhere in the draft answers it`
  if (rule.topic.length && !concepts(rule.topic)) {
    return `it counts only where the ${nearness[rule.topicIn]} speaks of ${rule.topic.map((name) => `@${name}`).join(' or ')}`
  }
  const offTopic = concepts(rule.offTopic)
  if (offTopic) return `${offTopic} shows that the ${nearness[rule.topicIn]} is about something else`
  const innocent = said(here, (words) => words.guard('except', number).filter((other) => meet(other, match)))
  if (innocent) return `${innocent} is an innocent sense of it`
  if (rule.only.size) return `it counts only where its context is ${[...rule.only].join(' or ')}`
  return undefined
}

/** The matches of the concepts in the order in which they end. */
function firstOf(words: Words, names: readonly string[]): Match[] {
  return names.flatMap((name) => words.concept(name)).sort((a, b) => a.to - b.to)
}

const nearness = { sentence: 'sentence', block: 'paragraph', document: 'draft' } as const

function inBlock(reading: Reading): Place[] {
  return reading.sentences.map((sentence) => ({ reading, sentence }))
}

function meaningOf(match: Match, pack: Pack): Meaning {
  return pack.meanings.at(match.pattern) as Meaning
}

function textSpan(reading: Reading, { from, to }: { from: number; to: number }): Span {
  return { start: reading.tokens[from]?.start ?? 0, end: reading.tokens[to - 1]?.end ?? 0 }
}

function textOf(reading: Reading, match: Match): string {
  const { start, end } = textSpan(reading, match)
  return reading.block.text.slice(start, end)
}

function spanOf(reading: Reading, draft: Draft, sentence: Span): Span {
  return sourceSpan(reading.block, draft.source, sentence.start, sentence.end)
}

function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

function meet(a: Match, b: Match): boolean {
  return a.from < b.to && b.from < a.to
}

/** Several patterns of a rule may fit the same words: the longest stands for all. */
function longestOfRule(misses: NearMiss[]): NearMiss[] {
  const ordered = [...misses].sort((a, b) => b.end - b.start - (a.end - a.start))
  const kept: NearMiss[] = []
  for (const miss of ordered)
    if (!kept.some((other) => other.rule === miss.rule && overlaps(other, miss))) kept.push(miss)
  return kept.sort((a, b) => a.start - b.start || a.end - b.end)
}
