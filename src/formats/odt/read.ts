/** Reads an OpenDocument text (.odt). Pure: bytes in, a draft out, with the place of its every letter in the file. */

import type { DocumentPlace, Draft } from '../../core/types.ts'
import { countText, LINE_BREAK, type Paragraph, type Piece, toDraft } from '../package/document.ts'
import { openPackage, type Package } from '../package/package.ts'
import { chainOf, headingLevel, inherited, isQuotation, type Style } from '../package/styles.ts'
import { Unreadable } from '../package/unreadable.ts'
import { decodeWithPlaces, type Tag, walkXml } from '../package/xml.ts'
import { OBJECT, type Place } from '../passage.ts'
import { type Earlier, earlierAnnotations } from './own.ts'
import { readStyles } from './styles.ts'

/** A range of the XML of the body. */
export interface Range {
  start: number
  end: number
}

export interface OdtPiece extends Piece {
  /** The element to stay outside of, where a comment cannot stand in the piece: a tab, a field. */
  element: Range | undefined
  /** The elements of the paragraph that it stands in, outermost first. */
  within: readonly Inline[]
}

/** An element inside a paragraph: its start tag. */
export interface Inline extends Range {
  name: string
}

export interface OdtParagraph extends Paragraph<OdtPiece> {
  /** What a comment stands around in the body, where none can stand in the paragraph itself: a note, a frame. */
  host?: Range
  /** Whether it stands in the body's XML, not in that of a header or footer. */
  inBody: boolean
}

export interface OdtDocument {
  draft: Draft
  paragraphs: OdtParagraph[]
  /** The body, as it is without our own earlier comments. */
  xml: string
  pack: Package
  earlier: Earlier
}

export const content = 'content.xml'

/** Reads an OpenDocument text. Throws an Unreadable that says in one line why it cannot be read and what to do. */
export function readOdt(bytes: Uint8Array): OdtDocument {
  const pack = openPackage(bytes)
  if (pack.text('META-INF/manifest.xml')?.includes('encryption-data'))
    throw new Unreadable('is protected by a password; save a copy without one')
  const kind = pack.text('mimetype')?.trim() ?? ''
  const given = pack.text(content)
  if (given === undefined || !kind.startsWith('application/vnd.oasis.opendocument.text'))
    throw new Unreadable('is no OpenDocument text, though it is named like one')
  const earlier = earlierAnnotations(given)
  const stylesXml = pack.text('styles.xml')
  const named = readStyles([stylesXml, given])
  const shared: Shared = { styles: named, paragraphs: [], groups: 0, text: 0 }
  walk(earlier.xml, 'office:text', 'body', shared)
  if (stylesXml !== undefined) {
    walk(stylesXml, 'style:header', 'header', shared)
    walk(stylesXml, 'style:footer', 'footer', shared)
  }
  return { ...toDraft(shared.paragraphs), xml: earlier.xml, pack, earlier }
}

interface Shared {
  styles: ReadonlyMap<string, Style>
  paragraphs: OdtParagraph[]
  /** Numbers lists and tables. */
  groups: number
  /** How much text was read. */
  text: number
}

/** Elements whose text is no text of the draft, or was made of it by the program. */
const unread = new Set([
  'office:annotation',
  'office:forms',
  'office:binary-data',
  'text:tracked-changes',
  'text:note-citation',
  'text:ruby-text',
  'text:hidden-text',
  'text:sequence-decls',
  'text:variable-decls',
  'text:user-field-decls',
  'text:table-of-content',
  'text:illustration-index',
  'text:table-index',
  'text:object-index',
  'text:user-index',
  'text:alphabetical-index',
])

/** Elements of a paragraph that a comment may stand in. */
const open = new Set(['text:p', 'text:h', 'text:span', 'text:a', 'text:meta', 'text:ruby-base'])

const stands: Readonly<Record<string, string>> = {
  'text:tab': '\t',
  'text:line-break': LINE_BREAK,
  'text:s': ' ',
}

interface Cell {
  group: number
  row: number
  column: number
  header: boolean
}

/** What text would be, here in the walk; never changed but replaced, so that the end of an element brings the last one back. */
interface Here {
  paragraph: OdtParagraph | undefined
  within: readonly Inline[]
  emphasised: boolean
  struck: boolean
  hidden: boolean
  list: number | undefined
  table: { group: number; row: number; column: number } | undefined
  header: boolean
  cell: Cell | undefined
  note: boolean
  boxed: boolean
  host: Range | undefined
  /** The field that the text is in. */
  field: Range | undefined
  /** What a picture's description is being read into. */
  description: { text: string } | undefined
}

const outside: Here = {
  paragraph: undefined,
  within: [],
  emphasised: false,
  struck: false,
  hidden: false,
  list: undefined,
  table: undefined,
  header: false,
  cell: undefined,
  note: false,
  boxed: false,
  host: undefined,
  field: undefined,
  description: undefined,
}

type Ended = (end: number) => void

/** Reads what lies in the elements of one name. */
function walk(xml: string, root: string, part: DocumentPlace['part'], shared: Shared): void {
  const reader = new OdtReader(part, shared, xml)
  let depth = 0
  walkXml(xml, {
    open(tag) {
      if (depth || tag.name === root) depth++
      if (depth > 1) reader.open(tag)
    },
    close(_, __, end) {
      if (depth > 1) reader.close(end)
      if (depth) depth--
    },
    text(start, end, cdata) {
      if (depth > 1) reader.text(start, end, cdata)
    },
  })
}

class OdtReader {
  readonly #part: DocumentPlace['part']
  readonly #shared: Shared
  readonly #xml: string
  readonly #stack: { before: Here; ended: Ended | undefined }[] = []
  #skipped = 0
  #here: Here = outside
  #page: number | undefined

  constructor(part: DocumentPlace['part'], shared: Shared, xml: string) {
    this.#part = part
    this.#shared = shared
    this.#xml = xml
    if (part === 'body' && xml.includes(':soft-page-break')) this.#page = 1
  }

  open(tag: Tag): void {
    if (this.#skipped || unread.has(tag.name)) {
      this.#skipped++
      return
    }
    const before = this.#here
    const ended = this.#enter(tag)
    const { name, start, end, empty } = tag
    if (!empty && before.paragraph && this.#here.paragraph === before.paragraph)
      this.#copy().within = [...before.within, { name, start, end }]
    this.#stack.push({ before, ended })
  }

  close(end: number): void {
    if (this.#skipped) {
      this.#skipped--
      return
    }
    const last = this.#stack.pop()
    if (!last) return
    last.ended?.(end)
    this.#here = last.before
  }

  text(start: number, end: number, cdata: boolean): void {
    const { paragraph, field, description } = this.#here
    if (this.#skipped || (!paragraph && !description)) return
    countText(this.#shared, end - start)
    const { text, places } = decodeWithPlaces(this.#xml.slice(start, end), cdata)
    if (description) description.text += text
    else {
      // Nothing can be put inside a CDATA section.
      const section = cdata ? { start: start - '<![CDATA['.length, end: end + ']]>'.length } : undefined
      this.#add(text, { rawStart: start, rawEnd: end, places, element: field ?? section })
    }
  }

  #copy(): Here {
    this.#here = { ...this.#here }
    return this.#here
  }

  #enter(tag: Tag): Ended | undefined {
    const stand = stands[tag.name]
    if (stand !== undefined) {
      const { start, end } = tag
      this.#add(stand, { rawStart: start, rawEnd: end, places: [0, end - start], element: tag })
    }
    switch (tag.name) {
      case 'text:p':
      case 'text:h':
        return this.#enterParagraph(tag)
      case 'text:span':
        return this.#enterSpan(tag)
      case 'text:a':
        this.#copy().emphasised = true
        return undefined
      case 'text:section':
        if (tag.attribute('text:display') === 'none') this.#copy().hidden = true
        return undefined
      case 'text:list':
        if (this.#here.list === undefined) this.#copy().list = this.#shared.groups++
        return undefined
      case 'text:note':
        return this.#enterHosted(tag, 'note')
      case 'svg-compatible:title':
      case 'svg-compatible:desc':
        return this.#enterDescription()
      case 'text:soft-page-break':
        if (this.#page !== undefined) this.#page++
        return undefined
      default:
        if (tag.name.startsWith('table:')) this.#enterTable(tag)
        else if (tag.name.startsWith('drawing:') && stand === undefined) return this.#enterHosted(tag, 'boxed')
        else if (tag.name.startsWith('text:') && this.#here.paragraph && !this.#here.field) return this.#enterField(tag)
        return undefined
    }
  }

  #enterParagraph(tag: Tag): undefined {
    const chain = chainOf(this.#shared.styles, tag.attribute('text:style-name'))
    const { host, note, boxed } = this.#here
    const paragraph: OdtParagraph = {
      text: '',
      pieces: [],
      emphasis: [],
      place: { quoteDepth: isQuotation(chain) ? 1 : 0, ...this.#kindOf(tag, chain) },
      part: note ? 'footnote' : boxed ? 'text box' : this.#part,
      start: 0,
      inBody: this.#part === 'body',
      ...(host && { host }),
    }
    this.#shared.paragraphs.push(paragraph)
    const here = this.#copy()
    here.paragraph = paragraph
    here.within = []
    here.hidden ||= inherited(chain, 'hidden') ?? false
  }

  #kindOf(tag: Tag, chain: readonly Style[]): Omit<Place, 'quoteDepth'> {
    const { note, cell, list } = this.#here
    if (note) return { kind: 'footnote' }
    if (cell) return { kind: 'table-cell', ...cell }
    if (tag.name === 'text:h') {
      const level = Number(tag.attribute('text:outline-level')) || 1
      return { kind: 'heading', level: Math.min(Math.max(level, 1), 6) }
    }
    // A style of headings on an ordinary paragraph: the title, or a heading that is not in the outline.
    const level = headingLevel(chain)
    if (level !== undefined) return { kind: 'heading', level }
    if (chain.some(({ name }) => name === 'caption')) return { kind: 'caption' }
    return list === undefined ? { kind: 'paragraph' } : { kind: 'list-item', group: list }
  }

  #enterSpan(tag: Tag): undefined {
    const chain = chainOf(this.#shared.styles, tag.attribute('text:style-name'))
    const here = this.#copy()
    here.emphasised ||= inherited(chain, 'emphasised') ?? false
    here.struck ||= inherited(chain, 'struck') ?? false
    here.hidden ||= inherited(chain, 'hidden') ?? false
  }

  /** A note or a frame: its paragraphs are no part of the one it stands in. */
  #enterHosted(tag: Tag, what: 'note' | 'boxed'): Ended {
    const { host, hidden, note, boxed, paragraph } = this.#here
    const { start, end } = tag
    const range = { start, end }
    if (tag.attribute('text:anchor-type') === 'as-char')
      this.#add(OBJECT, { rawStart: start, rawEnd: end, places: [0, end - start], element: range })
    this.#here = { ...outside, hidden, note, boxed, host: host ?? (paragraph && range) }
    this.#here[what] = true
    return (closed) => {
      range.end = closed
    }
  }

  #enterDescription(): Ended {
    const description = { text: '' }
    const { host } = this.#here
    this.#copy().description = description
    return () => {
      const text = description.text.replace(/\s+/g, ' ').trim()
      if (!text || !host) return
      const place: Place = { kind: 'image-text', quoteDepth: 0 }
      this.#shared.paragraphs.push({
        text,
        pieces: [],
        emphasis: [],
        place,
        part: this.#part,
        start: 0,
        inBody: this.#part === 'body',
        host,
      })
    }
  }

  #enterField({ name, start, end }: Tag): Ended | undefined {
    if (open.has(name)) return undefined
    const range = { start, end }
    this.#copy().field = range
    return (closed) => {
      range.end = closed
    }
  }

  #enterTable(tag: Tag): void {
    const here = this.#copy()
    const { table } = here
    if (tag.name === 'table:table') here.table = { group: this.#shared.groups++, row: -1, column: 0 }
    else if (tag.name === 'table:table-header-rows') here.header = true
    else if (tag.name === 'table:table-row' && table) {
      table.row++
      table.column = 0
    } else if ((tag.name === 'table:table-cell' || tag.name === 'table:covered-table-cell') && table) {
      here.cell = { group: table.group, row: table.row, column: table.column, header: here.header }
      here.header = false
      here.list = undefined
      table.column += Math.min(Math.max(Number(tag.attribute('table:number-columns-repeated')) || 1, 1), 1000)
    }
  }

  /** Adds a piece at the end of the paragraph. */
  #add(text: string, found: Omit<OdtPiece, 'start' | 'end' | 'within'>): void {
    const { paragraph, emphasised, struck, hidden, within } = this.#here
    if (!paragraph || hidden) return
    if (this.#page !== undefined) paragraph.page ??= this.#page
    const start = paragraph.text.length
    const end = start + text.length
    paragraph.text += text
    paragraph.pieces.push({ ...found, start, end, within })
    if (!emphasised && !struck) return
    const last = paragraph.emphasis.at(-1)
    if (last?.end === start && (last.struck ?? false) === struck) last.end = end
    else paragraph.emphasis.push({ start, end, ...(struck && { struck: true }) })
  }
}
