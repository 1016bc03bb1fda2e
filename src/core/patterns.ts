import { fold } from './fold.ts'
import { forms } from './inflect.ts'
import type { Node } from './pattern.ts'
import { stem } from './stem.ts'
import { type Keys, keysOf, type Lists, listsOf } from './table.ts'

/**
 * The patterns of a pack, compiled. A pattern has ways to be met, one for each line that was written for it; a way is a short
 * program that `matcher.ts` runs. Beside its program a way has its needs: sets of words and concepts of which a sentence must
 * hold one each. A way is looked at only where the rarest of its needs is met, so that the words of a sentence lead to the few
 * ways that may match it, however many there are.
 */
export interface Patterns {
  keys: Keys
  /** Sets of keys, each in rising order. */
  sets: Lists
  /** The programs, one after the other. */
  code: Int32Array
  /** By way: where its program begins; and the pattern that it is a way of. */
  programs: Int32Array
  patternOf: Int32Array
  /** The ways whose rarest need a word or a concept meets: by key and by pattern. */
  byKey: Lists
  byConcept: Lists
  /** As `byKey` and `byConcept`, of the patterns that are looked for in few sentences only. */
  laterByKey: Lists
  laterByConcept: Lists
  /** By way: what it needs beside the word that leads to it, the rarest first. */
  needs: Lists
  /** What meets a need: by key the needs that the word meets, by need the concepts. */
  needsByKey: Lists
  needConcepts: Lists
  /** By way: the set of words that it may begin with (-1: none, -2: it may be any word), and the concepts. */
  beginSets: Int32Array
  beginConcepts: Lists
}

/** Instructions, each with its operands: read a word of a set (-1: any) as a part of speech (0: any) … */
export const READ = 0
/** … a stretch that a concept matches … */
export const CONCEPT = 1
/** … go on here, and then at an address … */
export const SPLIT = 2
/** … go on at an address … */
export const JUMP = 3
/** … skip up to so many words … */
export const GAP = 4
/** … only at the start of a sentence, before punctuation or the end; the pattern is met. */
export const START = 5
export const END = 6
export const ACCEPT = 7

/** By instruction: how long it is, with its operands. */
export const lengths: readonly number[] = [3, 2, 2, 2, 2, 1, 1, 1]

/** Among the sets that a way may begin with. */
export const anyWord = -2

/** By operand of READ. */
export const partsOfSpeech = [undefined, 'n', 'v', 'a'] as const

/** Beside the words: keys of families are `~stem`, of any number `#`; every sentence has `_`. */
export const [numberKey, anyKey] = ['#', '_']

/** How a pattern is used. */
export interface Use {
  /** All that one sentence must hold for the pattern to count, itself too. */
  together: readonly Node[]
  /** It is looked for only where another pattern was met. */
  later: boolean
}

interface Way extends Use {
  node: Node
  pattern: number
}

/** A set of keys, by number, and concepts: a need that any of them meets. */
interface Need {
  set: number
  concepts: readonly number[]
}

/** Builds the patterns of a pack. Patterns may share a name; a concept is used by its name and may use others, not itself. */
export class Builder {
  readonly #numbers = new Map<string, number>()
  readonly #ways: Way[] = []
  readonly #keys = new Map<string, number>()
  readonly #sets: number[][] = []
  readonly #setNumbers = new Map<string, number>()
  readonly #needs: Need[] = []
  readonly #needNumbers = new Map<string, number>()
  readonly #code: number[] = []
  /** How often a word is met, to choose the needs by which ways are found. */
  #common: ReadonlyMap<string, number> = new Map()
  /** By key; of all needs a guess, before all concepts are known. */
  readonly #weights: number[] = []

  /** The number of the pattern called `name`. */
  id(name: string): number {
    return numbered(this.#numbers, name)
  }

  add(name: string, node: Node, use: Use = { together: [node], later: false }): void {
    this.#ways.push({ node, pattern: this.id(name), ...use })
  }

  /** `common` says how often words are met. */
  finish(common: ReadonlyMap<string, number> = new Map()): Patterns {
    this.#common = common
    const programs = this.#ways.map(({ node }) => this.#program(node))
    const all = this.#ways.map(({ together }) => this.#allNeeds(together))
    const begins = this.#ways.map(({ node }) => {
      const { needs } = this.#beginOf(node)
      return needs === anyNeed ? undefined : this.#needs[this.#anyOf(needs.map((id) => this.#needs[id] as Need))]
    })
    const ordered = new Rarity(this.#sets, this.#needs, this.#weights, this.#ways, all).ordered()
    const leads = this.#leads(ordered.map(([first]) => this.#needs[first as number] as Need))
    // The word that leads to a way is there; a concept may come to nothing.
    const needs = ordered.map(([first, ...others]) =>
      this.#needs[first as number]?.concepts.length ? [...others, first as number] : others,
    )
    const used = [...new Set(needs.flat())]
    const numbers = new Map(used.map((id, number) => [id, number]))
    const needsByKey: number[][] = []
    for (const [id, number] of numbers)
      for (const key of this.#keysIn(this.#needs[id] as Need)) push(needsByKey, key, number)
    const { sets, code, beginSets } = this.#onlyRead(begins)
    return {
      keys: keysOf([...this.#keys.keys()]),
      sets,
      code,
      programs: Int32Array.from(programs),
      patternOf: Int32Array.from(this.#ways, ({ pattern }) => pattern),
      ...leads,
      needs: listsOf(needs.map((list) => list.map((id) => numbers.get(id) as number))),
      needsByKey: listsOf(sized(needsByKey, this.#keys.size)),
      needConcepts: listsOf(used.map((id) => this.#needs[id]?.concepts)),
      beginSets,
      beginConcepts: listsOf(begins.map((begin) => begin?.concepts)),
    }
  }

  /** Which ways words and concepts lead to, by the rarest need of each. */
  #leads(rarest: readonly Need[]): Pick<Patterns, 'byKey' | 'byConcept' | 'laterByKey' | 'laterByConcept'> {
    const lists: Record<'key' | 'concept' | 'laterKey' | 'laterConcept', number[][]> = {
      key: [],
      concept: [],
      laterKey: [],
      laterConcept: [],
    }
    rarest.forEach((need, way) => {
      const { later } = this.#ways[way] as Way
      for (const key of this.#keysIn(need)) push(later ? lists.laterKey : lists.key, key, way)
      for (const concept of need.concepts) push(later ? lists.laterConcept : lists.concept, concept, way)
    })
    const [keys, patterns] = [this.#keys.size, this.#numbers.size]
    return {
      byKey: listsOf(sized(lists.key, keys)),
      byConcept: listsOf(sized(lists.concept, patterns)),
      laterByKey: listsOf(sized(lists.laterKey, keys)),
      laterByConcept: listsOf(sized(lists.laterConcept, patterns)),
    }
  }

  /** The sets that programs read or begin with, numbered anew: most were made for needs only. */
  #onlyRead(begins: readonly (Need | undefined)[]): Pick<Patterns, 'sets' | 'code' | 'beginSets'> {
    const numbers = new Map<number, number>()
    const renumbered = (set: number): number => {
      if (set < 0) return set
      if (!numbers.has(set)) numbers.set(set, numbers.size)
      return numbers.get(set) as number
    }
    const code = Int32Array.from(this.#code)
    for (let pc = 0; pc < code.length; pc += lengths[code[pc] as number] as number)
      if (code[pc] === READ) code[pc + 1] = renumbered(code[pc + 1] as number)
    const beginSets = Int32Array.from(begins, (begin) => (begin ? renumbered(begin.set) : anyWord))
    return { code, beginSets, sets: listsOf([...numbers.keys()].map((set) => this.#sets[set])) }
  }

  #keysIn({ set }: Need): readonly number[] {
    return this.#sets[set] ?? []
  }

  #program(node: Node): number {
    const start = this.#code.length
    this.#emit(node)
    this.#code.push(ACCEPT)
    return start
  }

  #emit(node: Node): void {
    const code = this.#code
    switch (node.kind) {
      case 'word':
        code.push(READ, node.match === 'any' ? -1 : this.#set(keysOfWord(node)), partsOfSpeech.indexOf(node.pos))
        break
      case 'concept':
        code.push(CONCEPT, this.id(`@${node.name}`))
        break
      case 'gap':
        code.push(GAP, node.most)
        break
      case 'start':
        code.push(START)
        break
      case 'end':
        code.push(END)
        break
      case 'sequence':
        for (const part of node.nodes) this.#emit(part)
        break
      case 'either':
        this.#either(node.nodes)
        break
      case 'optional': {
        const split = this.#hole(SPLIT)
        this.#emit(node.node)
        code[split] = code.length
      }
    }
  }

  /** Words without a condition are one set. The longest option is tried first: what it names, a shorter one may pass over. */
  #either(nodes: readonly Node[]): void {
    const plain = nodes.filter(isPlain)
    const others = nodes.filter((node) => !isPlain(node)).sort((a, b) => lengthOf(b) - lengthOf(a))
    const options: (() => void)[] = others.map((node) => () => this.#emit(node))
    if (plain.length) options.push(() => this.#code.push(READ, this.#set(plain.flatMap(keysOfWord)), 0))
    const jumps: number[] = []
    options.forEach((emit, i) => {
      const split = i < options.length - 1 ? this.#hole(SPLIT) : undefined
      emit()
      if (split === undefined) return
      jumps.push(this.#hole(JUMP))
      this.#code[split] = this.#code.length
    })
    for (const jump of jumps) this.#code[jump] = this.#code.length
  }

  /** Adds an instruction whose address is known later; gives where to write it. */
  #hole(instruction: number): number {
    return this.#code.push(instruction, 0) - 1
  }

  #set(words: readonly string[]): number {
    return this.#setOf(
      words.map((word) => {
        const key = numbered(this.#keys, word)
        this.#weights[key] = 1 + (this.#common.get(word) ?? 0)
        return key
      }),
    )
  }

  #setOf(keys: readonly number[]): number {
    const set = [...new Set(keys)].sort((a, b) => a - b)
    const number = numbered(this.#setNumbers, set.join())
    this.#sets[number] = set
    return number
  }

  #allNeeds(nodes: readonly Node[]): number[] {
    const needs = new Set(nodes.flatMap((node) => this.#needsOf(node)))
    return needs.size ? [...needs] : [this.#need([this.#set([anyKey])], [])]
  }

  /** What a sentence must hold for a node to match; nothing where it can do without any particular word. */
  #needsOf(node: Node): number[] {
    switch (node.kind) {
      case 'word':
        return node.match === 'any' ? [] : [this.#need([this.#set(keysOfWord(node))], [])]
      case 'concept':
        return [this.#need([], [this.id(`@${node.name}`)])]
      case 'sequence':
        return node.nodes.flatMap((part) => this.#needsOf(part))
      case 'either': {
        // Of each option one need: all of them together are one of the whole.
        const options = node.nodes.map((option) => this.#needsOf(option).map((id) => this.#needs[id] as Need))
        if (options.some((needs) => !needs.length)) return []
        const ones = options.map((needs) => needs.reduce((a, b) => (this.#weight(b) < this.#weight(a) ? b : a)))
        return [this.#anyOf(ones)]
      }
      default:
        return []
    }
  }

  /** A guess at how often a need is met, before all concepts are known. */
  #weight({ set, concepts }: Need): number {
    const words = (this.#sets[set] ?? []).reduce((sum, key) => sum + (this.#weights[key] as number), 0)
    return words + concepts.length * weightOfConcept
  }

  #anyOf(needs: readonly Need[]): number {
    return this.#need(
      needs.flatMap(({ set }) => (set < 0 ? [] : [set])),
      needs.flatMap(({ concepts }) => concepts),
    )
  }

  /** The needs of which the first word of a node meets one, all of them where it may be any; `passes` where it may match no word. */
  #beginOf(node: Node): { needs: number[] | typeof anyNeed; passes: boolean } {
    switch (node.kind) {
      case 'word':
      case 'concept': {
        const [need] = this.#needsOf(node)
        return { needs: need === undefined ? anyNeed : [need], passes: false }
      }
      case 'sequence': {
        const parts = node.nodes.map((part) => this.#beginOf(part))
        const first = parts.findIndex(({ passes }) => !passes)
        const begins = first < 0 ? parts : parts.slice(0, first + 1)
        return { needs: together(begins.map(({ needs }) => needs)), passes: first < 0 }
      }
      case 'either': {
        const options = node.nodes.map((option) => this.#beginOf(option))
        return { needs: together(options.map(({ needs }) => needs)), passes: options.some(({ passes }) => passes) }
      }
      case 'optional':
        return { needs: this.#beginOf(node.node).needs, passes: true }
      default:
        return { needs: [], passes: true }
    }
  }

  #need(sets: readonly number[], concepts: readonly number[]): number {
    const set = sets.length ? this.#setOf(sets.flatMap((one) => this.#sets[one] as number[])) : -1
    const distinct = [...new Set(concepts)].sort((a, b) => a - b)
    const number = numbered(this.#needNumbers, `${set} ${distinct.join()}`)
    this.#needs[number] = { set, concepts: distinct }
    return number
  }
}

const anyNeed = 'any'

function together(all: readonly (number[] | typeof anyNeed)[]): number[] | typeof anyNeed {
  const known = all.filter((needs) => needs !== anyNeed)
  return known.length < all.length ? anyNeed : known.flat()
}

/** As much as that of a word that is among the hundred commonest. */
const weightOfConcept = 200

/** Says how often needs are met: one of a concept as often as the rarest needs of the concept's ways together. */
class Rarity {
  readonly #sets: readonly (readonly number[])[]
  readonly #all: readonly Need[]
  readonly #weights: readonly number[]
  readonly #needs: readonly (readonly number[])[]
  readonly #waysOf: number[][] = []
  readonly #known: (number | undefined)[] = []
  readonly #concepts: (number | undefined)[] = []

  constructor(
    sets: readonly (readonly number[])[],
    all: readonly Need[],
    weights: readonly number[],
    ways: readonly Way[],
    needs: readonly (readonly number[])[],
  ) {
    this.#sets = sets
    this.#all = all
    this.#weights = weights
    this.#needs = needs
    ways.forEach(({ pattern }, way) => {
      push(this.#waysOf, pattern, way)
    })
  }

  /** The needs of every way, the rarest first. */
  ordered(): number[][] {
    return this.#needs.map((list) => [...list].sort((a, b) => this.#weight(a) - this.#weight(b)))
  }

  #weight(id: number): number {
    const known = this.#known[id]
    if (known !== undefined) return known
    const { set, concepts } = this.#all[id] as Need
    const words = (this.#sets[set] ?? []).reduce((sum, key) => sum + (this.#weights[key] as number), 0)
    const weight = concepts.reduce((sum, concept) => sum + this.#concept(concept), words)
    this.#known[id] = weight
    return weight
  }

  #concept(concept: number): number {
    const known = this.#concepts[concept]
    if (known !== undefined) return known
    // A concept that uses itself is never met that way.
    this.#concepts[concept] = 0
    const rarest = (way: number): number => Math.min(...(this.#needs[way] as number[]).map((id) => this.#weight(id)))
    const weight = (this.#waysOf[concept] ?? []).reduce((sum, way) => sum + rarest(way), 0)
    this.#concepts[concept] = weight
    return weight
  }
}

/** How many words a node names at most. */
function lengthOf(node: Node): number {
  switch (node.kind) {
    case 'word':
    case 'concept':
      return 1
    case 'sequence':
      return node.nodes.reduce((sum, part) => sum + lengthOf(part), 0)
    case 'either':
      return Math.max(...node.nodes.map(lengthOf))
    case 'optional':
      return lengthOf(node.node)
    default:
      return 0
  }
}

function isPlain(node: Node): node is Word {
  return node.kind === 'word' && node.match !== 'any' && !node.pos
}

function numbered(numbers: Map<string, number>, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, numbers.size)
  return numbers.size - 1
}

function push(lists: number[][], i: number, entry: number): void {
  lists[i] ??= []
  lists[i].push(entry)
}

function sized(lists: number[][], length: number): (number[] | undefined)[] {
  return Array.from({ length }, (_, i) => lists[i])
}

type Word = Node & { kind: 'word' }

/** What a word of a pattern reads. */
function keysOfWord(node: Word): string[] {
  switch (node.match) {
    case 'any':
      return []
    case 'number':
      return [numberKey]
    case 'family':
      return [`~${stem(fold(node.word))}`]
    case 'exact':
      return [fold(node.word)]
    case 'lemma':
      return forms(node.word)
  }
}
