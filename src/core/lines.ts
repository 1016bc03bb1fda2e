import type { Match } from './matcher.ts'
import type { Meaning, Pack } from './pack.ts'

/** A find line of which all parts match in a sentence. */
export interface Line {
  rule: number
  line: number
  /** Matches by part. */
  parts: Map<number, Match[]>
}

/** More lines than any rule has. */
export const mostLines = 2 ** 12

/** The find lines of which all parts match in a sentence, from the matches of find lines in it. */
export function linesIn(
  finds: readonly Match[],
  pack: Pick<Pack, 'meanings'> & { parts: readonly (readonly number[])[] },
): Line[] {
  const lines = new Map<number, Line>()
  for (const match of finds) {
    const meaning = pack.meanings.at(match.pattern) as Meaning
    if (meaning.type !== 'find') continue
    const key = meaning.rule * mostLines + meaning.line
    const line = lines.get(key) ?? { rule: meaning.rule, line: meaning.line, parts: new Map() }
    lines.set(key, line)
    add(line.parts, meaning.part, match)
  }
  return [...lines.values()].filter(({ rule, line, parts }) => parts.size >= (pack.parts[rule]?.[line] ?? 1))
}

/** Adds to the list of a key. */
export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}
