import { type Clause, firstFinite, isFiniteVerb, scopeEnd } from '../clauses.ts'
import type { Reading, Sentence } from '../reading.ts'
import type { Mark } from '../types.ts'
import { capital, type Marker, mark, namesAuthor, obligations } from './situation.ts'

/**
 * What a third party supports, wants or plans is theirs: "The senator backs the Equality Model". The subject of the clause names
 * the holder, its verb the attitude; a clause without a subject of its own has that of the clause before.
 */
export const held: Marker = (situation) => [...attitudes(situation), ...laws(situation)]

const attitudes: Marker = (situation) => {
  const { reading } = situation
  return reading.sentences.flatMap((sentence) => {
    const verbs = reading.concept('attitude', sentence.from, sentence.to)
    const parties = reading.concept('third-party', sentence.from, sentence.to)
    if (!parties.length || !verbs.length) return []
    const list = reading.clauses(sentence)
    return list.flatMap((clause, k): Mark[] => {
      const verb = verbs.find(
        ({ from }) => from >= clause.from && from < clause.to && !asked(reading.tokens[from - 1]?.norm ?? ''),
      )
      const subject = verb && subjectOf(reading, list, k, verb.from)
      const holder = subject && parties.find(({ from, to }) => from >= subject.from && to <= subject.to)
      if (!holder || namesAuthor(situation, reading, sentence.from, verb.to)) return []
      return mark(reading, 'attributed', verb.to, end(list, k, sentence), { from: holder.from, to: verb.to })
    })
  })
}

/** Before a verb: what somebody is to do is not what they do. */
function asked(norm: string): boolean {
  return norm === 'to' || obligations.has(norm)
}

/** What a state does or its law says is told, not asked for: "Eleven states still limit vacatur". */
const laws: Marker = (situation) => {
  const { reading } = situation
  return reading.sentences.flatMap((sentence) => {
    const states = reading.concept('jurisdiction', sentence.from, sentence.to)
    if (!states.length || namesAuthor(situation, reading, sentence.from, sentence.to)) return []
    const list = reading.clauses(sentence)
    return list.flatMap((clause, k): Mark[] => {
      const verb = firstFinite(reading.tokens, reading.pos, clause.from, clause.to) ?? clause.from
      const holder = states.find(({ from, to }) => from >= clause.from && from <= clause.from + 2 && to <= verb)
      if (!holder || modals.has(reading.tokens[verb]?.norm ?? '')) return []
      return mark(reading, 'reported', holder.to, end(list, k, sentence), holder)
    })
  })
}

const modals = new Set('should must shall ought can could may might would will need needs deserves'.split(' '))

/** Tokens before the verb of clause `k`, which must be its first; of the clause before where this one shares its subject. */
function subjectOf(
  reading: Reading,
  list: readonly Clause[],
  k: number,
  verb: number,
): { from: number; to: number } | undefined {
  const clause = list[k] as Clause
  for (let i = clause.from; i < verb; i++) {
    if (isFiniteVerb(reading.tokens, reading.pos, i) && reading.pos[i] !== 'aux' && !capital(reading, i))
      return undefined
  }
  const shared = clause.link === 'shared' || clause.link === 'relative' || clause.link === 'resumed'
  const before = shared ? list[k - 1] : undefined
  return { from: before?.from ?? clause.from, to: before && clause.link === 'shared' ? before.to : verb }
}

function end(list: readonly Clause[], k: number, sentence: Sentence): number {
  return Math.min(scopeEnd(list, k), sentence.to)
}
