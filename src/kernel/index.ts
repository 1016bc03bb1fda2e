/**
 * The kernel finds the patterns of a pack in one sentence at a time: what `Matcher` asks for, compiled from AssemblyScript to
 * WebAssembly, since most runs are over before a machine has warmed up to JavaScript. Words meet needs; these lead to the
 * patterns of which all needs are met, and only their programs are run (see patterns.ts).
 */

import { openLexicon } from './lexicon'
import { beginRuns, openPrograms } from './program'
import { split as splitText, starts } from './scan'
import { begin as beginWords, breaks, open as openSentences, words } from './sentence'

export { allocate } from './memory'
export { place } from './pack'
export { all, list, met } from './program'
export { room } from './scan'
export { signOf, signsIn, signWords } from './sentence'

/** Once, when all arrays are in their place. */
export function open(needs: i32, patterns: i32, branches: i32, keys: i32, slots: i32, families: i32, sets: i32): void {
  openSentences(needs, patterns, branches)
  openPrograms(patterns, sets)
  openLexicon(keys, slots, families)
}

/** Where to write the words of so many tokens, from the first on. */
export function roomForWords(count: i32): usize {
  words.length = 0
  words.reserve(count)
  words.length = count
  return words.at
}

/** Where to write how so many tokens are parted. */
export function roomForBreaks(count: i32): usize {
  breaks.length = 0
  breaks.reserve(count)
  return breaks.at
}

/** Adds a word, and how it is parted from the one before. */
export function push(word: i32, parted: i32): void {
  words.push(word)
  breaks.push(parted)
}

/** Turns to the words at hand, as one sentence. */
export function turnToWords(): void {
  turnTo(0, words.length, true)
}

/** Splits the text, of so many units; gives how many sentences there are. */
export function split(units: i32): i32 {
  splitText(units)
  return starts.length
}

/**
 * Turns to a sentence of the text that was split. Where sentences begin and end is not certain there, nor what part of speech
 * words are: patterns match wherever they may.
 */
export function turnToSentence(i: i32): void {
  turnTo(starts[i], i + 1 < starts.length ? starts[i + 1] : words.length, false)
}

/** Turns to the whole text that was split, as one sentence, in the same manner. */
export function turnToText(): void {
  turnTo(0, words.length, false)
}

function turnTo(from: i32, to: i32, isCertain: bool): void {
  beginWords(from, to)
  beginRuns(isCertain)
}
