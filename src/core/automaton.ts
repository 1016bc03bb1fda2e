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
  states: (State | undefined)[]
  /** Gives a state that is not there yet, in an automaton that was built before. */
  thaw?: (id: number) => State
  names: string[]
}

const [anyStart, sentenceStart] = [0, 1]

/** Absent fields are empty: most of the many states have one way on. */
export interface State {
  id: number
  /** `norm` of a word → ways on; keys of families are `~stem`, of any word `_`, of numbers `#`. */
  words?: Map<string, Ways>
  /** concept → ways on. */
  concepts?: Map<number, Ways>
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
  /** The state and all that is reached from it without reading, as one; made when first needed. */
  merged?: State
}

/** Where a word or a concept leads. */
export interface Ways {
  steps: Step[]
  /** The states of all steps without a condition, as one; made when first needed. */
  joined?: State
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
  readonly #states: State[] = [{ id: anyStart }, { id: sentenceStart }]
  readonly #names: string[] = []
  readonly #ids = new Map<string, number>()
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
    if (!last.accept?.includes(id)) append(last, 'accept', id)
  }

  finish(): Automaton {
    return { states: this.#states, names: this.#names }
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
    for (const key of keys(node)) way(words, key, step)
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

function wordsOf(state: State): Map<string, Ways> {
  state.words ??= new Map()
  return state.words
}

function conceptsOf(state: State): Map<number, Ways> {
  state.concepts ??= new Map()
  return state.concepts
}

export function way<K>(map: Map<K, Ways>, key: K, step: Step): void {
  const ways = map.get(key)
  if (ways) ways.steps.push(step)
  else map.set(key, { steps: [step] })
}

/** State `id`. */
export function at(machine: Automaton, id: number): State {
  let state = machine.states[id]
  if (!state) {
    state = machine.thaw?.(id) ?? { id }
    machine.states[id] = state
  }
  return state
}

/** State `id` and all that is reached from it without reading anything, as one state, so that a thread is one look-up. */
function merged(machine: Automaton, id: number): State {
  const state = at(machine, id)
  state.merged ??= union(machine, [id])
  return state.merged
}

/** Where a word leads without a condition, as one state. */
function joined(machine: Automaton, ways: Ways): State {
  ways.joined ??= union(
    machine,
    ways.steps.filter(({ pos }) => !pos).map(({ to }) => to),
  )
  return ways.joined
}

function union(machine: Automaton, ids: readonly number[]): State {
  const closure = new Set(ids)
  for (const member of closure) for (const next of at(machine, member).epsilon ?? []) closure.add(next)
  const [only] = closure
  if (closure.size === 1) return at(machine, only as number)
  const one: State = { id: machine.states.length }
  machine.states.push(one)
  for (const member of closure) absorb(one, at(machine, member))
  return one
}

function absorb(one: State, { words, concepts, skip, ends, accept, wide }: State): void {
  for (const [key, { steps }] of words ?? []) for (const step of steps) way(wordsOf(one), key, step)
  for (const [key, { steps }] of concepts ?? []) for (const step of steps) way(conceptsOf(one), key, step)
  if (skip) one.skip = [...(one.skip ?? []), ...skip]
  if (ends) one.ends = [...(one.ends ?? []), ...ends]
  if (accept) one.accept = [...(one.accept ?? []), ...accept]
  if (wide) one.wide = true
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

function keys(node: Word): string[] {
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

/** Longer words are none of English, and the stemmer's time grows with the square of the length. */
const longestStemmed = 40

function stem(norm: string): string {
  if (norm.length > longestStemmed) return norm
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
    if (thread.state.words) this.#words(thread, thread.state, at)
    if (!thread.state.skip || this.#parted(thread, at)) return
    for (const to of thread.state.skip) this.#enter(this.#state(to), thread, at + 1)
  }

  /** A semicolon, colon or stop inside a sentence ends every phrase that has begun before it. */
  #parted(thread: Thread, at: number): boolean {
    return at > thread.from && this.#tokens[at]?.breakBefore === 'strong'
  }

  #words(thread: Thread, state: State, at: number): void {
    if (!state.words || this.#parted(thread, at)) return
    const { norm } = this.#tokens[at] as Token
    this.#read(thread, state.words.get(norm), at)
    if (!state.wide) return
    this.#read(thread, state.words.get('_'), at)
    if (isNumber(norm)) this.#read(thread, state.words.get('#'), at)
    this.#read(thread, state.words.get(`~${stem(norm)}`), at)
  }

  #read(thread: Thread, ways: Ways | undefined, at: number): void {
    if (!ways) return
    const after: Thread = { from: thread.from, trail: extend(thread.trail, at, at + 1) }
    this.#enter(joined(this.#machine, ways), after, at + 1)
    for (const { to, pos } of ways.steps)
      if (pos && this.#posOf(at) === pos) this.#enter(this.#state(to), after, at + 1)
  }

  #enter(state: State, { from, trail }: Thread, at: number): void {
    const seen = this.#seen[at] as Set<number>
    const key = state.id * longestSentence + from
    if (seen.has(key)) return
    seen.add(key)
    if (state.words || state.concepts || state.skip) (this.#threads[at] as Waiting[]).push({ state, from, trail })
    for (const pattern of state.accept ?? []) this.#complete(pattern, { from, trail }, at)
    if (state.ends && this.#pauses(at)) for (const end of state.ends) this.#enter(this.#state(end), { from, trail }, at)
  }

  #pauses(at: number): boolean {
    const next = this.#tokens[at]
    return next?.breakBefore !== 'none'
  }

  #complete(pattern: number, { from, trail }: Thread, at: number): void {
    this.#matches.push({ pattern, from, to: at, pieces: pieces(trail) })
    for (const thread of this.#waiting[from]?.get(pattern) ?? []) this.#resume(thread, thread.state, pattern, from, at)
    this.#resume({ from, trail: undefined }, this.#state(anyStart), pattern, from, at)
    if (from === 0) this.#resume({ from, trail: undefined }, this.#state(sentenceStart), pattern, from, at)
  }

  #wait(thread: Waiting, at: number): void {
    const { concepts } = thread.state
    if (!concepts || this.#parted(thread, at)) return
    for (const concept of concepts.keys()) push(this.#waiting[at] as Map<number, Waiting[]>, concept, thread)
  }

  #resume(thread: Thread, state: State, concept: number, from: number, at: number): void {
    const ways = state.concepts?.get(concept)
    if (ways) this.#enter(joined(this.#machine, ways), { from: thread.from, trail: extend(thread.trail, from, at) }, at)
  }
}

function extend(trail: Trail | undefined, from: number, to: number): Trail {
  if (trail?.to === from) return { from: trail.from, to, before: trail.before }
  return { from, to, before: trail }
}

function pieces(trail: Trail | undefined): Piece[] {
  const list: Piece[] = []
  for (let at = trail; at; at = at.before) list.unshift({ from: at.from, to: at.to })
  return list
}
