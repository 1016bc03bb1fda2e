import { keysOfWord, type State, type Step } from './automaton.ts'
import type { Node } from './pattern.ts'
import { type Lists, lists } from './table.ts'

/**
 * What a thread cannot do without: for each state a set of words of which every way on to a complete pattern reads at least
 * one. Where the rest of the sentence holds none of them the thread is given up: it would come to nothing, so that giving it
 * up changes no match.
 */
export interface Needs {
  /** By state: the number of its set, or -1 where it can do without any word. */
  ofState: Int32Array
  /** By key: the sets that hold it. */
  setsOfKey: Lists
  /** How many sets there are. */
  count: number
}

/** Larger sets are met in nearly every sentence. */
const largest = 3000
const always = -1

export function needsOf(
  states: readonly State[],
  names: readonly string[],
  nodes: readonly (readonly Node[])[],
  numberOf: (key: string) => number,
  numbers: ReadonlyMap<string, number>,
  weightOf: (key: number) => number,
): Needs {
  const sets = new Sets(weightOf)

  const ofConcept: (number | undefined)[] = []
  const conceptNeed = (concept: number): number => {
    const known = ofConcept[concept]
    if (known !== undefined) return known
    const patterns = nodes[concept] ?? []
    // A concept of no pattern is never met; what waits for it may wait.
    ofConcept[concept] = always
    ofConcept[concept] = sets.union(patterns.map(nodeNeed))
    return ofConcept[concept] as number
  }
  const concepts = new Map(names.map((name, number) => [name, number]))
  const nodeNeed = (node: Node): number => {
    switch (node.kind) {
      case 'word':
        return node.match === 'any' ? always : sets.of(keysOfWord(node).map(numberOf))
      case 'sequence':
        return node.nodes.map(nodeNeed).reduce((a, b) => sets.rarer(a, b), always)
      case 'either':
        return sets.union(node.nodes.map(nodeNeed))
      case 'concept':
        return conceptNeed(concepts.get(`@${node.name}`) ?? -1)
      default:
        return always
    }
  }
  return finish()

  function finish(): Needs {
    const ofState = new Int32Array(states.length).fill(-2)
    const any = numbers.get('_')
    const need = (id: number): number => {
      if (ofState[id] !== -2) return ofState[id] as number
      const { words, concepts: leads, skip, ends, accept, epsilon } = states[id] as State
      let found: number = always
      if (!accept) {
        const ways = [...(skip ?? []), ...(ends ?? []), ...(epsilon ?? [])].map(need)
        for (const [to, keys] of byTarget(words)) {
          const read = keys.includes(any ?? -1) ? always : sets.of(keys)
          ways.push(sets.rarer(read, need(to)))
        }
        for (const [concept, steps] of leads ?? [])
          for (const { to } of steps) ways.push(sets.rarer(conceptNeed(concept), need(to)))
        found = sets.union(ways)
      }
      ofState[id] = found
      return found
    }
    states.forEach((_, id) => {
      if (id > 1) need(id)
    })
    return {
      ofState: ofState.map((id) => (id < 0 ? always : id)),
      setsOfKey: sets.byKey(numbers.size),
      count: sets.count,
    }
  }

  function byTarget(words: State['words']): Map<number, number[]> {
    const targets = new Map<number, number[]>()
    for (const [key, steps] of words ?? [])
      for (const { to } of steps as Step[]) {
        const keys = targets.get(to)
        if (keys) keys.push(numberOf(key))
        else targets.set(to, [numberOf(key)])
      }
    return targets
  }
}

/** Sets of keys, each kept once. */
class Sets {
  readonly #sets: number[][] = []
  readonly #weights: number[] = []
  readonly #numbers = new Map<string, number>()
  readonly #weight: (key: number) => number
  constructor(weight: (key: number) => number) {
    this.#weight = weight
  }

  get count(): number {
    return this.#sets.length
  }

  of(keys: Iterable<number>): number {
    const set = [...new Set(keys)].sort((a, b) => a - b)
    if (set.length > largest || !set.length) return always
    const name = set.join()
    const known = this.#numbers.get(name)
    if (known !== undefined) return known
    this.#numbers.set(name, this.#sets.length)
    this.#weights.push(set.reduce((sum, key) => sum + this.#weight(key), 0))
    return this.#sets.push(set) - 1
  }

  /** Of two sets the one that is met less often. */
  rarer(a: number, b: number): number {
    if (a === always || b === always) return Math.max(a, b)
    return (this.#weights[a] as number) <= (this.#weights[b] as number) ? a : b
  }

  union(ids: readonly number[]): number {
    if (!ids.length || ids.includes(always)) return always
    const distinct = new Set(ids)
    const [only] = distinct
    if (distinct.size === 1) return only as number
    const keys = new Set<number>()
    for (const id of distinct) for (const key of this.#sets[id] as number[]) keys.add(key)
    return this.of(keys)
  }

  byKey(keys: number): Lists {
    const found: number[][] = Array.from({ length: keys }, () => [])
    this.#sets.forEach((set, id) => {
      for (const key of set) found[key]?.push(id)
    })
    return lists(found, (list) => list)
  }
}
