import { ACCEPT, anyWord, CONCEPT, END, GAP, JUMP, mostCommon, READ, SPLIT, START } from '../kernel/layout.ts'
import { fold, respelled } from './fold.ts'
import { forms } from './inflect.ts'
import { type Need, Needs, numbered, Order, type Tree, treeOf } from './needs.ts'
import type { Node } from './pattern.ts'
import { abbreviated } from './sentences.ts'
import { isNumber, numberWords, startOf, stem } from './stem.ts'
import { anyKey, type Ints, type Keys, keysOf, type Lists, listsOf, numberKey, partsOfSpeech } from './table.ts'

/**
 * The patterns of a pack, compiled. A pattern has ways to be met, one for each line that was written for it; a way is a short
 * program that the kernel runs. Beside its program a way has its needs: sets of words and concepts of which a sentence must
 * hold one each. The ways of find lines, and those of cues, stand in a tree by their needs, the rarest first, so that the words
 * of a sentence lead to the few ways that may match it, however many there are. Other patterns are asked for one by one.
 */
export interface Patterns {
  keys: Keys
  /** How the stems begin that are among the keys (`startOf`): other words need not be stemmed. */
  familyStarts: Ints
  /** By key, of a word that is read as it is written: the key of its family, 0 where there is none. Of other keys: the key itself. */
  familyByKey: Ints
  /** Sets of keys, each in rising order; the first stands for any word. */
  sets: Lists
  /** The programs, one after the other. */
  code: Ints
  /** By way: where its program begins, and after the last way where that ends; and the pattern that it is a way of. */
  programs: Ints
  patternOf: Ints
  finds: Tree
  cues: Tree
  /** By pattern that is asked for: its ways, and a need that is met wherever it may match. Of others: none, and -1. */
  ways: Lists
  signs: Ints
  /** By way of those patterns: what it needs, the rarest first. */
  needs: Lists
  /**
   * What meets a need: by key the needs that the word meets, how many of these, the first, lead into trees; by need the common
   * words and the concepts (see needs.ts).
   */
  needsByKey: Lists
  leadsByKey: Ints
  needWords: Ints
  needConcepts: Lists
  /** By way: the set of words that it may begin with, and the concepts. */
  beginSets: Ints
  beginConcepts: Lists
}

/** By instruction: how long it is, with its operands. */
const lengths: readonly number[] = [3, 2, 2, 2, 2, 1, 1, 1]

/** How a pattern is used. */
export interface Use {
  /** All that one sentence must hold for the pattern to count, itself too. */
  together: readonly Node[]
  /** Looked for in all sentences, only where something was found, or only where somebody asks for it. */
  sought: 'find' | 'cue' | 'asked'
}

interface Way extends Use {
  node: Node
  pattern: number
}

type Found = Omit<
  Patterns,
  'programs' | 'patternOf' | 'code' | 'sets' | 'beginSets' | 'beginConcepts' | 'keys' | 'familyStarts' | 'familyByKey'
>

/** Builds the patterns of a pack. Patterns may share a name; a concept is used by its name and may use others, not itself. */
export class Builder {
  readonly #numbers = new Map<string, number>()
  readonly #ways: Way[] = []
  readonly #code: number[] = []
  /** Where the program begins that is being written. */
  #start = 0
  #needs = new Needs()

  /** The number of the pattern called `name`. */
  id(name: string): number {
    return numbered(this.#numbers, name)
  }

  add(name: string, node: Node, use: Use): void {
    this.#ways.push({ node, pattern: this.id(name), ...use })
  }

  /** `common` says how often words are met. */
  finish(common?: ReadonlyMap<string, number>): Patterns {
    this.#needs = new Needs(common)
    const programs = this.#ways.map(({ node }) => this.#program(node))
    const all = this.#ways.map(({ together }) => this.#allNeeds(together))
    const begins = this.#ways.map(({ node }) => this.#begins(node))
    const ways: number[][] = []
    this.#ways.forEach(({ pattern }, way) => {
      push(ways, pattern, way)
    })
    // Words that are no keys are read as they are written, so all others are keys.
    this.#needs.set([...respelled, ...numberWords, ...abbreviated])
    const keys = [...this.#needs.keys.keys()]
    return {
      programs: Int32Array.from([...programs, this.#code.length]),
      patternOf: Int32Array.from(this.#ways, ({ pattern }) => pattern),
      ...this.#found(new Order(this.#needs, all, ways), ways),
      ...this.#onlyRead(begins),
      beginConcepts: listsOf(begins.map((begin) => begin?.concepts)),
      keys: keysOf(keys),
      familyStarts: familyStarts(keys),
      familyByKey: Int32Array.from(keys, (word, key) => this.#familyOf(word) ?? key),
    }
  }

  /** The key of the family of a word that is read as it is written, 0 where there is none; undefined for other keys. */
  #familyOf(word: string): number | undefined {
    if (!/^[a-z]+$/.test(word) || fold(word) !== word || isNumber(word) || abbreviated.includes(word)) return undefined
    return this.#needs.keys.get(`~${stem(word)}`) ?? 0
  }

  /** How patterns are found by the needs of their ways. */
  #found(order: Order, waysOf: readonly (readonly number[])[]): Found {
    const ways = (sought: Use['sought']): number[] =>
      [...this.#ways.keys()].filter((way) => this.#ways[way]?.sought === sought)
    const [finds, cues] = [order.branches(ways('find')), order.branches(ways('cue'))]
    const asked = ways('asked')
    const patterns = [...new Set(asked.map((way) => (this.#ways[way] as Way).pattern))]
    const used = order.numbered([
      ...[...finds.branches, ...cues.branches].flatMap(({ need, signs }) => [need, ...signs]),
      ...asked.flatMap((way) => order.of(way)),
      ...patterns.map((pattern) => order.sign(pattern)),
    ])
    const number = (need: number): number => used.get(need) as number
    const signs = new Int32Array(this.#numbers.size).fill(-1)
    const waysOfAsked: number[][] = []
    for (const pattern of patterns) {
      signs[pattern] = number(order.sign(pattern))
      waysOfAsked[pattern] = waysOf[pattern] as number[]
    }
    const needs: number[][] = []
    for (const way of asked) needs[way] = order.of(way).map(number)
    const list = [...used.keys()]
    return {
      finds: treeOf(finds, number, list.length),
      cues: treeOf(cues, number, list.length),
      ways: listsOf(sized(waysOfAsked, this.#numbers.size)),
      signs,
      needs: listsOf(sized(needs, this.#ways.length)),
      ...this.#needsByKey(list, new Set([...finds.branches, ...cues.branches].flatMap(({ signs }) => signs)), order),
      needWords: Int32Array.from(list, (need) => (order.isLeading(need) ? 0 : this.#needs.commonIn(need))),
      needConcepts: listsOf(list.map((need) => this.#needs.list[need]?.concepts)),
    }
  }

  /** By key the needs that it meets, those that lead into trees first. */
  #needsByKey(
    needs: readonly number[],
    leads: ReadonlySet<number>,
    order: Order,
  ): Pick<Patterns, 'needsByKey' | 'leadsByKey'> {
    const [leading, others]: [number[][], number[][]] = [[], []]
    needs.forEach((need, i) => {
      for (const key of this.#needs.keysIn(need))
        if (key >= mostCommon || order.isLeading(need)) push(leads.has(need) ? leading : others, key, i)
    })
    const all = Array.from({ length: this.#needs.keys.size }, (_, key) => [
      ...(leading[key] ?? []),
      ...(others[key] ?? []),
    ])
    return { needsByKey: listsOf(all), leadsByKey: Int32Array.from(all, (_, key) => leading[key]?.length ?? 0) }
  }

  /** What a way may begin with; undefined where it may be any word. */
  #begins(node: Node): Need | undefined {
    const { needs } = this.#beginOf(node)
    return needs === anyNeed ? undefined : this.#needs.list[this.#needs.anyOf(needs)]
  }

  /** The sets that programs read or begin with, numbered anew: most were made for needs only. */
  #onlyRead(begins: readonly (Need | undefined)[]): Pick<Patterns, 'sets' | 'code' | 'beginSets'> {
    const numbers = new Map<number, number>([[any, anyWord]])
    const renumbered = (set: number): number => numbered(numbers, set)
    const code = Int32Array.from(this.#code)
    for (let pc = 0; pc < code.length; pc += lengths[code[pc] as number] as number)
      if (code[pc] === READ) code[pc + 1] = renumbered(code[pc + 1] as number)
    const beginSets = Int32Array.from(begins, (begin) => renumbered(begin ? begin.set : any))
    return { code, beginSets, sets: listsOf([...numbers.keys()].map((set) => this.#needs.sets[set])) }
  }

  #program(node: Node): number {
    const start = this.#code.length
    this.#start = start
    this.#emit(node)
    this.#code.push(ACCEPT)
    return start
  }

  #emit(node: Node): void {
    const code = this.#code
    switch (node.kind) {
      case 'word':
        code.push(READ, node.match === 'any' ? any : this.#needs.set(keysOfWord(node)), partsOfSpeech.indexOf(node.pos))
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
        code[split] = this.#here
      }
    }
  }

  /** Words without a condition are one set. The longest option is tried first: what it names, a shorter one may pass over. */
  #either(nodes: readonly Node[]): void {
    const plain = nodes.filter(isPlain)
    const others = nodes.filter((node) => !isPlain(node)).sort((a, b) => lengthOf(b) - lengthOf(a))
    const options: (() => void)[] = others.map((node) => () => this.#emit(node))
    if (plain.length) options.push(() => this.#code.push(READ, this.#needs.set(plain.flatMap(keysOfWord)), 0))
    const jumps: number[] = []
    options.forEach((emit, i) => {
      const split = i < options.length - 1 ? this.#hole(SPLIT) : undefined
      emit()
      if (split === undefined) return
      jumps.push(this.#hole(JUMP))
      this.#code[split] = this.#here
    })
    for (const jump of jumps) this.#code[jump] = this.#here
  }

  get #here(): number {
    return this.#code.length - this.#start
  }

  /** Adds an instruction whose address is known later; gives where to write it. */
  #hole(instruction: number): number {
    return this.#code.push(instruction, 0) - 1
  }

  #allNeeds(nodes: readonly Node[]): number[] {
    const needs = new Set(nodes.flatMap((node) => this.#needsOf(node)))
    return needs.size ? [...needs] : [this.#needs.of([this.#needs.set([anyKey])], [])]
  }

  /** What a sentence must hold for a node to match; nothing where it can do without any particular word. */
  #needsOf(node: Node): number[] {
    switch (node.kind) {
      case 'word':
        return node.match === 'any' ? [] : [this.#needs.of([this.#needs.set(keysOfWord(node))], [])]
      case 'concept':
        return [this.#needs.of([], [this.id(`@${node.name}`)])]
      case 'sequence':
        return node.nodes.flatMap((part) => this.#needsOf(part))
      case 'either': {
        // Of each option one need: all of them together are one of the whole.
        const options = node.nodes.map((option) => this.#needsOf(option))
        if (options.some((needs) => !needs.length)) return []
        const ones = options.map((needs) => needs.reduce((a, b) => (this.#weight(b) < this.#weight(a) ? b : a)))
        return [this.#needs.anyOf(ones)]
      }
      default:
        return []
    }
  }

  /** A guess at how often a need is met, before all concepts are known. */
  #weight(need: number): number {
    return this.#needs.weightOfWords(need) + (this.#needs.list[need]?.concepts.length ?? 0) * weightOfConcept
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
}

const anyNeed = 'any'

/** In place of the number of a set, before they are numbered anew: any word. */
const any = -2

function familyStarts(keys: readonly string[]): Ints {
  return Int32Array.from(new Set(keys.filter((key) => key.startsWith('~')).map((key) => startOf(key.slice(1)))))
}

function together(all: readonly (number[] | typeof anyNeed)[]): number[] | typeof anyNeed {
  const known = all.filter((needs) => needs !== anyNeed)
  return known.length < all.length ? anyNeed : known.flat()
}

/** As much as that of a word that is among the hundred commonest. */
const weightOfConcept = 200

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
