import type { Reading } from '../reading.ts'
import type { Block, Mark, Span } from '../types.ts'
import type { Marker } from './situation.ts'

/**
 * Words that are shown, not used: a glossary's headword (emphasised, with a colon or a dash after it), a word to be replaced
 * ("*minorities* → name the community"), and struck-out text.
 */
export const defined: Marker = ({ reading }) => [
  ...ruledOut(reading.block),
  ...(reading.block.emphasis ?? []).flatMap((span): Mark[] => {
    const { block } = reading
    const discarded =
      edited(reading, span) ||
      arrow.test(block.text.slice(span.end)) ||
      avoided.test(block.text.slice(Math.max(0, span.start - longestLead), span.start))
    if (span.struck || discarded) return [shown(block, span, span.start)]
    return span.start === 0 && entry(reading, span.end) ? [shown(block, span, span.end)] : []
  }),
]

/** "Writing for us: skip *rescue* and *save*." */
function edited(reading: Reading, { start, end }: Span): boolean {
  const short = reading.block.text.slice(start, end).trim().split(/\s+/).length <= longestTerm
  return short && reading.concept('editing', 0, reading.tokens.length).length > 0
}

/** "voice for the voiceless: strike." – an entry of a style sheet. */
function ruledOut(block: Block): Mark[] {
  const [, term, rule] = ruling.exec(block.text) ?? []
  if (!term || !rule) return []
  const at = term.length + 1
  return [{ kind: 'mention', start: 0, end: term.length, cue: rule, cueStart: at, cueEnd: at + rule.length }]
}

const ruling =
  /^([^:–—.!?]{2,80})[:–—]( ?(?:strike|struck|delete|cut|drop|dropped|omit|avoid|retire|retired|remove|never|not used|out|banned|do not (?:use|say|write)|don[’']t (?:use|say|write)))\b/i

function shown({ text }: Block, { start, end }: Span, cueAt: number): Mark {
  return { kind: 'mention', start, end, cue: text.slice(start, end), cueStart: cueAt, cueEnd: cueAt }
}

const arrow = /^["”’']?\s*(→|⇒|➜|=>|->)/
/** "We avoid **rescue** because …". */
const avoided =
  /\b(avoid(s|ed|ing)?|(never|not|n[’']t) (say|write|use|print)|leave out|drop(s|ped)?|retir(e|es|ed)|replac(e|es|ed)|struck|strike|delet(e|ed))( the (words?|term|phrase))? ["“‘']?$/i
/** More than what is looked for before a word. */
const longestLead = 80
const longestTerm = 5

function entry({ block: { text }, pos }: Reading, end: number): boolean {
  const term = text.slice(0, end)
  const words = term.split(/\s+/).length
  // "Join us today –" asks for something.
  if (words > 2 && pos[0] === 'v') return false
  const headed = /[:—–.]\s*$/.test(term) || /^\s*(\([\w. ]+\))?\s*[:—–]/.test(text.slice(end))
  return headed && words <= longestTerm
}
