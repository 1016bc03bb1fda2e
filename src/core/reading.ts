import { type Clause, clauses } from './clauses.ts'
import type { Pack } from './pack.ts'
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
  #pos: Pos[] | undefined
  #clauses = new Map<Sentence, Clause[]>()

  /** `known` is a reading of the same text with the same pack, where there is one: what the text alone decides is taken from it. */
  constructor(block: Block, pack: Pack, known?: Reading) {
    this.block = block
    this.tokens = known?.tokens ?? tokenise(block.text)
    this.sentences = known?.sentences ?? this.#split(pack)
    if (!known) return
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

  /** The sentence that holds the offset. */
  sentenceAt(offset: number): Sentence | undefined {
    return this.sentences.find((sentence) => offset >= sentence.start && offset < sentence.end)
  }

  #split(pack: Pack): Sentence[] {
    const found: Sentence[] = []
    let at = 0
    for (const span of sentences(this.block.text)) {
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.start) at++
      let from = at
      let { start } = span
      while (at < this.tokens.length && (this.tokens[at] as Token).start < span.end) {
        at++
        if (at - from < longestSentence) continue
        found.push(this.#sentence(pack, { start, end: (this.tokens[at - 1] as Token).end }, from, at))
        from = at
        start = this.tokens[at]?.start ?? span.end
      }
      if (at > from) found.push(this.#sentence(pack, { start, end: span.end }, from, at))
    }
    return found
  }

  #sentence(pack: Pack, span: Span, from: number, to: number): Sentence {
    const posOf = (i: number) => simple(this.pos[from + i])
    const matches = run(pack.automaton, this.tokens.slice(from, to), posOf).map((match) => shift(match, from))
    return { ...span, from, to, matches }
  }
}

/** In tokens. No sentence that people read is longer; text without full stops is cut, so that time stays linear. */
const longestSentence = 400

function simple(pos: Pos | undefined): 'n' | 'v' | 'a' | undefined {
  return pos === 'n' || pos === 'v' || pos === 'a' ? pos : pos === 'aux' ? 'v' : undefined
}

function shift({ pattern, from, to, pieces }: Match, by: number): Match {
  return {
    pattern,
    from: from + by,
    to: to + by,
    pieces: pieces.map((piece) => ({ from: piece.from + by, to: piece.to + by })),
  }
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
