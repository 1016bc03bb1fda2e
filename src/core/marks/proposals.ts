import { firstFinite } from '../clauses.ts'
import type { Reading, Sentence } from '../reading.ts'
import type { Mark, MarkKind } from '../types.ts'
import { type Cue, type Marker, mark, namesAuthor, type Situation } from './situation.ts'

/**
 * What a bill would do and what the author says of it are often sentences apart: "No on S. 311. The bill would cap the visas."
 * The author's verdict on a proposal colours every sentence of the block whose subject the proposal is.
 */
export const proposals: Marker = (situation) => {
  const { reading } = situation
  if (reading.sentences.length < 2) return []
  const names = (from: number, to: number): boolean => reading.concept('proposal', from, to).length > 0
  if (!names(0, reading.tokens.length)) return []
  const verdict = verdictOf(situation, names)
  if (!verdict) return []
  return chained(reading, names)
    .filter((sentence) => sentence !== verdict.sentence)
    .flatMap(({ from, to }) => mark(reading, verdict.kind, from, to, verdict))
    .map((given): Mark => ({ ...given, apart: true }))
}

type Names = (from: number, to: number) => boolean

const verdicts = new Set<MarkKind>(['opposed', 'endorsed'])

/** The author's verdict on a proposal, if all its verdicts in the block agree. */
function verdictOf(situation: Situation, names: Names): Cue | undefined {
  const { reading, cues: every } = situation
  const all = every.filter(({ kind, direction, from, to, sentence }) => {
    if (!verdicts.has(kind) || direction === 'block') return false
    const clause = reading.clauses(sentence).find((one) => from >= one.from && from < one.to)
    if (!clause) return false
    const own = namesAuthor(situation, reading, clause.from, from + 1) || from === clause.from
    return own && (direction === 'around' || names(to, to + objectReach) || pronoun(reading, to))
  })
  const negations = negationsBefore(every)
  const [first, ...others] = all.map((cue) => turned(cue, negations.get(cue.from)))
  return first && others.every(({ kind }) => kind === first.kind) ? first : undefined
}

/** The cues that negate what comes after them, by the token that does. */
function negationsBefore(every: readonly Cue[]): ReadonlyMap<number, Cue> {
  const negations = new Map<number, Cue>()
  for (const cue of every)
    if (cue.kind === 'negated' && cue.direction === 'before' && !negations.has(cue.to)) negations.set(cue.to, cue)
  return negations
}

/** "We cannot support it" opposes, "we do not oppose it" supports. */
function turned(cue: Cue, negation: Cue | undefined): Cue {
  if (!negation) return cue
  return { ...cue, from: negation.from, kind: cue.kind === 'opposed' ? 'endorsed' : 'opposed' }
}

/** How far from its verb the object of a verdict is looked for, in tokens. */
const objectReach = 5

const pronouns = new Set('it this them'.split(' '))

function pronoun(reading: Reading, at: number): boolean {
  return pronouns.has(reading.tokens[at]?.norm ?? '')
}

/** Sentences with a proposal for their subject, and those that go on about it: "It would …". */
function chained(reading: Reading, names: Names): Sentence[] {
  const chain: Sentence[] = []
  for (const [i, sentence] of reading.sentences.entries()) {
    const goesOn = pronoun(reading, sentence.from) && chain.at(-1) === reading.sentences[i - 1]
    if (
      goesOn ||
      names(sentence.from, firstFinite(reading.tokens, reading.pos, sentence.from, sentence.to) ?? sentence.from)
    )
      chain.push(sentence)
  }
  return chain
}
