import type { Meaning } from './pack.ts'
import {
  ACCEPT,
  anyKey,
  anyWord,
  CONCEPT,
  END,
  GAP,
  JUMP,
  lengths,
  numberKey,
  type Patterns,
  partsOfSpeech,
  READ,
  SPLIT,
  START,
} from './patterns.ts'
import { isNumber, stem } from './stem.ts'
import { holds, keyOf, type Lists } from './table.ts'
import type { Token } from './tokens.ts'

/**
 * Finds patterns in one sentence at a time. The words of the sentence lead to the ways whose rarest need they meet (see
 * patterns.ts); of these, those with all their needs are run from every word on. What a concept matches is worked out once a
 * sentence, when a way asks for it. So the time goes with what the text may match, not with the number of rules.
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
  /** By token: the keys that patterns read it by. */
  keys: readonly Int32Array[]
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
  /** By number of the pattern. */
  meanings: readonly Meaning[]
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
  /** The concepts that its words lead to, a bit each: most that are asked for are none of them. */
  #concepts: Uint32Array | undefined
  #finds: readonly Match[] | undefined
  #cues: readonly Match[] | undefined

  constructor(matcher: Matcher, text: Text, from = 0, to = text.keys.length) {
    this.#matcher = matcher
    this.text = text
    this.from = from
    this.to = to
  }

  /** Whether it has the words that some find line needs. Asks for no tokens. */
  get mayFind(): boolean {
    return this.#matcher.mayFind(this)
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

  /** The matches of one pattern, in the same order. */
  of(pattern: number): readonly Match[] {
    let found = this.#known?.get(pattern)
    if (!found) {
      found = this.#matcher.all(this, pattern)
      this.#known ??= new Map()
      this.#known.set(pattern, found)
    }
    return found
  }

  /** The matches of a concept; none where there is no concept of that name. */
  concept(name: string): readonly Match[] {
    const pattern = this.#matcher.concepts.get(name)
    if (pattern === undefined) return none
    this.#concepts ??= this.#matcher.conceptsMet(this)
    const bit = this.#matcher.conceptBits[pattern] as number
    return ((this.#concepts[bit >> 5] as number) >>> (bit & 31)) & 1 ? this.of(pattern) : none
  }

  /** The matches of what a rule must not meet; of one of its lines, for `none`. */
  guard(type: Guard, rule: number, line = 0): readonly Match[] {
    const pattern = this.#matcher.guard(type, rule, line)
    return pattern === undefined ? none : this.of(pattern)
  }
}

export type Guard = 'none' | 'except' | 'without' | 'absent'

const none: readonly Match[] = []
const noKeys = new Int32Array(0)
const wordsKept = 50_000
interface Trail extends Piece {
  before: Trail | undefined
}

export class Matcher {
  /** The patterns of concepts, by name. */
  readonly concepts = new Map<string, number>()
  /** By pattern that is a concept: its number among them. */
  readonly conceptBits: Int32Array
  readonly #patterns: Patterns
  readonly #meanings: readonly Meaning[]
  readonly #guards = new Map<string, number>()
  readonly #keys = new Map<string, Int32Array>()
  readonly #number: number
  readonly #any: number
  readonly #families = new Set<string>()
  /** By pattern: 1 where it is a find line, or a cue. */
  readonly #finds: Uint8Array
  readonly #cues: Uint8Array

  // Of the sentence at hand. What is marked with an earlier turn counts as not marked.
  #turn = 0
  #words: Words | undefined
  #later = false
  readonly #wayMet: Int32Array
  readonly #patternMet: Int32Array
  /** By need: the turn, doubled, and 1 where it is met. */
  readonly #needMet: Int32Array
  /** By pattern: the same, 1 where some way of it has its needs met. */
  readonly #patternMay: Int32Array
  /** The ways to be run, by pattern the last and by way the one before, and the patterns that have any. */
  readonly #lastWay: Int32Array
  readonly #wayBefore: Int32Array
  #met: number[] = []

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
    this.#finds = Uint8Array.from(meanings, ({ type }) => Number(type === 'find'))
    this.#cues = Uint8Array.from(meanings, ({ type }) => Number(type === 'cue'))
    this.#wayMet = new Int32Array(patterns.programs.length)
    this.#wayBefore = new Int32Array(patterns.programs.length)
    this.#patternMet = new Int32Array(meanings.length)
    this.#lastWay = new Int32Array(meanings.length)
    this.#needMet = new Int32Array(patterns.needConcepts.starts.length)
    this.#patternMay = new Int32Array(meanings.length)
    this.#number = keyOf(patterns.keys, numberKey)
    this.#any = keyOf(patterns.keys, anyKey)
    this.conceptBits = new Int32Array(meanings.length).fill(-1)
    meanings.forEach((meaning, pattern) => {
      if (meaning.type === 'concept') {
        this.conceptBits[pattern] = this.concepts.size
        this.concepts.set(meaning.name, pattern)
      } else if (meaning.type === 'none') this.#guards.set(guardKey('none', meaning.rule, meaning.line), pattern)
      else if (meaning.type !== 'cue' && meaning.type !== 'find')
        this.#guards.set(guardKey(meaning.type, meaning.rule, 0), pattern)
    })
    for (const start of familiesOf(patterns)) this.#families.add(start)
  }

  guard(type: Guard, rule: number, line = 0): number | undefined {
    return this.#guards.get(guardKey(type, rule, line))
  }

  /** The keys that patterns read a word by: as it is, as a family, as a number. */
  keysOf(norm: string): Int32Array {
    let known = this.#keys.get(norm)
    if (known) return known
    const { keys } = this.#patterns
    const found = [keyOf(keys, norm), isNumber(norm) ? this.#number : -1]
    if (this.#families.has(norm.slice(0, familyStart))) found.push(keyOf(keys, `~${stem(norm)}`))
    const real = found.filter((key) => key >= 0)
    known = real.length ? Int32Array.from(real) : noKeys
    if (this.#keys.size >= wordsKept) this.#keys.clear()
    this.#keys.set(norm, known)
    return known
  }

  conceptsMet(words: Words): Uint32Array {
    this.#load(words)
    const bits = new Uint32Array((this.concepts.size >> 5) + 1)
    for (const pattern of this.#met) {
      const bit = this.conceptBits[pattern] as number
      if (bit >= 0) bits[bit >> 5] = (bits[bit >> 5] as number) | (1 << (bit & 31))
    }
    return bits
  }

  mayFind(words: Words): boolean {
    this.#load(words)
    for (const pattern of this.#met) if (this.#finds[pattern] && this.#may(pattern)) return true
    return false
  }

  /** The matches of all find lines or cues, in the order in which they end. */
  met(words: Words, type: 'find' | 'cue'): readonly Match[] {
    this.#load(words)
    if (type === 'cue') this.#loadLater(words)
    const wanted = type === 'cue' ? this.#cues : this.#finds
    const found: Match[] = []
    for (const pattern of this.#met) if (wanted[pattern]) this.#matches(pattern, found)
    return found.length ? found.sort(inOrder) : none
  }

  all(words: Words, pattern: number): readonly Match[] {
    this.#load(words)
    if (this.#meanings[pattern]?.type !== 'concept') this.#loadLater(words)
    if (this.#patternMet[pattern] !== this.#turn) return none
    const found: Match[] = []
    this.#matches(pattern, found)
    return found.length ? found.sort(inOrder) : none
  }

  /** Marks what the words of a sentence lead to. */
  #load(words: Words): void {
    if (this.#words === words) return
    this.#words = words
    this.#later = false
    this.#met = []
    if (++this.#turn >= 2 ** 29) {
      for (const marks of [this.#wayMet, this.#patternMet, this.#needMet, this.#patternMay]) marks.fill(0)
      this.#turn = 1
    }
    this.#meetWords(words, this.#patterns.byKey)
    this.#meetNeeds(words)
  }

  /** Marks the needs that the words meet. */
  #meetNeeds({ text: { keys }, from, to }: Words): void {
    const { starts, list } = this.#patterns.needsByKey
    const needMet = this.#needMet
    const met = this.#turn * 2 + 1
    for (let at = from; at < to; at++) {
      for (const key of keys[at] as Int32Array) {
        const end = starts[key + 1] as number
        for (let i = starts[key] as number; i < end; i++) needMet[list[i] as number] = met
      }
    }
  }

  #loadLater(words: Words): void {
    if (this.#later) return
    this.#later = true
    const { laterByKey, laterByConcept } = this.#patterns
    for (const pattern of [...this.#met]) this.#meetAll(laterByConcept, pattern)
    this.#meetWords(words, laterByKey)
  }

  #meetWords({ text: { keys }, from, to }: Words, ways: Lists): void {
    if (this.#any >= 0) this.#meetAll(ways, this.#any)
    for (let at = from; at < to; at++) {
      const list = keys[at] as Int32Array
      for (let i = 0; i < list.length; i++) {
        this.#meetAll(ways, list[i] as number)
      }
    }
  }

  #meetAll({ starts, list }: Lists, i: number): void {
    const end = starts[i + 1] as number
    for (let at = starts[i] as number; at < end; at++) this.#meet(list[at] as number)
  }

  #meet(way: number): void {
    if (this.#wayMet[way] === this.#turn) return
    this.#wayMet[way] = this.#turn
    const pattern = this.#patterns.patternOf[way] as number
    if (this.#patternMet[pattern] === this.#turn) {
      this.#wayBefore[way] = this.#lastWay[pattern] as number
      this.#lastWay[pattern] = way
      return
    }
    this.#patternMet[pattern] = this.#turn
    this.#wayBefore[way] = -1
    this.#lastWay[pattern] = way
    this.#met.push(pattern)
    this.#meetAll(this.#patterns.byConcept, pattern)
  }

  /** Whether the sentence meets all needs of some way of a pattern. */
  #may(pattern: number): boolean {
    const known = this.#patternMay[pattern] as number
    if (known >> 1 === this.#turn) return (known & 1) === 1
    if (this.#patternMet[pattern] !== this.#turn) return false
    // A concept that uses itself is not met by that.
    this.#patternMay[pattern] = this.#turn * 2
    let way = this.#lastWay[pattern] as number
    while (way >= 0 && !this.#fulfilled(way)) way = this.#wayBefore[way] as number
    const may = way >= 0
    this.#patternMay[pattern] = this.#turn * 2 + (may ? 1 : 0)
    return may
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
    const met = this.#hasConcept(need)
    this.#needMet[need] = this.#turn * 2 + (met ? 1 : 0)
    return met
  }

  #hasConcept(need: number): boolean {
    const { starts, list } = this.#patterns.needConcepts
    const end = starts[need + 1] as number
    for (let i = starts[need] as number; i < end; i++) if (this.#may(list[i] as number)) return true
    return false
  }

  #reads(at: number, set: number): boolean {
    const keys = (this.#words as Words).text.keys[at] as Int32Array
    for (let i = 0; i < keys.length; i++) if (holds(this.#patterns.sets, set, keys[i] as number)) return true
    return false
  }

  #matches(pattern: number, found: Match[]): void {
    const ways: number[] = []
    for (let way = this.#lastWay[pattern] as number; way >= 0; way = this.#wayBefore[way] as number)
      if (this.#fulfilled(way)) ways.push(way)
    if (!ways.length) return
    // A concept that uses itself finds nothing of itself.
    const last = this.#lastWay[pattern] as number
    this.#lastWay[pattern] = -1
    for (const way of ways.sort((a, b) => a - b)) this.#runWay(way, pattern, found)
    this.#lastWay[pattern] = last
  }

  #runWay(way: number, pattern: number, found: Match[]): void {
    const words = this.#words as Words
    const start = this.#patterns.programs[way] as number
    const end = this.#patterns.programs[way + 1] ?? this.#patterns.code.length
    for (const concept of this.#conceptsOf(way, start, end)) words.of(concept)
    this.#first = start
    this.#width = words.to - words.from + 1
    this.#pattern = pattern
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
    if (set === anyWord || (set >= 0 && this.#reads(at, set))) return true
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
          if (at >= to || this.#parted(at) || (set >= 0 && !this.#reads(at, set))) return
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
          if (
            code[pc + 2] !== READ ||
            at >= to ||
            (code[pc + 3] as number) < 0 ||
            this.#reads(at, code[pc + 3] as number)
          )
            this.#go(pc + 2, at, trail)
          pc = code[pc + 1] as number
          break
        case JUMP:
          pc = code[pc + 1] as number
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

function guardKey(type: Guard, rule: number, line: number): string {
  return `${type} ${rule} ${line}`
}

/** No ending that the stemmer takes off or changes reaches into so many letters from the start, of stems that are longer. */
const familyStart = 2

/** The first letters of the stems that patterns read; other words need not be stemmed. */
function familiesOf({ keys: { chars, starts } }: Patterns): string[] {
  const found: string[] = []
  for (let key = 0; key < starts.length - 1; key++) {
    const start = starts[key] as number
    if (chars[start] === tilde) found.push(String.fromCharCode(...chars.subarray(start + 1, start + 1 + familyStart)))
  }
  return found
}

const tilde = 0x7e

/** As they end; of those that end together the shortest first, and of the same stretch that which names the first words in it. */
function inOrder(a: Match, b: Match): number {
  return a.to - b.to || b.from - a.from || named(a, b) || a.pattern - b.pattern
}

/** Less than 0 where `a` names a word that `b` passes over, before it is the other way round. */
function named(a: Match, b: Match): number {
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
