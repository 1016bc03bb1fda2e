import type { Kernel } from './kernel.ts'
import type { Patterns } from './patterns.ts'
import { Recent } from './recent.ts'
import { isNumber, startOf, stem } from './stem.ts'
import { keyOf, numberKey } from './table.ts'

/** In numbers: how much of the kernel's memory is taken at a time. */
const chunk = 1 << 12

/**
 * What patterns read words by: lists of keys. Words have few different lists, so a word is the address of its list in the
 * memory of the kernel, and a text is one number a token.
 */
export class Vocabulary {
  readonly #kernel: Kernel
  readonly #patterns: Patterns
  readonly #familyStarts: ReadonlySet<number>
  readonly #number: number
  readonly #addressOfWord = new Recent<number>(8000)
  readonly #addressOfList = new Map<string, number>()
  /** Of the memory that is free: an index into the kernel's numbers, and how many there are. */
  #next = 0
  #free = 0

  constructor(patterns: Patterns, kernel: Kernel) {
    this.#kernel = kernel
    this.#patterns = patterns
    this.#familyStarts = new Set(patterns.familyStarts)
    this.#number = keyOf(patterns.keys, numberKey)
  }

  /** Where the keys of a word stand, after how many they are: of the word as it is, as a family, as a number. */
  addressOf(norm: string): number {
    let address = this.#addressOfWord.get(norm)
    if (address !== undefined) return address
    const { keys } = this.#patterns
    const found = [keyOf(keys, norm), isNumber(norm) ? this.#number : -1]
    if (this.#familyStarts.has(startOf(norm))) found.push(keyOf(keys, `~${stem(norm)}`))
    address = this.#listed(found.filter((key) => key >= 0))
    this.#addressOfWord.set(norm, address)
    return address
  }

  #listed(keys: readonly number[]): number {
    const name = keys.join()
    let address = this.#addressOfList.get(name)
    if (address !== undefined) return address
    const size = keys.length + 1
    if (size > this.#free) {
      this.#next = this.#kernel.run.allocate(chunk * 4) / 4
      this.#free = chunk
    }
    this.#kernel.numbers[this.#next] = keys.length
    this.#kernel.numbers.set(keys, this.#next + 1)
    address = this.#next * 4
    this.#next += size
    this.#free -= size
    this.#addressOfList.set(name, address)
    return address
  }
}
