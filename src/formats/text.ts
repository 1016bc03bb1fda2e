/**
 * Reads plain text: paragraphs between blank lines, mail quotes, bullets, and lone short lines as headings. A line such as
 * `[values-lint-disable-next-line RULE -- reason]` is a directive, as if it were not there.
 */

import type { Block, Directive, Reader } from '../core/types.ts'
import { directiveIn } from './directives.ts'
import { toBlock } from './passage.ts'
import { createProse } from './prose.ts'

/** One line of the source: `start` is its offset, `text` has no line end. */
interface Line {
  start: number
  text: string
}

/** A line without its mail quoting and indentation; `start` is the source offset of `text`. */
interface Unquoted extends Line {
  quoteDepth: number
}

/** Lines that belong together, and what they are. `alone`: a blank line or the edge of the file is on both sides. */
interface Chunk {
  kind: 'paragraph' | 'list-item'
  quoteDepth: number
  group?: number
  alone: boolean
  lines: Unquoted[]
}

/** A heading has at most this many words. */
const HEADING_WORDS = 12
const QUOTE_MARKS = /^[ \t]*>[> \t]*/
const BULLET = /^(?:[-*+•‣▪◦–]|\d{1,3}[.)]|\((?:\d{1,3}|[a-z]|[ivx]{2,4})\)|[a-z]\))[ \t\u00A0]+(?=\S)/i
const RULE = /^(?:={3,}|-{3,}|\*{3,}|_{3,}|~{3,})[ \t]*$/
const FINAL = /[.!?:;,…]["'”’»)\]]*$/

/** In brackets; an HTML comment also counts, since people copy lines from one draft to another. */
const DIRECTIVE = /^(?:\[|<!--)[ \t]*(values-lint-.*?)(?:\]|-->)?[ \t]*$/

export const readText: Reader = (source) => {
  const directives: Directive[] = []
  const blocks = chunks(source, directives).flatMap(readChunk)
  return { source, blocks, directives }
}

function chunks(source: string, directives: Directive[]): Chunk[] {
  const found: Chunk[] = []
  let chunk: Chunk | undefined
  let afterBlank = true
  let list = -1
  for (const line of splitLines(source)) {
    const unquoted = unquote(line)
    const directive = DIRECTIVE.exec(unquoted.text)?.[1]
    if (directive !== undefined) {
      directives.push(...directiveIn(directive, unquoted.start, unquoted.start + unquoted.text.length))
      continue
    }
    if (unquoted.text === '' || RULE.test(unquoted.text)) {
      chunk = undefined
      afterBlank = true
      continue
    }
    const mark = BULLET.exec(unquoted.text)?.[0]
    if (!chunk || mark !== undefined || chunk.quoteDepth !== unquoted.quoteDepth) {
      if (chunk) chunk.alone = false
      if (mark !== undefined && found.at(-1)?.kind !== 'list-item') list++
      chunk = {
        ...(mark === undefined ? { kind: 'paragraph' } : { kind: 'list-item', group: list }),
        quoteDepth: unquoted.quoteDepth,
        alone: afterBlank,
        lines: [],
      }
      found.push(chunk)
    }
    chunk.lines.push(skip(unquoted, mark?.length ?? 0))
    afterBlank = false
  }
  return found
}

/** Splits at LF, CRLF and CR alike. */
function* splitLines(source: string): Generator<Line> {
  // The byte order mark stays in the source, so offsets hold, but it is no part of the first line.
  let start = source.startsWith('\uFEFF') ? 1 : 0
  for (const end of source.matchAll(/\r\n?|\n/g)) {
    yield { start, text: source.slice(start, Math.max(start, end.index)) }
    start = end.index + end[0].length
  }
  yield { start, text: source.slice(start) }
}

function unquote(line: Line): Unquoted {
  const marks = QUOTE_MARKS.exec(line.text)?.[0] ?? ''
  const quoteDepth = marks.replaceAll(/[^>]/g, '').length
  const rest = skip({ ...line, quoteDepth }, marks.length)
  return skip(rest, rest.text.length - rest.text.trimStart().length)
}

function skip(line: Unquoted, length: number): Unquoted {
  return { ...line, start: line.start + length, text: line.text.slice(length) }
}

/** The block of a chunk, if there is anything to read in it. */
function readChunk(chunk: Chunk): Block[] {
  const prose = createProse()
  let lineEnd = -1
  for (const { start, text } of chunk.lines) {
    if (lineEnd >= 0) prose.addDecoded(' ', lineEnd, start)
    prose.addRaw(text, start)
    lineEnd = start + text.length
  }
  const passage = prose.finish()
  if (!passage) return []
  if (isHeading(chunk, passage.text)) {
    return [toBlock(passage, { kind: 'heading', level: 2, quoteDepth: chunk.quoteDepth })]
  }
  return [toBlock(passage, chunk)]
}

/** A lone short line that does not end like a sentence. */
function isHeading(chunk: Chunk, text: string): boolean {
  return (
    chunk.kind === 'paragraph' &&
    chunk.alone &&
    chunk.lines.length === 1 &&
    !FINAL.test(text) &&
    text.split(' ').length <= HEADING_WORDS
  )
}
