import { sentences } from '../core/sentences.ts'
import type { Draft, Finding, Level } from '../core/types.ts'

/**
 * A finding as a baseline remembers it: by what the draft says, never by its line. `sentence`, `before` and `after` are digests
 * of the sentence (with the rule and the passage) and of its neighbours in the paragraph; empty where there is none.
 */
export interface Entry {
  rule: string
  level: Level
  text: string
  sentence: string
  before: string
  after: string
}

/** The entries of findings, in their order. */
export function entriesOf(draft: Draft, findings: readonly Finding[]): Entry[] {
  const texts = new Map<number, { start: number; text: string }[]>()
  const sentencesOf = (block: number): { start: number; text: string }[] => {
    const text = draft.blocks[block]?.text ?? ''
    const known = texts.get(block) ?? sentences(text).map(({ start, end }) => ({ start, text: text.slice(start, end) }))
    texts.set(block, known)
    return known
  }
  return findings.map((finding) => {
    const { rule, level, text, outcome } = finding
    const words = text.replace(/\s+/g, ' ')
    // A judgement on the whole draft has no place that counts.
    if (rule.kind === 'document') return { rule: rule.id, level, text: '', sentence: '', before: '', after: '' }
    const list = sentencesOf(finding.block)
    const at = list.findLastIndex(({ start }) => start <= finding.place.start)
    // What was only reported and is now the draft's own position is another finding.
    const said = outcome === 'reported' ? 'reported' : 'conflict'
    return {
      rule: rule.id,
      level,
      text: words,
      sentence: digest([rule.id, said, text, list[at]?.text ?? '']),
      before: digest([list[at - 1]?.text ?? '']),
      after: digest([list[at + 1]?.text ?? '']),
    }
  })
}

/** Texts as 12 hexadecimal digits, blind to case, spaces and the shape of quotation marks; nothing for no text. */
function digest(texts: readonly string[]): string {
  const plain = texts.map(normalised)
  if (!plain.some(Boolean)) return ''
  // Loaded only here: most drafts have no baseline.
  return process
    .getBuiltinModule('node:crypto')
    .createHash('sha256')
    .update(plain.join('\n'))
    .digest('hex')
    .slice(0, 12)
}

function normalised(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[“”„‟«»]/g, '"')
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[‐‑‒–—]/g, '-')
    .replace(/\s+/g, ' ')
    .trim()
}

/** How like two entries must be, the strictest first: all the same; or one of the neighbours was edited. */
const likeness: readonly ((entry: Entry) => string)[] = [
  ({ rule, sentence, before, after }) => `${rule}\n${sentence}\n${before}\n${after}`,
  ({ rule, sentence, before }) => `${rule}\n${sentence}\n${before}`,
  ({ rule, sentence, after }) => `${rule}\n${sentence}\n${after}`,
]

/**
 * For each entry of a draft, the one of `known` that it is, as an index; each is taken once, so that of two findings alike the
 * second is new. `exact`: the neighbours must be the same too.
 */
export function recognised(found: readonly Entry[], known: readonly Entry[], exact = false): (number | undefined)[] {
  const match = new Map<number, number>()
  const taken = new Set<number>()
  for (const key of exact ? likeness.slice(0, 1) : likeness) {
    const free = new Map<string, number[]>()
    // From the last on, so that the first is popped first.
    for (let i = known.length - 1; i >= 0; i--) {
      if (taken.has(i)) continue
      const name = key(known[i] as Entry)
      const list = free.get(name)
      if (list) list.push(i)
      else free.set(name, [i])
    }
    for (const [i, entry] of found.entries()) {
      const partner = match.has(i) ? undefined : free.get(key(entry))?.pop()
      if (partner === undefined) continue
      match.set(i, partner)
      taken.add(partner)
    }
  }
  return found.map((_, i) => match.get(i))
}
