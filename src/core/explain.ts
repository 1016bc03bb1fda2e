import type { Context, Finding, MarkKind } from './types.ts'

/** What each kind of mark says about a passage, in plain words; `cue` is as written in the draft. */
const sayings: Readonly<Record<MarkKind, (cue: string) => string>> = {
  quoted: (cue) => (cue === '>' ? 'quoted: it stands in a block quotation' : `quoted: somebody else's words, ${cue}`),
  attributed: (cue) => `attributed: “${cue}” gives it to somebody else`,
  'own-voice': () => "own voice: the quotation is the author's own, or approved",
  negated: (cue) => `negated: “${cue}” denies it`,
  denied: (cue) => `rejected as a name: “${cue}”`,
  opposed: (cue) => `opposed: “${cue}” says something against it`,
  endorsed: (cue) => `endorsed: “${cue}” speaks for it`,
  name: (cue) => `a name: “${cue}”`,
  legal: (cue) => `a term of law: “${cue}”`,
  historical: (cue) => `about the past: “${cue}”`,
  mention: (cue) => `under discussion, not used: “${cue}”`,
  irony: (cue) => `held at arm's length: ${cue}`,
  question: () => 'asked, not said',
  hypothetical: (cue) => `supposed, not said: “${cue}”`,
  myth: (cue) => `named as a myth: “${cue}”`,
  reported: (cue) => `reported as a fact about others: “${cue}”`,
}

/** One mark in plain words. */
export function saying({ kind, cue }: Pick<Context, 'kind' | 'cue'>): string {
  return sayings[kind](cue.replace(/\s+/g, ' '))
}

/** Marks that speak for a conflict; the others that happen to cover one only distract. */
const supporting = new Set<MarkKind>(['endorsed', 'own-voice'])

/** Why a finding came out as it did: the deciding mark first, then the others that bear on it. */
export function chain({ outcome, context }: Finding): string[] {
  const telling = outcome === 'conflict' ? context.filter(({ kind }) => supporting.has(kind)) : context
  const lines = [...new Set(telling.map(saying))]
  if (outcome !== 'conflict') return lines
  return [
    lines.length
      ? "Read as the author's own voice;"
      : "Read as the author's own voice: no quotation, negation, law or history around it.",
    ...lines,
  ]
}
