import jaroWinkler from 'natural/lib/natural/distance/jaro-winkler_distance.js'

/** ` Did you mean "x"?` for the candidate most like `word`, or nothing where none is close (Jaro-Winkler below 0.8). */
export function didYouMean(word: string, candidates: readonly string[]): string {
  let best = ''
  let score = 0.8
  for (const candidate of candidates) {
    const similarity = jaroWinkler(word, candidate, { ignoreCase: true })
    if (similarity > score) [best, score] = [candidate, similarity]
  }
  return best ? `. Did you mean "${best}"?` : ''
}
