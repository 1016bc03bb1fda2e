import type { Ints, Lists } from './table.ts'

/**
 * Arrays of numbers as bytes: their size and the length of a head (4 bytes each), the head in JSON, and the arrays as they lie
 * in memory, for machines of one byte order, at multiples of four bytes.
 */

/** An array: its entries have so many bytes; with `steps` they are the differences to the entry before. */
interface Section {
  path: string
  offset: number
  length: number
  bytes: 1 | 2 | 4
  steps: boolean
}

export interface Head {
  bigEndian: boolean
  sections: Section[]
}

const bigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

export type Named = [path: string, array: Ints]

export function pair(path: string, { starts, list }: Lists): Named[] {
  return [
    [`${path}.starts`, starts],
    [`${path}.list`, list],
  ]
}

/** `steps`: lists are written as differences, which take less room once they are zipped, and a moment to add up. */
export function flattened(arrays: readonly Named[], steps: boolean, head: object): Uint8Array {
  const written: Uint8Array[] = []
  const sections: Section[] = []
  let size = 0
  for (const [path, array] of arrays) {
    const asSteps = steps && path.endsWith('.starts')
    const entries = narrowed(asSteps ? array.map((entry, i) => entry - (array[i - 1] ?? 0)) : array)
    sections.push({ path, offset: size, length: array.length, bytes: entries.BYTES_PER_ELEMENT as 1, steps: asSteps })
    written.push(new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength))
    size += upToFour(entries.byteLength)
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...head, bigEndian, sections }))
  const start = upToFour(8 + text.length)
  const bytes = new Uint8Array(start + size)
  new DataView(bytes.buffer).setUint32(0, bytes.length)
  new DataView(bytes.buffer).setUint32(4, text.length)
  bytes.set(text, 8)
  written.forEach((entries, i) => {
    bytes.set(entries, start + (sections[i]?.offset ?? 0))
  })
  return bytes
}

/** The same entries in as few bytes as they fit into. */
function narrowed(array: Ints): Ints {
  let [least, most] = [0, 0]
  for (const entry of array) {
    if (entry < least) least = entry
    if (entry > most) most = entry
  }
  if (least < 0 || most >= 2 ** 16) return array
  return most < 2 ** 8 ? Uint8Array.from(array) : Uint16Array.from(array)
}

function upToFour(size: number): number {
  return (size + 3) & ~3
}

/** What was flattened, reading in the given bytes; undefined where another kind of machine did it. */
export function unflattened<H extends Head>(part: Uint8Array): { head: H; arrays: Arrays } | undefined {
  const bytes = part.byteOffset % 4 ? part.slice() : part
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)
  const head: H = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  if (head.bigEndian !== bigEndian) return undefined
  const start = bytes.byteOffset + upToFour(8 + length)
  const stored = new Map(
    head.sections.map((section) => {
      const Type = { 1: Uint8Array, 2: Uint16Array, 4: Int32Array }[section.bytes]
      const entries = new Type(bytes.buffer as ArrayBuffer, start + section.offset, section.length)
      return [section.path, { entries, steps: section.steps }]
    }),
  )
  return { head, arrays: new Arrays(stored) }
}

export class Arrays {
  readonly #stored: ReadonlyMap<string, { entries: Ints; steps: boolean }>

  constructor(stored: ReadonlyMap<string, { entries: Ints; steps: boolean }>) {
    this.#stored = stored
  }

  /** The numbers as they lie in the bytes, unless they are steps. */
  ints(path: string): Ints {
    const { entries = new Int32Array(0), steps } = this.#stored.get(path) ?? {}
    if (!steps) return entries
    const whole = new Int32Array(entries.length)
    let sum = 0
    for (let i = 0; i < entries.length; i++) {
      sum += entries[i] as number
      whole[i] = sum
    }
    return whole
  }

  lists(path: string): Lists {
    return { starts: this.ints(`${path}.starts`), list: this.ints(`${path}.list`) }
  }
}
