import { longestSentence } from '../kernel/layout.ts'
import { type Clause, clauses } from './clauses.ts'
import { type Match, matcherOf, type Text, Words } from './matcher.ts'
import { firstWhere } from './ordered.ts'
import type { Pack } from './pack.ts'
import { sentences } from './sentences.ts'
import { type Pos, tag } from './tagger.ts'
import { type Token, tokenise } from './tokens.ts'
import type { Block, Span } from './types.ts'

/** A sentence of a block: offsets into the block's text, and its tokens `from` to `to` (exclusive). */
export interface Sentence extends Span {
  from: number
  to: number
  /** What patterns match in it; token numbers are those of the block. */
  words: Words
}

/** A block with its tokens and sentences. Matches of patterns, parts of speech and clauses are worked out when asked for. */
export class Reading {
  readonly block: Block
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  readonly #pack: Pack
  #concepts = new Map<string, readonly Match[]>()
  #pos: Pos[] | undefined
  #clauses = new Map<Sentence, Clause[]>()

  /** `known` is a reading of the same text with the same pack, where there is one: what the text alone decides is taken from it. */
  constructor(block: Block, pack: Pack, known?: Reading) {
    this.block = block
    this.#pack = pack
    this.tokens = known?.tokens ?? tokenise(block.text)
    this.sentences = known?.sentences ?? this.#split()
    if (!known) return
    this.#concepts = known.#concepts
    this.#pos = known.#pos
    this.#clauses = known.#clauses
  }

  /** Parts of speech, by token. */
  get pos(): readonly Pos[] {
    this.#pos ??= tag(this.block.text, this.tokens)
    return this.#pos
  }

  clauses(sentence: Sentence): Clause[] {
    let list = this.#clauses.get(sentence)
    if (!list) {
      list = clauses(this.tokens, this.pos, sentence.from, sentence.to)
      this.#clauses.set(sentence, list)
    }
    return list
  }

  /** Where a concept of the language or the pack lies within tokens `from` to `to` (exclusive), in the order in which it ends. */
  concept(name: string, from: number, to: number): readonly Match[] {
    const all = this.#allOf(name)
    // So it is with most of what is asked for.
    if (!all.length) return all
    const found: Match[] = []
    for (let i = firstWhere(all, (match) => match.to > from); i < all.length; i++) {
      const match = all[i] as Match
      if (match.to > to) break
      if (match.from >= from) found.push(match)
    }
    return found
  }

  /** The number of the first sentence that ends after token `at`. */
  sentenceOf(at: number): number {
    return firstWhere(this.sentences, (sentence) => sentence.to > at)
  }

  /** The number of the first token that starts at the offset or after it; that of tokens where none does. */
  tokenFrom(offset: number): number {
    return firstWhere(this.tokens, (token) => token.start >= offset)
  }

  /** The tokens that lie in a stretch of the text, `from` to `to` (exclusive). */
  tokensIn({ start, end }: Span): { from: number; to: number } {
    const from = this.tokenFrom(start)
    return {
      from,
      to: Math.max(
        from,
        firstWhere(this.tokens, (token) => token.end > end),
      ),
    }
  }

  /** The matches of a concept in the block. Kept: markers ask for many places of a block. */
  #allOf(name: string): readonly Match[] {
    let all = this.#concepts.get(name)
    if (!all) {
      all = none
      for (const { words } of this.sentences) {
        const here = words.concept(name)
        if (here.length) all = all.length ? [...all, ...here] : here
      }
      this.#concepts.set(name, all)
    }
    return all
  }

  #split(): Sentence[] {
    const found: Sentence[] = []
    const matcher = matcherOf(this.#pack)
    const { tokens } = this
    const keys = tokens.map(({ norm }) => matcher.wordOf(norm))
    const text: Text = { keys, tokens, posOf: (at) => simple(this.pos[at]) }
    let at = 0
    for (const span of sentences(this.block.text)) {
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.start) at++
      let from = at
      let { start } = span
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.end) {
        at++
        if (at - from < longestSentence) continue
        found.push(this.#sentence(text, { start, end: (this.tokens[at - 1] as Token).end }, from, at))
        from = at
        start = this.tokens[at]?.start ?? span.end
      }
      if (at > from) found.push(this.#sentence(text, { start, end: span.end }, from, at))
    }
    return found
  }

  #sentence(text: Text, span: Span, from: number, to: number): Sentence {
    return { start: span.start, end: span.end, from, to, words: new Words(matcherOf(this.#pack), text, from, to) }
  }
}

const none: readonly Match[] = []

function simple(pos: Pos | undefined): 'n' | 'v' | 'a' | undefined {
  return pos === 'n' || pos === 'v' || pos === 'a' ? pos : pos === 'aux' ? 'v' : undefined
}

/** The readings of a draft that is checked again and again: a block whose text has not changed is not read again. */
export class Readings {
  #pack: Pack | undefined
  #known = new Map<string, Reading>()

  /** The readings of all blocks; of earlier ones only those of this draft are kept. */
  of(blocks: readonly Block[], pack: Pack): Reading[] {
    const known = pack === this.#pack ? this.#known : new Map<string, Reading>()
    const readings = blocks.map((block) => new Reading(block, pack, known.get(block.text)))
    this.#pack = pack
    this.#known = new Map(readings.map((reading) => [reading.block.text, reading]))
    return readings
  }
}
