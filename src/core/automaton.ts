import { fold } from './fold.ts'
import type { Line } from './gates.ts'
import { forms } from './inflect.ts'
import type { Node } from './pattern.ts'
import { stem } from './stem.ts'
import { type Automaton, tabled } from './table.ts'

/** Builds the automaton of a pack: a Thompson construction, which `table.ts` lays out for `run.ts` to read. */

/** State 0 is where any pattern may begin, state 1 where one may at the start of a sentence. */
export const [anyStart, sentenceStart] = [0, 1]

/** Absent fields are empty: most of the many states have one way on. */
export interface State {
  id: number
  /** `norm` of a word → steps; keys of families are `~stem`, of any word `_`, of numbers `#`. */
  words?: Map<string, Step[]>
  /** concept → steps. */
  concepts?: Map<number, Step[]>
  /** States after skipping one word in a gap. */
  skip?: number[]
  /** States reached where punctuation follows, or nothing. */
  ends?: number[]
  /** Patterns that are complete here. */
  accept?: number[]
  /** States reached without reading anything. */
  epsilon?: number[]
  /** Some key of `words` stands for more than one form: a family, a number, any word. */
  wide?: boolean
}

export interface Step {
  to: number
  pos?: 'n' | 'v' | 'a'
}

/** Builds the automaton. `patterns` may share a name; a concept is used by its name and may use others, not itself. */
export class Builder {
  readonly #states: State[] = [{ id: anyStart }, { id: sentenceStart }]
  readonly #names: string[] = []
  readonly #ids = new Map<string, number>()
  readonly #nodes: Node[][] = []
  /** What was built already, by state and node: patterns that begin alike share their states. */
  readonly #built = new Map<string, number>()

  /** The number of the pattern called `name`. */
  id(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    this.#ids.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }

  add(name: string, node: Node): void {
    const last = this.#at(this.#build(node, anyStart))
    const id = this.id(name)
    const nodes = this.#nodes[id] ?? []
    nodes.push(node)
    this.#nodes[id] = nodes
    if (!last.accept?.includes(id)) append(last, 'accept', id)
  }

  /** `lines` are the find lines of all rules; `common` says how often a word is met, to choose what a state is told to wait for. */
  finish(lines: readonly Line[] = [], common: ReadonlyMap<string, number> = new Map()): Automaton {
    return tabled(this.#states, this.#names, this.#nodes, lines, common)
  }

  #at(id: number): State {
    return this.#states[id] as State
  }

  #state(): number {
    return this.#states.push({ id: this.#states.length }) - 1
  }

  /** Adds `node` after state `from` and gives the state after it. */
  #build(node: Node, from: number): number {
    if (node.kind === 'sequence') return node.nodes.reduce((at, part) => this.#build(part, at), from)
    const key = `${from} ${signature(node)}`
    const known = this.#built.get(key)
    if (known !== undefined) return known
    const to = this.#fresh(node, from)
    this.#built.set(key, to)
    return to
  }

  #fresh(node: Exclude<Node, { kind: 'sequence' }>, from: number): number {
    if (node.kind === 'start') return sentenceStart
    const to = this.#state()
    switch (node.kind) {
      case 'word':
        this.#word(node, from, to)
        break
      case 'concept':
        way(conceptsOf(this.#at(from)), this.id(`@${node.name}`), { to })
        break
      case 'gap':
        this.#gap(node.most, from, to)
        break
      case 'end':
        append(this.#at(from), 'ends', to)
        break
      case 'either':
        for (const option of node.nodes) {
          if (option.kind === 'word') this.#word(option, from, to)
          else this.#epsilon(this.#build(option, from), to)
        }
        break
      case 'optional': {
        // The way round starts from a state of its own: an epsilon from a start state would shortcut every pattern.
        const entry = this.#state()
        this.#epsilon(from, entry)
        this.#epsilon(entry, to)
        this.#epsilon(this.#build(node.node, entry), to)
      }
    }
    return to
  }

  #epsilon(from: number, to: number): void {
    append(this.#at(from), 'epsilon', to)
  }

  #word(node: Word, from: number, to: number): void {
    const state = this.#at(from)
    const words = wordsOf(state)
    const step: Step = node.pos ? { to, pos: node.pos } : { to }
    for (const key of keysOfWord(node)) way(words, key, step)
    if (node.match !== 'lemma' && node.match !== 'exact') state.wide = true
  }

  #gap(most: number, from: number, to: number): void {
    let at = from
    for (let i = 0; i < most; i++) {
      this.#epsilon(at, to)
      const next = this.#state()
      append(this.#at(at), 'skip', next)
      at = next
    }
    this.#epsilon(at, to)
  }
}

type Word = Node & { kind: 'word' }

function signature(node: Node): string {
  switch (node.kind) {
    case 'word':
      return `${node.match}:${node.word}:${node.pos ?? ''}`
    case 'concept':
      return `@${node.name}`
    case 'gap':
      return `...${node.most}`
    case 'optional':
      return `(${signature(node.node)})?`
    case 'either':
      return `(${node.nodes.map(signature).join('|')})`
    case 'sequence':
      return node.nodes.map(signature).join(' ')
    default:
      return node.kind
  }
}

function append(state: State, field: 'skip' | 'ends' | 'accept' | 'epsilon', id: number): void {
  const list = state[field]
  if (list) list.push(id)
  else state[field] = [id]
}

function wordsOf(state: State): Map<string, Step[]> {
  state.words ??= new Map()
  return state.words
}

function conceptsOf(state: State): Map<number, Step[]> {
  state.concepts ??= new Map()
  return state.concepts
}

function way<K>(map: Map<K, Step[]>, key: K, step: Step): void {
  const steps = map.get(key)
  if (steps) steps.push(step)
  else map.set(key, [step])
}

/** What a word of a pattern reads. */
export function keysOfWord(node: Word): string[] {
  switch (node.match) {
    case 'any':
      return ['_']
    case 'number':
      return ['#']
    case 'family':
      return [`~${stem(fold(node.word))}`]
    case 'exact':
      return [fold(node.word)]
    case 'lemma':
      return forms(node.word)
  }
}
