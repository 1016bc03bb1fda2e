import { keysOfWord } from './automaton.ts'
import type { Node } from './pattern.ts'
import { type Lists, lists } from './table.ts'

/**
 * The find lines of all rules as formulas of words, without their order: "any of these words", "all of" and "one of" such
 * formulas. What a bag of words does not fulfil, no line can match. A gate is one node of these formulas; equal ones are shared.
 */
export interface Gates {
  /** By key: the gates that the word opens by itself. */
  leaves: Lists
  /** By gate: 0 a set of words, 1 all of its children, 2 one of them. */
  kinds: Int32Array
  children: Lists
  /** By gate: those that are looked at once it opens. A gate that needs all of its children waits for the rarest only. */
  watchers: Lists
  /** By gate: `wholeLine` where it stands for a find line, `lineOnTopic` where for one with its topic, the sum where for both. */
  whole: Int32Array
}

/** A find line: its parts, and the concepts of which its paragraph must hold one, if any. */
export interface Line {
  parts: readonly Node[]
  topic: readonly string[]
}

export const [wholeLine, lineOnTopic] = [1, 2]

const open = -1
/** A word that is met more often than this is taken to be in every sentence: to look for it costs more than it tells. */
const commonest = 2100
const [leaf, all, one] = [0, 1, 2]

/** `concepts` gives the patterns of a concept. */
export function gatesOf(
  lines: readonly Line[],
  concepts: (name: string) => readonly Node[],
  numberOf: (key: string) => number,
  weightOf: (key: number) => number,
): Gates {
  const kinds: number[] = []
  const children: number[][] = []
  const weights: number[] = []
  const known = new Map<string, number>()
  const byConcept = new Map<string, number>()

  const gate = (kind: number, inside: Iterable<number>): number => {
    const list = [...new Set(inside)].sort((a, b) => a - b)
    if (kind !== leaf && list.length === 1) return list[0] as number
    const name = `${kind} ${list.join()}`
    const same = known.get(name)
    if (same !== undefined) return same
    known.set(name, kinds.length)
    const heavy = list.map((child) => (kind === leaf ? weightOf(child) : (weights[child] as number)))
    weights.push(kind === all ? Math.min(...heavy) : heavy.reduce((a, b) => a + b, 0))
    children.push(list)
    return kinds.push(kind) - 1
  }
  const every = (nodes: readonly Node[]): number => {
    const inside = nodes.map(formula).filter((id) => id !== open)
    return inside.length ? gate(all, inside) : open
  }
  const some = (nodes: readonly Node[]): number => {
    const words = nodes.flatMap((node) => (node.kind === 'word' ? [node] : []))
    const inside = nodes.filter(({ kind }) => kind !== 'word').map(formula)
    if (inside.includes(open) || words.some(({ match }) => match === 'any')) return open
    const keys = words.flatMap(keysOfWord).map(numberOf)
    if (keys.some((key) => weightOf(key) > commonest)) return open
    if (keys.length) inside.push(gate(leaf, keys))
    return inside.length ? gate(one, inside) : open
  }
  const formula = (node: Node): number => {
    switch (node.kind) {
      case 'word':
        return some([node])
      case 'sequence':
        return every(node.nodes)
      case 'either':
        return some(node.nodes)
      case 'concept': {
        const before = byConcept.get(node.name)
        if (before !== undefined) return before
        byConcept.set(node.name, open)
        byConcept.set(node.name, some(concepts(node.name)))
        return byConcept.get(node.name) as number
      }
      default:
        return open
    }
  }

  const roots = new Set(lines.map(({ parts }) => every(parts)))
  const onTopic = new Set(
    lines.map(({ parts, topic }) => {
      const topics: Node[] = topic.map((name) => ({ kind: 'concept', name }))
      return every(topics.length ? [...parts, { kind: 'either', nodes: topics }] : parts)
    }),
  )
  // A line that needs no particular word is always met: every gate says so.
  const [line, topical] = [roots.has(open), onTopic.has(open)]
  const watchers: number[][] = kinds.map(() => [])
  kinds.forEach((kind, id) => {
    const inside = children[id] as number[]
    if (kind === one) for (const child of inside) watchers[child]?.push(id)
    if (kind !== all) return
    const rarest = inside.reduce((a, b) => ((weights[a] as number) <= (weights[b] as number) ? a : b))
    watchers[rarest]?.push(id)
  })
  const byKey: number[][] = []
  kinds.forEach((kind, id) => {
    if (kind !== leaf) return
    for (const key of children[id] as number[]) {
      byKey[key] ??= []
      byKey[key].push(id)
    }
  })
  const keys = Math.max(byKey.length, numberOf('_') + 1)
  return {
    leaves: lists(Array.from({ length: keys }), (_, key) => byKey[key]),
    kinds: Int32Array.from(kinds),
    children: lists(kinds, (kind, id) => (kind === leaf ? [] : children[id])),
    watchers: lists(kinds, (_, id) => watchers[id]),
    whole: Int32Array.from(
      kinds,
      (_, id) => (line || roots.has(id) ? wholeLine : 0) + (topical || onTopic.has(id) ? lineOnTopic : 0),
    ),
  }
}

/** The words of one stretch of text at a time, and whether they can fulfil a find line. */
export class Bag {
  readonly #gates: Gates
  /** By gate: the turn in which it opened last. */
  readonly #open: Int32Array
  /** A bit by gate: it is to be looked at. A gate has a larger number than all of its children, so one sweep does. */
  readonly #pending: Int32Array
  /** A bit by entry of `#pending` that is not zero: most are, and a sweep passes over them. */
  readonly #busy: Int32Array
  #turn = 1
  #met = 0

  constructor(gates: Gates) {
    this.#gates = gates
    this.#open = new Int32Array(gates.kinds.length)
    this.#pending = new Int32Array((gates.kinds.length >> 5) + 1)
    this.#busy = new Int32Array((this.#pending.length >> 5) + 1)
  }

  clear(): void {
    for (let block = 0; block < this.#busy.length; block++) {
      if (!this.#busy[block]) continue
      this.#pending.fill(0, block << 5, (block + 1) << 5)
      this.#busy[block] = 0
    }
    this.#met = 0
    if (++this.#turn < 2 ** 30) return
    this.#open.fill(0)
    this.#turn = 1
  }

  add(keys: Int32Array): void {
    const { starts, list } = this.#gates.leaves
    for (let at = 0; at < keys.length; at++) {
      const key = keys[at] as number
      const end = starts[key + 1] as number
      for (let i = starts[key] as number; i < end; i++) this.#opened(list[i] as number)
    }
  }

  #opened(id: number): void {
    if (this.#open[id] === this.#turn) return
    this.#open[id] = this.#turn
    this.#met |= this.#gates.whole[id] as number
    const { starts, list } = this.#gates.watchers
    const end = starts[id + 1] as number
    for (let i = starts[id] as number; i < end; i++) {
      const parent = list[i] as number
      const word = parent >> 5
      this.#pending[word] = (this.#pending[word] as number) | (1 << (parent & 31))
      this.#busy[word >> 5] = (this.#busy[word >> 5] as number) | (1 << (word & 31))
    }
  }

  /** Whether the words added since `clear` can fulfil a find line, or one with its topic. */
  fulfils(what: number): boolean {
    for (let block = 0; block < this.#busy.length; block++) {
      for (let words = this.#busy[block] as number; words; words = this.#busy[block] as number) {
        if (this.#met & what) return true
        this.#sweep((block << 5) + lowest(words))
        this.#busy[block] = (this.#busy[block] as number) & ~(words & -words)
      }
    }
    return (this.#met & what) > 0
  }

  /** Looks at the gates of one entry of `#pending`; those that open may add later ones, in the entry too. */
  #sweep(word: number): void {
    for (let bits = this.#pending[word] as number; bits; bits = this.#pending[word] as number) {
      this.#pending[word] = bits & (bits - 1)
      const id = (word << 5) + lowest(bits)
      if (this.#fulfilled(id)) this.#opened(id)
    }
  }

  #fulfilled(id: number): boolean {
    const { kinds, children } = this.#gates
    if (kinds[id] === one) return true
    const end = children.starts[id + 1] as number
    for (let i = children.starts[id] as number; i < end; i++)
      if (this.#open[children.list[i] as number] !== this.#turn) return false
    return true
  }
}

/** The number of the lowest bit that is set. */
function lowest(bits: number): number {
  return 31 - Math.clz32(bits & -bits)
}
