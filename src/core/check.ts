import { add, linesIn } from './lines.ts'
import { marksOf, type Settings } from './marks/index.ts'
import { type Match, type Matcher, matcherOf, type Piece, type Words } from './matcher.ts'
import { type CheckOptions, isOn } from './options.ts'
import type { Meaning, Pack } from './pack.ts'
import { sourceSpan } from './position.ts'
import { type Reading, Readings, type Sentence } from './reading.ts'
import { excusing, reportedKinds, stanceOf } from './stance.ts'
import { suppress } from './suppress.ts'
import { Terms } from './terms.ts'
import type {
  Context,
  DirectiveProblem,
  Draft,
  Finding,
  Level,
  Mark,
  MarkKind,
  Outcome,
  Rule,
  Span,
  Value,
} from './types.ts'

export type { CheckOptions } from './options.ts'

/** A place where a rule's pattern matches: tokens `from` to `to` (exclusive) of a reading. */
interface Candidate extends Match {
  rule: Rule
  sentence: Sentence
}

/** What a check gives: the findings, and what is wrong with the draft's directives. */
export interface Review {
  findings: Finding[]
  problems: DirectiveProblem[]
}

/**
 * Checks a draft against a pack. Pure: the same draft and pack give the same findings, in the order of the draft, excused
 * and suppressed ones included.
 */
export function checkDraft(draft: Draft, pack: Pack, options: CheckOptions = {}): Finding[] {
  return reviewDraft(draft, pack, options).findings
}

/** As `checkDraft`, with the problems of the draft's directives. `readings` makes the next check of a changed draft fast. */
export function reviewDraft(
  draft: Draft,
  pack: Pack,
  options: CheckOptions = {},
  readings: Readings = new Readings(),
): Review {
  const terms = new Terms(draft.blocks)
  const all = found(draft, pack, options, readings.of(terms.blocks, pack)).map((finding) =>
    asWritten(finding, draft, terms),
  )
  const { findings, problems } = suppress(all, draft, pack, (rule) => isOn(rule, options))
  const hidden = ({ outcome, level }: Finding): boolean =>
    options.notes === false && outcome !== 'excused' && outcome !== 'affirmed' && level === 'note'
  return { findings: findings.filter((finding) => !hidden(finding)), problems }
}

function found(draft: Draft, pack: Pack, options: CheckOptions, readings: readonly Reading[]): Finding[] {
  const settings: Settings = { own: options.own ?? [], accepted: options.accepted ?? [] }
  const wanted = (rule: Rule): boolean => isOn(rule, options)
  const survey = new Survey(readings, pack)
  const findings: Finding[] = []
  for (const [index, reading] of readings.entries()) {
    const met = candidates(reading, pack, survey).filter(({ rule }) => wanted(rule))
    if (!met.length) continue
    const marks = new MarksByPlace(marksOf({ readings, index, reading, pack, settings }))
    const judged = met.flatMap((candidate) => judge(candidate, reading, index, marks, draft.source) ?? [])
    // Which rule speaks for a passage does not hang on levels that the options change.
    for (const finding of longest(judged)) findings.push(levelled(finding, options))
  }
  return [
    ...findings,
    ...documentFindings(readings, pack, survey, draft.source)
      .filter(({ rule }) => wanted(rule))
      .map((finding) => levelled(finding, options)),
  ].sort(inOrder)
}

/** The finding in the draft's own words, where it was read with a short form spelled out. */
function asWritten(finding: Finding, { blocks }: Draft, terms: Terms): Finding {
  const { block, text } = finding
  if (terms.blocks[block] === blocks[block]) return finding
  const place = terms.asWritten(block, finding.place)
  return {
    ...finding,
    place,
    sentence: terms.asWritten(block, finding.sentence),
    text: blocks[block]?.text.slice(place.start, place.end) ?? text,
    ...(terms.touches(block, finding.place) ? { spelledOut: text } : {}),
  }
}

/** The finding at the level that the options give its rule; what is only reported stays a note. */
function levelled(finding: Finding, { levels }: CheckOptions): Finding {
  const level = levels?.[finding.rule.id]
  return level && level !== 'off' && finding.outcome !== 'reported' ? { ...finding, level } : finding
}

function inOrder(a: Finding, b: Finding): number {
  return a.start - b.start || a.end - b.end || a.rule.value.number - b.rule.value.number
}

/** What occurs anywhere in the draft, looked for when it is asked for. */
class Survey {
  readonly #readings: readonly Reading[]
  readonly #matcher: Matcher
  readonly #known = new Map<string, boolean>()

  constructor(readings: readonly Reading[], pack: Pack) {
    this.#readings = readings
    this.#matcher = matcherOf(pack)
  }

  holds(concept: string): boolean {
    return this.#somewhere(concept, (words) => words.concept(concept).length > 0)
  }

  /** Whether something in the draft rules a rule out, by `absent`. */
  rulesOut(rule: number): boolean {
    if (this.#matcher.guard('absent', rule) === undefined) return false
    return this.#somewhere(`absent ${rule}`, (words) => words.guard('absent', rule).length > 0)
  }

  #somewhere(name: string, test: (words: Words) => boolean): boolean {
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const held = this.#readings.some(({ sentences }) => sentences.some(({ words }) => test(words)))
    this.#known.set(name, held)
    return held
  }
}

/** Whether a concept occurs. */
type Near = (concept: string) => boolean

/** Matches of rules in a block: parts of a line that meet in one sentence, guards and topics observed. */
function candidates(reading: Reading, pack: Pack, survey: Survey): Candidate[] {
  const found: Candidate[] = []
  const block = new Survey([reading], pack)
  for (const sentence of reading.sentences) {
    const { words } = sentence
    if (!words.finds.length) continue
    const near: Readonly<Record<Rule['topicIn'], Near>> = {
      sentence: (name) => words.concept(name).length > 0,
      block: (name) => block.holds(name),
      document: (name) => survey.holds(name),
    }
    for (const { rule: number, line, parts } of linesIn(words.finds, pack)) {
      const rule = pack.rules[number] as Rule
      if (rule.kind === 'document' || words.guard('none', number, line).length) continue
      if (words.guard('without', number).length || survey.rulesOut(number)) continue
      if (!onTopic(rule, near[rule.topicIn])) continue
      const except = words.guard('except', number)
      for (const match of combine([...parts.values()])) {
        if (except.some((other) => overlap(other, match))) continue
        const { pattern, from, to, pieces } = match
        found.push({ pattern, from, to, pieces, rule, sentence })
      }
    }
  }
  return found
}

/** One match for each match of the first part, with the nearest match of every other part. */
function combine(parts: Match[][]): Match[] {
  const [first = [], ...others] = parts
  if (!others.length) return first
  return first.flatMap((match) => {
    const partners = others.map((list) => nearest(match, list))
    if (partners.some((partner) => partner === undefined)) return []
    const all = [match, ...(partners as Match[])]
    return [
      {
        pattern: match.pattern,
        from: Math.min(...all.map((m) => m.from)),
        to: Math.max(...all.map((m) => m.to)),
        pieces: all.flatMap((m) => m.pieces).sort((a, b) => a.from - b.from),
      },
    ]
  })
}

/** The match closest to `to` that does not share its words. */
function nearest(to: Match, list: readonly Match[]): Match | undefined {
  const distance = (m: Match): number => Math.max(m.from - to.to, to.from - m.to)
  return list.filter((m) => !piecesOverlap(m, to)).sort((a, b) => distance(a) - distance(b))[0]
}

function piecesOverlap(a: Match, b: Match): boolean {
  return a.pieces.some((p) => b.pieces.some((q) => p.from < q.to && q.from < p.to))
}

function overlap(a: { from: number; to: number }, b: { from: number; to: number }): boolean {
  return a.from < b.to && b.from < a.to
}

function onTopic({ topic, offTopic }: Rule, near: Near): boolean {
  return (!topic.length || topic.some(near)) && !offTopic.some(near)
}

/**
 * Decides what becomes of a candidate, by the marks that cover it. A rule that only counts under a mark says nothing without
 * it, except about a position: a policy is named and no stance shown, which is worth a note.
 */
function judge(
  candidate: Candidate,
  reading: Reading,
  block: number,
  marks: MarksByPlace,
  source: string,
): Finding | undefined {
  const { rule, sentence } = candidate
  const place = placeOf(candidate, reading)
  const named = candidate.pieces.map((piece) => placeOf(piece, reading))
  const covering = marks.around(place).filter((mark) => covers(mark, named, rule))
  const context = (mark: Mark): Context => ({
    kind: mark.kind,
    cue: mark.cue,
    ...sourceSpan(reading.block, source, mark.cueStart, mark.cueEnd),
  })
  const excuse = excusing(rule, covering)
  const unmet = rule.only.size > 0 && !covering.some((mark) => rule.only.has(mark.kind))
  if (unmet && rule.kind !== 'position') return undefined
  if (rule.kind === 'affirmation' && excuse) return undefined
  const outcome = outcomeOf(rule, excuse, unmet)
  const level: Level = outcome === 'reported' ? 'note' : rule.level
  return {
    rule,
    level,
    outcome,
    stance: stanceOf(rule, covering, excuse),
    text: reading.block.text.slice(place.start, place.end),
    block,
    sentence: { start: sentence.start, end: sentence.end },
    place,
    ...sourceSpan(reading.block, source, place.start, place.end),
    context: [...(excuse ? [excuse] : []), ...covering.filter((mark) => mark !== excuse)].map(context),
    ...(excuse ? { excusedBy: context(excuse) } : {}),
  }
}

function outcomeOf(rule: Rule, excuse: Mark | undefined, unmet: boolean): Outcome {
  if (rule.kind === 'affirmation') return 'affirmed'
  if (excuse) return reportedKinds.has(excuse.kind) ? 'reported' : 'excused'
  return unmet ? 'reported' : 'conflict'
}

/** The marks of a block by where they stand, so that a block of many passages and many marks takes linear time. */
class MarksByPlace {
  readonly #marks: readonly Mark[]
  readonly #stretches = new Map<number, number[]>()

  constructor(marks: readonly Mark[]) {
    this.#marks = marks
    if (marks.length <= fewMarks) return
    marks.forEach(({ start, end }, i) => {
      for (let stretch = stretchOf(start); stretch <= stretchOf(end); stretch++) {
        const list = this.#stretches.get(stretch)
        if (list) list.push(i)
        else this.#stretches.set(stretch, [i])
      }
    })
  }

  /** At least the marks that touch the span, in their order. */
  around({ start, end }: Span): readonly Mark[] {
    if (this.#marks.length <= fewMarks) return this.#marks
    const near = new Set<number>()
    for (let stretch = stretchOf(start); stretch <= stretchOf(end); stretch++)
      for (const i of this.#stretches.get(stretch) ?? []) near.add(i)
    return [...near].sort((a, b) => a - b).map((i) => this.#marks[i] as Mark)
  }
}

/** As many are sooner looked through than sorted. */
const fewMarks = 40

/** In UTF-16 units: longer than most sentences. */
const stretchLength = 512

function stretchOf(offset: number): number {
  return Math.floor(offset / stretchLength)
}

/** Marks whose cue is the stretch itself, or its punctuation. */
export const surrounding = new Set<MarkKind>(['name', 'quoted', 'own-voice', 'irony', 'question'])

/**
 * A mark covers a match if it holds a word that the pattern names, and its cue is none of them. But what somebody named before
 * the match wants is theirs even if the pattern names the wanting, and a verdict that goes on after a named policy stands.
 */
function covers(mark: Mark, spans: readonly Span[], rule: Rule): boolean {
  const held = spans.some((span) => mark.start < span.end && mark.end > span.start)
  if (!held) return false
  if (surrounding.has(mark.kind)) return true
  if (mark.kind === 'attributed' && mark.cueStart < (spans[0]?.start ?? 0)) return true
  if (mark.kind === 'opposed' && rule.kind === 'position' && mark.cueEnd > (spans.at(-1)?.end ?? 0)) return true
  return !spans.some((span) => mark.cueStart < span.end && mark.cueEnd > span.start)
}

function placeOf({ from, to }: Piece, reading: Reading): Span {
  return { start: reading.tokens[from]?.start ?? 0, end: reading.tokens[to - 1]?.end ?? 0 }
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

/** Of the findings of one value that overlap, the one that weighs most, then the longest. */
function longest(findings: Finding[]): Finding[] {
  const weight = (f: Finding): number => (f.outcome === 'affirmed' ? -2 : f.outcome === 'excused' ? -1 : ranks[f.level])
  const ordered = [...findings].sort((a, b) => weight(b) - weight(a) || b.end - b.start - (a.end - a.start))
  const kept: Finding[] = []
  const taken = new Map<Value, Span[]>()
  for (const finding of ordered) {
    const spans = taken.get(finding.rule.value) ?? []
    taken.set(finding.rule.value, spans)
    // Spans that were kept do not overlap each other: those beside the place are all that can be in the way.
    const at = placeAmong(spans, finding.start)
    const [before, after] = [spans[at - 1], spans[at]]
    if ((before && before.end > finding.start) || (after && after.start < finding.end)) continue
    spans.splice(at, 0, finding)
    kept.push(finding)
  }
  return kept
}

/** How many spans, in their order, start before `offset`. */
function placeAmong(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle] as Span).start < offset) low = middle + 1
    else high = middle
  }
  return low
}

/** Document rules: something the text says often enough, and something that it never says. */
function documentFindings(readings: readonly Reading[], pack: Pack, survey: Survey, source: string): Finding[] {
  const seen = documentMatches(readings, pack)
  return pack.rules.flatMap((rule, number) => {
    const places = seen.get(number) ?? []
    const [first] = places
    if (!first || places.length < rule.least || survey.rulesOut(number)) return []
    if (!onTopic(rule, (name) => survey.holds(name))) return []
    const candidate = { ...first.match, rule, sentence: first.sentence }
    return judge(candidate, first.reading, first.block, new MarksByPlace([]), source) ?? []
  })
}

/** Where a document rule's pattern matches. */
interface Place {
  match: Match
  reading: Reading
  sentence: Sentence
  block: number
}

/** The matches of document rules, by rule. */
function documentMatches(readings: readonly Reading[], pack: Pack): Map<number, Place[]> {
  const seen = new Map<number, Place[]>()
  for (const [block, reading] of readings.entries()) {
    for (const sentence of reading.sentences) {
      for (const match of sentence.words.finds) {
        const meaning = pack.meanings.at(match.pattern) as Meaning
        if (meaning.type === 'find' && pack.rules[meaning.rule]?.kind === 'document')
          add(seen, meaning.rule, { match, reading, sentence, block })
      }
    }
  }
  return seen
}
