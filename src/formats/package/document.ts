/** What the readers of Word and OpenDocument files share: paragraphs with their places in the XML, and a draft made of them. */

import type { Block, DocumentPlace, Draft, Emphasis } from '../../core/types.ts'
import { type Place, toBlock } from '../passage.ts'
import { createProse } from '../prose.ts'
import { Unreadable } from './unreadable.ts'

/** A document that was read: its draft, and a way to give it back with comments. */
export interface OpenDocument {
  draft: Draft
  /** The file with a comment at each note, and without those of an earlier run; nobody else's words are touched. */
  comment(notes: readonly Note[], options?: CommentOptions): Commented
}

/** What a comment says, and of which range of the draft's source. */
export interface Note {
  start: number
  end: number
  paragraphs: string[]
  /** Words that can stand in place of the range: suggested as a tracked change where that is safe. */
  replacement?: string
}

export interface CommentOptions {
  /** The date that comments bear, as ISO 8601 writes it; none if it is left out. */
  date?: string
}

export interface Commented {
  bytes: Uint8Array
  /** How many comments and suggestions were written. */
  comments: number
  suggestions: number
}

/** More comments than this help nobody, and Word opens no file with more than 32,767. */
export const mostComments = 2000

/** A paragraph as read. Offsets of pieces and emphasis are into its text, until it is in a draft. */
export interface Paragraph<P extends Piece> {
  text: string
  pieces: P[]
  emphasis: Emphasis[]
  place: Place
  part: DocumentPlace['part']
  page?: number
  /** Where the paragraph begins in the draft's source. */
  start: number
}

/** A stretch of a paragraph's text that is one stretch of XML. */
export interface Piece {
  /** Offsets into the paragraph's text. */
  start: number
  end: number
  /** The same range in the XML of its part. */
  rawStart: number
  rawEnd: number
  /** Where each unit begins, relative to `rawStart`, where the XML writes some with entities. */
  places: number[] | undefined
}

/** The most text that is read from a document, in UTF-16 units: no draft has 600,000 words, and time grows with the text. */
const mostText = 4 * 1024 * 1024

/** Counts text as it is read. Throws an Unreadable where it is too much for a draft. */
export function countText(counter: { text: number }, length: number): void {
  counter.text += length
  if (counter.text > mostText) throw new Unreadable('holds more text than a draft of 600,000 words; split it')
}

/** A line break inside a paragraph: white space, but not the end of a line of the source. */
export const LINE_BREAK = '\u2028'

const WORDLESS = /^[\s\uFFFC]*$/

/**
 * Makes a draft of paragraphs: its source has one line for each, so that a line number is a paragraph number. Paragraphs
 * without a word are left out, and headers and footers that say the same again.
 */
export function toDraft<P extends Paragraph<Piece>>(all: readonly P[]): { draft: Draft; paragraphs: P[] } {
  const seen = new Set<string>()
  const paragraphs = all.filter(({ text, part }) => {
    if (WORDLESS.test(text)) return false
    // Each section and the first page may have a header of its own, often of the same words.
    const key = `${part}\n${text}`
    return (part !== 'header' && part !== 'footer') || (!seen.has(key) && seen.add(key))
  })
  const blocks: Block[] = []
  const places: DocumentPlace[] = []
  let start = 0
  let heading: string | undefined
  for (const [index, paragraph] of paragraphs.entries()) {
    paragraph.start = start
    const { part, page } = paragraph
    for (const block of blocksOf(paragraph)) {
      blocks.push(block)
      const above = part === 'body' || part === 'text box' ? heading : undefined
      places.push({
        part,
        ...(above && { heading: above }),
        paragraph: index + 1,
        ...(page !== undefined && { page }),
        start,
      })
      if (block.kind === 'heading' && part === 'body') heading = block.text
    }
    start += paragraph.text.length + 1
  }
  return { draft: { source: paragraphs.map(({ text }) => text).join('\n'), blocks, places }, paragraphs }
}

/** Two line breaks in a row part a paragraph as a blank line does. */
const parting = /\u2028[\s\u2028]*\u2028/g

function blocksOf({ text, start, emphasis, place }: Paragraph<Piece>): Block[] {
  const blocks: Block[] = []
  let from = 0
  const ends = [...text.matchAll(parting)].map(({ index, 0: { length } }) => ({ end: index, next: index + length }))
  for (const { end, next } of [...ends, { end: text.length, next: text.length }]) {
    const prose = createProse()
    let at = from
    for (const span of emphasis) {
      const [open, close] = [Math.max(span.start, from), Math.min(span.end, end)]
      if (open >= close) continue
      prose.addRaw(text.slice(at, open), start + at)
      prose.openEmphasis(span.struck)
      prose.addRaw(text.slice(open, close), start + open)
      prose.closeEmphasis()
      at = close
    }
    prose.addRaw(text.slice(at, end), start + at)
    const passage = prose.finish()
    if (passage) blocks.push(toBlock(passage, place))
    from = next
  }
  return blocks
}

/** The paragraph that holds an offset of the source. */
export function paragraphAt<P extends Paragraph<Piece>>(paragraphs: readonly P[], offset: number): P | undefined {
  let [low, high] = [0, paragraphs.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((paragraphs[middle] as P).start <= offset) low = middle
    else high = middle - 1
  }
  return paragraphs[low]
}

/** Where a unit of a piece begins in the XML; `piece.end` is the end of its last. */
export function rawOffset({ start, rawStart, places }: Piece, unit: number): number {
  return rawStart + (places ? (places[unit - start] as number) : unit - start)
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** A range widened so that it cuts no character in two, such as an emoji of several parts. */
export function wholeCharacters(text: string, start: number, end: number): { start: number; end: number } {
  if (isPlain(text, start) && isPlain(text, end)) return { start, end }
  let [from, to] = [start, end]
  for (const { index, segment } of segmenter.segment(text)) {
    const next = index + segment.length
    if (index < start && start < next) from = index
    if (index < end && end < next) to = next
    if (next >= end) break
  }
  return { start: from, end: to }
}

/** Whether there is ASCII on both sides, as nearly everywhere in English. */
function isPlain(text: string, at: number): boolean {
  const ascii = (code: number): boolean => !(code > 0x7e)
  return ascii(text.charCodeAt(at - 1)) && ascii(text.charCodeAt(at))
}
