/** Reads one story of a Word file (its body, a header, its footnotes …): the text as it would be with all changes accepted. */

import type { DocumentPlace } from '../../core/types.ts'
import { countText, LINE_BREAK, type Paragraph, type Piece } from '../package/document.ts'
import { chainOf, headingLevel, inherited, isQuotation, type Styles } from '../package/styles.ts'
import { decodeWithPlaces, type Tag, walkXml } from '../package/xml.ts'
import { OBJECT, type Place } from '../passage.ts'
import { isOn } from './styles.ts'

/** A run (`w:r`): text of one look. Offsets are into the XML of its part. */
export interface Run {
  /** Index of the part that holds it. */
  part: number
  start: number
  openEnd: number
  end: number
  /** Its properties (`w:rPr`), where it has any. */
  properties?: { start: number; end: number }
  /** Number of the element that holds it: runs beside each other have the same. */
  parent: number
  /** The outermost field that it is in. */
  field?: Field
  /** The outermost element around it in its paragraph that marks do not stand inside. */
  wrap?: Wrap
  /** Whether nothing may be suggested in it: it is in a tracked change, a field, or a control that is bound to data. */
  fixed: boolean
}

/** A smart tag or the like, from its start tag to its end tag: LibreOffice loses the range of a comment that begins or ends inside. */
export interface Wrap {
  start: number
  end: number
}

/** A field: its instruction, then its result. LibreOffice takes a comment that begins inside one for a part of its result. */
export interface Field {
  /** Whether its instruction is over. */
  result: boolean
  /** The runs that begin and end it, and the paragraph it begins in; no end where it has none in that paragraph. */
  from: Run
  to?: Run
  paragraph?: WordParagraph
}

/** An element inside a run that gives text. */
export interface Element {
  start: number
  end: number
  /** The end of the start tag, of a `w:t` only. */
  openEnd: number | undefined
  /** Whether it says that its white space counts. */
  preserved: boolean
  /** Whether it lies deeper in the run, where the run cannot be cut beside it. */
  nested: boolean
}

/** Text of a `w:t`, or what stands for text: a tab, a break, a picture. */
export interface WordPiece extends Piece {
  run: Run
  element: Element
  /** Whether the element can be cut in two inside the piece. */
  divisible: boolean
}

export interface WordParagraph extends Paragraph<WordPiece> {
  /** The run of the body that a comment hangs on, where none can stand in the paragraph itself. */
  host?: Run
  /** Footnotes and endnotes: `footnote 2`, as references name them. */
  note?: string
}

/** What the stories of one document share. */
export interface Shared {
  styles: Styles
  paragraphs: WordParagraph[]
  /** The runs of the body that refer to notes, by `footnote 2`. */
  references: Map<string, Run>
  /** Numbers lists and tables. */
  groups: number
  /** How much text was read. */
  text: number
}

export interface Story {
  /** Index of its part, and the part's XML. */
  part: number
  xml: string
  kind: DocumentPlace['part']
}

/** Elements whose text is no text of the draft, or is there a second time. */
const unread = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delInstrText',
  'w:delText',
  'w:rt',
  'w:pPrChange',
  'w:rPrChange',
  'w:tblPrChange',
  'w:trPrChange',
  'w:tcPrChange',
  'w:sectPr',
  'w:tblGrid',
])

/** Elements that stand for text, and for which. */
const stands: Readonly<Record<string, string>> = {
  'w:tab': '\t',
  'w:ptab': '\t',
  'w:br': LINE_BREAK,
  'w:cr': LINE_BREAK,
  'w:noBreakHyphen': '\u2011',
  'w:softHyphen': '\u00AD',
  'w:sym': OBJECT,
  'wp:inline': OBJECT,
  'm:oMath': OBJECT,
}

/** Styles of paragraphs that Word makes of the headings: what is in them is in the draft already. */
const generated = /^(?:toc \d|table of (?:figures|authorities))$/

interface Table {
  group: number
  row: number
  /** Where the next cell stands. */
  column: number
  /** Whether its look sets off the first row. */
  firstRow: boolean
}

interface Row {
  header: boolean
  deleted: boolean
}

interface Cell {
  table: Table
  row: number
  column: number
  header: boolean
}

/** A paragraph that is being read, with what is known of it so far. */
interface Open {
  paragraph: WordParagraph
  parent: number
  styleId: string | undefined
  numId: string | undefined
  level: number | undefined
  /** Its mark was deleted: the next paragraph goes on where it ends. */
  joins: boolean
}

/** What text would be, here in the walk; never changed but replaced, so that the end of an element brings the last one back. */
interface Here {
  /** Whose properties are being read. */
  properties: 'paragraph' | 'mark' | 'run' | 'row' | 'control' | undefined
  paragraph: Open | undefined
  run: Run | undefined
  /** The number of the run's element. */
  runNumber: number
  look: { emphasised: boolean; struck: boolean; hidden: boolean }
  link: boolean
  fixed: boolean
  wrap: Wrap | undefined
  control: { bound: boolean } | undefined
  alternatives: { taken: boolean } | undefined
  table: Table | undefined
  row: Row | undefined
  cell: Cell | undefined
  host: Run | undefined
  boxed: boolean
  note: string | undefined
  /** Fields that are open, the innermost last. */
  fields: Field[]
}

/** Every property is there from the beginning: objects of one shape are copied fast. */
const outside = (): Here => ({
  properties: undefined,
  paragraph: undefined,
  run: undefined,
  runNumber: 0,
  look: { emphasised: false, struck: false, hidden: false },
  link: false,
  fixed: false,
  wrap: undefined,
  control: undefined,
  alternatives: undefined,
  table: undefined,
  row: undefined,
  cell: undefined,
  host: undefined,
  boxed: false,
  note: undefined,
  fields: [],
})

type Ended = (start: number, end: number) => void

/** Reads a story; its paragraphs are added to `shared`. */
export function readStory(story: Story, shared: Shared): void {
  const reader = new StoryReader(story, shared)
  walkXml(story.xml, {
    open: (tag) => reader.open(tag),
    close: (_, start, end) => reader.close(start, end),
    text: (start, end, cdata) => reader.text(start, end, cdata),
  })
}

class StoryReader {
  readonly #story: Story
  readonly #shared: Shared
  /** For each open element its number, what to come back to, and what to do when it ends. */
  readonly #stack: { number: number; before: Here; ended?: Ended }[] = []
  #count = 0
  /** How deep the walk is inside an element that is not read; 0 outside. */
  #skipped = 0
  #here: Here = outside()
  /** The text element that is open. */
  #textTag: Tag | undefined
  /** A paragraph whose mark was deleted, until the next begins. */
  #joining: Open | undefined
  /** The list that the last paragraph is in. */
  #list: { numId: string; group: number } | undefined
  #page: number | undefined

  constructor(story: Story, shared: Shared) {
    this.#story = story
    this.#shared = shared
    if (story.kind === 'body' && story.xml.includes('lastRenderedPageBreak')) this.#page = 1
  }

  open(tag: Tag): void {
    if (this.#skipped) {
      this.#skipped++
      return
    }
    const before = this.#here
    if (unread.has(tag.name)) this.#skip(tag)
    const ended = this.#skipped ? undefined : this.#enter(tag)
    if (this.#skipped) this.#here = before
    else this.#stack.push({ number: ++this.#count, before, ...(ended && { ended }) })
  }

  close(start: number, end: number): void {
    if (this.#skipped) {
      this.#skipped--
      return
    }
    const last = this.#stack.pop()
    if (!last) return
    last.ended?.(start, end)
    this.#here = last.before
  }

  text(start: number, end: number, cdata: boolean): void {
    const tag = this.#textTag
    const { run } = this.#here
    if (this.#skipped || !tag || !run) return
    countText(this.#shared, end - start)
    const { text, places } = decodeWithPlaces(this.#story.xml.slice(start, end), cdata)
    const space = tag.attribute('xml:space')
    // The text's own element is open now, and is no way down from the run.
    const nested = this.#stack.at(-2)?.number !== this.#here.runNumber
    const preserved = space === 'preserve'
    this.#add(text, {
      start: 0,
      end: 0,
      rawStart: start,
      rawEnd: end,
      places,
      run,
      element: { start: tag.start, end: tag.end, openEnd: tag.end, preserved, nested },
      divisible: !cdata && !nested && (space === undefined || preserved),
    })
  }

  /** Skips an element; a deletion in the properties of a paragraph's mark or of a row says that these are deleted. */
  #skip({ name }: Tag): void {
    this.#skipped = 1
    if (name !== 'w:del' && name !== 'w:moveFrom') return
    const { properties, paragraph, row } = this.#here
    if (properties === 'mark' && paragraph) paragraph.joins = true
    if (properties === 'row' && row) row.deleted = true
  }

  #enter(tag: Tag): Ended | undefined {
    const stand = stands[tag.name]
    if (stand !== undefined && !this.#here.properties) {
      // Inside are the parts of a picture or an equation, but for the picture's description.
      if (tag.name === 'm:oMath') this.#skipped = 1
      this.#stand(tag, stand)
      return undefined
    }
    switch (tag.name) {
      case 'w:p':
        return this.#enterParagraph()
      case 'w:pPr':
        this.#copy().properties = 'paragraph'
        return undefined
      case 'w:trPr':
        this.#copy().properties = 'row'
        return undefined
      case 'w:sdtPr':
        this.#copy().properties = 'control'
        return undefined
      case 'w:rPr':
        return this.#enterRunProperties(tag)
      case 'w:r':
        return this.#enterRun(tag)
      case 'w:t':
        return this.#enterText(tag)
      case 'w:ins':
      case 'w:moveTo':
        this.#copy().fixed = true
        return undefined
      case 'w:fldSimple':
        this.#copy().fixed = true
        return this.#enterWrap(tag)
      case 'w:smartTag':
      case 'w:customXml':
        return this.#enterWrap(tag)
      case 'w:hyperlink':
        this.#copy().link = true
        return undefined
      case 'w:sdt':
        this.#copy().control = { bound: false }
        return undefined
      case 'w:sdtContent':
        this.#copy().fixed = this.#here.fixed || this.#here.control?.bound === true
        return undefined
      case 'mc:AlternateContent':
        this.#copy().alternatives = { taken: false }
        return undefined
      case 'mc:Choice':
      case 'mc:Fallback':
        return this.#enterAlternative()
      case 'w:txbxContent':
        return this.#enterBox()
      case 'w:tbl':
        this.#copy().table = { group: this.#shared.groups++, row: -1, column: 0, firstRow: false }
        return undefined
      case 'w:tr':
        return this.#enterRow()
      case 'w:tc':
        return this.#enterCell()
      case 'w:footnote':
      case 'w:endnote':
        return this.#enterNote(tag)
      default:
        this.#property(tag)
        return undefined
    }
  }

  /** A copy of what holds here, for the element that begins. */
  #copy(): Here {
    this.#here = { ...this.#here }
    return this.#here
  }

  #enterParagraph(): Ended {
    const parent = this.#stack.at(-1)?.number ?? 0
    const open = this.#joining?.parent === parent ? this.#joining : this.#newOpen(parent)
    this.#joining = undefined
    // Of paragraphs that were joined, the last says what they are.
    Object.assign(open, { joins: false, styleId: undefined, numId: undefined, level: undefined })
    this.#copy().paragraph = open
    return () => {
      // No instruction of a field goes on over a paragraph's end: one without an end must not swallow the draft.
      const { fields } = this.#here
      if (fields.some(({ result }) => !result))
        fields.splice(0, fields.length, ...fields.filter(({ result }) => result))
      this.#finish(open)
      if (open.joins) this.#joining = open
    }
  }

  #newOpen(parent: number): Open {
    const paragraph = this.#newParagraph('paragraph')
    this.#shared.paragraphs.push(paragraph)
    return { paragraph, parent, joins: false, styleId: undefined, numId: undefined, level: undefined }
  }

  #newParagraph(kind: 'paragraph' | 'image-text'): WordParagraph {
    const { host, boxed, note } = this.#here
    return {
      text: '',
      pieces: [],
      emphasis: [],
      place: { kind, quoteDepth: 0 },
      part: boxed ? 'text box' : this.#story.kind,
      start: 0,
      ...(host && { host }),
      ...(note !== undefined && { note }),
    }
  }

  /** Says what a paragraph is, now that its properties are known. */
  #finish({ paragraph, styleId, numId, level }: Open): void {
    if (!paragraph.text) return
    const chain = chainOf(this.#shared.styles, styleId)
    const name = chain[0]?.name ?? ''
    if (inherited(chain, 'hidden') || generated.test(name)) {
      Object.assign(paragraph, { text: '', pieces: [], emphasis: [] })
      return
    }
    const kind = this.#kindOf(
      name,
      level === undefined ? headingLevel(chain) : level < 10 ? Math.min(level, 6) : undefined,
      numId ?? inherited(chain, 'numId') ?? '0',
    )
    paragraph.place = { quoteDepth: isQuotation(chain) ? 1 : 0, ...kind }
    if (kind.kind !== 'list-item') this.#list = undefined
  }

  #kindOf(name: string, level: number | undefined, numId: string): Omit<Place, 'quoteDepth'> {
    const { note, cell } = this.#here
    if (note !== undefined) return { kind: 'footnote' }
    if (cell) {
      const { table, row, column, header } = cell
      return { kind: 'table-cell', group: table.group, row, column, header }
    }
    if (level !== undefined) return { kind: 'heading', level }
    if (name === 'caption') return { kind: 'caption' }
    if (numId === '0') return { kind: 'paragraph' }
    if (this.#list?.numId !== numId) this.#list = { numId, group: this.#shared.groups++ }
    return { kind: 'list-item', group: this.#list.group }
  }

  /** Of elements within each other the outermost counts; around paragraphs, none does. */
  #enterWrap({ start }: Tag): Ended | undefined {
    if (!this.#here.paragraph || this.#here.wrap) return undefined
    const wrap: Wrap = { start, end: start }
    this.#copy().wrap = wrap
    return (_, end) => {
      wrap.end = end
    }
  }

  #enterRun(tag: Tag): Ended {
    const run: Run = {
      part: this.#story.part,
      start: tag.start,
      openEnd: tag.end,
      end: tag.end,
      parent: this.#stack.at(-1)?.number ?? 0,
      fixed: this.#here.fixed || this.#here.fields.length > 0,
      ...(this.#here.fields[0] && { field: this.#here.fields[0] }),
      ...(this.#here.wrap && { wrap: this.#here.wrap }),
    }
    const here = this.#copy()
    here.run = run
    here.runNumber = this.#count + 1
    here.look = { emphasised: this.#here.link, struck: false, hidden: false }
    return (_, end) => {
      run.end = end
    }
  }

  /** The properties of a run, which come first in it, or of the mark at a paragraph's end. */
  #enterRunProperties(tag: Tag): Ended | undefined {
    const { run, properties } = this.#here
    if (properties === 'paragraph') this.#copy().properties = 'mark'
    if (properties || !run) return undefined
    this.#copy().properties = 'run'
    return (_, end) => {
      run.properties = { start: tag.start, end }
    }
  }

  #enterText(tag: Tag): Ended {
    const piecesBefore = this.#here.paragraph?.paragraph.pieces.length ?? 0
    this.#textTag = tag
    return (_, end) => {
      this.#textTag = undefined
      for (const piece of this.#here.paragraph?.paragraph.pieces.slice(piecesBefore) ?? []) piece.element.end = end
    }
  }

  /** Of the ways to write one thing, the first is read. */
  #enterAlternative(): undefined {
    const { alternatives } = this.#here
    if (alternatives?.taken) this.#skipped = 1
    else if (alternatives) alternatives.taken = true
  }

  /** A text box holds paragraphs of its own. Comments hang on the run of the body that it is in. */
  #enterBox(): undefined {
    const { host, run, note, look } = this.#here
    this.#here = { ...outside(), host: host ?? run, note, look, boxed: true }
  }

  #enterRow(): undefined {
    const { table } = this.#here
    if (!table) return
    table.row++
    table.column = 0
    this.#copy().row = { header: table.row === 0 && table.firstRow, deleted: false }
  }

  #enterCell(): undefined {
    const { table, row } = this.#here
    if (!table || !row) return
    if (row.deleted) this.#skipped = 1
    this.#copy().cell = { table, row: table.row, column: table.column++, header: row.header }
  }

  #enterNote(tag: Tag): undefined {
    // Notes that separate the others from the text have a type.
    if (!['normal', undefined].includes(tag.attribute('w:type'))) this.#skipped = 1
    this.#copy().note = `${tag.name.slice(2)} ${tag.attribute('w:id')}`
  }

  /** Elements that say something of what holds them. */
  #property(tag: Tag): void {
    const { properties } = this.#here
    if (properties === 'run') this.#runProperty(tag, this.#here.look)
    else if (properties === 'paragraph') this.#paragraphProperty(tag)
    else if (properties === 'row') {
      if (tag.name === 'w:tblHeader' && this.#here.row) this.#here.row.header = isOn(tag)
    } else if (properties === 'control') {
      if (tag.name === 'w:dataBinding' && this.#here.control) this.#here.control.bound = true
    } else if (!properties) this.#sign(tag)
  }

  #runProperty(tag: Tag, look: Here['look']): void {
    if (tag.name === 'w:b' || tag.name === 'w:i') look.emphasised ||= isOn(tag)
    else if (tag.name === 'w:strike' || tag.name === 'w:dstrike') look.struck ||= isOn(tag)
    else if (tag.name === 'w:vanish') look.hidden = isOn(tag)
    else if (tag.name === 'w:rStyle') {
      const chain = chainOf(this.#shared.styles, tag.attribute('w:val'))
      look.emphasised ||= inherited(chain, 'emphasised') ?? false
      look.hidden ||= inherited(chain, 'hidden') ?? false
    }
  }

  #paragraphProperty(tag: Tag): void {
    const open = this.#here.paragraph
    if (!open) return
    const value = tag.attribute('w:val') ?? ''
    if (tag.name === 'w:pStyle') open.styleId = value
    else if (tag.name === 'w:numId') open.numId = value
    else if (tag.name === 'w:outlineLvl') open.level = Number(value) + 1
  }

  /** Signs in the text that are no text. */
  #sign(tag: Tag): void {
    const { table, cell, run } = this.#here
    if (tag.name === 'w:fldChar') this.#field(tag.attribute('w:fldCharType'))
    else if (tag.name === 'w:footnoteReference' || tag.name === 'w:endnoteReference') {
      const note = `${tag.name.slice(2, -'Reference'.length)} ${tag.attribute('w:id')}`
      if (run) this.#shared.references.set(note, this.#here.host ?? run)
    } else if (tag.name === 'w:lastRenderedPageBreak') {
      if (this.#page !== undefined) this.#page++
    } else if (tag.name === 'wp:docPr') this.#describe(tag)
    else if (tag.name === 'w:tblLook' && table) table.firstRow = hasFirstRow(tag)
    else if (tag.name === 'w:gridSpan' && cell) {
      cell.table.column += Math.min(Math.max(Number(tag.attribute('w:val')) || 1, 1), 1000) - 1
    }
  }

  #field(type: string | undefined): void {
    const { fields, run, paragraph } = this.#here
    if (!run) return
    const last = fields.at(-1)
    if (type === 'begin') {
      const field: Field = { result: false, from: run, ...(paragraph && { paragraph: paragraph.paragraph }) }
      fields.push(field)
      run.field ??= field
    } else if (type === 'separate' && last) last.result = true
    else if (type === 'end' && last) {
      fields.pop()
      if (last.paragraph === paragraph?.paragraph) last.to = run
    }
  }

  /** The description of a picture is a paragraph of its own. */
  #describe(tag: Tag): void {
    const text = (tag.attribute('descr') ?? '').replace(/\s+/g, ' ')
    const host = this.#here.host ?? this.#here.run
    if (!text || !host) return
    this.#shared.paragraphs.push({ ...this.#newParagraph('image-text'), host, text })
  }

  #stand(tag: Tag, text: string): void {
    const { start, end } = tag
    const { run, paragraph } = this.#here
    // An equation beside the runs: no comment stands in it, but it keeps the words around it apart.
    if (!run && paragraph) paragraph.paragraph.text += text
    if (!run) return
    const nested = this.#stack.at(-1)?.number !== this.#here.runNumber
    this.#add(text, {
      start: 0,
      end: 0,
      rawStart: start,
      rawEnd: end,
      places: [0, end - start],
      run,
      element: { start, end, openEnd: undefined, preserved: false, nested },
      divisible: false,
    })
  }

  /** Adds a piece at the end of the paragraph. */
  #add(text: string, piece: WordPiece): void {
    const { paragraph: open, look, fields } = this.#here
    if (!open || look.hidden || (fields.length && fields.some(({ result }) => !result))) return
    const { paragraph } = open
    if (this.#page !== undefined) paragraph.page ??= this.#page
    const start = paragraph.text.length
    const end = start + text.length
    paragraph.text += text
    piece.start = start
    piece.end = end
    paragraph.pieces.push(piece)
    if (!look.emphasised && !look.struck) return
    const last = paragraph.emphasis.at(-1)
    if (last?.end === start && (last.struck ?? false) === look.struck) last.end = end
    else paragraph.emphasis.push({ start, end, ...(look.struck && { struck: true }) })
  }
}

function hasFirstRow(tag: Tag): boolean {
  const flag = tag.attribute('w:firstRow')
  return flag === undefined
    ? (Number.parseInt(tag.attribute('w:val') ?? '0', 16) & 0x20) !== 0
    : flag !== '0' && flag !== 'false'
}
