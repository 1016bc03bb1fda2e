import { type Clause, clauses } from './clauses.ts'
import { firstWhere } from './ordered.ts'
import type { Meaning, Pack } from './pack.ts'
import { type Match, run } from './run.ts'
import { sentences } from './sentences.ts'
import { type Pos, tag } from './tagger.ts'
import { type Token, tokenise } from './tokens.ts'
import type { Block, Span } from './types.ts'

/** A sentence of a block: offsets into the block's text, and its tokens `from` to `to` (exclusive). */
export interface Sentence extends Span {
  from: number
  to: number
  /** Every pattern that matches in it; token numbers are those of the block. */
  matches: Match[]
}

/** A block with its tokens, sentences and pattern matches. Parts of speech and clauses are worked out when asked for. */
export class Reading {
  readonly block: Block
  readonly tokens: readonly Token[]
  readonly sentences: readonly Sentence[]
  readonly #pack: Pack
  #concepts: ReadonlyMap<string, readonly Match[]> | undefined
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
  concept(name: string, from: number, to: number): Match[] {
    const all = this.#byConcept().get(name) ?? none
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

  /** Matches of concepts by name. Made once: markers ask for many places of a block. */
  #byConcept(): ReadonlyMap<string, readonly Match[]> {
    if (this.#concepts) return this.#concepts
    const lists = new Map<string, Match[]>()
    for (const { matches } of this.sentences) {
      for (const match of matches) {
        const meaning = this.#pack.meanings[match.pattern] as Meaning
        if (meaning.type !== 'concept') continue
        const list = lists.get(meaning.name)
        if (list) list.push(match)
        else lists.set(meaning.name, [match])
      }
    }
    this.#concepts = lists
    return lists
  }

  #split(): Sentence[] {
    const found: Sentence[] = []
    let at = 0
    for (const span of sentences(this.block.text)) {
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.start) at++
      let from = at
      let { start } = span
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.end) {
        at++
        if (at - from < longestSentence) continue
        found.push(this.#sentence({ start, end: (this.tokens[at - 1] as Token).end }, from, at))
        from = at
        start = this.tokens[at]?.start ?? span.end
      }
      if (at > from) found.push(this.#sentence({ start, end: span.end }, from, at))
    }
    return found
  }

  #sentence(span: Span, from: number, to: number): Sentence {
    const posOf = (i: number) => simple(this.pos[from + i])
    const matches = run(this.#pack.automaton, this.tokens.slice(from, to), posOf, from)
    return { ...span, from, to, matches }
  }
}

/** In tokens. No sentence that people read is longer; text without full stops is cut, so that time stays linear. */
const longestSentence = 400

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
