import { mostCommon } from '../kernel/layout.ts'
import { anyKey, type Ints, type Lists, listsOf, numberKey } from './table.ts'

/**
 * What a sentence must hold for a way of a pattern to match: words and concepts, of each of its needs one. Ways are found by
 * their needs (see patterns.ts); here needs are numbered, weighed by how often sentences meet them, and put into trees.
 */

/** A set of keys, by number (-1: none), and concepts, by number of their pattern: any of them meets the need. */
export interface Need {
  set: number
  concepts: readonly number[]
}

/** Keys, sets of keys and needs by number, each kept once. */
export class Needs {
  readonly keys = new Map<string, number>()
  readonly sets: number[][] = []
  readonly list: Need[] = []
  readonly #common: ReadonlyMap<string, number>
  readonly #setNumbers = new Map<string, number>()
  readonly #numbers = new Map<string, number>()
  /** By key: how often the word is met. */
  readonly #weights: number[] = []

  /** `common` says how often words are met. */
  constructor(common: ReadonlyMap<string, number> = new Map()) {
    this.#common = common
    const words = [...common.keys()].filter((word) => !word.startsWith('~'))
    words.sort((a, b) => (common.get(b) as number) - (common.get(a) as number))
    this.set([...new Set([anyKey, numberKey, ...words])].slice(0, mostCommon))
  }

  set(words: readonly string[]): number {
    return this.setOf(
      words.map((word) => {
        const key = numbered(this.keys, word)
        this.#weights[key] = 1 + (this.#common.get(word) ?? 0)
        return key
      }),
    )
  }

  setOf(keys: readonly number[]): number {
    const set = [...new Set(keys)].sort((a, b) => a - b)
    const number = numbered(this.#setNumbers, set.join())
    this.sets[number] = set
    return number
  }

  /** The number of a need that any of the sets or of the concepts meets. */
  of(sets: readonly number[], concepts: readonly number[]): number {
    const set = sets.length ? this.setOf(sets.flatMap((one) => this.sets[one] as number[])) : -1
    const distinct = [...new Set(concepts)].sort((a, b) => a - b)
    const number = numbered(this.#numbers, `${set} ${distinct.join()}`)
    this.list[number] = { set, concepts: distinct }
    return number
  }

  /** The number of a need that is met where any of the needs is. */
  anyOf(needs: readonly number[]): number {
    const all = needs.map((number) => this.list[number] as Need)
    return this.of(
      all.flatMap(({ set }) => (set < 0 ? [] : [set])),
      all.flatMap(({ concepts }) => concepts),
    )
  }

  keysIn(number: number): readonly number[] {
    return this.sets[this.list[number]?.set ?? -1] ?? []
  }

  /** The common words that meet a need, a bit each. */
  commonIn(number: number): number {
    return this.keysIn(number).reduce((bits, key) => (key < mostCommon ? bits | (1 << key) : bits), 0)
  }

  /** How often words meet a need. */
  weightOfWords(number: number): number {
    return this.keysIn(number).reduce((sum, key) => sum + (this.#weights[key] as number), 0)
  }
}

/** Ways by what they need. From the root one goes down from need to need as far as a sentence meets them. */
export interface Tree {
  /** By need that words meet: the branches at the root that may lead on from it. */
  roots: Lists
  /** By branch: its need; the first of the branches that go out from it (the last stands before the first of the next); its ways. */
  needs: Ints
  branches: Ints
  ways: Lists
}

interface Branch {
  need: number
  /** At the root: the needs of words alone of which one is met wherever its need is. */
  signs: number[]
  branches: Map<number, Branch>
  ways: number[]
}

/** The branches of a tree, breadth first: so many at the root, before all others. */
interface Branches {
  branches: Branch[]
  roots: number
}

/** Orders the needs of ways, so that few words lead to a way and few ways are looked at in vain. */
export class Order {
  readonly #leading = new Set<number>()
  readonly #needs: Needs
  readonly #ofWay: readonly (readonly number[])[]
  readonly #waysOf: readonly (readonly number[])[]
  readonly #known: (number | undefined)[] = []
  readonly #concepts: (number | undefined)[] = []
  readonly #signs: (number | undefined)[] = []

  /** `ofWay`: the needs of every way; `waysOf`: the ways of every pattern. */
  constructor(needs: Needs, ofWay: readonly (readonly number[])[], waysOf: readonly (readonly number[])[]) {
    this.#needs = needs
    this.#waysOf = waysOf
    this.#ofWay = ofWay
    this.#ofWay = ofWay.map((list) => [...list].sort((a, b) => this.weight(a) - this.weight(b) || a - b))
  }

  /** The needs of a way, the rarest first. */
  of(way: number): readonly number[] {
    return this.#ofWay[way] as readonly number[]
  }

  /** Whether all words that meet a need lead from it, the common ones too: by such needs ways are found. */
  isLeading(need: number): boolean {
    return this.#leading.has(need)
  }

  /** Needs by their numbers: first those that are met only where a word is seen to meet them. */
  numbered(needs: readonly number[]): ReadonlyMap<number, number> {
    const isPlain = (need: number): boolean => {
      const { concepts } = this.#needs.list[need] as Need
      return !concepts.length && (this.isLeading(need) || !this.#needs.commonIn(need))
    }
    const all = [...new Set(needs)]
    return new Map([...all.filter(isPlain), ...all.filter((need) => !isPlain(need))].map((need, i) => [need, i]))
  }

  /** A need of words alone that is met wherever a pattern may match. */
  sign(pattern: number): number {
    const known = this.#signs[pattern]
    if (known !== undefined) return known
    const words: number[] = []
    const reached = new Set([pattern])
    for (const one of reached) {
      for (const way of this.#waysOf[one] ?? []) {
        const { set, concepts } = this.#needs.list[this.of(way)[0] as number] as Need
        if (set >= 0) words.push(set)
        for (const concept of concepts) reached.add(concept)
      }
    }
    const sign = this.#needs.of(words, [])
    this.#signs[pattern] = sign
    this.#leading.add(sign)
    return sign
  }

  /** The branches of a tree of ways, breadth first, those at the root before all others. */
  branches(ways: readonly number[]): Branches {
    const root: Branch = { need: -1, signs: [], branches: new Map(), ways: [] }
    for (const way of ways) {
      let at = root
      for (const need of this.of(way)) {
        const signs = at === root ? this.#signsOf(need) : []
        const next = at.branches.get(need) ?? { need, signs, branches: new Map(), ways: [] }
        at.branches.set(need, next)
        at = next
      }
      at.ways.push(way)
    }
    const branches = [...root.branches.values()]
    for (let i = 0; i < branches.length; i++) branches.push(...(branches[i] as Branch).branches.values())
    return { branches, roots: root.branches.size }
  }

  /** How often sentences meet a need. */
  weight(need: number): number {
    const known = this.#known[need]
    if (known !== undefined) return known
    const { concepts } = this.#needs.list[need] as Need
    const weight = concepts.reduce((sum, concept) => sum + this.#concept(concept), this.#needs.weightOfWords(need))
    this.#known[need] = weight
    return weight
  }

  /** As often as the rarest needs of its ways together. */
  #concept(concept: number): number {
    const known = this.#concepts[concept]
    if (known !== undefined) return known
    // A concept that uses itself is never met that way.
    this.#concepts[concept] = 0
    const rarest = (way: number): number => Math.min(...(this.#ofWay[way] as number[]).map((need) => this.weight(need)))
    const weight = (this.#waysOf[concept] ?? []).reduce((sum, way) => sum + rarest(way), 0)
    this.#concepts[concept] = weight
    return weight
  }

  /** The need itself, where words meet it, and the signs of its concepts. */
  #signsOf(need: number): number[] {
    const { set, concepts } = this.#needs.list[need] as Need
    if (set >= 0) this.#leading.add(need)
    return [...(set < 0 ? [] : [need]), ...concepts.map((concept) => this.sign(concept))]
  }
}

/** `numberOf`: of a need among those that are used, `needs` of them. */
export function treeOf({ branches, roots }: Branches, numberOf: (need: number) => number, needs: number): Tree {
  const fromRoot: number[][] = Array.from({ length: needs }, () => [])
  const starts = new Int32Array(branches.length + 1)
  let next = roots
  branches.forEach((branch, i) => {
    for (const sign of branch.signs) fromRoot[numberOf(sign)]?.push(i)
    starts[i] = next
    next += branch.branches.size
  })
  starts[branches.length] = next
  return {
    roots: listsOf(fromRoot),
    needs: Int32Array.from(branches, ({ need }) => numberOf(need)),
    branches: starts,
    ways: listsOf(branches.map(({ ways }) => ways)),
  }
}

export function numbered<K>(numbers: Map<K, number>, name: K): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}
