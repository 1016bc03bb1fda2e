import { mostCommon, type Tree } from './needs.ts'
import type { Meaning, Meanings } from './pack.ts'
import {
  ACCEPT,
  anyWord,
  CONCEPT,
  END,
  GAP,
  JUMP,
  lengths,
  type Patterns,
  partsOfSpeech,
  READ,
  SPLIT,
  START,
} from './patterns.ts'
import { holds } from './table.ts'
import type { Token } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'

/**
 * Finds patterns in one sentence at a time. Its words meet needs (see patterns.ts); these lead to the find lines and cues of
 * which all needs are met, and only they are run, from every word on. What a concept matches is worked out once a sentence,
 * when a way asks for it. So the time goes with what the text may match, not with the number of rules.
 */

/** A stretch of tokens that a pattern named itself: `from` inclusive, `to` exclusive. */
export interface Piece {
  from: number
  to: number
}

/** A pattern met tokens `from` to `to` (exclusive); `pieces` leaves out what fell into its gaps. */
export interface Match {
  pattern: number
  from: number
  to: number
  pieces: Piece[]
}

/** Looks up the part of speech of a token, only when a pattern asks for it. */
export type PosOf = (index: number) => 'n' | 'v' | 'a' | undefined

/** What sentences are cut from. */
export interface Text {
  /** By token: the place of its keys (`Matcher.keysOf`). */
  keys: readonly number[]
  tokens: readonly Token[]
  /**
   * Without it, patterns match loosely: wherever sentences begin, whatever punctuation stands between the words and whatever
   * part of speech they are, so that nothing is missed that they match in any sentence of the text.
   */
  posOf?: PosOf | undefined
}

/** What the matcher reads of a pack. */
export interface Matchable {
  patterns: Patterns
  meanings: Meanings
}

const matchers = new WeakMap<Matchable, Matcher>()

/** The matcher of a pack. */
export function matcherOf(pack: Matchable): Matcher {
  let matcher = matchers.get(pack)
  if (!matcher) {
    matcher = new Matcher(pack)
    matchers.set(pack, matcher)
  }
  return matcher
}

/** Tokens `from` to `to` (exclusive) of a text, as one sentence, with what was found in it. */
export class Words {
  readonly text: Text
  readonly from: number
  readonly to: number
  readonly #matcher: Matcher
  #known: Map<number, readonly Match[]> | undefined
  /** The signs that its words meet, a bit each: of most patterns that are asked for there is none. */
  #signs: Uint32Array | undefined
  #finds: readonly Match[] | undefined
  #cues: readonly Match[] | undefined

  constructor(matcher: Matcher, text: Text, from = 0, to = text.keys.length) {
    this.#matcher = matcher
    this.text = text
    this.from = from
    this.to = to
  }

  /** The matches of find lines, in the order in which they end. */
  get finds(): readonly Match[] {
    this.#finds ??= this.#matcher.met(this, 'find')
    return this.#finds
  }

  /** The matches of cues, in the same order. */
  get cues(): readonly Match[] {
    this.#cues ??= this.#matcher.met(this, 'cue')
    return this.#cues
  }

  /** The matches of one pattern that is asked for, in the same order. */
  of(pattern: number): readonly Match[] {
    this.#signs ??= this.#matcher.signsIn(this)
    const bit = this.#matcher.signBit(pattern)
    if (!(((this.#signs[bit >> 5] as number) >>> (bit & 31)) & 1)) return none
    let found = this.#known?.get(pattern)
    if (!found) {
      this.#known ??= new Map()
      // A concept that uses itself finds nothing of itself.
      this.#known.set(pattern, none)
      found = this.#matcher.all(this, pattern)
      this.#known.set(pattern, found)
    }
    return found
  }

  /** The matches of a concept; none where there is no concept of that name. */
  concept(name: string): readonly Match[] {
    const pattern = this.#matcher.concept(name)
    return pattern === undefined ? none : this.of(pattern)
  }

  /** The matches of what a rule must not meet; of one of its lines, for `none`. */
  guard(type: Guard, rule: number, line = 0): readonly Match[] {
    const pattern = this.#matcher.guard(type, rule, line)
    return pattern === undefined ? none : this.of(pattern)
  }
}

export type Guard = 'none' | 'except' | 'without' | 'absent'

const none: readonly Match[] = []
const noWays: readonly number[] = []

interface Trail extends Piece {
  before: Trail | undefined
}

export class Matcher {
  readonly #patterns: Patterns
  readonly #meanings: Meanings
  readonly #vocabulary: Vocabulary
  /** Concepts, by name with an `@`, and guards: made when one is asked for, which few drafts do. */
  #named: ReadonlyMap<string, number> | undefined
  /** By need that is a sign: its number among them, or -1; and how many there are. */
  readonly #signBits: Int32Array
  #signs = 0

  // Of the sentence at hand. What is marked with an earlier turn counts as not marked.
  #turn = 0
  #words: Words | undefined
  /** By need: the turn, doubled, and 1 where it is met; the needs that words meet; and how many they are. */
  readonly #needMet: Int32Array
  readonly #marked: Int32Array
  #met = 0
  /** The common words that it holds, a bit each. */
  #common = 0
  /** By pattern that is asked for: the same, 1 where some way of it has its needs met. */
  readonly #mayMatch: Int32Array
  /** By branch at the root of a tree: the climb in which it was met. */
  readonly #rootMet: Int32Array
  #climbs = 0

  /** By way: the concepts in its program, once it was run. */
  readonly #inside: number[][] = []

  // Of the run at hand: where it began, which instructions it has been at with which token, and what it has found.
  #start = 0
  #run = 0
  #width = 0
  #first = 0
  #seen = new Int32Array(1 << 12)
  #pattern = 0
  #found: Match[] = []

  constructor({ patterns, meanings }: Matchable) {
    this.#patterns = patterns
    this.#meanings = meanings
    const needs = patterns.needConcepts.starts.length - 1
    this.#needMet = new Int32Array(needs)
    this.#marked = new Int32Array(needs)
    this.#rootMet = new Int32Array(Math.max(patterns.finds.needs.length, patterns.cues.needs.length))
    this.#mayMatch = new Int32Array(patterns.signs.length)
    this.#vocabulary = new Vocabulary(patterns)
    this.#signBits = new Int32Array(needs).fill(-1)
    for (const sign of patterns.signs)
      if (sign >= 0 && this.#signBits[sign] === -1) this.#signBits[sign] = this.#signs++
  }

  concept(name: string): number | undefined {
    return this.#patternCalled(`@${name}`)
  }

  guard(type: Guard, rule: number, line = 0): number | undefined {
    return this.#patternCalled(guardKey(type, rule, line))
  }

  #patternCalled(name: string): number | undefined {
    this.#named ??= named(this.#meanings)
    return this.#named.get(name)
  }

  /** The place of the keys that patterns read a word by (see vocabulary.ts). */
  keysOf(norm: string): number {
    return this.#vocabulary.placeOf(norm)
  }

  /** The number of the sign of a pattern that is asked for. */
  signBit(pattern: number): number {
    return this.#signBits[this.#patterns.signs[pattern] as number] as number
  }

  /** The signs that a sentence holds, a bit each. */
  signsIn(words: Words): Uint32Array {
    this.#load(words)
    const bits = new Uint32Array((this.#signs >> 5) + 1)
    for (let i = 0; i < this.#met; i++) {
      const bit = this.#signBits[this.#marked[i] as number] as number
      if (bit >= 0) bits[bit >> 5] = (bits[bit >> 5] as number) | (1 << (bit & 31))
    }
    return bits
  }

  /** The matches of all find lines or cues, in the order in which they end. */
  met(words: Words, type: 'find' | 'cue'): readonly Match[] {
    return this.#matches(words, this.#waysIn(words, type === 'find' ? this.#patterns.finds : this.#patterns.cues))
  }

  /** The matches of a pattern that is asked for, in the same order. */
  all(words: Words, pattern: number): readonly Match[] {
    this.#load(words)
    const { starts, list } = this.#patterns.ways
    const ways = list.subarray(starts[pattern], starts[pattern + 1]).filter((way) => this.#fulfilled(way))
    return this.#matches(words, ways)
  }

  #matches(words: Words, ways: ArrayLike<number> & Iterable<number>): readonly Match[] {
    if (!ways.length) return none
    const found: Match[] = []
    for (const way of ways) this.#runWay(words, way, found)
    return found.length ? found.sort(inOrder) : none
  }

  /** Marks the needs that the words of a sentence meet. */
  #load(words: Words): void {
    if (this.#words === words) return
    this.#words = words
    this.#met = 0
    if (++this.#turn >= 2 ** 29) {
      for (const marks of [this.#needMet, this.#mayMatch, this.#rootMet]) marks.fill(0)
      this.#turn = 1
      this.#climbs = 0
    }
    this.#common = 0
    this.#meet(this.#vocabulary.any)
    const { text, from, to } = words
    const { lists } = this.#vocabulary
    for (let at = from; at < to; at++) {
      const place = text.keys[at] as number
      const end = place + (lists[place] as number)
      for (let i = place + 1; i <= end; i++) this.#meet(lists[i] as number)
    }
  }

  #meet(key: number): void {
    if (key < mostCommon) this.#common |= 1 << key
    const { starts, list } = this.#patterns.needsByKey
    const met = this.#turn * 2 + 1
    const end = starts[key + 1] as number
    for (let i = starts[key] as number; i < end; i++) {
      const need = list[i] as number
      if (this.#needMet[need] === met) continue
      this.#needMet[need] = met
      this.#marked[this.#met++] = need
    }
  }

  /** The ways in a tree of which a sentence meets all needs, in rising order. */
  #waysIn(words: Words, tree: Tree): readonly number[] {
    this.#load(words)
    let ways: number[] | undefined
    this.#climbs++
    const { starts, list } = tree.roots
    for (let i = 0; i < this.#met; i++) {
      const need = this.#marked[i] as number
      const end = starts[need + 1] as number
      for (let at = starts[need] as number; at < end; at++) {
        const branch = list[at] as number
        if (this.#rootMet[branch] === this.#climbs) continue
        this.#rootMet[branch] = this.#climbs
        if (!this.#meets(tree.needs[branch] as number)) continue
        ways ??= []
        this.#climb(tree, branch, ways)
      }
    }
    return ways?.sort((a, b) => a - b) ?? noWays
  }

  /** Adds the ways of a branch whose need is met, and of those that go out from it. */
  #climb(tree: Tree, branch: number, found: number[]): void {
    const { starts, list } = tree.ways
    for (let i = starts[branch] as number; i < (starts[branch + 1] as number); i++) found.push(list[i] as number)
    const end = tree.branches[branch + 1] as number
    for (let next = tree.branches[branch] as number; next < end; next++)
      if (this.#meets(tree.needs[next] as number)) this.#climb(tree, next, found)
  }

  /** Whether the sentence meets all needs of a way. */
  #fulfilled(way: number): boolean {
    const { starts, list } = this.#patterns.needs
    const end = starts[way + 1] as number
    for (let i = starts[way] as number; i < end; i++) if (!this.#meets(list[i] as number)) return false
    return true
  }

  #meets(need: number): boolean {
    const known = this.#needMet[need] as number
    if (known >> 1 === this.#turn) return (known & 1) === 1
    const met = ((this.#patterns.needWords[need] as number) & this.#common) !== 0 || this.#hasConcept(need)
    this.#needMet[need] = this.#turn * 2 + (met ? 1 : 0)
    return met
  }

  #hasConcept(need: number): boolean {
    const { starts, list } = this.#patterns.needConcepts
    const end = starts[need + 1] as number
    for (let i = starts[need] as number; i < end; i++) if (this.#may(list[i] as number)) return true
    return false
  }

  /** Whether the sentence meets all needs of some way of a pattern. */
  #may(pattern: number): boolean {
    const known = this.#mayMatch[pattern] as number
    if (known >> 1 === this.#turn) return (known & 1) === 1
    // A concept that uses itself is not met by that.
    this.#mayMatch[pattern] = this.#turn * 2
    if (!this.#meets(this.#patterns.signs[pattern] as number)) return false
    const { starts, list } = this.#patterns.ways
    const end = starts[pattern + 1] as number
    for (let i = starts[pattern] as number; i < end; i++) {
      if (!this.#fulfilled(list[i] as number)) continue
      this.#mayMatch[pattern] = this.#turn * 2 + 1
      return true
    }
    return false
  }

  #reads(at: number, set: number): boolean {
    const { lists } = this.#vocabulary
    const place = (this.#words as Words).text.keys[at] as number
    const end = place + (lists[place] as number)
    for (let i = place + 1; i <= end; i++) if (holds(this.#patterns.sets, set, lists[i] as number)) return true
    return false
  }

  #runWay(words: Words, way: number, found: Match[]): void {
    const start = this.#patterns.programs[way] as number
    const end = this.#patterns.programs[way + 1] ?? this.#patterns.code.length
    for (const concept of this.#conceptsOf(way, start, end)) words.of(concept)
    this.#first = start
    this.#width = words.to - words.from + 1
    this.#pattern = this.#patterns.patternOf[way] as number
    this.#found = found
    const places = (end - start + 1) * this.#width
    if (this.#seen.length < places) this.#seen = new Int32Array(places * 2)
    for (let from = words.from; from < words.to; from++) {
      if (!this.#beginsAt(from, way)) continue
      this.#start = from
      if (++this.#run >= 2 ** 30) {
        this.#seen.fill(0)
        this.#run = 1
      }
      this.#go(start, from, undefined)
    }
  }

  /** Whether a way may begin with a token. */
  #beginsAt(at: number, way: number): boolean {
    const set = this.#patterns.beginSets[way] as number
    if (set === anyWord || this.#reads(at, set)) return true
    const { starts, list } = this.#patterns.beginConcepts
    const end = starts[way + 1] as number
    for (let i = starts[way] as number; i < end; i++)
      if ((this.#words as Words).of(list[i] as number).some(({ from }) => from === at)) return true
    return false
  }

  /** The concepts that the program of a way asks for. */
  #conceptsOf(way: number, start: number, end: number): readonly number[] {
    let found = this.#inside[way]
    if (!found) {
      const { code } = this.#patterns
      found = []
      for (let pc = start; pc < end; pc += lengths[code[pc] as number] as number)
        if (code[pc] === CONCEPT) found.push(code[pc + 1] as number)
      this.#inside[way] = found
    }
    return found
  }

  /** Goes on from an instruction and a token. Words come before gaps and short gaps before long ones: the first way to a place counts. */
  #go(instruction: number, token: number, read: Trail | undefined): void {
    const { code } = this.#patterns
    const { text, from, to } = this.#words as Words
    let [pc, at, trail] = [instruction, token, read]
    if (this.#been(pc, at - from)) return
    for (;;) {
      switch (code[pc]) {
        case READ: {
          const [set, pos] = [code[pc + 1] as number, code[pc + 2] as number]
          if (at >= to || this.#parted(at) || (set !== anyWord && !this.#reads(at, set))) return
          if (pos && text.posOf && text.posOf(at) !== partsOfSpeech[pos]) return
          trail = extend(trail, at, at + 1)
          at++
          pc += 3
          break
        }
        case CONCEPT:
          if (at >= to || this.#parted(at)) return
          this.#goPast((this.#words as Words).of(code[pc + 1] as number), pc + 2, at, trail)
          return
        case SPLIT:
          // Most options begin with a word that is not there.
          if (code[pc + 2] !== READ || at >= to || code[pc + 3] === anyWord || this.#reads(at, code[pc + 3] as number))
            this.#go(pc + 2, at, trail)
          pc = this.#first + (code[pc + 1] as number)
          break
        case JUMP:
          pc = this.#first + (code[pc + 1] as number)
          if (this.#been(pc, at - from)) return
          break
        case GAP: {
          const most = at === this.#start ? 0 : (code[pc + 1] as number)
          for (let skipped = 0; skipped <= most; skipped++) {
            this.#go(pc + 2, at + skipped, trail)
            if (at + skipped >= to || this.#parted(at + skipped)) return
          }
          return
        }
        case START:
          if (text.posOf && at !== from) return
          pc++
          break
        case END:
          if (text.posOf && at < to && text.tokens[at]?.breakBefore === 'none') return
          pc++
          break
        case ACCEPT:
          if (at > this.#start && !this.#been(pc + 1, at - from))
            this.#found.push({ pattern: this.#pattern, from: this.#start, to: at, pieces: pieces(trail) })
          return
      }
    }
  }

  /** Goes on after what a concept matches from a token on, the longest first. */
  #goPast(matches: readonly Match[], pc: number, at: number, trail: Trail | undefined): void {
    for (let i = matches.length - 1; i >= 0; i--) {
      const { from, to } = matches[i] as Match
      if (from === at) this.#go(pc, to, extend(trail, at, to))
    }
  }

  /** Whether the run has been at an instruction with a token, counted in the sentence: what follows is known then. */
  #been(pc: number, at: number): boolean {
    const place = (pc - this.#first) * this.#width + at
    if (this.#seen[place] === this.#run) return true
    this.#seen[place] = this.#run
    return false
  }

  /** A semicolon, colon or stop inside a sentence ends every phrase that has begun before it. */
  #parted(at: number): boolean {
    const { text } = this.#words as Words
    return text.posOf !== undefined && at > this.#start && text.tokens[at]?.breakBefore === 'strong'
  }
}

function named(meanings: Meanings): ReadonlyMap<string, number> {
  const patterns = new Map<string, number>()
  for (let pattern = 0; pattern < meanings.length; pattern++) {
    const meaning = meanings.at(pattern) as Meaning
    if (meaning.type === 'concept') patterns.set(`@${meaning.name}`, pattern)
    else if (meaning.type === 'none') patterns.set(guardKey('none', meaning.rule, meaning.line), pattern)
    else if (meaning.type !== 'cue' && meaning.type !== 'find')
      patterns.set(guardKey(meaning.type, meaning.rule, 0), pattern)
  }
  return patterns
}

function guardKey(type: Guard, rule: number, line: number): string {
  return `${type} ${rule} ${line}`
}

/** As they end; of those that end together the shortest first, and of the same stretch that which names the first words in it. */
function inOrder(a: Match, b: Match): number {
  return a.to - b.to || b.from - a.from || namedFirst(a, b) || a.pattern - b.pattern
}

/** Less than 0 where `a` names a word that `b` passes over, before it is the other way round. */
function namedFirst(a: Match, b: Match): number {
  for (let i = 0; i < a.pieces.length && i < b.pieces.length; i++) {
    const [one, other] = [a.pieces[i] as Piece, b.pieces[i] as Piece]
    const first = one.from - other.from || other.to - one.to
    if (first) return first
  }
  return b.pieces.length - a.pieces.length
}

function extend(trail: Trail | undefined, from: number, to: number): Trail {
  if (trail?.to === from) return { from: trail.from, to, before: trail.before }
  return { from, to, before: trail }
}

function pieces(trail: Trail | undefined): Piece[] {
  const list: Piece[] = []
  for (let at = trail; at; at = at.before) list.push({ from: at.from, to: at.to })
  return list.reverse()
}
