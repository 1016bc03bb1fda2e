/** A change to a text: `text` in place of the range; an empty range is a place to put it. */
export interface Edit {
  start: number
  end: number
  text: string
}

/** Applies edits that do not overlap; those at one place go in the order in which they are given. */
export function applyEdits(source: string, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let at = 0
  for (const { start, end, text } of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    pieces.push(source.slice(at, start), text)
    at = Math.max(at, end)
  }
  return pieces.join('') + source.slice(at)
}
