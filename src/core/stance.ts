import type { Finding, Mark, MarkKind, Rule, Stance } from './types.ts'

/** Marks that leave it open what the author thinks: what they cover is told, not judged. */
export const reportedKinds = new Set<MarkKind>(['quoted', 'attributed', 'reported', 'question'])

/** The mark that excuses, if any. Two turns make none: "we do not oppose X" supports it; own people's words are the author's. */
export function excusing(rule: Rule, covering: readonly Mark[]): Mark | undefined {
  const own = covering.find((mark) => mark.kind === 'own-voice')
  // What a bill would do is no supposition where the author wants the bill.
  const wanted = covering.find((mark) => mark.kind === 'endorsed' && mark.apart)
  // The name of a law says nothing; that the author wants it passed does.
  const promoted = rule.kind === 'position' && covering.some(({ kind }) => kind === 'endorsed')
  const usable = covering.filter(
    ({ kind, cueStart, cueEnd }) =>
      rule.unless.has(kind) &&
      !(own && kind === 'attributed' && !(cueStart >= own.start && cueEnd <= own.end)) &&
      !(promoted && kind === 'name') &&
      !(wanted && (kind === 'hypothetical' || (kind === 'negated' && cueStart === wanted.cueStart))),
  )
  const negated = usable.find((mark) => mark.kind === 'negated')
  const opposed = usable.find((mark) => mark.kind === 'opposed')
  if (negated && opposed && negated.start <= opposed.cueStart && negated.end >= opposed.cueEnd) {
    return usable.find((mark) => mark.kind !== 'negated' && mark.kind !== 'opposed')
  }
  return usable.find((mark) => !reportedKinds.has(mark.kind)) ?? usable[0]
}

/** Marks by which the author turns against what they cover. */
const against = new Set<MarkKind>(['opposed', 'negated', 'denied', 'myth'])
/** Marks of a word held up, not used: for a term that is a refusal. */
const heldUp = new Set<MarkKind>(['mention', 'irony'])
/** Words of others: what stands inside them is not the author's. */
const others = new Set<MarkKind>(['quoted', 'attributed', 'reported'])

type Bearing = Pick<Mark, 'kind' | 'cueStart' | 'cueEnd' | 'start' | 'end'>

/**
 * The author's stance, composed from the marks that cover a passage, of which `excuse` excuses it. A refusal inside somebody
 * else's words is theirs; one around them, or beside them, is the author's: "“It works,” he said. It does not."
 */
export function stanceOf(rule: Rule, covering: readonly Mark[], excuse = excusing(rule, covering)): Stance {
  if (!excuse) return 'endorses'
  const theirs = covering.filter(({ kind }) => others.has(kind))
  const refusals = covering.filter(({ kind }) => against.has(kind) && rule.unless.has(kind))
  if (refusals.some((mark) => !theirs.some((words) => holdsCue(words, mark)))) return 'opposes'
  return rule.kind === 'language' && heldUp.has(excuse.kind) && !theirs.length ? 'opposes' : 'reports'
}

function holdsCue(outer: Bearing, inner: Bearing): boolean {
  return outer.start <= inner.cueStart && outer.end >= inner.cueEnd && inner.start >= outer.start
}

/** Whether a finding shows the author on the value's side: it says what the value asks, or turns against what the value rejects. */
export function affirms({ outcome, stance }: Finding): boolean {
  return outcome === 'affirmed' || (outcome === 'excused' && stance === 'opposes')
}
