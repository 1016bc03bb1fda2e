import { anyStart, sentenceStart } from './automaton.ts'
import { isNumber, stem } from './stem.ts'
import { type Automaton, keyOf, type Lists, stepOf } from './table.ts'
import type { Token } from './tokens.ts'

/**
 * Reads a sentence once, left to right, without backtracking: threads advance together. A concept is a pattern whose matches
 * are symbols for other patterns, so a concept that ends at a word wakes the threads that waited for it where it began (as a
 * chart parser does). The cost of a word is the number of live threads, which depends on what the text has begun to match and
 * can still complete, not on how many patterns there are.
 */

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

/** States that a thread is in at once, as one: those reached from each other without reading. Made when first needed. */
interface State {
  id: number
  members: readonly number[]
  wide: boolean
  reads: boolean
  /** By key, null where it leads nowhere; made when first asked for. */
  ways: Map<number, Ways | null>
  concepts: Map<number, Ways> | undefined
  skip: readonly number[]
  ends: readonly number[]
  accept: readonly number[]
  /** The sets of which the rest of the sentence must meet one (see needs.ts); undefined where it need not. */
  needs: readonly number[] | undefined
}

/** Where a word or a concept leads. */
interface Ways {
  steps: readonly Step[]
  free: readonly number[]
  needs: readonly number[] | undefined
  /** The states of all steps without a condition, as one; made when first needed. */
  joined: State | undefined
}

interface Step {
  to: number
  pos: 'n' | 'v' | 'a' | undefined
}

/** The keys of a word: as it is, as a family, as a number; -1 where no pattern reads such. */
interface Reads {
  norm: number
  stem: number
  number: number
}

const readsKept = 50_000

/** The keys of a word that some pattern reads. */
export function keysOf(automaton: Automaton, norm: string): number[] {
  const { keys } = automaton
  const all = [keyOf(keys, norm), keyOf(keys, `~${stem(norm)}`), isNumber(norm) ? keyOf(keys, '#') : -1]
  return all.filter((key) => key >= 0)
}

/** An automaton with what running it has worked out so far. */
class Machine {
  readonly automaton: Automaton
  readonly any: number
  /** By set of needs: the last place at which one of its words was seen; places go on from sentence to sentence. */
  readonly lastSeen: Int32Array
  #place = 1
  #made: number
  readonly #single: (State | undefined)[] = []
  readonly #merged: (State | undefined)[] = []
  readonly #reads = new Map<string, Reads>()
  readonly #number: number

  constructor(automaton: Automaton) {
    this.automaton = automaton
    this.any = keyOf(automaton.keys, '_')
    this.#number = keyOf(automaton.keys, '#')
    this.#made = automaton.wide.length
    this.lastSeen = new Int32Array(automaton.needs.count)
  }

  /** Notes what the tokens hold; gives the place of the first. */
  note(reads: readonly Reads[]): number {
    if (this.#place > 2 ** 30) {
      this.lastSeen.fill(0)
      this.#place = 1
    }
    const first = this.#place
    for (const { norm, stem, number } of reads) {
      this.#see(norm)
      this.#see(stem)
      this.#see(number)
      this.#place++
    }
    return first
  }

  #see(key: number): void {
    if (key < 0) return
    const { starts, list } = this.automaton.needs.setsOfKey
    for (let i = starts[key] as number, end = starts[key + 1] as number; i < end; i++)
      this.lastSeen[list[i] as number] = this.#place
  }

  reads(norm: string): Reads {
    let known = this.#reads.get(norm)
    if (known) return known
    const { keys } = this.automaton
    known = {
      norm: keyOf(keys, norm),
      stem: keyOf(keys, `~${stem(norm)}`),
      number: isNumber(norm) ? this.#number : -1,
    }
    if (this.#reads.size >= readsKept) this.#reads.clear()
    this.#reads.set(norm, known)
    return known
  }

  /** State `id` and all that is reached from it without reading anything, as one state, so that a thread is one look-up. */
  state(id: number): State {
    let state = this.#merged[id]
    if (!state) {
      state = this.#union([id])
      this.#merged[id] = state
    }
    return state
  }

  /** Where a word leads without a condition, as one state. */
  joined(ways: Ways): State {
    ways.joined ??= this.#union(ways.free)
    return ways.joined
  }

  /** Where the word of a key leads from a state. */
  way(state: State, key: number): Ways | null {
    let ways = state.ways.get(key)
    if (ways === undefined) {
      const steps: Step[] = []
      for (const member of state.members) addSteps(this.automaton.words, member, key, steps)
      ways = steps.length ? this.#ways(steps) : null
      state.ways.set(key, ways)
    }
    return ways
  }

  #ways(steps: readonly Step[]): Ways {
    const free = steps.filter(({ pos }) => !pos).map(({ to }) => to)
    return { steps: steps.filter(({ pos }) => pos), free, needs: this.#needs(free), joined: undefined }
  }

  #needs(states: readonly number[]): readonly number[] | undefined {
    const { ofState } = this.automaton.needs
    const sets = new Set(states.map((id) => ofState[id] as number))
    return sets.has(-1) ? undefined : [...sets]
  }

  #union(ids: readonly number[]): State {
    const { epsilon } = this.automaton
    const closure = new Set(ids)
    for (const member of closure) for (const next of entries(epsilon, member)) closure.add(next)
    const members = [...closure]
    const [only] = members
    if (members.length !== 1) return this.#state(this.#made++, members)
    const single = this.#single[only as number] ?? this.#state(only as number, members)
    this.#single[only as number] = single
    return single
  }

  #state(id: number, members: readonly number[]): State {
    const { words, concepts, skip, ends, accept, wide } = this.automaton
    const all = (lists: Lists): number[] => members.flatMap((member) => entries(lists, member))
    const leads = new Map<number, Step[]>()
    const pairs = all(concepts)
    for (let i = 0; i < pairs.length; i += 2) {
      const step: Step = { to: pairs[i + 1] as number, pos: undefined }
      const steps = leads.get(pairs[i] as number)
      if (steps) steps.push(step)
      else leads.set(pairs[i] as number, [step])
    }
    const accepted = all(accept)
    return {
      id,
      members,
      wide: members.some((member) => wide[member]),
      reads: members.some((member) => words.starts[member] !== words.starts[member + 1]),
      ways: new Map(),
      concepts: leads.size ? new Map([...leads].map(([concept, steps]) => [concept, this.#ways(steps)])) : undefined,
      skip: all(skip),
      ends: all(ends),
      accept: accepted,
      needs: accepted.length ? undefined : this.#needs(members),
    }
  }
}

function entries({ starts, list }: Lists, i: number): readonly number[] {
  const [from, to] = [starts[i] as number, starts[i + 1] as number]
  if (from === to) return none
  const found: number[] = []
  for (let at = from; at < to; at++) found.push(list[at] as number)
  return found
}

const none: readonly number[] = []

/** Adds the steps of a key from one state: its entries are in the order of the keys. */
function addSteps({ starts, list }: Lists, state: number, key: number, steps: Step[]): void {
  let low = (starts[state] as number) >> 1
  const end = (starts[state + 1] as number) >> 1
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1
    if ((list[middle * 2] as number) < key) low = middle + 1
    else high = middle
  }
  for (; low < end && list[low * 2] === key; low++) steps.push(stepOf(list[low * 2 + 1] as number))
}

const machines = new WeakMap<Automaton, Machine>()

function machineOf(automaton: Automaton): Machine {
  let machine = machines.get(automaton)
  if (!machine) {
    machine = new Machine(automaton)
    machines.set(automaton, machine)
  }
  return machine
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

/** All matches in one sentence of `tokens`, in the order in which they end; their numbers count from `base`, that of token 0. */
export function run(automaton: Automaton, tokens: readonly Token[], posOf: PosOf, base = 0): Match[] {
  return new Run(machineOf(automaton), tokens, posOf, base).all()
}

/**
 * The patterns that match the words of `tokens` wherever sentences begin, whatever punctuation stands between them and whatever
 * part of speech they are: at least those that `run` gives for any sentence in them.
 */
export function runLoosely(automaton: Automaton, tokens: readonly Token[]): Set<number> {
  return new Set(new Run(machineOf(automaton), tokens, undefined, 0).all().map(({ pattern }) => pattern))
}

class Run {
  readonly #machine: Machine
  readonly #tokens: readonly Token[]
  /** Without it, the run is loose. */
  readonly #posOf: PosOf | undefined
  readonly #base: number
  readonly #reads: readonly Reads[]
  /** The place of token 0 in what the machine has seen. */
  readonly #first: number
  /** threads[i]: those that have read everything before token i. */
  readonly #threads: (Waiting[] | undefined)[]
  readonly #seen: (Set<number> | undefined)[]
  readonly #waiting: (Map<number, Waiting[]> | undefined)[]
  readonly #matches: Match[] = []

  constructor(machine: Machine, tokens: readonly Token[], posOf: PosOf | undefined, base: number) {
    this.#machine = machine
    this.#tokens = tokens
    this.#posOf = posOf
    this.#base = base
    this.#reads = tokens.map(({ norm }) => machine.reads(norm))
    this.#first = machine.note(this.#reads)
    this.#threads = new Array(tokens.length + 1)
    this.#seen = new Array(tokens.length + 1)
    this.#waiting = new Array(tokens.length + 1)
  }

  all(): Match[] {
    const [any, first] = [this.#machine.state(anyStart), this.#machine.state(sentenceStart)]
    for (let at = 0; at < this.#tokens.length; at++) {
      const threads = this.#threads[at] ?? []
      for (const thread of threads) this.#wait(thread, at)
      this.#words({ from: at, trail: undefined }, any, at)
      if (at === 0 || !this.#posOf) this.#words({ from: at, trail: undefined }, first, at)
      for (const thread of threads) this.#advance(thread, at)
      this.#threads[at] = undefined
      this.#seen[at] = undefined
    }
    return this.#matches
  }

  /** Whether the tokens from `at` on can meet one of the needs. */
  #alive(needs: readonly number[] | undefined, at: number): boolean {
    if (!needs) return true
    const { lastSeen } = this.#machine
    const place = this.#first + at
    for (let i = 0; i < needs.length; i++) if ((lastSeen[needs[i] as number] as number) >= place) return true
    return false
  }

  #stateAlive(id: number, at: number): boolean {
    const need = this.#machine.automaton.needs.ofState[id] as number
    return need < 0 || (this.#machine.lastSeen[need] as number) >= this.#first + at
  }

  #advance(thread: Waiting, at: number): void {
    const { state } = thread
    if (state.reads) this.#words(thread, state, at)
    if (!state.skip.length || this.#parted(thread, at)) return
    for (const to of state.skip)
      if (this.#stateAlive(to, at + 1)) this.#enter(this.#machine.state(to), thread.from, thread.trail, at + 1)
  }

  /** A semicolon, colon or stop inside a sentence ends every phrase that has begun before it. */
  #parted({ from }: Thread, at: number): boolean {
    return this.#posOf !== undefined && at > from && this.#tokens[at]?.breakBefore === 'strong'
  }

  #words(thread: Thread, state: State, at: number): void {
    if (!state.reads || this.#parted(thread, at)) return
    const { norm, stem, number } = this.#reads[at] as Reads
    this.#read(thread, state, norm, at)
    if (!state.wide) return
    this.#read(thread, state, this.#machine.any, at)
    this.#read(thread, state, number, at)
    this.#read(thread, state, stem, at)
  }

  #read({ from, trail }: Thread, state: State, key: number, at: number): void {
    const ways = key < 0 ? null : this.#machine.way(state, key)
    if (!ways) return
    this.#follow(ways, from, trail, at, at + 1)
    for (const { to, pos } of ways.steps)
      if (this.#stateAlive(to, at + 1) && (!this.#posOf || this.#posOf(at) === pos))
        this.#enter(this.#machine.state(to), from, extend(trail, at, at + 1), at + 1)
  }

  /** Goes on from what tokens `start` to `at` were read as. */
  #follow(ways: Ways, from: number, trail: Trail | undefined, start: number, at: number): void {
    if (ways.free.length && this.#alive(ways.needs, at))
      this.#enter(this.#machine.joined(ways), from, extend(trail, start, at), at)
  }

  #enter(state: State, from: number, trail: Trail | undefined, at: number): void {
    if (!this.#alive(state.needs, at)) return
    this.#seen[at] ??= new Set()
    const seen = this.#seen[at]
    // A small number wherever the sentence is short: sets are slow with others.
    const key = state.id * (this.#tokens.length + 1) + from
    if (seen.has(key)) return
    seen.add(key)
    if (state.reads || state.concepts || state.skip.length) {
      this.#threads[at] ??= []
      this.#threads[at].push({ state, from, trail })
    }
    for (const pattern of state.accept) this.#complete(pattern, from, trail, at)
    if (state.ends.length && this.#pauses(at))
      for (const end of state.ends)
        if (this.#stateAlive(end, at)) this.#enter(this.#machine.state(end), from, trail, at)
  }

  #pauses(at: number): boolean {
    const next = this.#tokens[at]
    return !this.#posOf || next?.breakBefore !== 'none'
  }

  #complete(pattern: number, from: number, trail: Trail | undefined, at: number): void {
    const base = this.#base
    this.#matches.push({ pattern, from: from + base, to: at + base, pieces: pieces(trail, base) })
    for (const thread of this.#waiting[from]?.get(pattern) ?? []) this.#resume(thread, thread.state, pattern, from, at)
    this.#resume({ from, trail: undefined }, this.#machine.state(anyStart), pattern, from, at)
    if (from === 0 || !this.#posOf)
      this.#resume({ from, trail: undefined }, this.#machine.state(sentenceStart), pattern, from, at)
  }

  #wait(thread: Waiting, at: number): void {
    const { concepts } = thread.state
    if (!concepts || this.#parted(thread, at)) return
    this.#waiting[at] ??= new Map()
    const waiting = this.#waiting[at]
    for (const concept of concepts.keys()) {
      const list = waiting.get(concept)
      if (list) list.push(thread)
      else waiting.set(concept, [thread])
    }
  }

  #resume({ from, trail }: Thread, state: State, concept: number, start: number, at: number): void {
    const ways = state.concepts?.get(concept)
    if (ways) this.#follow(ways, from, trail, start, at)
  }
}

function extend(trail: Trail | undefined, from: number, to: number): Trail {
  if (trail?.to === from) return { from: trail.from, to, before: trail.before }
  return { from, to, before: trail }
}

function pieces(trail: Trail | undefined, base: number): Piece[] {
  const list: Piece[] = []
  for (let at = trail; at; at = at.before) list.push({ from: at.from + base, to: at.to + base })
  return list.reverse()
}
