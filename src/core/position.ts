import type { Block, Span } from './types.ts'

/** A place in a source: `line` and `column` from 1, `offset` from 0; columns and offsets count UTF-16 code units. */
export interface Position {
  line: number
  column: number
  offset: number
}

/** Offsets to lines and columns, and back. Built in linear time; a line ends with LF, CRLF or CR. */
export class Lines {
  readonly #starts: number[] = [0]
  readonly #end: number

  constructor(source: string) {
    this.#end = source.length
    for (const end of source.matchAll(/\r\n|\n|\r/g)) this.#starts.push(end.index + end[0].length)
  }

  /** How many lines there are; a text that ends with a line end has an empty last one. */
  get count(): number {
    return this.#starts.length
  }

  at(offset: number): Position {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] as number) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] as number) + 1, offset }
  }

  /** The offset of a line and column; what lies beyond a line is at its end, line end included. */
  offset({ line, column }: Pick<Position, 'line' | 'column'>): number {
    const start = this.#starts[line - 1] ?? this.#end
    return Math.min(start + column - 1, this.#starts[line] ?? this.#end)
  }
}

/** The range of the source that holds `start`..`end` of the block's text. */
export function sourceSpan(block: Block, source: string, start: number, end: number): Span {
  const from = block.source[start] ?? 0
  if (end <= start) return { start: from, end: from }
  const last = block.source[end - 1] ?? from
  return { start: from, end: last + written(source, last) }
}

const reference = /&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{1,31});/iy

/** How many units of source write the character at `at`: an entity or an escape takes several. */
function written(source: string, at: number): number {
  reference.lastIndex = at
  return source[at] === '&' ? (reference.exec(source)?.[0].length ?? 1) : source[at] === '\\' ? 2 : 1
}
