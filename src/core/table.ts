/** Data of a compiled pack in flat arrays: they are read from a file as they lie, and a run looks up only what its text reaches. */

/** Whole numbers, in as few bytes each as they were written in. */
export type Ints = Int32Array | Uint16Array | Uint8Array

/** Lists of numbers, one after the other: those of `i` stand in `list` from `starts[i]` to `starts[i + 1]` (exclusive). */
export interface Lists {
  starts: Ints
  list: Ints
}

/** Beside the words: keys of families are `~stem`, of any number `#`; every sentence has `_`. */
export const [numberKey, anyKey] = ['#', '_']

/** By operand of READ. */
export const partsOfSpeech = [undefined, 'n', 'v', 'a'] as const

/** Words by number, one after the other, and a hash table of them. */
export interface Keys {
  chars: Ints
  starts: Ints
  /** Open addressing, a power of two: number of the key + 1, or 0. */
  slots: Ints
}

export function listsOf(items: readonly (readonly number[] | undefined)[]): Lists {
  const list: number[] = []
  const starts = new Int32Array(items.length + 1)
  for (let i = 0; i < items.length; i++) {
    for (const entry of items[i] ?? []) list.push(entry)
    starts[i + 1] = list.length
  }
  return { starts, list: Int32Array.from(list) }
}

export function keysOf(words: readonly string[]): Keys {
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

/** Whether list `i`, in rising order, holds a number. */
export function holds({ starts, list }: Lists, i: number, wanted: number): boolean {
  let low = starts[i] as number
  const end = starts[i + 1] as number
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1
    if ((list[middle] as number) < wanted) low = middle + 1
    else high = middle
  }
  return low < end && list[low] === wanted
}
