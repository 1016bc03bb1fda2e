import porter from 'natural/lib/natural/stemmers/porter_stemmer.js'
import { fold } from './fold.ts'
import { forms } from './inflect.ts'
import type { Node } from './pattern.ts'
import type { Token } from './tokens.ts'

/**
 * All patterns of a pack as one automaton that reads a sentence once, left to right, without backtracking: a Thompson
 * construction whose threads advance together. A concept is a pattern whose matches are symbols for other patterns, so a
 * concept that ends at a word wakes the threads that waited for it where it began (as a chart parser does).
 * The cost of a word is the number of live threads, which depends on what the text has begun to match, not on how many
 * patterns there are.
 */
export interface Automaton {
  /** State 0 is where any pattern may begin, state 1 where one may at the start of a sentence. */
  states: State[]
  /** By state, made when first needed: the state and all that is reached from it without reading, as one. */
  merged: (State | undefined)[]
  names: string[]
}

const [anyStart, sentenceStart] = [0, 1]

interface State {
  /** `norm` of a word → states after it; keys of families are `~stem`, of any word `_`, of numbers `#`. */
  words: Map<string, Step[]>
  /** concept → states after it. */
  concepts: Map<number, Step[]>
  /** States after skipping one word in a gap. */
  skip: number[]
  /** States reached where punctuation follows, or nothing. */
  ends: number[]
  /** Patterns that are complete here. */
  accept: number[]
  epsilon: number[]
  /** Some key of `words` stands for more than one form: a family, a number, any word. */
  wide: boolean
}

interface Step {
  to: number
  pos?: 'n' | 'v' | 'a'
}

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

/** Builds the automaton. `patterns` may share a name; a concept is used by its name and may use others, not itself. */
export class Builder {
  readonly #states: State[] = []
  readonly #names: string[] = []
  readonly #ids = new Map<string, number>()
  /** By state, what was built from it already: patterns that begin alike share their states. */
  readonly #built: Map<string, number>[] = []

  /** The number of the pattern called `name`. */
  id(name: string): number {
    const known = this.#ids.get(name)
    if (known !== undefined) return known
    this.#ids.set(name, this.#names.length)
    return this.#names.push(name) - 1
  }

  constructor() {
    this.#state()
    this.#state()
  }

  add(name: string, node: Node): void {
    const { accept } = this.#at(this.#build(node, anyStart))
    if (!accept.includes(this.id(name))) accept.push(this.id(name))
  }

  finish(): Automaton {
    for (const state of this.#states) {
      state.wide = [...state.words.keys()].some((key) => key === '_' || key === '#' || key.startsWith('~'))
    }
    return { states: this.#states, merged: [], names: this.#names }
  }

  #at(id: number): State {
    return this.#states[id] as State
  }

  #state(): number {
    this.#built.push(new Map())
    return this.#states.push(blank()) - 1
  }

  /** Adds `node` after state `from` and gives the state after it. */
  #build(node: Node, from: number): number {
    if (node.kind === 'sequence') return node.nodes.reduce((at, part) => this.#build(part, at), from)
    const built = this.#built[from] as Map<string, number>
    const key = JSON.stringify(node)
    const known = built.get(key)
    if (known !== undefined) return known
    const to = this.#fresh(node, from)
    built.set(key, to)
    return to
  }

  #fresh(node: Exclude<Node, { kind: 'sequence' }>, from: number): number {
    switch (node.kind) {
      case 'word':
        return this.#word(node, from)
      case 'concept': {
        const to = this.#state()
        push(this.#at(from).concepts, this.id(`@${node.name}`), { to })
        return to
      }
      case 'gap':
        return this.#gap(node.most, from)
      case 'start':
        return sentenceStart
      case 'end': {
        const to = this.#state()
        this.#at(from).ends.push(to)
        return to
      }
      case 'either': {
        const to = this.#state()
        for (const option of node.nodes) this.#at(this.#build(option, from)).epsilon.push(to)
        return to
      }
      case 'optional': {
        // The way round starts from a state of its own: an epsilon from a start state would shortcut every pattern.
        const [entry, to] = [this.#state(), this.#state()]
        this.#at(entry).epsilon.push(to)
        this.#at(this.#build(node.node, entry)).epsilon.push(to)
        this.#at(from).epsilon.push(entry)
        return to
      }
    }
  }

  #word(node: Node & { kind: 'word' }, from: number): number {
    const to = this.#state()
    const step: Step = node.pos ? { to, pos: node.pos } : { to }
    for (const key of keys(node)) push(this.#at(from).words, key, step)
    return to
  }

  #gap(most: number, from: number): number {
    const to = this.#state()
    let at = from
    for (let i = 0; i <= most; i++) {
      this.#at(at).epsilon.push(to)
      if (i === most) break
      const next = this.#state()
      this.#at(at).skip.push(next)
      at = next
    }
    return to
  }
}

/** State `id` and all that is reached from it without reading anything, as one state, so that a thread is one look-up. */
function merged(machine: Automaton, id: number): State {
  const known = machine.merged[id]
  if (known) return known
  const closure = new Set([id])
  for (const member of closure) for (const next of (machine.states[member] as State).epsilon) closure.add(next)
  const [only] = closure
  const one =
    closure.size === 1
      ? (machine.states[only as number] as State)
      : union([...closure].map((member) => machine.states[member] as State))
  machine.merged[id] = one
  return one
}

function union(members: readonly State[]): State {
  const one = blank()
  for (const member of members) {
    for (const [key, steps] of member.words) for (const step of steps) push(one.words, key, step)
    for (const [concept, steps] of member.concepts) for (const step of steps) push(one.concepts, concept, step)
    one.skip.push(...member.skip)
    one.ends.push(...member.ends)
    one.accept.push(...member.accept)
    one.wide ||= member.wide
  }
  return one
}

function blank(): State {
  return { words: new Map(), concepts: new Map(), skip: [], ends: [], accept: [], epsilon: [], wide: false }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function keys(node: Node & { kind: 'word' }): string[] {
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

const stems = new Map<string, string>()
const stemsKept = 50_000

function stem(norm: string): string {
  let known = stems.get(norm)
  if (known === undefined) {
    if (stems.size >= stemsKept) stems.clear()
    known = porter.stem(norm)
    stems.set(norm, known)
  }
  return known
}

const numbers = new Set(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen hundreds thousands dozens millions'.split(
    ' ',
  ),
)

function isNumber(norm: string): boolean {
  return /^\d/.test(norm) || numbers.has(norm)
}

/** Where a thread began and what it has read. */
interface Thread {
  from: number
  trail: Trail | undefined
}

interface Waiting extends Thread {
  state: State
}

interface Trail extends Piece {
  before: Trail | undefined
}

/** More tokens than any sentence is given to the automaton with. */
const longestSentence = 2 ** 24

/** All matches in one sentence of `tokens`, in the order in which they end. */
export function run(automaton: Automaton, tokens: readonly Token[], posOf: PosOf): Match[] {
  return new Run(automaton, tokens, posOf).all()
}

class Run {
  readonly #machine: Automaton
  readonly #tokens: readonly Token[]
  readonly #posOf: PosOf
  /** threads[i]: those that have read everything before token i. */
  readonly #threads: Waiting[][]
  readonly #seen: Set<number>[]
  readonly #waiting: Map<number, Waiting[]>[]
  readonly #matches: Match[] = []

  constructor(machine: Automaton, tokens: readonly Token[], posOf: PosOf) {
    this.#machine = machine
    this.#tokens = tokens
    this.#posOf = posOf
    this.#threads = Array.from({ length: tokens.length + 1 }, () => [])
    this.#seen = Array.from({ length: tokens.length + 1 }, () => new Set())
    this.#waiting = Array.from({ length: tokens.length + 1 }, () => new Map())
  }

  all(): Match[] {
    for (let at = 0; at < this.#tokens.length; at++) {
      const threads = this.#threads[at] as Waiting[]
      for (const thread of threads) this.#wait(thread, at)
      this.#words({ from: at, trail: undefined }, this.#state(anyStart), at)
      if (at === 0) this.#words({ from: 0, trail: undefined }, this.#state(sentenceStart), at)
      for (const thread of threads) this.#advance(thread, at)
    }
    return this.#matches
  }

  #state(id: number): State {
    return merged(this.#machine, id)
  }

  #advance(thread: Waiting, at: number): void {
    if (thread.state.words.size) this.#words(thread, thread.state, at)
    if (this.#parted(thread, at)) return
    for (const to of thread.state.skip) this.#enter(to, thread, at + 1)
  }

  /** A semicolon, colon or stop inside a sentence ends every phrase that has begun before it. */
  #parted(thread: Thread, at: number): boolean {
    return at > thread.from && this.#tokens[at]?.breakBefore === 'strong'
  }

  #words(thread: Thread, state: State, at: number): void {
    if (this.#parted(thread, at)) return
    const { norm } = this.#tokens[at] as Token
    this.#read(thread, state.words.get(norm), at)
    if (!state.wide) return
    this.#read(thread, state.words.get('_'), at)
    if (isNumber(norm)) this.#read(thread, state.words.get('#'), at)
    this.#read(thread, state.words.get(`~${stem(norm)}`), at)
  }

  #read(thread: Thread, steps: Step[] | undefined, at: number): void {
    for (const { to, pos } of steps ?? []) {
      if (pos && this.#posOf(at) !== pos) continue
      this.#enter(to, { from: thread.from, trail: extend(thread.trail, at, at + 1) }, at + 1)
    }
  }

  #enter(to: number, { from, trail }: Thread, at: number): void {
    const seen = this.#seen[at] as Set<number>
    const key = to * longestSentence + from
    if (seen.has(key)) return
    seen.add(key)
    const state = this.#state(to)
    if (state.words.size + state.concepts.size + state.skip.length)
      (this.#threads[at] as Waiting[]).push({ state, from, trail })
    for (const pattern of state.accept) this.#complete(pattern, { from, trail }, at)
    if (state.ends.length && this.#pauses(at)) for (const end of state.ends) this.#enter(end, { from, trail }, at)
  }

  #pauses(at: number): boolean {
    const next = this.#tokens[at]
    return !next || next.breakBefore !== 'none'
  }

  #complete(pattern: number, { from, trail }: Thread, at: number): void {
    this.#matches.push({ pattern, from, to: at, pieces: pieces(trail) })
    for (const thread of this.#waiting[from]?.get(pattern) ?? []) this.#resume(thread, thread.state, pattern, from, at)
    this.#resume({ from, trail: undefined }, this.#state(anyStart), pattern, from, at)
    if (from === 0) this.#resume({ from, trail: undefined }, this.#state(sentenceStart), pattern, from, at)
  }

  #wait(thread: Waiting, at: number): void {
    const { concepts } = thread.state
    if (!concepts.size || this.#parted(thread, at)) return
    for (const concept of concepts.keys()) push(this.#waiting[at] as Map<number, Waiting[]>, concept, thread)
  }

  #resume(thread: Thread, state: State, concept: number, from: number, at: number): void {
    for (const { to } of state.concepts.get(concept) ?? []) {
      this.#enter(to, { from: thread.from, trail: extend(thread.trail, from, at) }, at)
    }
  }
}

function extend(trail: Trail | undefined, from: number, to: number): Trail {
  if (trail && trail.to === from) return { from: trail.from, to, before: trail.before }
  return { from, to, before: trail }
}

function pieces(trail: Trail | undefined): Piece[] {
  const list: Piece[] = []
  for (let at = trail; at; at = at.before) list.unshift({ from: at.from, to: at.to })
  return list
}
