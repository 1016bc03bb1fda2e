/** Runs the programs of patterns over the sentence at hand. */

import { partOfSpeech } from './engine'
import {
  ACCEPT,
  anyWord,
  BEGIN_CONCEPTS,
  BEGIN_SETS,
  CODE,
  CONCEPT,
  END,
  GAP,
  JUMP,
  longestSentence,
  PARTED,
  PATTERN_OF,
  PROGRAMS,
  READ,
  SETS,
  SIGNS,
  SPLIT,
  START,
  WAYS,
} from './layout'
import { Arena, allocate, arena, Buffer, buffer, number, numbers, put } from './memory'
import { ints } from './pack'
import { breaks, first, fulfilled, meets, sentence, waysIn, width, words } from './sentence'

/** A stretch of tokens that a pattern named itself, and those before it. */
@unmanaged
class Trail {
  from: i32
  to: i32
  before: usize
}

/** A pattern met tokens `from` to `to` (exclusive), counted in the sentence; after it come its pieces, two numbers each. */
@unmanaged
export class Match {
  pattern: i32
  from: i32
  to: i32
  pieces: i32
  /** The match that was found before it. */
  next: usize
}

/** Whether it is certain where sentences begin and end, and patterns match only words of the part of speech that they name. */
let certain: bool = false

const matches: Arena = arena()
const trails: Arena = arena()
/** The ways of a tree that are run. */
const ways: Buffer = buffer()

/** By pattern that is asked for: the sentence in which it was looked for, its matches in their order, and how many they are. */
let knownIn: usize = 0
let known: usize = 0
let knownCount: usize = 0

// Of the run at hand: where it began, which instructions it has been at with which token, and what it has found.
let start: i32 = 0
let run: i32 = 0
let program: i32 = 0
let pattern: i32 = 0
let found: usize = 0
const seen: Buffer = buffer()

/** By set: what its keys are by their last six bits, a bit each; 0 before it is asked for. */
let traces: usize = 0

export function openPrograms(patterns: i32, sets: i32): void {
  traces = allocate((<usize>sets) << 3)
  knownIn = numbers(patterns)
  known = numbers(patterns)
  knownCount = numbers(patterns)
}

export function beginRuns(isCertain: bool): void {
  certain = isCertain
  matches.free()
}

/** How many matches the ways of a tree have; `list` gives where they are. */
export function met(tree: i32): i32 {
  waysIn(tree, ways)
  let last: usize = 0
  for (let i = 0; i < ways.length; i++) last = runWay(ways[i], last)
  return inOrder(last)
}

/** Where the matches are that were put in order last. */
export let list: usize = 0

/** How many matches a pattern that is asked for has; `list` gives where they are. */
export function all(wanted: i32): i32 {
  look(wanted)
  list = <usize>number(known, wanted)
  return number(knownCount, wanted)
}

/** Looks for a pattern, once in a sentence. */
function look(wanted: i32): void {
  if (number(knownIn, wanted) == sentence) return
  put(knownIn, wanted, sentence)
  // A concept that uses itself finds nothing of itself.
  put(knownCount, wanted, 0)
  const sign = ints(SIGNS)[wanted]
  if (sign < 0 || !meets(sign)) return
  let last: usize = 0
  const end = ints(WAYS)[wanted + 1]
  for (let i = ints(WAYS)[wanted]; i < end; i++) {
    const way = ints(WAYS + 1)[i]
    if (fulfilled(way)) last = runWay(way, last)
  }
  put(knownCount, wanted, inOrder(last))
  put(known, wanted, <i32>list)
}

/** Runs a way from every word on; gives the match that was found last, with those before it. */
function runWay(way: i32, last: usize): usize {
  const from = ints(PROGRAMS)[way]
  const to = ints(PROGRAMS)[way + 1]
  const code = ints(CODE)
  for (let pc = from; pc < to; pc += lengthOf(code[pc])) if (code[pc] == CONCEPT) look(code[pc + 1])
  program = from
  pattern = ints(PATTERN_OF)[way]
  found = last
  seen.reserve((to - from + 1) * (width + 1))
  for (let at = 0; at < width; at++) {
    if (!beginsAt(at, way)) continue
    start = at
    if (++run < 0) {
      memory.fill(seen.at, 0, (<usize>seen.capacity) << 2)
      run = 1
    }
    trails.free()
    go(from, at, 0)
  }
  return found
}

function lengthOf(instruction: i32): i32 {
  return instruction == READ ? 3 : instruction >= START ? 1 : 2
}

/** Whether a way may begin with a token. */
function beginsAt(at: i32, way: i32): bool {
  const set = ints(BEGIN_SETS)[way]
  if (set == anyWord || reads(at, set)) return true
  const end = ints(BEGIN_CONCEPTS)[way + 1]
  for (let i = ints(BEGIN_CONCEPTS)[way]; i < end; i++) if (conceptAt(ints(BEGIN_CONCEPTS + 1)[i], at)) return true
  return false
}

function conceptAt(concept: i32, at: i32): bool {
  look(concept)
  const count = number(knownCount, concept)
  for (let i = 0; i < count; i++) if (matchOf(concept, i).from == at) return true
  return false
}

function matchOf(concept: i32, i: i32): Match {
  return changetype<Match>(load<usize>(load<usize>(known + ((<usize>concept) << 2)) + ((<usize>i) << 2)))
}

function reads(at: i32, set: i32): bool {
  const word = <usize>words[first + at]
  const end = word + ((<usize>load<i32>(word)) << 2)
  const trace = traceOf(set)
  for (let at = word + 4; at <= end; at += 4) {
    const key = load<i32>(at)
    // Most sets are small: this rules out three words of four.
    if ((trace >> (key & 63)) & 1 && holds(set, key)) return true
  }
  return false
}

function traceOf(set: i32): u64 {
  const at = traces + ((<usize>set) << 3)
  let trace = load<u64>(at)
  if (trace) return trace
  const end = ints(SETS)[set + 1]
  for (let i = ints(SETS)[set]; i < end; i++) trace |= (<u64>1) << (ints(SETS + 1)[i] & 63)
  store<u64>(at, trace)
  return trace
}

/** Whether a set, in rising order, holds a key. */
function holds(set: i32, key: i32): bool {
  let low = ints(SETS)[set]
  const end = ints(SETS)[set + 1]
  const keys = ints(SETS + 1)
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1
    if (keys[middle] < key) low = middle + 1
    else high = middle
  }
  return low < end && keys[low] == key
}

/** Goes on from an instruction and a token. Words come before gaps and short gaps before long ones: the first way to a place counts. */
function go(instruction: i32, token: i32, read: usize): void {
  const code = ints(CODE)
  let pc = instruction
  let at = token
  let trail = read
  if (been(pc, at)) return
  while (true) {
    switch (code[pc]) {
      case READ: {
        const set = code[pc + 1]
        if (at >= width || parted(at) || (set != anyWord && !reads(at, set))) return
        const pos = code[pc + 2]
        if (pos && certain && partOfSpeech(first + at) != pos) return
        trail = extend(trail, at, at + 1)
        at++
        pc += 3
        break
      }
      case CONCEPT: {
        if (at >= width || parted(at)) return
        goPast(code[pc + 1], pc + 2, at, trail)
        return
      }
      case SPLIT: {
        // Most options begin with a word that is not there.
        if (code[pc + 2] != READ || at >= width || code[pc + 3] == anyWord || reads(at, code[pc + 3]))
          go(pc + 2, at, trail)
        pc = program + code[pc + 1]
        break
      }
      case JUMP: {
        pc = program + code[pc + 1]
        if (been(pc, at)) return
        break
      }
      case GAP: {
        const most = at == start ? 0 : code[pc + 1]
        for (let skipped = 0; skipped <= most; skipped++) {
          go(pc + 2, at + skipped, trail)
          if (at + skipped >= width || parted(at + skipped)) return
        }
        return
      }
      case START: {
        if (!mayStart(at)) return
        pc++
        break
      }
      case END: {
        if (at < width && breaks[first + at] == 0 && (certain || words.length < longestSentence)) return
        pc++
        break
      }
      default: {
        if (at > start && !been(pc + 1, at)) accept(at, trail)
        return
      }
    }
  }
}

/** Goes on after what a concept matches from a token on, the longest first. */
function goPast(concept: i32, pc: i32, at: i32, trail: usize): void {
  for (let i = number(knownCount, concept) - 1; i >= 0; i--) {
    const match = matchOf(concept, i)
    if (match.from == at) go(pc, match.to, extend(trail, at, match.to))
  }
}

/** Whether the run has been at an instruction with a token: what follows is known then. */
function been(pc: i32, at: i32): bool {
  const place = seen.at + ((<usize>((pc - program) * (width + 1) + at)) << 2)
  if (load<i32>(place) == run) return true
  store<i32>(place, run)
  return false
}

/** Whether a sentence may begin with a token. */
function mayStart(at: i32): bool {
  if (certain) return at == 0
  return at == 0 || breaks[first + at] != 0 || words.length >= longestSentence
}

/** A semicolon, colon or stop inside a sentence ends every phrase that has begun before it. */
function parted(at: i32): bool {
  return at > start && breaks[first + at] == PARTED
}

function extend(trail: usize, from: i32, to: i32): usize {
  const before = changetype<Trail>(trail)
  const next = changetype<Trail>(trails.take(offsetof<Trail>()))
  const goesOn = trail && before.to == from
  next.from = goesOn ? before.from : from
  next.to = to
  next.before = goesOn ? before.before : trail
  return changetype<usize>(next)
}

function accept(to: i32, trail: usize): void {
  let count = 0
  for (let at = trail; at; at = changetype<Trail>(at).before) count++
  const match = changetype<Match>(matches.take(offsetof<Match>() + ((<usize>count) << 3)))
  match.pattern = pattern
  match.from = start
  match.to = to
  match.pieces = count
  match.next = found
  found = changetype<usize>(match)
  for (let at = trail; at; at = changetype<Trail>(at).before) {
    count--
    store<i32>(pieceOf(match, count), changetype<Trail>(at).from)
    store<i32>(pieceOf(match, count) + 4, changetype<Trail>(at).to)
  }
}

export function pieceOf(match: Match, i: i32): usize {
  return changetype<usize>(match) + offsetof<Match>() + ((<usize>i) << 3)
}

/** Puts matches in their order, the last one given; gives how many they are. */
function inOrder(last: usize): i32 {
  let count = 0
  for (let at = last; at; at = changetype<Match>(at).next) count++
  list = matches.take((<usize>count) << 2)
  let i = count
  for (let at = last; at; at = changetype<Match>(at).next) store<usize>(list + ((<usize>--i) << 2), at)
  if (count > 1) sort(list, count)
  return count
}

/** Sorts by merging. */
function sort(at: usize, count: i32): void {
  let from = at
  let to = matches.take((<usize>count) << 2)
  for (let size = 1; size < count; size *= 2) {
    for (let low = 0; low < count; low += size * 2)
      merge(from, to, low, min(low + size, count), min(low + size * 2, count))
    const other = from
    from = to
    to = other
  }
  if (from != at) memory.copy(at, from, (<usize>count) << 2)
}

function merge(from: usize, to: usize, low: i32, middle: i32, high: i32): void {
  let left = low
  let right = middle
  for (let i = low; i < high; i++) {
    const takesLeft = left < middle && (right >= high || compared(matchAt(from, left), matchAt(from, right)) <= 0)
    store<usize>(to + ((<usize>i) << 2), changetype<usize>(matchAt(from, takesLeft ? left++ : right++)))
  }
}

function matchAt(from: usize, i: i32): Match {
  return changetype<Match>(load<usize>(from + ((<usize>i) << 2)))
}

/** As they end; of those that end together the shortest first, and of the same stretch that which names the first words in it. */
function compared(a: Match, b: Match): i32 {
  if (a.to != b.to) return a.to - b.to
  if (a.from != b.from) return b.from - a.from
  const pieces = min(a.pieces, b.pieces)
  for (let i = 0; i < pieces; i++) {
    const one = pieceOf(a, i)
    const other = pieceOf(b, i)
    if (load<i32>(one) != load<i32>(other)) return load<i32>(one) - load<i32>(other)
    if (load<i32>(one + 4) != load<i32>(other + 4)) return load<i32>(other + 4) - load<i32>(one + 4)
  }
  return a.pieces != b.pieces ? b.pieces - a.pieces : a.pattern - b.pattern
}
