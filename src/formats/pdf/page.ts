/** What the two ways of reading a page share: its text as the library gives it, and the lines and paragraphs made of it. */

import type { Place } from '../passage.ts'

/** A stretch of text, or where marked content begins or ends. Lengths are in points; y grows upward. */
export type Item = TextItem | { type: string; id?: string }

export interface TextItem {
  str: string
  /** A matrix; the last two numbers are x and y. */
  transform: number[]
  width: number
  height: number
  hasEOL: boolean
}

/** An element of the structure, or a piece of content by its id. */
export type Node = { role: string; children: Node[]; alt?: string } | { type: string; id: string }

export interface Page {
  number: number
  items: Item[]
  /** What the page's parts are, in a tagged PDF. */
  tree: Node | null
}

/** A line of text: where it begins and ends, where it stands, and how high its letters are. */
export interface Line {
  text: string
  x: number
  right: number
  y: number
  size: number
}

/** A paragraph, heading … as read. Paragraphs of one list or table have the same `list`. */
export interface Paragraph {
  lines: string[]
  place: Place
  page: number
  list?: unknown
}

/** Space as wide as this, in heights of a letter, parts the cells of a table. */
const GAP = 1.8

/** Puts stretches of text together to lines, with a tab where cells are parted. Numbers of notes, small and raised, are left out. */
export function toLines(items: readonly TextItem[]): Line[] {
  const lines: Line[] = []
  let line: Line | undefined
  for (const { str, transform, width, height, hasEOL } of items) {
    const [x, y] = [transform[4] ?? 0, transform[5] ?? 0]
    if (str !== '' && !(line && isNoteNumber(str, height, line.size))) {
      line ??= { text: '', x, right: x, y, size: 0 }
      line.text += str.trim() === '' && width > line.size * GAP ? '\t' : str
      line.right = Math.max(line.right, x + width)
      line.size = Math.max(line.size, height)
    }
    if (hasEOL && line) {
      lines.push(line)
      line = undefined
    }
  }
  if (line) lines.push(line)
  return lines.filter(({ text }) => text.trim() !== '')
}

function isNoteNumber(text: string, height: number, size: number): boolean {
  return height > 0 && height < size * 0.72 && /^(?:\d{1,3}|[*†‡])$/.test(text)
}

/** A bullet or number before an item of a list. */
export const BULLET = /^\s*(?:[-*•‣▪◦–·●○■□]|\d{1,3}[.)]|\(?[a-z]\))\s+(?=\S)/u
const ENDED = /[.!?:;…]["'”’»)\]]*\s*$/

export function hasEnded(line: string): boolean {
  return ENDED.test(line)
}

/** Joins paragraphs that go on over the end of a page or a column. */
export function whole(paragraphs: readonly Paragraph[]): Paragraph[] {
  const joined: Paragraph[] = []
  let last: Paragraph | undefined
  /** The page on which `last` ends; it is named by the one on which it begins. */
  let reached = 0
  for (const paragraph of paragraphs) {
    const { kind, quoteDepth } = paragraph.place
    const goesOn =
      last &&
      reached + 1 === paragraph.page &&
      (kind === 'paragraph' || kind === 'list-item') &&
      last.place.kind === kind &&
      last.place.quoteDepth === quoteDepth &&
      !hasEnded(last.lines.at(-1) ?? '') &&
      /^\s*\p{Ll}/u.test(paragraph.lines[0] ?? '')
    if (goesOn && last) {
      last.lines.push(...paragraph.lines)
      reached = paragraph.page
      continue
    }
    joined.push(paragraph)
    if (kind === 'footnote') continue
    last = paragraph
    reached = paragraph.page
  }
  return joined
}
