import { excusing } from './check.ts'
import type { Finding, Mark, MarkKind, Rule } from './types.ts'

/** What the author holds of a thing that the draft names. */
export type Stance = 'endorses' | 'opposes' | 'reports'

/** Marks by which the author turns against what they cover. */
const against = new Set<MarkKind>(['opposed', 'negated', 'denied', 'myth'])
/** Marks of a word held up, not used: for a term that is a refusal. */
const heldUp = new Set<MarkKind>(['mention', 'irony'])
/** Words of others: what stands inside them is not the author's. */
const others = new Set<MarkKind>(['quoted', 'attributed', 'reported'])

type Bearing = Pick<Mark, 'kind' | 'cueStart' | 'cueEnd' | 'start' | 'end'>

/**
 * The author's stance, composed from the marks that cover a passage. A refusal inside somebody else's words is theirs; one around
 * them, or beside them, is the author's: "“It works,” he said. It does not."
 */
export function stanceOf(rule: Rule, covering: readonly Mark[]): Stance {
  const excuse = excusing(rule, covering)
  if (!excuse) return 'endorses'
  const theirs = covering.filter(({ kind }) => others.has(kind))
  const refusals = covering.filter(({ kind }) => against.has(kind) && rule.unless.has(kind))
  if (refusals.some((mark) => !theirs.some((words) => holdsCue(words, mark)))) return 'opposes'
  return rule.kind === 'language' && heldUp.has(excuse.kind) && !theirs.length ? 'opposes' : 'reports'
}

function holdsCue(outer: Bearing, inner: Bearing): boolean {
  return outer.start <= inner.cueStart && outer.end >= inner.cueEnd && inner.start >= outer.start
}

/** Whether a finding shows the author on the value's side. */
export function affirms({ outcome, rule, excusedBy }: Finding): boolean {
  if (outcome !== 'excused' || !excusedBy) return false
  return against.has(excusedBy.kind) || (rule.kind === 'language' && heldUp.has(excusedBy.kind))
}
