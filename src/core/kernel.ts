/// <reference path="./kernel-module.d.ts" />
import bytes from '#kernel'
import * as layout from '../kernel/layout.ts'
import type { Tree } from './needs.ts'
import type { Patterns } from './patterns.ts'
import type { Ints, Lists } from './table.ts'

/** What the kernel asks for (see src/kernel/engine.ts). */
export interface Asked {
  partOfSpeech(token: number): number
  stretch(from: number, to: number): number
  sign(unit: number): number
  isCapitalLetter(unit: number): boolean
}

/** What the kernel does (see src/kernel/index.ts). Addresses are in bytes. */
interface Exports {
  memory: { readonly buffer: ArrayBuffer }
  allocate(size: number): number
  place(array: number, at: number, bytes: number): void
  open(
    needs: number,
    patterns: number,
    branches: number,
    keys: number,
    slots: number,
    families: number,
    sets: number,
  ): void
  room(units: number): number
  roomForWords(count: number): number
  roomForBreaks(count: number): number
  push(word: number, parted: number): void
  split(units: number): number
  turnToSentence(i: number): void
  turnToText(): void
  turnToWords(): void
  met(tree: number): number
  all(pattern: number): number
  list: { readonly value: number }
  signWords(): number
  signOf(pattern: number): number
  signsIn(): number
}

/** WebAssembly is in all runtimes, but its types only in the library of browsers. */
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (bytes: Uint8Array) => object
    Instance: new (module: object, imports: object) => { exports: unknown }
  }
}

let compiled: object | undefined

/** The kernel with the patterns of a pack in its memory. */
export class Kernel {
  readonly run: Exports
  #numbers: Int32Array
  #units: Uint16Array

  constructor(patterns: Patterns, asked: Asked) {
    compiled ??= new WebAssembly.Module(bytes())
    this.run = new WebAssembly.Instance(compiled, { engine: { ...asked } }).exports as Exports
    const placed = arraysOf(patterns)
    let at = this.run.allocate(placed.reduce((sum, [, { byteLength }]) => sum + upToEight(byteLength), 0))
    const memory = new Uint8Array(this.run.memory.buffer)
    for (const [array, { buffer, byteOffset, byteLength, BYTES_PER_ELEMENT }] of placed) {
      memory.set(new Uint8Array(buffer, byteOffset, byteLength), at)
      this.run.place(array, at, BYTES_PER_ELEMENT)
      at += upToEight(byteLength)
    }
    const { needWords, signs, keys, finds, cues, familyStarts, sets } = patterns
    this.run.open(
      needWords.length,
      signs.length,
      Math.max(finds.needs.length, cues.needs.length),
      keys.starts.length - 1,
      keys.slots.length,
      familyStarts.length,
      sets.starts.length - 1,
    )
    this.#numbers = new Int32Array(this.run.memory.buffer)
    this.#units = new Uint16Array(this.run.memory.buffer)
  }

  /** The memory as whole numbers: made anew when it has grown. */
  get numbers(): Int32Array {
    if (!this.#numbers.length) this.#numbers = new Int32Array(this.run.memory.buffer)
    return this.#numbers
  }

  /** The memory as UTF-16 units. */
  get units(): Uint16Array {
    if (!this.#units.length) this.#units = new Uint16Array(this.run.memory.buffer)
    return this.#units
  }
}

/** The arrays that the kernel reads, with their places. */
function arraysOf(patterns: Patterns): [place: number, array: Ints][] {
  const { code, programs, patternOf, sets, beginSets, beginConcepts, ways, signs, needs, keys } = patterns
  return [
    [layout.CODE, code],
    [layout.PROGRAMS, programs],
    [layout.PATTERN_OF, patternOf],
    ...placesOf(layout.SETS, sets),
    [layout.BEGIN_SETS, beginSets],
    ...placesOf(layout.BEGIN_CONCEPTS, beginConcepts),
    ...placesOf(layout.WAYS, ways),
    [layout.SIGNS, signs],
    ...placesOf(layout.NEEDS, needs),
    ...placesOf(layout.NEEDS_BY_KEY, patterns.needsByKey),
    [layout.LEADS_BY_KEY, patterns.leadsByKey],
    [layout.NEED_WORDS, patterns.needWords],
    ...placesOf(layout.NEED_CONCEPTS, patterns.needConcepts),
    ...placesOfTree(layout.FINDS, patterns.finds),
    ...placesOfTree(layout.CUES, patterns.cues),
    [layout.KEY_CHARS, keys.chars],
    [layout.KEY_STARTS, keys.starts],
    [layout.KEY_SLOTS, keys.slots],
    [layout.FAMILY_BY_KEY, patterns.familyByKey],
    [layout.FAMILY_STARTS, patterns.familyStarts],
  ]
}

function placesOf(place: number, { starts, list }: Lists): [place: number, array: Ints][] {
  return [
    [place, starts],
    [place + 1, list],
  ]
}

function placesOfTree(place: number, { roots, needs, branches, ways }: Tree): [place: number, array: Ints][] {
  return [
    ...placesOf(place + layout.TREE_ROOTS, roots),
    [place + layout.TREE_NEEDS, needs],
    [place + layout.TREE_BRANCHES, branches],
    ...placesOf(place + layout.TREE_WAYS, ways),
  ]
}

function upToEight(size: number): number {
  return (size + 7) & ~7
}
