import type { Finding } from '../core/types.ts'
import { safeWording } from '../core/wording.ts'

/** Beginnings of advice: what follows tells the writer what to do, and is no wording itself. */
const advice =
  /^(?:add|ask|be|call|correct|count|describe|explain|give|investigate|leave|let|look|name|report|run|say|show|so that|stand|thank|use)\b|[:…;]|\.\.\./i
const condition = /\s*\([^()]*\)$/
const mostWords = 8

/**
 * Words that can stand in place of the passage, the best first: those of a rule that says so, and of rules about words those
 * that are wordings and no advice. The writer sees and chooses; nothing is put in unasked.
 */
export function wordingsFor(finding: Finding): string[] {
  const { rule, text, outcome } = finding
  if (outcome === 'excused') return []
  const [first, ...others] = rule.instead
  const swaps = rule.kind === 'language' ? [first, ...others].filter(isWording) : []
  const safe = safeWording(finding)
  const all = safe === undefined ? swaps : [safe, ...swaps]
  return [...new Set(all.map((wording) => fitted(wording.replace(condition, ''), text)))]
}

function isWording(text: string | undefined): text is string {
  if (text === undefined) return false
  const words = text.replace(condition, '')
  return !advice.test(words) && !words.includes(', ') && words.split(' ').length <= mostWords
}

/** A wording with capitals where the passage has them: at its start, or in its words as titles do. */
function fitted(wording: string, text: string): string {
  const words = text.match(/\p{L}{4,}/gu) ?? []
  if (words.length > 1 && words.every((word) => /^\p{Lu}/u.test(word)))
    return capital(wording).replace(/\p{L}{4,}/gu, capital)
  return /^\p{Lu}/u.test(text) ? capital(wording) : wording
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
