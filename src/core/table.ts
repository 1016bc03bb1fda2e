import type { State } from './automaton.ts'
import { type Gates, gatesOf, type Line } from './gates.ts'
import { type Needs, needsOf } from './needs.ts'
import type { Node } from './pattern.ts'

/**
 * The automaton of a pack in flat arrays: they are read from a file as they lie, and a run looks up only what its text reaches.
 * `x.starts[i]` to `x.starts[i + 1]` is where the entries of `i` stand in `x.list`.
 */
export interface Automaton {
  names: string[]
  keys: Keys
  /** By state: pairs of key and step, in the order of the keys; see `stepOf`. */
  words: Lists
  /** By state: pairs of concept and state. */
  concepts: Lists
  skip: Lists
  ends: Lists
  accept: Lists
  epsilon: Lists
  /** By state: 1 where a key stands for more than one form. */
  wide: Int32Array
  needs: Needs
  gates: Gates
}

export interface Lists {
  starts: Int32Array
  list: Int32Array
}

/** Every word that a state reads, one after the other, and a hash table of them. */
export interface Keys {
  chars: Uint16Array
  starts: Int32Array
  /** Open addressing, a power of two: number of the key + 1, or 0. */
  slots: Int32Array
}

const parts = [undefined, 'n', 'v', 'a'] as const

/** A step in one number: the state it leads to, and the part of speech it asks for in the two upper bits. */
export function stepOf(packed: number): { to: number; pos: 'n' | 'v' | 'a' | undefined } {
  return { to: packed & 0x0fffffff, pos: parts[packed >>> 28] }
}

/** Lays out the states that a Builder made. `nodes` are the patterns by number. */
export function tabled(
  states: readonly State[],
  names: string[],
  nodes: readonly (readonly Node[])[],
  lines: readonly Line[],
  common: ReadonlyMap<string, number>,
): Automaton {
  const numbers = new Map<string, number>()
  const numberOf = (key: string): number => {
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, numbers.size)
    return numbers.size - 1
  }
  const words = lists(states, ({ words }) =>
    [...(words ?? [])]
      .map(([key, steps]) => ({ key: numberOf(key), steps }))
      .sort((a, b) => a.key - b.key)
      .flatMap(({ key, steps }) => steps.flatMap(({ to, pos }) => [key, to | (parts.indexOf(pos) << 28)])),
  )
  const concepts = lists(states, ({ concepts }) =>
    [...(concepts ?? [])].flatMap(([concept, steps]) => steps.flatMap(({ to }) => [concept, to])),
  )
  numberOf('_')
  const weights: number[] = []
  for (const [key, number] of numbers) weights[number] = 1 + (common.get(key) ?? 0)
  const weightOf = (key: number): number => weights[key] ?? 1
  const concept = (name: string): readonly Node[] => nodes[names.indexOf(`@${name}`)] ?? []
  const gates = gatesOf(lines, concept, numberOf, weightOf)
  const needs = needsOf(states, names, nodes, numberOf, numbers, weightOf)
  return {
    names,
    keys: keysOf([...numbers.keys()]),
    words,
    concepts,
    skip: lists(states, ({ skip }) => skip),
    ends: lists(states, ({ ends }) => ends),
    accept: lists(states, ({ accept }) => accept),
    epsilon: lists(states, ({ epsilon }) => epsilon),
    wide: Int32Array.from(states, ({ wide }) => (wide ? 1 : 0)),
    needs,
    gates,
  }
}

export function lists<T>(items: readonly T[], entries: (item: T, i: number) => readonly number[] | undefined): Lists {
  const list: number[] = []
  const starts = new Int32Array(items.length + 1)
  items.forEach((item, i) => {
    for (const entry of entries(item, i) ?? []) list.push(entry)
    starts[i + 1] = list.length
  })
  return { starts, list: Int32Array.from(list) }
}

function keysOf(words: readonly string[]): Keys {
  const text = words.join('')
  const starts = new Int32Array(words.length + 1)
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(words.length * 2 + 2)))
  words.forEach((word, i) => {
    starts[i + 1] = (starts[i] as number) + word.length
    let slot = hash(word) & (slots.length - 1)
    while (slots[slot]) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = i + 1
  })
  return { chars: Uint16Array.from({ length: text.length }, (_, i) => text.charCodeAt(i)), starts, slots }
}

/** FNV-1a over UTF-16 units. */
export function hash(word: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193)
  return h ^ (h >>> 15)
}

/** The number of a key, or -1. */
export function keyOf({ chars, starts, slots }: Keys, word: string): number {
  const mask = slots.length - 1
  for (let slot = hash(word) & mask; slots[slot]; slot = (slot + 1) & mask) {
    const key = (slots[slot] as number) - 1
    const start = starts[key] as number
    if ((starts[key + 1] as number) - start !== word.length) continue
    let same = true
    for (let i = 0; same && i < word.length; i++) same = chars[start + i] === word.charCodeAt(i)
    if (same) return key
  }
  return -1
}
