import { fold } from './fold.ts'
import type { Span } from './types.ts'

/** How strongly the punctuation before a word parts it from the word before: a comma bends a phrase, a semicolon ends it. */
export type Break = 'none' | 'weak' | 'strong'

/** A word, number or sign of a block; `start` and `end` are offsets into the block's text. */
export interface Token extends Span {
  /** As written. */
  text: string
  /** Folded: lower case, one spelling. Contractions are taken apart: "don't" is `do` and `not`. */
  norm: string
  /** What parts it from the token before. */
  breakBefore: Break
  /** The punctuation between the token before and this one, without spaces. */
  punctuation: string
  /** Carries a possessive ending ("survivor's", "survivors'"), which is no part of `norm`. */
  possessive: boolean
}

/**
 * Words, of which the classes of letters, capitals and marks are given. A word may hold inner apostrophes; acronyms keep their
 * points; "/" and "&" count as words since drafts write "sex trafficking/prostitution".
 */
function wordsOf(letter: string, capital: string, mark: string): RegExp {
  const word = `[$]?[${letter}][${letter}${mark}]*(?:['’][${letter}]+)*`
  const number = String.raw`\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?(?![${letter}])`
  return new RegExp(String.raw`(?:[${capital}]\.){2,}|${word}|${number}|[/&%+=]|\uFFFC`, 'uy')
}

const asciiWords = wordsOf('A-Za-z', 'A-Z', '')
const ascii = /^[\0-\x7f\uFFFC]*$/
/** Made at first use: it takes 3 ms to compile. */
let anyWords: RegExp | undefined

function wordsIn(text: string): RegExp {
  if (ascii.test(text)) return asciiWords
  anyWords ??= wordsOf(String.raw`\p{L}`, String.raw`\p{Lu}`, String.raw`\p{M}`)
  return anyWords
}

const strong = /[;:.!?…]/
const weak = /[,()[\]{}—–]|--| - /

/** Words with an apostrophe that are two words; a possessive is handled apart. */
const contractions: Readonly<Record<string, readonly [string, string]>> = {
  "can't": ['can', 'not'],
  "won't": ['will', 'not'],
  "shan't": ['shall', 'not'],
  "ain't": ['be', 'not'],
  "let's": ['let', 'us'],
}

/** Pronouns and adverbs after which 's is a verb, not a possessive. */
const verbHost = new Set(
  'it that there here what who he she where how when why everyone everybody nobody someone'.split(' '),
)
const endings: Readonly<Record<string, string>> = {
  "'re": 'are',
  "'ve": 'have',
  "'ll": 'will',
  "'m": 'am',
  "'d": 'would',
}

/** The tokens of a text, in order. Runs in linear time. */
export function tokenise(text: string): Token[] {
  const tokens: Token[] = []
  const pattern = wordsIn(text)
  let last = 0
  for (let at = 0; at < text.length; ) {
    const start = at
    if (beginsNothing(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const plain = plainEnd(text, at)
    pattern.lastIndex = at
    at = plain > at ? plain : pattern.test(text) ? pattern.lastIndex : at
    if (at === start) {
      at += 1
      continue
    }
    const opening = start - last === 1 && text[last] === ' ' ? nothing : opened(text.slice(last, start))
    const word = text.slice(start, at)
    const norm = plain > start && text[start - 1] !== '#' ? fold(word) : "'"
    if (!norm.includes("'")) {
      tokens.push(token(word, start, norm, opening))
    } else {
      split(word, start, text[start - 1] === '#' && start > last).forEach(([piece, at, folded, possessive], i) => {
        tokens.push(token(piece, at, folded, i ? nothing : opening, possessive))
      })
    }
    last = at
  }
  return tokens
}

/** Whether no word begins with an ASCII sign. */
function beginsNothing(code: number): boolean {
  return code < firstBeyondAscii && !isLetter(code) && !isDigit(code) && !beginners.has(code)
}

const beginners = new Set([...'$/&%+='].map((sign) => sign.charCodeAt(0)))

/** The end of the ASCII word or number from `at` on, where it is one for certain; else `at`. Most are, and the pattern is slow. */
function plainEnd(text: string, at: number): number {
  let end = runEnd(text, at, isLetter)
  if (end === at) return numberEnd(text, at)
  if (end - at === 1 && text.charCodeAt(end) === point) return at // an acronym
  while (isApostrophe(text.charCodeAt(end)) && isLetter(text.charCodeAt(end + 1))) end = runEnd(text, end + 1, isLetter)
  const next = text.charCodeAt(isApostrophe(text.charCodeAt(end)) ? end + 1 : end)
  return next >= firstBeyondAscii ? at : end
}

function numberEnd(text: string, at: number): number {
  const end = runEnd(text, at, isDigit)
  const next = text.charCodeAt(end)
  return next >= firstBeyondAscii || isLetter(next) || inNumbers.has(next) ? at : end
}

function runEnd(text: string, at: number, goesOn: (code: number) => boolean): number {
  let end = at
  while (goesOn(text.charCodeAt(end))) end++
  return end
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019
}

const point = 0x2e
const inNumbers = new Set([...'.,:'].map((sign) => sign.charCodeAt(0)))
const firstBeyondAscii = 0x80

/** All tokens are made here, with their fields in one order: what reads them is faster by that. */
function token(text: string, start: number, norm: string, opening: Opening, possessive = false): Token {
  const { breakBefore, punctuation } = opening
  return { text, norm, start, end: start + text.length, possessive, breakBefore, punctuation }
}

/** Whether what stands between two words ends every phrase that has begun before it. */
export function partsPhrases(between: string): boolean {
  return strong.test(between)
}

type Opening = Pick<Token, 'breakBefore' | 'punctuation'>

const nothing: Opening = { breakBefore: 'none', punctuation: '' }

function opened(between: string): Opening {
  return {
    breakBefore: strong.test(between) ? 'strong' : weak.test(between) ? 'weak' : 'none',
    punctuation: between.replace(/\s+/g, ''),
  }
}

/** The text, start, `norm` and `possessive` of a token. */
type Piece = readonly [string, number, string, boolean?]

function split(word: string, start: number, hashtag: boolean): Piece[] {
  if (hashtag) return camelCase(word, start)
  const norm = sign(fold(word))
  const at = norm.lastIndexOf("'")
  if (at < 0) return [[word, start, norm]]
  const pair = contractions[norm]
  if (pair) return cut(word, start, pairedAt(word, pair), pair)
  if (norm.endsWith("n't"))
    return cut(word, start, word.length - (/['’]/.test(word) ? 3 : 2), [norm.slice(0, -3), 'not'])
  const host = norm.slice(0, at)
  const ending = norm.slice(at)
  const verb = ending === "'s" && verbHost.has(host) ? 'is' : endings[ending]
  if (verb) return cut(word, start, at, [host, verb])
  return [ending === "'s" ? [word, start, host, true] : [word, start, norm]]
}

/** Where the second word of a contraction begins; text messages leave the apostrophe out ("cant"). */
function pairedAt(word: string, [, second]: readonly [string, string]): number {
  const at = word.search(/['’]/)
  if (at < 0) return word.length - 1
  return second === 'not' ? at - 1 : at
}

function cut(word: string, start: number, at: number, [first, second]: readonly [string, string]): Piece[] {
  return [
    [word.slice(0, at), start, first],
    [word.slice(at), start + at, second],
  ]
}

/** A hashtag's words, where capitals show them: #BreakTheShackles. */
function camelCase(word: string, start: number): Piece[] {
  const parts = [...word.matchAll(/^[ -~]*$/.test(word) ? asciiCapitals : capitals)]
  return parts.map((part): Piece => [part[0], start + part.index, fold(part[0])])
}

const capitals = /\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?!\p{Ll})|\P{L}+/gu
/** For nearly all hashtags: to compile the other takes 2 ms. */
const asciiCapitals = /[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^A-Za-z]+/g

const signs: Readonly<Record<string, string>> = { '&': 'and', '%': 'percent', '=': 'equals', '+': 'plus' }

function sign(norm: string): string {
  return Object.hasOwn(signs, norm) ? (signs[norm] as string) : norm
}
