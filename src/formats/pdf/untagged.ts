/** Tells the paragraphs of a PDF that does not say what its parts are, by where its lines stand and how large they are. */

import { BULLET, hasEnded, type Line, type Page, type Paragraph, type TextItem, toLines } from './page.ts'

/** The paragraphs of each page. All pages are looked at together: the text's size, and what repeats, is known from all. */
export function untagged(pages: readonly Page[]): Paragraph[][] {
  const all = pages.map(({ items }) => toLines(items.filter((item): item is TextItem => 'str' in item)))
  const repeated = repeatedIn(all)
  const read = all.map((lines) => lines.filter((line) => !repeated.has(line)))
  const measures = { size: usualSize(read.flat()), step: usualStep(read) }
  return read.map((lines, i) => paragraphsIn(lines, (pages[i] as Page).number, measures))
}

interface Measures {
  /** Height of the letters of the text. */
  size: number
  /** From line to line, in heights of a letter. */
  step: number
}

const PAGE_NUMBER = /^\s*(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|\/)\s*\d{1,4})?\s*$/i

/** Page numbers, and lines that head or end half of the pages. */
function repeatedIn(pages: readonly Line[][]): Set<Line> {
  const edges = pages.flatMap((lines) => [...new Set([lines[0], lines.at(-1)])].filter((line) => line !== undefined))
  const key = ({ text }: Line): string => text.trim().replaceAll(/\d+/g, '#')
  const counts = new Map<string, number>()
  for (const line of edges) counts.set(key(line), (counts.get(key(line)) ?? 0) + 1)
  const least = Math.max(2, pages.length / 2)
  return new Set(edges.filter((line) => PAGE_NUMBER.test(line.text) || (counts.get(key(line)) ?? 0) >= least))
}

/** The size in which most is written. */
function usualSize(lines: readonly Line[]): number {
  const written = new Map<number, number>()
  for (const { size, text } of lines) {
    const rounded = Math.round(size * 2) / 2
    written.set(rounded, (written.get(rounded) ?? 0) + text.length)
  }
  return [...written].sort((a, b) => b[1] - a[1])[0]?.[0] || 1
}

/** The distance from line to line that is met most: the median of those that could be inside a paragraph. */
function usualStep(pages: readonly Line[][]): number {
  const steps = pages
    .flatMap((lines) => lines.slice(1).map((line, i) => stepTo(line, lines[i] as Line)))
    .filter((step) => step > 0.5 && step < 3)
    .sort((a, b) => a - b)
  // Single lines between paragraphs make the distances large: the smaller ones are those inside.
  return steps[Math.floor(steps.length / 4)] ?? 1.2
}

function stepTo(line: Line, before: Line): number {
  return (before.y - line.y) / Math.max(before.size, line.size, 1)
}

function paragraphsIn(lines: readonly Line[], page: number, measures: Measures): Paragraph[] {
  const groups: Line[][] = []
  const right = Math.max(0, ...lines.map((line) => line.right))
  for (const line of lines) {
    const group = groups.at(-1)
    if (group && goesOn(line, group, right, measures)) group.push(line)
    else groups.push([line])
  }
  let [list, row]: [object | undefined, number] = [undefined, 0]
  let kind: string | undefined
  return groups.flatMap((group) => {
    const paragraphs = isRow(group) ? cellsOf(group, page) : [paragraphOf(group, page, measures)]
    const before = kind
    kind = paragraphs[0]?.place.kind
    if (kind !== 'list-item' && kind !== 'table-cell') return paragraphs
    if (kind !== before) [list, row] = [{}, 0]
    else row++
    const place = kind === 'table-cell' ? { row, header: row === 0 } : {}
    return paragraphs.map((one) => ({ ...one, list, place: { ...one.place, ...place } }))
  })
}

/** Whether a line is a row of a table; what stands after a bullet is parted from it by a gap, too. */
function isRow([first]: readonly Line[]): boolean {
  return first?.text.replace(BULLET, '').trim().includes('\t') ?? false
}

function cellsOf(group: readonly Line[], page: number): Paragraph[] {
  const cells = group.flatMap(({ text }) => text.trim().split(/\t\s*/))
  return cells.map((cell, column) => ({ lines: [cell], page, place: { kind: 'table-cell', quoteDepth: 0, column } }))
}

/** Whether a line goes on with the paragraph before it. `right`: where the longest line of the page ends. */
function goesOn(line: Line, group: readonly Line[], right: number, { step }: Measures): boolean {
  const [first, before] = [group[0] as Line, group.at(-1) as Line]
  if (isRow([line]) || isRow(group) || BULLET.test(line.text) || Math.abs(line.size - before.size) > before.size * 0.1)
    return false
  const distance = stepTo(line, before)
  // Up the page: the next column.
  if (distance < 0) return !hasEnded(before.text) && /^\s*\p{Ll}/u.test(line.text)
  if (distance > step * 1.3) return false
  if (!hasEnded(before.text)) return true
  const isShort = before.right < first.x + (right - first.x) * 0.75
  const isIndented = line.x > before.x + before.size * 0.8
  return !isShort && !isIndented
}

function paragraphOf(group: readonly Line[], page: number, { size }: Measures): Paragraph {
  const [first] = group as [Line]
  const lines = group.map(({ text }) => text)
  const letters = first.size / size
  if (letters > 1.12 && group.length <= 3 && !/[.;,]\s*$/.test(lines.at(-1) ?? ''))
    return { lines, page, place: { kind: 'heading', quoteDepth: 0, level: letters > 1.5 ? 1 : 2 } }
  if (letters < 0.95 && /^\s*\d{1,3}\s/.test(first.text)) {
    lines[0] = first.text.replace(/^\s*\d{1,3}\s+/, '')
    return { lines, page, place: { kind: 'footnote', quoteDepth: 0 } }
  }
  if (BULLET.test(first.text)) {
    lines[0] = first.text.replace(BULLET, '')
    return { lines, page, place: { kind: 'list-item', quoteDepth: 0 } }
  }
  return { lines, page, place: { kind: 'paragraph', quoteDepth: 0 } }
}
