import { APART, CUES, FINDS, PARTED } from '../kernel/layout.ts'
import { Kernel } from './kernel.ts'
import { mostLines } from './lines.ts'
import type { Meaning, Meanings } from './pack.ts'
import type { Patterns } from './patterns.ts'
import { readStretch } from './stretch.ts'
import { partsOfSpeech } from './table.ts'
import type { Break, Token } from './tokens.ts'
import { Vocabulary } from './vocabulary.ts'

/**
 * Finds patterns in one sentence at a time, with the kernel. Words meet needs (see patterns.ts); these lead to the find lines
 * and cues of which all needs are met, and only they are run, from every word on. What a concept matches is worked out once a
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
  /** By token: its word (`Matcher.wordOf`). */
  keys: readonly number[]
  tokens: readonly Token[]
  posOf: PosOf
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
    this.#known ??= new Map()
    let found = this.#known.get(pattern)
    if (!found) {
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

export class Matcher {
  readonly #kernel: Kernel
  readonly #meanings: Meanings
  readonly #vocabulary: Vocabulary
  /** Made when one of them is asked for, which few drafts do. */
  #named: Named | undefined
  /** The sentence that the kernel has turned to. */
  #words: Words | undefined
  /** The text that was split last. */
  #split = ''

  constructor({ patterns, meanings }: Matchable) {
    this.#meanings = meanings
    this.#kernel = new Kernel(patterns, {
      partOfSpeech: (token) => this.#partOfSpeech(token),
      stretch: (from, to) => this.#stretch(from, to),
      sign: (unit) => this.wordOf(readStretch(String.fromCharCode(unit)).words[0]?.norm ?? ''),
      isCapitalLetter: (unit) => /\p{Lu}/u.test(String.fromCharCode(unit)),
    })
    this.#vocabulary = new Vocabulary(patterns, this.#kernel)
  }

  concept(name: string): number | undefined {
    this.#named ??= named(this.#meanings)
    return this.#named.concepts.get(name)
  }

  guard(type: Guard, rule: number, line = 0): number | undefined {
    this.#named ??= named(this.#meanings)
    return this.#named.guards.get(guardKey(type, rule, line))
  }

  /** A word as patterns read it (see vocabulary.ts). */
  wordOf(norm: string): number {
    return this.#vocabulary.addressOf(norm)
  }

  /** The number of the sign of a pattern that is asked for. */
  signBit(pattern: number): number {
    return this.#kernel.run.signOf(pattern)
  }

  /** The signs that a sentence holds, a bit each. */
  signsIn(words: Words): Uint32Array {
    this.#turnTo(words)
    const { run } = this.#kernel
    const at = run.signsIn()
    return new Uint32Array(run.memory.buffer.slice(at, at + run.signWords() * 4))
  }

  /** The matches of all find lines or cues, in the order in which they end. */
  met(words: Words, type: 'find' | 'cue'): readonly Match[] {
    this.#turnTo(words)
    return this.#matches(this.#kernel.run.met(type === 'find' ? FINDS : CUES), words.from)
  }

  /** The matches of a pattern that is asked for, in the same order. */
  all(words: Words, pattern: number): readonly Match[] {
    this.#turnTo(words)
    return this.#matches(this.#kernel.run.all(pattern), words.from)
  }

  /**
   * Cuts a text into words and sentences without reading it; several sentences are one where it is not certain that one ends, and
   * patterns match in them wherever they may in any sentence of the text. Gives how many sentences there are.
   */
  split(text: string): number {
    const at = this.#kernel.run.room(text.length) / 2
    const { units } = this.#kernel
    for (let i = 0; i < text.length; i++) units[at + i] = text.charCodeAt(i)
    this.#words = undefined
    this.#split = text
    return this.#kernel.run.split(text.length)
  }

  /** The matches of find lines in a sentence of the text that was split last. */
  findsIn(sentence: number): readonly Match[] {
    const { run } = this.#kernel
    run.turnToSentence(sentence)
    return this.#matches(run.met(FINDS), 0)
  }

  /** Whether the text that was split last may hold one of some concepts. */
  splitHolds(concepts: readonly string[]): boolean {
    const { run } = this.#kernel
    run.turnToText()
    return concepts.some((name) => {
      const pattern = this.concept(name)
      return pattern !== undefined && run.all(pattern) > 0
    })
  }

  /** Turns to a sentence, unless it is the one at hand. */
  #turnTo(words: Words): void {
    if (this.#words === words) return
    this.#words = words
    const { text, from, to } = words
    const { run } = this.#kernel
    const atWords = run.roomForWords(to - from) / 4
    const atBreaks = run.roomForBreaks(to - from) / 4
    const { numbers } = this.#kernel
    for (let i = from; i < to; i++) {
      numbers[atWords + i - from] = text.keys[i] as number
      numbers[atBreaks + i - from] = breaks[text.tokens[i]?.breakBefore ?? 'none']
    }
    run.turnToWords()
  }

  /** The matches that the kernel has found, `count` of them; `from`: where its sentence begins. */
  #matches(count: number, from: number): readonly Match[] {
    if (!count) return none
    const { numbers, run } = this.#kernel
    const found: Match[] = []
    for (let i = 0; i < count; i++) found.push(matchAt(numbers, (numbers[run.list.value / 4 + i] as number) / 4, from))
    return found
  }

  #partOfSpeech(token: number): number {
    const { text, from } = this.#words as Words
    return Math.max(0, partsOfSpeech.indexOf(text.posOf(from + token)))
  }

  #stretch(from: number, to: number): number {
    const { words, says } = readStretch(this.#split.slice(from, to))
    for (const { norm, breakBefore } of words) this.#kernel.run.push(this.wordOf(norm), breaks[breakBefore])
    return says
  }
}

const breaks: Readonly<Record<Break, number>> = { none: 0, weak: APART, strong: PARTED }

/** A match as the kernel writes it (see src/kernel/program.ts). */
function matchAt(numbers: Int32Array, at: number, from: number): Match {
  const pieces: Piece[] = []
  const end = at + 5 + (numbers[at + 3] as number) * 2
  for (let i = at + 5; i < end; i += 2)
    pieces.push({ from: (numbers[i] as number) + from, to: (numbers[i + 1] as number) + from })
  return {
    pattern: numbers[at] as number,
    from: (numbers[at + 1] as number) + from,
    to: (numbers[at + 2] as number) + from,
    pieces,
  }
}

/** Patterns that are asked for. */
interface Named {
  concepts: ReadonlyMap<string, number>
  guards: ReadonlyMap<number, number>
}

function named(meanings: Meanings): Named {
  const concepts = new Map<string, number>()
  const guards = new Map<number, number>()
  for (let pattern = 0; pattern < meanings.length; pattern++) {
    const meaning = meanings.at(pattern) as Meaning
    if (meaning.type === 'concept') concepts.set(meaning.name, pattern)
    else if (meaning.type === 'none') guards.set(guardKey('none', meaning.rule, meaning.line), pattern)
    else if (meaning.type !== 'cue' && meaning.type !== 'find')
      guards.set(guardKey(meaning.type, meaning.rule, 0), pattern)
  }
  return { concepts, guards }
}

const guardTypes: readonly Guard[] = ['none', 'except', 'without', 'absent']

function guardKey(type: Guard, rule: number, line: number): number {
  return (rule * mostLines + line) * guardTypes.length + guardTypes.indexOf(type)
}
