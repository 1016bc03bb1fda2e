import type { Block, Finding, Span } from './types.ts'

/** Which words can stand in place of a passage, and how they fit into its sentence. */

/** The words that can replace a passage as it stands; undefined where its rule declares none safe, or none for this form of it. */
export function safeWording({ rule, text, outcome }: Finding): string | undefined {
  if (outcome !== 'conflict') return undefined
  if (typeof rule.fix === 'boolean') return rule.fix ? rule.instead[0] : undefined
  const form = formOf(text)
  return Object.hasOwn(rule.fix, form) ? rule.fix[form] : undefined
}

/** A passage as the forms of `fix` are written: in small letters, with plain spaces, hyphens and apostrophes. */
export function formOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .replaceAll('’', "'")
}

/** Whether the sentence has the wording beside the passage: “modern slavery and human trafficking” would say it twice. */
export function saysAlready({ sentence, place }: Finding, wording: string, block: Block): boolean {
  const around = [block.text.slice(sentence.start, place.start), block.text.slice(place.end, sentence.end)]
  return around.some((text) => formOf(text).includes(formOf(wording)))
}

export interface Edit extends Span {
  text: string
}

/** The replacement as it fits the sentence, and the stretch of the block's text that it takes the place of. */
export function editOf({ place, text }: Finding, wording: string, block: Block): Edit {
  const [, article, gap] = /(?<![\p{L}\p{N}])(an?|the)(\s+)$/iu.exec(block.text.slice(0, place.start)) ?? []
  if (article === undefined || gap === undefined) return { ...place, text: inCaseOf(text, wording) }
  const bare = wording.replace(/^(?:an?|the) /, '')
  const fitted = inCaseOf(text, bare)
  const right = /^the$/i.test(article) ? article : inCaseOf(article, soundsLikeVowel(bare) ? 'an' : 'a')
  if (right.toLowerCase() === article.toLowerCase()) return { ...place, text: fitted }
  return { start: place.start - gap.length - article.length, end: place.end, text: `${right}${gap}${fitted}` }
}

/** A wording in the case of what was written: capitals throughout, at every word, at the first, or as it is. */
export function inCaseOf(written: string, wording: string): string {
  const words = written.match(/\p{L}[\p{L}\p{N}'’]*/gu) ?? []
  const isUpper = (text: string): boolean => text === text.toUpperCase()
  const first = words[0]?.charAt(0) ?? ''
  if (!first || !isUpper(first)) return wording
  if (words.join('').length > 1 && words.every(isUpper)) return wording.toUpperCase()
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
  if (words.length < 2 || !words.every((word) => isUpper(word.charAt(0)))) return capital(wording)
  return capital(wording.replace(/(?<![\p{L}'’])\p{L}{4,}/gu, capital))
}

const consonants = /^(?:eu|one\b|once\b|ubiq|uni(?![nm])|us[aeiu]|ut[ei]|[UBCDGJKPQTVWYZ][A-Z])/
const vowels = /^(?:[aeiou]|hour|honest|honor|honour|heir|[AEFHILMNORSX][A-Z]|[AEIO])/

/** Whether “an” stands before a word. */
function soundsLikeVowel(word: string): boolean {
  return vowels.test(word) && !consonants.test(word)
}
