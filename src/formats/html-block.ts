/** Reads the HTML blocks of Markdown, in which quotes and list items have cut a prefix off each line. */

import type { Html } from 'mdast'
import type { Block, Directive } from '../core/types.ts'
import { readHtmlText } from './html-text.ts'
import type { Place } from './passage.ts'

/** `start` and `end` are the source offsets of the node. */
export function readHtmlBlock(
  { value }: Html,
  source: string,
  { start, end }: { start: number; end: number },
  place: Place,
  nextGroup: () => number,
  directives: Directive[],
): Block[] {
  const places = locateLines(value, source.slice(start, end), start)
  const { quoteDepth } = place
  return readHtmlText(value, {
    place: { kind: 'html', quoteDepth },
    locate: (index) => places[index] ?? end,
    nextGroup,
    directives,
  })
}

/**
 * The source offset of each unit of `value` and of its end. `raw` is the same block as written, from offset `start`:
 * each of its lines ends as the line of `value` does.
 */
function locateLines(value: string, raw: string, start: number): Uint32Array {
  const places = new Uint32Array(value.length + 1)
  const rawLines = raw.matchAll(LINE)
  let at = 0
  for (const [line] of value.matchAll(LINE)) {
    const rawLine = rawLines.next().value
    const rawEnd = start + (rawLine ? rawLine.index + rawLine[0].length : raw.length)
    const rawStart = start + (rawLine?.index ?? raw.length)
    // A tab that is partly the prefix is spaces in `value`: more units than the source has.
    for (let left = line.length; left > 0; left--) places[at++] = Math.max(rawStart, rawEnd - left)
  }
  places[at] = start + raw.length
  return places
}

/** A line with its line end. */
const LINE = /[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g
