/** Gives an OpenDocument text back with comments. Only its body is written anew; all other entries keep their bytes. */

import {
  type Commented,
  type CommentOptions,
  mostComments,
  type Note,
  paragraphAt,
  rawOffset,
  wholeCharacters,
} from '../package/document.ts'
import { applyEdits, type Edit } from '../package/edits.ts'
import { escapeXml } from '../package/xml.ts'
import { patchZip } from '../package/zip.ts'
import { author } from './own.ts'
import { content, type OdtDocument, type OdtPiece, type Range } from './read.ts'
import { Suggestions } from './suggest.ts'

/**
 * The file with a comment at each note, as `values-lint`. Our own earlier comments are gone, unless somebody resolved or
 * answered them; nobody else's are touched. Suggestions are tracked changes.
 */
export function commentOdt(document: OdtDocument, notes: readonly Note[], { date }: CommentOptions = {}): Commented {
  const { pack, xml, earlier } = document
  const said = (note: Note): boolean => earlier.kept.has(note.paragraphs.join('\n').trim())
  const wanted = notes.filter((note) => !said(note)).slice(0, mostComments)
  const declared = declarations(xml)
  let prefix = 'values-lint-'
  while (xml.includes(`"${prefix}`)) prefix += '-'
  const placed = wanted.flatMap((note): Placed[] => {
    const place = placeOf(document, note)
    return place ? [{ ...place, note }] : []
  })
  const [starts, ends]: [Edit[], Edit[]] = [[], []]
  for (const [index, { range, note }] of placed.entries()) {
    const name = `${prefix}${index + 1}`
    starts.push({ start: range.start, end: range.start, text: annotation(name, note, date, declared) })
    ends.push({ start: range.end, end: range.end, text: `<office:annotation-end${declared} office:name="${name}"/>` })
  }
  const suggestions = new Suggestions(xml, prefix, declared, date)
  const borders = starts.concat(ends).map(({ start }) => start)
  for (const { range, note, words } of placed) {
    // A comment cannot begin or end in words that have moved to the list of changes.
    const isCut = borders.some((at) => range.start < at && at < range.end)
    if (note.replacement !== undefined && words && !isCut) suggestions.add(note.replacement, range, ...words)
  }
  // Where one comment ends and the next begins, the end comes first.
  const written = applyEdits(xml, [...ends, ...starts, ...suggestions.all()])
  const changes = written === pack.text(content) ? [] : ([[content, new TextEncoder().encode(written)]] as const)
  return {
    bytes: patchZip(pack.zip, new Map(changes)),
    comments: placed.length,
    suggestions: suggestions.count,
  }
}

/** Where a comment goes in the body's XML; `words`: the first and last piece of the text that it is about, where it stands on that. */
interface Place {
  range: Range
  words?: [first: OdtPiece, last: OdtPiece]
}

interface Placed extends Place {
  note: Note
}

function placeOf({ paragraphs }: OdtDocument, note: Note): Place | undefined {
  const paragraph = paragraphAt(paragraphs, note.start)
  if (!paragraph) return undefined
  if (paragraph.host && paragraph.inBody) return { range: paragraph.host }
  // What stands in a header is said at the first words of the body.
  const held = paragraph.inBody ? paragraph : paragraphs.find(({ inBody, host }) => inBody && !host)
  if (!held) return undefined
  const range = paragraph.inBody
    ? wholeCharacters(paragraph.text, note.start - paragraph.start, note.end - paragraph.start)
    : { start: 0, end: held.text.length }
  const pieces = held.pieces.filter(({ start, end }) => start < range.end && end > range.start)
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!first || !last) return undefined
  const around = { start: startOf(first, range.start), end: endOf(last, range.end) }
  return { range: around, ...(paragraph.inBody && { words: [first, last] }) }
}

function startOf(piece: OdtPiece, unit: number): number {
  return piece.element ? piece.element.start : rawOffset(piece, Math.max(unit, piece.start))
}

function endOf(piece: OdtPiece, unit: number): number {
  return piece.element ? piece.element.end : rawOffset(piece, Math.min(unit, piece.end))
}

const namespaces = [
  ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"',
  ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"',
  ' xmlns:dc="http://purl.org/dc/elements/1.1/"',
]

/** The declarations that comments need to bring with them: none where the root has them. */
function declarations(xml: string): string {
  const root = /<[^?!][^>]*>/.exec(xml)?.[0] ?? ''
  return namespaces.every((one) => root.includes(one)) ? '' : namespaces.join('')
}

function annotation(name: string, { paragraphs }: Note, date: string | undefined, declared: string): string {
  const dated = date === undefined ? '' : `<dc:date>${escapeXml(date.replace(/Z$/, ''))}</dc:date>`
  const text = paragraphs.map((one) => `<text:p>${escapeXml(one)}</text:p>`).join('')
  return `<office:annotation${declared} office:name="${name}"><dc:creator>${author}</dc:creator>${dated}${text}</office:annotation>`
}
