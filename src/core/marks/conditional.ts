import type { Match } from '../automaton.ts'
import { clauseAt } from '../clauses.ts'
import type { Mark } from '../types.ts'
import { conceptMatches, type Marker, mark } from './situation.ts'

/**
 * What is said to follow from a thing is a verdict on it: "If the state adopts the model, arrests will rise" is criticism, and
 * "Without the model, exploitation will go on" is praise.
 */
export const conditional: Marker = ({ reading, pack }) => {
  const outcomes = [
    ...conceptMatches(reading, pack, 'good-outcome').map((match) => ({ ...match, good: true })),
    ...conceptMatches(reading, pack, 'bad-outcome').map((match) => ({ ...match, good: false })),
  ]
  if (!outcomes.length) return []
  return reading.sentences.flatMap((sentence) => {
    const condition = conditionIn(reading.tokens, sentence.from, sentence.to)
    if (!condition) return []
    const list = reading.clauses(sentence)
    const end = conditionEnd(reading.tokens, condition.from, sentence.to, list[clauseAt(list, condition.from)]?.to)
    const outcome = outcomes.find((match) => outsideOf(match, condition.from, end, sentence))
    if (!outcome) return []
    const kind = outcome.good === condition.wanted ? 'endorsed' : 'opposed'
    return mark(reading, kind, condition.from + 1, end, { from: condition.from, to: condition.from + 1 }).map(
      (given): Mark => ({ ...given, apart: true }),
    )
  })
}

const wanted = new Set('if when once where wherever whenever'.split(' '))
const missing = new Set('without unless until'.split(' '))

function conditionIn(
  tokens: readonly { norm: string }[],
  from: number,
  to: number,
): { from: number; wanted: boolean } | undefined {
  for (let i = from; i < to; i++) {
    const { norm } = tokens[i] as { norm: string }
    if (wanted.has(norm)) return { from: i, wanted: true }
    if (missing.has(norm)) return { from: i, wanted: false }
  }
  return undefined
}

/** The condition goes up to a comma, or to the end of its clause. */
function conditionEnd(
  tokens: readonly { breakBefore: string }[],
  from: number,
  to: number,
  clauseEnd: number | undefined,
): number {
  for (let i = from + 1; i < to; i++) if (tokens[i]?.breakBefore !== 'none') return i
  return clauseEnd && clauseEnd > from ? clauseEnd : to
}

function outsideOf(match: Match, from: number, to: number, sentence: { from: number; to: number }): boolean {
  if (match.from < sentence.from || match.to > sentence.to) return false
  return match.to <= from || match.from >= to
}
