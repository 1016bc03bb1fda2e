/**
 * Puts the marks of comments and suggestions into the body of a Word file. Nothing is parsed and written again: the XML is cut
 * at known places, so that all else in it stays as it is.
 */

import { type Note, paragraphAt, rawOffset, wholeCharacters } from '../package/document.ts'
import type { Edit } from '../package/edits.ts'
import { escapeXml } from '../package/xml.ts'
import { author } from './own.ts'
import type { WordDocument } from './read.ts'
import type { Run, WordParagraph, WordPiece } from './story.ts'

/** A place in the body's XML where marks go, and the element that has to be cut in two for it. */
interface Cut {
  at: number
  /** Nothing: it lies between runs. The run: between two of its elements. The text: inside a `w:t` of the run. */
  through?: 'run' | 'text'
  run: Run
  piece?: WordPiece
}

/** What goes to one place. */
interface Group {
  cut: Cut
  inserted: string[]
  ends: string[]
  starts: string[]
}

/** A stretch of the XML that is suggested for deletion. */
interface Deletion {
  start: number
  end: number
}

export interface Marked {
  edits: Edit[]
  comments: { id: number; note: Note }[]
  suggestions: number
}

/** The edits that mark each note in the body, comments numbered from `firstId` on. */
export function mark(
  document: WordDocument,
  notes: readonly Note[],
  firstId: number,
  date: string | undefined,
): Marked {
  const marks = new Marks(document, date)
  const comments: Marked['comments'] = []
  for (const note of notes) {
    const id = firstId + comments.length
    if (marks.add(id, note)) comments.push({ id, note })
  }
  return { edits: marks.edits(), comments, suggestions: marks.suggestions }
}

class Marks {
  readonly #document: WordDocument
  readonly #xml: string
  readonly #prefix: string
  readonly #date: string
  readonly #groups = new Map<number, Group>()
  readonly #deletions: Deletion[] = []
  /** Text elements that are wholly or partly deleted, by where they begin. */
  readonly #deleted = new Map<number, WordPiece>()
  #revision: number
  suggestions = 0

  constructor(document: WordDocument, date: string | undefined) {
    this.#document = document
    this.#xml = document.parts[0]?.xml ?? ''
    this.#prefix = /<((?:[\w.-]+:)?)document[\s>]/.exec(this.#xml)?.[1] ?? 'w:'
    this.#date = date === undefined ? '' : ` ${this.#prefix}date="${escapeXml(date)}"`
    this.#revision = 1 + largestId(document.parts.map(({ xml }) => xml))
  }

  /** Marks one note; says whether there was a place for it. */
  add(id: number, note: Note): boolean {
    const paragraph = paragraphAt(this.#document.paragraphs, note.start)
    if (!paragraph) return false
    const host = this.#hostOf(paragraph)
    if (host) return this.#range(id, outsideStart(host) ?? before(host), outsideEnd(host) ?? after(host))
    const range = wholeCharacters(paragraph.text, note.start - paragraph.start, note.end - paragraph.start)
    const pieces = paragraph.pieces.filter(({ start, end }) => start < range.end && end > range.start)
    const [first, last] = [pieces[0], pieces.at(-1)]
    if (!first || !last) return false
    const [start, end] = [this.#startCut(first, range.start), this.#endCut(last, range.end)]
    if (note.replacement !== undefined && this.#deletes(pieces, start, end)) {
      this.#group(start)
      this.#suggest(note.replacement, last, end)
    }
    return this.#range(id, outsideStart(first.run) ?? start, outsideEnd(last.run) ?? end)
  }

  /** The run that comments on a paragraph outside the body hang on: Word shows none in notes, boxes and headers. */
  #hostOf({ host, note, part }: WordParagraph): Run | undefined {
    if (host && host.part === 0) return host
    if (part === 'body') return undefined
    const { references, paragraphs } = this.#document
    const reference = note === undefined ? undefined : references.get(note)
    return reference?.part === 0
      ? reference
      : paragraphs.find((one) => one.part === 'body' && one.pieces.length)?.pieces[0]?.run
  }

  #startCut(piece: WordPiece, unit: number): Cut {
    const { run, element } = piece
    if (piece.divisible && unit > piece.start) return { at: rawOffset(piece, unit), through: 'text', run, piece }
    if (element.openEnd !== undefined && piece.rawStart > element.openEnd && piece.divisible)
      return { at: piece.rawStart, through: 'text', run, piece }
    if (element.nested || element.start === (run.properties?.end ?? run.openEnd)) return before(run)
    return { at: element.start, through: 'run', run }
  }

  #endCut(piece: WordPiece, unit: number): Cut {
    const { run, element } = piece
    if (piece.divisible && unit < piece.end) return { at: rawOffset(piece, unit), through: 'text', run, piece }
    if (
      element.openEnd !== undefined &&
      this.#xml.startsWith('<', piece.rawEnd) &&
      piece.divisible &&
      !this.#xml.startsWith('</', piece.rawEnd)
    )
      return { at: piece.rawEnd, through: 'text', run, piece }
    if (element.nested || this.#xml.startsWith('</', element.end)) return after(run)
    return { at: element.end, through: 'run', run }
  }

  #range(id: number, start: Cut, end: Cut): boolean {
    const w = this.#prefix
    this.#group(start).starts.push(`<${w}commentRangeStart ${w}id="${id}"/>`)
    this.#group(end).ends.push(
      `<${w}commentRangeEnd ${w}id="${id}"/><${w}r><${w}rPr><${w}sz ${w}val="16"/></${w}rPr><${w}commentReference ${w}id="${id}"/></${w}r>`,
    )
    return true
  }

  #group(cut: Cut): Group {
    let group = this.#groups.get(cut.at)
    if (!group) {
      group = { cut, inserted: [], ends: [], starts: [] }
      this.#groups.set(cut.at, group)
    }
    return group
  }

  /** Whether the range may be struck out as a suggestion; if so it is. */
  #deletes(pieces: readonly WordPiece[], { at: start }: Cut, { at: end }: Cut): boolean {
    const parent = pieces[0]?.run.parent
    const safe =
      pieces.every(({ run, divisible }) => divisible && !run.fixed && run.parent === parent) &&
      !others.test(this.#xml.slice(start, end)) &&
      !this.#deletions.some((other) => other.start < end && start < other.end)
    if (!safe) return false
    this.#deletions.push({ start, end })
    for (const piece of pieces) this.#deleted.set(piece.element.start, piece)
    return true
  }

  #suggest(replacement: string, { run }: WordPiece, end: Cut): void {
    const w = this.#prefix
    this.suggestions++
    this.#group(end).inserted.push(
      `<${w}ins ${this.#change()}><${w}r>${this.#properties(run)}<${w}t xml:space="preserve">${escapeXml(replacement)}</${w}t></${w}r></${w}ins>`,
    )
  }

  #change(): string {
    const w = this.#prefix
    return `${w}id="${this.#revision++}" ${w}author="${author}"${this.#date}`
  }

  /** The properties of a run for a copy of it; changes to them that are noted there get numbers of their own. */
  #properties({ properties }: Run): string {
    if (!properties) return ''
    return this.#xml
      .slice(properties.start, properties.end)
      .replace(/(<(?:[\w.-]+:)?rPrChange\b[^>]*?[\s:]id=")[^"]*/g, (_, head: string) => `${head}${this.#revision++}`)
  }

  edits(): Edit[] {
    const preserved = new Set<number>()
    const edits: Edit[] = []
    const insert = (at: number, text: string): void => void edits.push({ start: at, end: at, text })
    for (const [at, group] of this.#groups) {
      const { piece } = group.cut
      if (group.cut.through === 'text' && piece && !piece.element.preserved && !preserved.has(piece.element.start)) {
        preserved.add(piece.element.start)
        insert((piece.element.openEnd as number) - 1, ' xml:space="preserve"')
      }
      insert(at, this.#written(group))
    }
    for (const { element } of this.#deleted.values()) edits.push(...this.#renamed(element))
    return edits
  }

  #written({ cut, inserted, ends, starts }: Group): string {
    const w = this.#prefix
    const [before, after] = [this.#isDeleted(cut.at, 'before'), this.#isDeleted(cut.at, 'after')]
    const text = (deleted: boolean): string => `${w}${deleted ? 'delText' : 't'}`
    const inText = cut.through === 'text'
    return [
      inText ? `</${text(before)}>` : '',
      cut.through ? `</${w}r>` : '',
      before ? `</${w}del>` : '',
      ...inserted,
      ...ends,
      ...starts,
      after ? `<${w}del ${this.#change()}>` : '',
      cut.through ? this.#xml.slice(cut.run.start, cut.run.openEnd) + this.#properties(cut.run) : '',
      inText ? `<${text(after)} xml:space="preserve">` : '',
    ].join('')
  }

  #isDeleted(at: number, side: 'before' | 'after'): boolean {
    return this.#deletions.some(({ start, end }) =>
      side === 'before' ? start < at && at <= end : start <= at && at < end,
    )
  }

  /** The tags of a text element whose text is deleted at its beginning, its end, or both. */
  #renamed({ start, openEnd, end }: WordPiece['element']): Edit[] {
    const edits: Edit[] = []
    const name = `${this.#prefix}t`
    if (this.#isDeleted(openEnd as number, 'after'))
      edits.push({ start: start + 1, end: start + 1 + name.length, text: `${this.#prefix}delText` })
    const close = this.#xml.lastIndexOf('</', end - 1)
    if (this.#isDeleted(close, 'before'))
      edits.push({ start: close + 2, end: close + 2 + name.length, text: `${this.#prefix}delText` })
    return edits
  }
}

const before = (run: Run): Cut => ({ at: run.start, run })
const after = (run: Run): Cut => ({ at: run.end, run })

/** Where the range of a comment begins, if its words begin in a field or a wrap: those are commented as a whole. */
function outsideStart(run: Run): Cut | undefined {
  const first = run.field?.to ? run.field.from : run
  if (first.wrap) return { at: first.wrap.start, run: first }
  return first === run ? undefined : before(first)
}

/** The same for its end. */
function outsideEnd(run: Run): Cut | undefined {
  const last = run.field?.to ?? run
  if (last.wrap) return { at: last.wrap.end, run: last }
  return last === run ? undefined : after(last)
}

/** What may not lie in a stretch that is struck out: others' changes, fields, controls, links, notes, pictures. */
const others =
  /<(?:[\w.-]+:)?(?:ins|del|moveFrom|moveTo|hyperlink|sdt|smartTag|customXml|fldSimple|fldChar|footnoteReference|endnoteReference|commentReference|drawing|pict|object|AlternateContent|p)[\s/>]/

/** The largest number by which anything in the parts is known. */
function largestId(parts: readonly string[]): number {
  let largest = 0
  for (const xml of parts) {
    for (const [, id] of xml.matchAll(/[\s:]id="(\d{1,9})"/g)) largest = Math.max(largest, Number(id))
  }
  return largest
}
