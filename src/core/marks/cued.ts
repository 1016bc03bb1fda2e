import { type Clause, clauseAt, firstFinite, scopeEnd, scopeStart } from '../clauses.ts'
import type { Reading, Sentence } from '../reading.ts'
import type { Mark, MarkKind } from '../types.ts'
import { type Cue, type Marker, mark, namesAuthor, obligations, type Situation } from './situation.ts'

/**
 * Marks that a cue of `rules/english/` gives to what it governs, after ConText (Harkema et al. 2009): a cue has a kind and a
 * direction; its scope ends where its clause ends, but goes on into relative and "that" clauses that depend on it.
 */
export const cued: Marker = (situation) => {
  const negations = new Map<Sentence, Cue[]>()
  for (const cue of situation.cues) {
    if (cue.kind !== 'negated' || cue.direction !== 'before') continue
    const list = negations.get(cue.sentence)
    if (list) list.push(cue)
    else negations.set(cue.sentence, [cue])
  }
  return situation.cues.flatMap((cue) => {
    const negation = turning(situation.reading, cue, negations.get(cue.sentence) ?? [])
    if (!negation) return scope(situation, cue, cue.kind)
    return scope(situation, { ...cue, from: negation.from }, cue.kind === 'opposed' ? 'endorsed' : 'opposed')
  })
}

/** Kinds whose cue speaks of everything up to the end of the sentence, however many clauses that is. */
const wholeSentence = new Set<MarkKind>(['attributed', 'question', 'myth'])

function scope(situation: Situation, cue: Cue, kind: MarkKind): Mark[] {
  const { reading } = situation
  const { sentence } = cue
  if (kind === 'attributed' && !heldByOthers(situation, cue)) return []
  switch (cue.direction) {
    case 'before':
      return [...mark(reading, kind, cue.to, forwardEnd(reading, cue), cue), ...takenUp(reading, cue, kind)]
    case 'after':
      return backward(reading, cue, kind)
    case 'around':
      return [...mark(reading, kind, sentence.from, sentence.to, cue), ...answered(reading, cue)]
    case 'block': // colours what the line frames, not the line itself: see framed.ts
    case 'pseudo':
      return []
  }
}

/** "We oppose it." and "We apologise." speak of the sentence before as well. */
function answered(reading: Reading, cue: Cue): Mark[] {
  const earlier =
    cue.kind === 'opposed' || cue.kind === 'mention' ? before(reading, cue.sentence, cue.sentence.from) : undefined
  return earlier ? mark(reading, cue.kind, earlier.from, earlier.to, cue) : []
}

/** "The new contract ends that", "we dropped the rule": the object of the verdict is what was said before. */
function takenUp(reading: Reading, cue: Cue, kind: MarkKind): Mark[] {
  if (kind !== 'opposed' || !anaphoricObject(reading, cue.to, cue.sentence.to)) return []
  const list = reading.clauses(cue.sentence)
  const earlier = before(reading, cue.sentence, (list[clauseOf(list, cue.from)] as Clause).from)
  return earlier ? mark(reading, kind, earlier.from, earlier.to, cue) : []
}

/** A pronoun, or "the rule", that nothing goes on to describe. */
function anaphoricObject(reading: Reading, at: number, end: number): boolean {
  const { norm = '' } = reading.tokens[at] ?? {}
  const word = determiners.has(norm) && reading.concept('taken-up', at + 1, Math.min(at + 2, end)).length ? 2 : 1
  const after = reading.tokens[at + word]
  if (word === 1 && !pronouns.has(norm)) return false
  return at + word >= end || after?.breakBefore !== 'none'
}

const pronouns = new Set('it this that these those them'.split(' '))
const determiners = new Set('the this that these those such both'.split(' '))

/** Of the negations of its sentence the one that turns a verdict into its opposite: "does not work" is criticism, "harms nobody" is praise. */
function turning(reading: Reading, cue: Cue, negations: readonly Cue[]): Cue | undefined {
  if (cue.direction !== 'after' || (cue.kind !== 'opposed' && cue.kind !== 'endorsed')) return undefined
  return negations.find((no) => no.to <= cue.from && cue.to <= forwardEnd(reading, no))
}

/** A refused name is near its refusal: "is not, and has never been, slavery". */
const deniedReach = 7

function forwardEnd(reading: Reading, cue: Cue): number {
  const list = reading.clauses(cue.sentence)
  const k = clauseOf(list, cue.to - 1)
  if (wholeSentence.has(cue.kind) && list[clauseOf(list, cue.from)]?.link !== 'relative') return semicolon(reading, cue)
  const whole = scopeEnd(list, k)
  const end = cue.kind === 'negated' ? Math.min(whole, semicolon(reading, cue)) : whole
  if (cue.kind === 'denied') return Math.min(end, cue.to + deniedReach)
  if (aside(reading, cue)) return nextBreak(reading, cue.to, end)
  return prepositions.has(reading.tokens[cue.from]?.norm ?? '')
    ? (firstFinite(reading.tokens, reading.pos, cue.to, end) ?? end)
    : end
}

/** "Full decriminalization, not the Nordic Model, protects workers": a negation between commas stays there. */
function aside({ tokens, pos }: Reading, { kind, from, to }: Cue): boolean {
  return kind === 'negated' && tokens[from]?.breakBefore === 'weak' && pos[to] !== 'v' && pos[to] !== 'aux'
}

function nextBreak({ tokens }: Reading, from: number, to: number): number {
  for (let i = from; i < to; i++) if (tokens[i]?.breakBefore !== 'none') return i
  return to
}

/** Words that negate a noun, not a clause: "nine years without pay has cost her more". */
const prepositions = new Set('without instead rather'.split(' '))

/** What somebody is said to have said, and what is negated, ends with the sentence, or before a semicolon. */
function semicolon(reading: Reading, cue: Cue): number {
  for (let i = cue.to; i < cue.sentence.to; i++) if (reading.tokens[i]?.punctuation.includes(';')) return i
  return cue.sentence.to
}

function clauseOf(list: readonly Clause[], at: number): number {
  return Math.max(0, clauseAt(list, at))
}

/**
 * What a predicate says of its subject: back to the start of its clause; of a pronoun, or with no subject ("Not true."): of
 * the clause or sentence before.
 */
function backward(reading: Reading, cue: Cue, kind: MarkKind): Mark[] {
  const list = reading.clauses(cue.sentence)
  const clause = list[clauseOf(list, cue.from)] as Clause
  const from = backwardStart(list, cue, kind, anaphoric(reading, clause.from))
  const marks = mark(reading, kind, from, cue.from, cue)
  const verdict = (kind === 'opposed' || kind === 'myth') && cue.from === clause.from
  if (!verdict && !anaphoric(reading, from) && !anaphoric(reading, clause.from)) return marks
  const earlier = before(reading, cue.sentence, from)
  return earlier ? [...marks, ...mark(reading, kind, earlier.from, earlier.to, cue)] : marks
}

/** A negated verb denies what its own subject is said to do; a verdict reaches the subject over the clauses between. */
function backwardStart(list: readonly Clause[], cue: Cue, kind: MarkKind, anaphor: boolean): number {
  if (wholeSentence.has(kind)) return cue.sentence.from
  const k = clauseOf(list, cue.from)
  const { from, link } = list[k] as Clause
  return kind === 'negated' && link !== 'resumed' ? from : scopeStart(list, k, anaphor)
}

const anaphors = new Set('it this that these those they such'.split(' '))
const openers = new Set('but and yet because since though although while so'.split(' '))

function anaphoric(reading: Reading, at: number): boolean {
  const first = reading.tokens[at]?.norm ?? ''
  const second = reading.tokens[at + 1]?.norm ?? ''
  return anaphors.has(first) || (openers.has(first) && anaphors.has(second))
}

/** The rest of the sentence before token `at`, or the sentence before it. */
function before(reading: Reading, sentence: Sentence, at: number): { from: number; to: number } | undefined {
  if (at > sentence.from) return { from: sentence.from, to: at }
  return reading.sentences[reading.sentenceOf(sentence.from) - 1]
}

const holders = new Set('some many others few most several critics'.split(' '))

/** Somebody other than the author is the subject of a reporting verb: an imperative or a passive without one reports nobody. */
function heldByOthers(situation: Situation, cue: Cue): boolean {
  const { reading } = situation
  if (reading.tokens[cue.from]?.norm === 'according') return !namesAuthor(situation, reading, cue.to, cue.to + 4)
  const list = reading.clauses(cue.sentence)
  const clause = list[clauseOf(list, cue.from)] as Clause
  if (passive(reading, cue) || cue.direction === 'around') return true
  if (obliged(reading, cue)) return false
  // "A leaflet that calls …", "the senator's belief that …": the cue names its own holder, and the author may share it.
  if (reading.pos[cue.from] === 'n' && cue.to > cue.from + 1) {
    const shared = reading.concept('approval', clause.from, cue.from)
    return !shared.length && !namesAuthor(situation, reading, Math.max(clause.from, cue.from - 2), cue.from)
  }
  if (!reports(reading, cue)) return false
  // "When I was nineteen a cop called me …": whoever stands next to the verb.
  if (reading.concept('third-party', clause.from, cue.from).some(({ to }) => to === cue.from)) return true
  if (namesAuthor(situation, reading, clause.from, cue.from + 1)) return false
  for (let i = clause.from; i < Math.max(cue.from, cue.to - 1); i++)
    if (reading.pos[i] === 'n' || reading.pos[i] === 'pron' || holders.has(reading.tokens[i]?.norm ?? '')) return true
  return clause.link === 'relative' || clause.link === 'shared' || clause.link === 'resumed'
}

/** "Sheriffs should say": what somebody is to say they have not said. */
function obliged({ tokens }: Reading, { from, to }: Cue): boolean {
  for (let i = from - 1; i < to; i++) if (obligations.has(tokens[i]?.norm ?? '')) return true
  return false
}

/** "My grandmother was called …": whoever called her is not the author. */
function passive(reading: Reading, cue: Cue): boolean {
  return be.has(reading.tokens[cue.from]?.norm ?? '')
}
const be = new Set('is are was were been being be get got'.split(' '))

/** "Complaining about it" and "will not testify" report nothing; "saying that …" does. */
function reports(reading: Reading, cue: Cue): boolean {
  const verb = reading.tokens[cue.from]?.norm ?? ''
  const before = reading.tokens[cue.from - 1]?.norm ?? ''
  if (cue.to - cue.from > 1) return true
  return !verb.endsWith('ing') && before !== 'not' && before !== 'never' && before !== 'to'
}
