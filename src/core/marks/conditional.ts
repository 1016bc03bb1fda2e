import { clauseAt } from '../clauses.ts'
import type { Match } from '../matcher.ts'
import type { Reading, Sentence } from '../reading.ts'
import type { Mark } from '../types.ts'
import { type Marker, mark } from './situation.ts'

/**
 * What is said to follow from a thing is a verdict on it: "If the state adopts the model, arrests will rise" is criticism, and
 * "Without the model, exploitation will go on" is praise.
 */
export const conditional: Marker = ({ reading }) =>
  reading.sentences.flatMap((sentence) => {
    const outcomes = [
      ...reading.concept('good-outcome', sentence.from, sentence.to).map((match) => ({ ...match, good: true })),
      ...reading.concept('bad-outcome', sentence.from, sentence.to).map((match) => ({ ...match, good: false })),
    ]
    if (!outcomes.length) return []
    const condition = conditionIn(reading.tokens, sentence.from, sentence.to) ?? dared(reading, sentence)
    if (!condition) return []
    const list = reading.clauses(sentence)
    const end =
      condition.end ??
      conditionEnd(reading.tokens, condition.from, sentence.to, list[clauseAt(list, condition.from)]?.to)
    const outcome = outcomes.find((match) => outsideOf(match, condition.from, end))
    if (!outcome) return []
    const kind = outcome.good === condition.wanted ? 'endorsed' : 'opposed'
    const cue = condition.end === undefined ? { from: condition.from, to: condition.from + 1 } : outcome
    return mark(reading, kind, condition.from + 1, end, cue).map((given): Mark => ({ ...given, apart: true }))
  })

/** A condition: the token that states it, where it ends if not at a comma, and whether its thing is there or missing. */
interface Condition {
  from: number
  end?: number
  wanted: boolean
}

const wanted = new Set('if when once where wherever whenever'.split(' '))
const missing = new Set('without unless until'.split(' '))

function conditionIn(tokens: readonly { norm: string }[], from: number, to: number): Condition | undefined {
  for (let i = from; i < to; i++) {
    const { norm } = tokens[i] as { norm: string }
    if (wanted.has(norm)) return { from: i, wanted: true }
    if (missing.has(norm)) return { from: i, wanted: false }
  }
  return undefined
}

/** "Sweep a camp and you hand the recruiters a list": an order that is no order, only the first half of a consequence. */
function dared({ tokens, pos }: Reading, { from, to }: Sentence): Condition | undefined {
  // The tagger takes an order at the start for a noun now and then.
  if (pos[from] !== 'v' && !(pos[from] === 'n' && pos[from + 1] === 'det')) return undefined
  for (let i = from + 1; i < to - 1; i++) {
    if (tokens[i]?.norm === 'and' && consequent.has(tokens[i + 1]?.norm ?? ''))
      return { from: from - 1, end: i, wanted: true }
  }
  return undefined
}

const consequent = new Set('you they we it he she the'.split(' '))

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

function outsideOf(match: Match, from: number, to: number): boolean {
  return match.to <= from || match.from >= to
}
