/** Reads a page of a tagged PDF: its structure says what its paragraphs, headings, lists and tables are. */

import type { Place } from '../passage.ts'
import { BULLET, type Node, type Page, type Paragraph, type TextItem, toLines } from './page.ts'

/** Elements that are no prose: contents, numbers of items and notes, what repeats on each page. */
const UNREAD = new Set(['Artifact', 'Index', 'Lbl', 'TOC', 'TOCI'])
/** Elements inside a line. */
const INLINE = new Set([
  'Annot',
  'Code',
  'Em',
  'Link',
  'Quote',
  'Reference',
  'Ruby',
  'Span',
  'Strong',
  'Sub',
  'Warichu',
])

/** A paragraph whose text is still in pieces. */
interface Open extends Omit<Paragraph, 'lines'> {
  items: TextItem[]
}

/** The paragraphs of a page; undefined where it is not tagged, or not to the most part. */
export function tagged({ number, items, tree }: Page): Paragraph[] | undefined {
  if (!tree) return undefined
  const content = contentById(items)
  const found: Open[] = []
  const start: Place = { kind: 'paragraph', quoteDepth: 0 }
  walk(tree, { place: start, page: number }, { content, found, open: undefined })
  const paragraphs = found.map(({ items: own, ...rest }) => ({ ...rest, lines: linesOf(own, rest.place) }))
  return lengthOf(found.flatMap(({ items: own }) => own)) * 2 > lengthOf(items.filter(isText)) ? paragraphs : undefined
}

function isText(item: object): item is TextItem {
  return 'str' in item
}

function lengthOf(items: readonly TextItem[]): number {
  return items.reduce((length, { str }) => length + str.length, 0)
}

function linesOf(items: readonly TextItem[], { kind }: Place): string[] {
  const lines = toLines(items).map(({ text }) => text)
  // Some programs write the bullet into the paragraph.
  if (kind === 'list-item') lines[0] = (lines[0] ?? '').replace(BULLET, '')
  if (kind === 'footnote') lines[0] = (lines[0] ?? '').replace(/^\s*\d{1,3}\s+/, '')
  return lines
}

/** The text in each piece of marked content; an end of line before the next piece belongs to the one it ends. */
function contentById(items: Page['items']): Map<string, TextItem[]> {
  const content = new Map<string, TextItem[]>()
  const open: (TextItem[] | undefined)[] = []
  for (const item of items) {
    if (isText(item)) open.findLast((one) => one !== undefined)?.push(item)
    else if (item.type === 'endMarkedContent') open.pop()
    else if (item.id === undefined) open.push(item.type === 'beginMarkedContent' ? undefined : [])
    else {
      const text = content.get(item.id) ?? []
      content.set(item.id, text)
      open.push(text)
    }
  }
  return content
}

interface Walk {
  content: Map<string, TextItem[]>
  found: Open[]
  /** Takes the text that comes next. */
  open: Open | undefined
}

type Around = Omit<Open, 'items'>

/** The library gives no structure deeper than 40 elements. */
function walk(node: Node, around: Around, state: Walk): void {
  if (!('role' in node)) {
    const items = state.content.get(node.id)
    if (!items) return
    // It is of one element, however often the structure names it.
    state.content.delete(node.id)
    state.open ??= begin(around, state)
    for (const item of items) state.open.items.push(item)
    return
  }
  const { role, alt } = node
  if (UNREAD.has(role)) return
  if (INLINE.has(role)) {
    for (const child of node.children) walk(child, around, state)
    return
  }
  if ((role === 'Figure' || role === 'Formula') && alt) {
    const place: Place = { kind: 'image-text', quoteDepth: around.place.quoteDepth }
    begin({ ...around, place }, state).items.push(textOf(alt))
    return
  }
  state.open = undefined
  const inside = within(role, around)
  const rows = around.list instanceof Table ? around.list : undefined
  if (role === 'TR') rows?.nextRow()
  const cell = role === 'TH' || role === 'TD' ? rows?.nextCell(role === 'TH') : undefined
  const next = cell ? { ...inside, place: { ...inside.place, ...cell } } : inside
  for (const child of node.children) walk(child, next, state)
  state.open = undefined
}

function begin(around: Around, state: Walk): Open {
  const open = { ...around, items: [] }
  state.found.push(open)
  return open
}

function textOf(str: string): TextItem {
  return { str, transform: [], width: 0, height: 0, hasEOL: true }
}

/** Counts the rows and columns of a table. */
class Table {
  #row = -1
  #column = -1

  nextRow(): void {
    this.#row++
    this.#column = -1
  }

  nextCell(header: boolean): Pick<Place, 'row' | 'column' | 'header'> {
    this.#column++
    return { row: Math.max(this.#row, 0), column: this.#column, header }
  }
}

function within(role: string, around: Around): Around {
  const { place } = around
  const { quoteDepth } = place
  const heading = /^(?:H([1-6])?|Title)$/.exec(role)
  if (heading) return { ...around, place: { kind: 'heading', quoteDepth, level: Number(heading[1] ?? 1) } }
  switch (role) {
    case 'BlockQuote':
      return { ...around, place: { ...place, quoteDepth: quoteDepth + 1 } }
    case 'L':
      return { ...around, list: {} }
    case 'LI':
      return { ...around, place: { kind: 'list-item', quoteDepth } }
    case 'Table':
      return { ...around, list: new Table() }
    case 'TH':
    case 'TD':
      return { ...around, place: { kind: 'table-cell', quoteDepth } }
    case 'Caption':
      return { ...around, place: { kind: 'caption', quoteDepth } }
    case 'Note':
    case 'FENote':
      return { page: around.page, place: { kind: 'footnote', quoteDepth } }
    default:
      return around
  }
}
