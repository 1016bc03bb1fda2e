import porter from 'natural/lib/natural/stemmers/porter_stemmer.js'
import { Recent } from './recent.ts'

const stems = new Recent<string>(8000)

/** Longer words are none of English, and the stemmer's time grows with the square of the length. */
const longestStemmed = 40

export function stem(norm: string): string {
  if (norm.length > longestStemmed) return norm
  let known = stems.get(norm)
  if (known === undefined) {
    known = porter.stem(norm)
    stems.set(norm, known)
  }
  return known
}

/** No ending that the stemmer takes off or changes reaches into the first two letters, of stems that are longer. */
export function startOf(norm: string): number {
  return norm.charCodeAt(0) * 256 + norm.charCodeAt(1)
}

export const numberWords: ReadonlySet<string> = new Set(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen hundreds thousands dozens millions'.split(
    ' ',
  ),
)

export function isNumber(norm: string): boolean {
  return /^\d/.test(norm) || numberWords.has(norm)
}
