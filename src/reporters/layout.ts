import stringWidth from 'string-width'

/** Text laid out in columns of a terminal: what counts is graphemes and their width, not UTF-16 units. */

/** A sentence's line, and the line to print under it. */
export interface UnderlinedLine {
  text: string
  /** Spaces and `~`; empty where the passage is not in the line. */
  underline: string
}

/** A grapheme. */
interface Cell {
  readonly text: string
  readonly width: number
  readonly marked: boolean
}

/** Wraps words to a width; a word that is longer is broken. */
export function wrap(text: string, width: number): string[] {
  return linesOfCells(cellsOf(plain(text), false), width).map(textOf)
}

/**
 * A sentence wrapped to `width`, with the passage at `start`..`end` underlined. One that takes more than `most` lines is
 * cut around the passage, and a passage that does so by itself in its middle.
 */
export function underlined(sentence: string, start: number, end: number, width: number, most = 4): UnderlinedLine[] {
  const [before, passage, after] = [sentence.slice(0, start), sentence.slice(start, end), sentence.slice(end)]
  // A line's end is seldom filled, so that a little less than the room of all lines fits for certain.
  const room = Math.max(width * (most - 1), width)
  const marked = middle(cellsOf(plain(near(passage, room)), true), room - Math.floor(width / 2))
  const rest = room - widthOf(marked)
  const [left, right] = [
    cellsOf(plain(near(before, room, 'end')), false),
    cellsOf(plain(near(after, room, 'start')), false),
  ]
  const share = Math.max(rest - widthOf(right), Math.floor(rest * 0.5))
  const lead = tail(left, share)
  const rear = head(right, rest - widthOf(lead))
  return linesOfCells([...lead, ...marked, ...rear], width).map((line) => ({
    text: textOf(line),
    underline: line
      .map((cell) => (cell.marked ? '~' : ' ').repeat(cell.width))
      .join('')
      .trimEnd(),
  }))
}

/** Takes out what would move or recolour the terminal, unit for unit: controls, line ends, direction overrides. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, ' ').replaceAll('\uFFFC', '…')
}

let graphemes: Intl.Segmenter | undefined // Made at first use: it takes a while.

/** Letters and signs of one column each, that never join one another: nearly all of a text. */
const SINGLE = ' -~¡-¨ª-¬¯-ʯ‐-…'
/** All else, with the letter on either side, which it may join: to part graphemes takes a hundred times as long. */
const OTHERS = new RegExp(`[${SINGLE}]?(?:[^${SINGLE}]+[${SINGLE}]?)+`, 'g')

function cellsOf(text: string, marked: boolean): Cell[] {
  const cells: Cell[] = []
  let done = 0
  for (const { 0: stretch, index } of text.matchAll(OTHERS)) {
    addSingle(cells, text.slice(done, index), marked)
    graphemes ??= new Intl.Segmenter('en', { granularity: 'grapheme' })
    for (const { segment } of graphemes.segment(stretch)) cells.push({ text: segment, width: widthIn(segment), marked })
    done = index + stretch.length
  }
  addSingle(cells, text.slice(done), marked)
  return cells
}

/** The cells of single letters, made once each. */
const known = { plain: new Map<string, Cell>(), marked: new Map<string, Cell>() }

function addSingle(cells: Cell[], letters: string, marked: boolean): void {
  const made = marked ? known.marked : known.plain
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string
    let cell = made.get(letter)
    if (!cell) {
      cell = { text: letter, width: 1, marked }
      made.set(letter, cell)
    }
    cells.push(cell)
  }
}

function widthIn(grapheme: string): number {
  return /^[ -~]$/.test(grapheme) ? 1 : stringWidth(grapheme)
}

/** A bound on what is looked at: a sentence may be megabytes long, a screen is not. */
function near(text: string, room: number, keep: 'start' | 'end' | 'both' = 'both'): string {
  const most = room * 4
  if (text.length <= most * 2) return text
  if (keep === 'start') return text.slice(0, most)
  if (keep === 'end') return text.slice(-most)
  return text.slice(0, most) + text.slice(-most)
}

function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0)
}

function textOf(cells: readonly Cell[]): string {
  return cells
    .map(({ text }) => text)
    .join('')
    .trimEnd()
}

/** As many whole words from the start as fit `room`, and "…" where something is left out. */
function head(cells: readonly Cell[], room: number): Cell[] {
  if (widthOf(cells) <= room) return [...cells]
  const kept = take(cells, room - 2)
  const space = kept.findLastIndex(({ text }) => text === ' ')
  return [...kept.slice(0, Math.max(space, 0)), ...cellsOf(' …', false)]
}

/** As `head`, from the end. */
function tail(cells: readonly Cell[], room: number): Cell[] {
  if (widthOf(cells) <= room) return [...cells]
  const kept = take([...cells].reverse(), room - 2).reverse()
  const space = kept.findIndex(({ text }) => text === ' ')
  return [...cellsOf('… ', false), ...(space < 0 ? [] : kept.slice(space + 1))]
}

/** All of it, or its two ends with "…" between. */
function middle(cells: Cell[], room: number): Cell[] {
  if (widthOf(cells) <= room) return cells
  const end = Math.floor(room / 3)
  const front = take(cells, room - end - 3)
  const back = take([...cells].reverse(), end).reverse()
  const [last, first] = [front.findLastIndex(({ text }) => text === ' '), back.findIndex(({ text }) => text === ' ')]
  return [...front.slice(0, last < 0 ? undefined : last), ...cellsOf(' … ', true), ...back.slice(first + 1)]
}

function take(cells: readonly Cell[], room: number): Cell[] {
  let width = 0
  const end = cells.findIndex((cell) => {
    width += cell.width
    return width > room
  })
  return cells.slice(0, end < 0 ? undefined : end)
}

/** Breaks at spaces, between wide characters (which take none), and inside what is longer than a line. */
function linesOfCells(cells: readonly Cell[], width: number): Cell[][] {
  const lines: Cell[][] = []
  let line: Cell[] = []
  let used = 0
  for (const cell of cells) {
    if (used + cell.width > width && cell.text !== ' ') {
      const at = breakIn(line)
      lines.push(line.slice(0, at))
      line = line.slice(at)
      used = widthOf(line)
    }
    // A space that ends a line or begins one is not seen.
    if (cell.text === ' ' && (used >= width || !line.length)) {
      if (line.length) lines.push(line)
      line = []
      used = 0
      continue
    }
    line.push(cell)
    used += cell.width
  }
  return line.length ? [...lines, line] : lines
}

function breakIn(line: readonly Cell[]): number {
  const at = line.findLastIndex((cell) => cell.text === ' ' || cell.width > 1)
  return at < 0 ? line.length : at + 1
}
