import type { Context, Draft, Finding, MarkKind, RuleKind } from './types.ts'

/** A finding in plain words, the same on the terminal, in JSON, in `explain` and on the page. */

/** What is the matter: one or two sentences about the text. What others say is not judged, only pointed at. */
export function messageOf({ rule, text, outcome, excusedBy }: Finding): string {
  if (outcome === 'reported') return reportedMessages[excusedBy?.kind ?? 'reported'] ?? neutral
  return inOneLine(rule.message.replaceAll('{match}', text))
}

/** Why it matters: who is affected, and what the value protects. */
export function whyOf({ rule, text }: Finding): string {
  return inOneLine(rule.why.replaceAll('{match}', text))
}

/** Why a finding came out as it did, one sentence each: the deciding mark first, then the others that bear on it. */
export function chain(finding: Finding, draft: Draft): string[] {
  const { outcome, context, excusedBy } = finding
  if (outcome === 'conflict') return [...spelledOut(finding), ...conflictChain(finding, draft)]
  const marks = outcome === 'excused' && excusedBy ? [excusedBy] : context
  const lines = [...new Set(marks.map((mark) => `${saying(mark)}.`))]
  return lines.length ? lines : ['Nothing around it speaks for or against it.']
}

function spelledOut({ spelledOut: words }: Finding): string[] {
  return words === undefined ? [] : [`Read as ${quote(words)}, as the draft names it in full before.`]
}

/** One mark in plain words: `opposed: “puts … in danger” says something against it`. */
export function saying({ kind, cue }: Pick<Context, 'kind' | 'cue'>): string {
  return sayings[kind](quote(cue), cue)
}

/** Words of the draft in quotation marks; long ones are cut in their middle. */
export function quote(text: string): string {
  const plain = inOneLine(text)
  const short =
    plain.length <= longestQuote ? plain : `${plain.slice(0, 36).trimEnd()} … ${plain.slice(-18).trimStart()}`
  return /^[“‘«„"]/.test(short) ? short : `“${short}”`
}

const longestQuote = 60

const sayings: Readonly<Record<MarkKind, (quoted: string, cue: string) => string>> = {
  quoted: (words, cue) =>
    cue === '>' ? 'quoted: it stands in a block quotation' : `quoted: somebody else's words, ${words}`,
  attributed: (words) => `attributed: ${words} gives it to somebody else`,
  'own-voice': () => "own voice: said by the author's own people, or with their approval",
  negated: (words) => `negated by ${words}`,
  denied: (words) => `rejected as a name for it: ${words}`,
  opposed: (words) => `opposed: ${words} says something against it`,
  endorsed: (words) => `endorsed: ${words} speaks for it`,
  name: (words) => `a name: ${words}`,
  legal: (words) => `a term of law: ${words}`,
  historical: (words) => `about the past: ${words}`,
  mention: (words) => `under discussion, not used: ${words}`,
  irony: (words) => `held at arm's length by quotation marks: ${words}`,
  // A plain question has its last word for a cue, which says nothing.
  question: () => 'asked, not said',
  hypothetical: (words) => `supposed, not said: ${words}`,
  myth: (words) => `named as a myth: ${words}`,
  reported: (words) => `reported as a fact about others: ${words}`,
}

const neutral =
  'It is named without a word for or against it. Nothing to change unless the draft means to support it; then it conflicts with the value.'

const reportedMessages: Partial<Record<MarkKind, string>> = {
  quoted:
    'Somebody else is quoted. Nothing to change if the draft answers it; if the quotation speaks for your organisation, treat it as your own words.',
  attributed:
    'Somebody else is said to hold this. Nothing to change if the draft answers it; if it speaks for your organisation, treat it as your own words.',
  question: 'It is asked, not said. Nothing to change unless the question suggests its own answer.',
}

const readAs: Readonly<Record<RuleKind, [voice: string, without: string]>> = {
  language: ["Read as the author's own voice", 'no quotation, law or history around it'],
  claim: ["Read as the author's own claim", 'nothing around it quotes, doubts or denies it'],
  position: ["Read as the author's own position", 'nothing around it quotes, negates or opposes it'],
  frame: ["Read as the author's own account", 'nothing around it quotes, negates or opposes it'],
  document: ['', ''],
  affirmation: ['', ''],
}

/** Marks that speak for a conflict; others that happen to cover one only distract, unless two of them cancelled out. */
const supporting = new Set<MarkKind>(['endorsed', 'own-voice'])

function conflictChain(finding: Finding, draft: Draft): string[] {
  const { rule, context } = finding
  if (rule.kind === 'document') return ['The draft was judged as a whole; this is the first place that counts.']
  const [voice, without] = readAs[rule.kind]
  const turns = context.filter(({ kind }) => rule.unless.has(kind) && (kind === 'negated' || kind === 'opposed'))
  const reasons = [...new Set(context.filter(({ kind }) => supporting.has(kind)).map((mark) => `${saying(mark)}.`))]
  if (turns.length > 1) reasons.push(`${turns.map(({ cue }) => quote(cue)).join(' and ')} cancel each other out.`)
  return [`${voice}${leadingTo(finding, draft)}${context.length ? '' : `; ${without}`}.`, ...reasons]
}

const leadWords = 4

/** `: “We fight …”`: the words before the passage, where there are some. */
function leadingTo({ block, sentence: { start }, place }: Finding, draft: Draft): string {
  const before = draft.blocks[block]?.text.slice(start, place.start).replaceAll('\uFFFC', '…') ?? ''
  const words = before.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word))
  // A word may be an address without a space in megabytes.
  const last = words.slice(-leadWords).map((word) => (word.length > longestQuote ? `…${word.slice(-18)}` : word))
  const lead = last.join(' ').replace(/^[“"]/, '')
  return words.length ? `: “${words.length > leadWords ? '… ' : ''}${lead} …”` : ''
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
