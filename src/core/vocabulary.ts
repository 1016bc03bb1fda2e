import { anyKey, numberKey } from './needs.ts'
import { familyStart, type Patterns } from './patterns.ts'
import { Recent } from './recent.ts'
import { isNumber, stem } from './stem.ts'
import { keyOf } from './table.ts'

/**
 * What patterns read words by: lists of keys. Words have few different lists, so a word is the place of its list, and a text is
 * one number a token.
 */
export class Vocabulary {
  /** The lists, each once and after its length; the first is empty. */
  lists = new Int32Array(1 << 12)
  /** The key that every sentence has. */
  readonly any: number
  readonly #patterns: Patterns
  readonly #families: ReadonlySet<string>
  readonly #number: number
  readonly #placeOfWord = new Recent<number>(8000)
  readonly #placeOfList = new Map<string, number>([['', 0]])
  #end = 1

  constructor(patterns: Patterns) {
    this.#patterns = patterns
    this.#families = new Set(patterns.families)
    this.#number = keyOf(patterns.keys, numberKey)
    this.any = keyOf(patterns.keys, anyKey)
  }

  /** Where the keys of a word stand: of the word as it is, as a family, as a number. */
  placeOf(norm: string): number {
    let place = this.#placeOfWord.get(norm)
    if (place !== undefined) return place
    const { keys } = this.#patterns
    const found = [keyOf(keys, norm), isNumber(norm) ? this.#number : -1]
    if (this.#families.has(norm.slice(0, familyStart))) found.push(keyOf(keys, `~${stem(norm)}`))
    place = this.#placeOf(found.filter((key) => key >= 0))
    this.#placeOfWord.set(norm, place)
    return place
  }

  #placeOf(keys: readonly number[]): number {
    const name = keys.join()
    const known = this.#placeOfList.get(name)
    if (known !== undefined) return known
    const place = this.#end
    this.#end += keys.length + 1
    if (this.#end > this.lists.length) {
      const longer = new Int32Array(this.lists.length * 2)
      longer.set(this.lists)
      this.lists = longer
    }
    this.lists[place] = keys.length
    this.lists.set(keys, place + 1)
    this.#placeOfList.set(name, place)
    return place
  }
}
