/** Joins the lines of paragraphs, and words that were divided at the end of a line. */

/** First parts of words that are written with a hyphen, where the draft itself does not show it. */
const COMPOUND = new Set(
  'anti community demand end evidence ex first full harm high human labor labour law long low modern non part second self sex short survivor third trauma victim well'.split(
    ' ',
  ),
)
/** What follows a hyphen only where a word was divided: "end-ing". */
const SUFFIX =
  /^(?:able|ed|er|ers|est|ful|fully|ible|ing|ings|ish|ism|ist|ity|less|ly|ment|ments|ness|tion|ual|ually|yer|yers)\b/
const DIVIDED = /(\p{L}+)[-\u2010]\s*$/u
const WORD = /\p{L}+(?:[-\u2010]\p{L}+)*/gu

/** Gives what joins lines, knowing all words of the draft: how it writes a word elsewhere decides about a hyphen. */
export function createJoin(paragraphs: readonly (readonly string[])[]): (lines: readonly string[]) => string {
  const words = new Set<string>()
  for (const lines of paragraphs) {
    for (const [i, line] of lines.entries()) {
      // The parts of a divided word are no words.
      const from = DIVIDED.test(lines[i - 1] ?? '') ? line.trimStart().search(/\P{L}/u) : 0
      const known = from < 0 ? '' : line.trimStart().slice(from).replace(DIVIDED, '')
      for (const [word] of known.matchAll(WORD)) words.add(word.toLowerCase().replaceAll('\u2010', '-'))
    }
  }
  return (lines) => {
    let text = ''
    for (const line of lines) {
      const isRange = /\d[-–]\s*$/.test(text) && /^\s*\d/.test(line)
      if (isRange || /\u00AD\s*$/.test(text)) text = text.trimEnd() + line.trimStart()
      else if (DIVIDED.test(text) && /^\s*\p{Ll}/u.test(line)) {
        const before = text.trimEnd()
        text = (keepsHyphen(before, line.trimStart(), words) ? before : before.slice(0, -1)) + line.trimStart()
      } else text += ` ${line}`
    }
    return text.trim()
  }
}

function keepsHyphen(before: string, after: string, words: ReadonlySet<string>): boolean {
  const left = (DIVIDED.exec(before)?.[1] ?? '').toLowerCase()
  const right = (/^\p{L}+/u.exec(after)?.[0] ?? '').toLowerCase()
  if (words.has(`${left}-${right}`)) return true
  if (words.has(left + right) || SUFFIX.test(right)) return false
  return COMPOUND.has(left) || (words.has(left) && words.has(right))
}
