/**
 * Builds the text of one block together with its source map, one piece of source at a time.
 *
 * Every reader writes through here, so normalisation is the same in all formats:
 * - white space of any kind, no-break spaces included, becomes one U+0020; none at either end;
 * - characters without a glyph (soft hyphen, zero-width space and joiners, bidi marks, BOM …) are left out;
 * - the hyphens U+2010 and U+2011 become '-'; NUL becomes U+FFFD, as in CommonMark.
 */

import type { Emphasis } from '../core/types.ts'
import type { Passage } from './passage.ts'
import { coverUrls } from './urls.ts'

export interface Prose {
  /** Adds raw source text that stands for itself; `start` is the source offset of its first unit. */
  addRaw(raw: string, start: number): void
  /** Adds `value`, written in the source as the range `start`–`end` (an escape, entity, line end, object). */
  addDecoded(value: string, start: number, end: number): void
  openEmphasis(struck?: boolean): void
  closeEmphasis(): void
  /** The passage so far, URLs covered; undefined if there is nothing to read in it. */
  finish(): Passage | undefined
}

/** Unicode's Default_Ignorable_Code_Point, in the basic plane. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/u
const SPACE = /\s/
const WORDLESS = /^[\s\uFFFC]*$/

export function createProse(): Prose {
  let text = ''
  /** The source offset and the length of each run of the text that stands in the source as it is, one after the other. */
  const runs: number[] = []
  const emphasis: Emphasis[] = []
  const open: { start: number; struck: boolean }[] = []
  /** Where white space not yet written began; -1 if there is none. */
  let gap = -1
  let end = 0

  const put = (run: string, start: number, runEnd: number): void => {
    if (gap >= 0) {
      text += ' '
      runs.push(gap, 1)
      gap = -1
    }
    text += run
    runs.push(start, run.length)
    end = runEnd
  }

  const add = (char: string, start: number, charEnd: number): void => {
    const kept = normalise(char)
    if (kept === ' ') {
      if (text !== '' && gap < 0) gap = start
    } else if (kept !== '') {
      put(kept, start, charEnd)
    }
  }

  return {
    addRaw(raw, start) {
      for (let i = 0; i < raw.length; ) {
        let runEnd = i
        while (isPlain(raw.charCodeAt(runEnd)) || isInnerSpace(raw, runEnd, i)) runEnd++
        if (runEnd > i) put(raw.slice(i, runEnd), start + i, start + runEnd)
        else add(raw.charAt(i), start + i, start + ++runEnd)
        i = runEnd
      }
    },
    addDecoded(value, start, valueEnd) {
      // A value of several units (an emoji from `&#x1F600;`) is always written longer than it is: its units get places
      // of their own inside the range.
      for (let i = 0; i < value.length; i++) add(value.charAt(i), start + i, valueEnd)
    },
    openEmphasis(struck = false) {
      open.push({ start: text.length + (gap >= 0 ? 1 : 0), struck })
    },
    closeEmphasis() {
      const { start, struck } = open.pop() ?? { start: text.length, struck: false }
      if (start < text.length) emphasis.push({ start, end: text.length, ...(struck && { struck }) })
    },
    finish() {
      const covered = coverUrls({ text, source: placesOf(runs, text.length, end), emphasis })
      if (WORDLESS.test(covered.text)) return undefined
      return {
        ...covered,
        emphasis: covered.emphasis
          .filter((span) => !WORDLESS.test(covered.text.slice(span.start, span.end)))
          .sort((a, b) => a.start - b.start || b.end - a.end),
      }
    },
  }
}

/** Where each unit of a text of `length` stands in the source, and where the last one ends. */
function placesOf(runs: readonly number[], length: number, end: number): Uint32Array {
  const places = new Uint32Array(length + 1)
  let at = 0
  for (let i = 0; i < runs.length; i += 2) {
    const [start, count] = [runs[i] as number, runs[i + 1] as number]
    for (let k = 0; k < count; k++) places[at++] = start + k
  }
  places[at] = end
  return places
}

/** Whether a character is always itself: ASCII that can be seen, Latin letters, dashes and quotation marks. */
function isPlain(code: number): boolean {
  return (code > 0x20 && code < 0x7f) || (code >= 0xc0 && code < 0x250) || (code >= 0x2012 && code < 0x2028)
}

/** Whether there is one space at `i`, between characters that are always themselves, in a run that begins at `start`. */
function isInnerSpace(raw: string, i: number, start: number): boolean {
  return i > start && raw.charCodeAt(i) === 0x20 && isPlain(raw.charCodeAt(i + 1))
}

/** What one UTF-16 unit becomes: itself, ' ' for white space, '' if it cannot be seen. */
function normalise(char: string): string {
  const code = char.charCodeAt(0)
  if (isPlain(code)) return char
  if (code === 0) return '\uFFFD'
  // Before white space: to JavaScript U+FEFF is both.
  if (code >= 0xad && INVISIBLE.test(char)) return ''
  if (SPACE.test(char)) return ' '
  if (code === 0x2010 || code === 0x2011) return '-'
  return char
}
