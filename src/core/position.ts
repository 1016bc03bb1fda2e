/** A place in a source: `line` and `column` from 1, `offset` from 0; columns and offsets count UTF-16 code units. */
export interface Position {
  line: number
  column: number
  offset: number
}

/** Offsets to lines and columns. Built in linear time; a line ends with LF, CRLF or CR. */
export class Lines {
  readonly #starts: number[] = [0]

  constructor(source: string) {
    for (const end of source.matchAll(/\r\n|\n|\r/g)) this.#starts.push(end.index + end[0].length)
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
}
