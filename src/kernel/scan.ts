/** Cuts a text into words and sentences, without reading it as Markdown: whether it may conflict is told from these. */

import { isCapitalLetter, sign, stretch } from './engine'
import { APART, ENDS_PHRASE, ENDS_SENTENCE, IS_PLAIN, PARTED, TAKES_PUNCTUATION } from './layout'
import { hashOf, wordIn } from './lexicon'
import { Arena, allocate, arena, Buffer, buffer, number, numbers, put } from './memory'
import { breaks, words } from './sentence'

/** The text, in UTF-16 units. */
let text: usize = 0
let capacity: i32 = 0

/** Where its sentences begin, in words. */
export const starts: Buffer = buffer()

/** Where to write a text of so many units. */
export function room(units: i32): usize {
  if (units > capacity) {
    capacity = max(units, capacity * 2)
    text = allocate((<usize>capacity) << 1)
  }
  return text
}

/** Whether a phrase has ended since the last word; whether there was anything but spaces. */
let parted: bool = false
let apart: bool = false

/** The words of the text, and where its sentences begin; several are one where it is not certain that one ends. */
export function split(units: i32): void {
  words.length = 0
  breaks.length = 0
  starts.length = 0
  starts.push(0)
  parted = false
  apart = false
  let ended = false
  for (let from = 0; from < units; ) {
    let to = from
    while (to < units && !isSpace(unit(to))) to++
    if (to > from) {
      if (ended && isCapital(unit(from))) starts.push(words.length)
      const says = read(from, to)
      const mark = unit(to - 1)
      ended = mark == 0x2e ? (says & ENDS_SENTENCE) != 0 : mark == 0x21 || mark == 0x3f
    } else if (unit(from) != 0x20) apart = true
    from = max(to, from + 1)
  }
}

function unit(i: i32): i32 {
  return load<u16>(text + ((<usize>i) << 1))
}

/** Reads a stretch without white space; without the punctuation around it that makes no other word of it (a full stop may: "U.S."). */
function read(from: i32, to: i32): i32 {
  let start = from
  let end = to
  let opens = false
  let closes = false
  while (start < end && isOutside(unit(start))) opens = endsPhrase(unit(start++)) || opens
  while (end > start && isOutside(unit(end - 1))) closes = endsPhrase(unit(--end)) || closes
  if (opens) parted = true
  const before = words.length
  const says = known(start, end)
  if (start > from || !(says & IS_PLAIN)) apart = true
  if (words.length > before) {
    if (parted) breaks.set(before, PARTED)
    else if (apart) breaks.set(before, APART)
    parted = false
    apart = end < to || !(says & IS_PLAIN)
  }
  if (says & TAKES_PUNCTUATION) parted = false
  else if (closes || says & ENDS_PHRASE) parted = true
  return says
}

// Stretches that were met: a table with open addressing. When it is full, all is forgotten.
const slots = 1 << 15
const mostKept = 1 << 14
/** In units. Longer ones are seldom met again. */
const longestKept = 40
let table: usize = 0
let kept = 0
const memories: Arena = arena()

/** A stretch, followed by its units, and by its words and how they are parted. */
@unmanaged
class Kept {
  hash: i32
  length: i32
  count: i32
  says: i32
}

/** Adds the words of a stretch; gives what it says of what follows. */
function known(from: i32, to: i32): i32 {
  if (to - from > longestKept) return stretch(from, to)
  if (!table) table = allocate((<usize>slots) << 2)
  const hash = hashOf(text + ((<usize>from) << 1), to - from)
  let slot = slotOf(hash)
  for (let at = load<usize>(slot); at; at = load<usize>(slot)) {
    const one = changetype<Kept>(at)
    if (one.hash == hash && isSame(one, from, to)) {
      const list = wordsOf(one)
      for (let i = 0; i < one.count; i++) {
        words.push(load<i32>(list + ((<usize>i) << 3)))
        breaks.push(load<i32>(list + ((<usize>i) << 3) + 4))
      }
      return one.says
    }
    slot = slot + 4 == table + ((<usize>slots) << 2) ? table : slot + 4
  }
  const before = words.length
  const says = plain(from, to)
  if (++kept > mostKept) {
    memory.fill(table, 0, (<usize>slots) << 2)
    memories.free()
    kept = 1
    slot = slotOf(hash)
  }
  store<usize>(slot, changetype<usize>(keep(from, to, hash, before, says)))
  return says
}

/** Reads a stretch that was not met before: most are one word, or none. */
function plain(from: i32, to: i32): i32 {
  if (isBare(from, to)) return endsWithin(from, to) ? ENDS_PHRASE : 0
  const before = words.length
  const stops = unit(to - 1) == 0x2e
  const end = stops ? to - 1 : to
  if (!(stops && end - from < 2) && readJoined(from, end)) return IS_PLAIN | (stops ? ENDS_PHRASE | ENDS_SENTENCE : 0)
  forget(before)
  const says = readPieces(from, to)
  if (says >= 0) return says
  forget(before)
  return stretch(from, to)
}

/** Takes back the words from one on. */
function forget(from: i32): void {
  words.length = from
  breaks.length = from
}

/** Reads words that hyphens join, mostly one; false where one is not read as it is written. */
function readJoined(from: i32, to: i32): bool {
  for (let start = from; start <= to; ) {
    let end = start
    while (end < to && unit(end) != 0x2d) end++
    const word = wordIn(text + ((<usize>start) << 1), end - start)
    if (!word) return false
    words.push(<i32>word)
    breaks.push(0)
    start = end + 1
  }
  return true
}

/** Words, numbers and signs of ASCII with punctuation in between, as tokens.ts has them; -1 where it takes that to tell. */
function readPieces(from: i32, to: i32): i32 {
  const whole = isAddress(from, to)
  let ends = false
  for (let at = from; at < to; ) {
    const code = unit(at)
    // A hashtag, a sum, an apostrophe.
    if (code >= 0x80 || code == 0x23 || code == 0x24 || code == 0x27) return -1
    if (!isLetter(code) && !isDigit(code) && !isSign(code)) {
      ends = code == 0x2e || endsPhrase(code) || ends
      at++
      continue
    }
    const start = at
    at = isSign(code) ? at + 1 : runEnd(at, to)
    if (isOfSeveralParts(start, at, to)) return -1
    const word = isSign(code) ? signAt(code) : <i32>wordIn(text + ((<usize>start) << 1), at - start)
    if (!word) return -1
    words.push(word)
    breaks.push(ends && !whole ? PARTED : APART)
    ends = false
  }
  return (whole ? TAKES_PUNCTUATION : ends ? ENDS_PHRASE : 0) | (stopEnds(from, to) ? ENDS_SENTENCE : 0)
}

/** The end of the letters or of the digits from `at` on. */
function runEnd(at: i32, to: i32): i32 {
  const letters = isLetter(unit(at))
  let end = at + 1
  while (end < to && (letters ? isLetter(unit(end)) : isDigit(unit(end)))) end++
  return end
}

/** Whether a word may be more than its letters, an acronym, or a number more than its digits. */
function isOfSeveralParts(start: i32, end: i32, to: i32): bool {
  if (end >= to) return false
  const next = unit(end)
  if (isLetter(unit(start))) return end - start == 1 && next == 0x2e
  return isDigit(unit(start)) && (isLetter(next) || next == 0x2c || next == 0x2e || next == 0x3a)
}

/** Whether a full stop at the end ends a sentence, where the word before it was read (see sentences.ts). */
function stopEnds(from: i32, to: i32): bool {
  if (unit(to - 1) != 0x2e) return false
  let start = to - 1
  while (start > from && (isLetter(unit(start - 1)) || unit(start - 1) == 0x2e)) start--
  for (let i = start; i < to - 1; i++) if (unit(i) == 0x2e) return false
  return to - 1 - start != 1
}

/** As in stretch.ts: `://`, `www.` or `@`. */
function isAddress(from: i32, to: i32): bool {
  for (let i = from; i < to; i++) {
    const code = unit(i)
    if (code == 0x40) return true
    if (i + 2 < to && code == 0x3a && unit(i + 1) == 0x2f && unit(i + 2) == 0x2f) return true
    if (i + 3 < to && isW(code) && isW(unit(i + 1)) && isW(unit(i + 2)) && unit(i + 3) == 0x2e) return true
  }
  return false
}

function isW(code: i32): bool {
  return (code | 0x20) == 0x77
}

/** By sign: its word, once it was asked for. */
const signWord: usize = numbers(0x80)

function signAt(code: i32): i32 {
  if (!number(signWord, code)) put(signWord, code, sign(code))
  return number(signWord, code)
}

/** Whether no word begins in a stretch. */
function isBare(from: i32, to: i32): bool {
  for (let i = from; i < to; i++) {
    const code = unit(i)
    if (code >= 0x80 || code == 0x24 || isDigit(code) || isLetter(code) || isSign(code)) return false
  }
  return true
}

function isLetter(code: i32): bool {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a && code < 0x80
}

function isDigit(code: i32): bool {
  return code >= 0x30 && code <= 0x39
}

/** A sign that counts as a word: % & + / = */
function isSign(code: i32): bool {
  return code == 0x25 || code == 0x26 || code == 0x2b || code == 0x2f || code == 0x3d
}

function endsWithin(from: i32, to: i32): bool {
  for (let i = from; i < to; i++) if (unit(i) == 0x2e || endsPhrase(unit(i))) return true
  return false
}

function slotOf(hash: i32): usize {
  return table + ((<usize>(hash & (slots - 1))) << 2)
}

function keep(from: i32, to: i32, hash: i32, before: i32, says: i32): Kept {
  const length = to - from
  const count = words.length - before
  const one = changetype<Kept>(memories.take(offsetof<Kept>() + paddedUnits(length) + ((<usize>count) << 3)))
  one.hash = hash
  one.length = length
  one.count = count
  one.says = says
  memory.copy(unitsOf(one), text + ((<usize>from) << 1), (<usize>length) << 1)
  for (let i = 0; i < count; i++) {
    store<i32>(wordsOf(one) + ((<usize>i) << 3), words[before + i])
    store<i32>(wordsOf(one) + ((<usize>i) << 3) + 4, breaks[before + i])
  }
  return one
}

function unitsOf(one: Kept): usize {
  return changetype<usize>(one) + offsetof<Kept>()
}

function wordsOf(one: Kept): usize {
  return unitsOf(one) + paddedUnits(one.length)
}

/** The bytes of so many units, up to a multiple of four. */
function paddedUnits(length: i32): usize {
  return (((<usize>length) << 1) + 3) & ~3
}

function isSame(one: Kept, from: i32, to: i32): bool {
  return (
    one.length == to - from && memory.compare(unitsOf(one), text + ((<usize>from) << 1), (<usize>one.length) << 1) == 0
  )
}

function isCapital(code: i32): bool {
  return code < 0x80 ? code >= 0x41 && code <= 0x5a : isCapitalLetter(code)
}

function isSpace(code: i32): bool {
  if (code <= 0x20 || code == 0xa0) return true
  if (code < 0x2000) return false
  return (
    code <= 0x200a ||
    code == 0x2028 ||
    code == 0x2029 ||
    code == 0x202f ||
    code == 0x205f ||
    code == 0x3000 ||
    code == 0xfeff
  )
}

/** Punctuation around words, and signs of Markdown. */
function isOutside(code: i32): bool {
  if (code >= 0x61)
    return (code >= 0x7b && code <= 0x7d) || (code >= 0x2018 && code <= 0x201d && code != 0x201a && code != 0x201b)
  if (code >= 0x41) return code == 0x5b || code == 0x5d || code == 0x5f || code == 0x60
  switch (code) {
    case 0x21: // !
    case 0x22: // "
    case 0x27: // '
    case 0x28: // (
    case 0x29: // )
    case 0x2a: // *
    case 0x2c: // ,
    case 0x3a: // :
    case 0x3b: // ;
    case 0x3f: // ?
      return true
    default:
      return false
  }
}

/** Whether punctuation ends every phrase that has begun before it. */
function endsPhrase(code: i32): bool {
  return code == 0x21 || code == 0x3a || code == 0x3b || code == 0x3f
}
