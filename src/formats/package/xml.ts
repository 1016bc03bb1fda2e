/**
 * The XML of documents, tag by tag, with the place of each in its text. Names come with the prefixes this program knows
 * them by, whichever the file uses.
 */

import { Tokenizer } from 'htmlparser2'
import { Unreadable } from './unreadable.ts'

/** A start tag; `start` is the offset of its `<`, `end` the one after its `>`. */
export interface Tag {
  name: string
  start: number
  end: number
  /** Written as `<a/>`; `close` is called for it all the same. */
  empty: boolean
  /** The value of an attribute, by its known name. */
  attribute(name: string): string | undefined
}

export interface XmlHandler {
  open?(tag: Tag): void
  /** `start` is the offset of the end tag's `<`; both are the end of the start tag where it is empty. */
  close?(name: string, start: number, end: number): void
  /** A stretch of text as written: entities are not decoded. */
  text?(start: number, end: number, cdata: boolean): void
}

/** Deeper nesting is no document, and more elements in one part are none that a person wrote. */
const deepest = 512
const mostElements = 500_000
const mostAttributes = 1000

/** The prefixes that namespaces are known by here. */
const prefixes: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing': 'wp',
  'http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing': 'wp',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://purl.oclc.org/ooxml/officeDocument/math': 'm',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.microsoft.com/office/word/2010/wordml': 'w14',
  'http://schemas.microsoft.com/office/word/2012/wordml': 'w15',
  'http://schemas.microsoft.com/office/word/2016/wordml/cid': 'w16cid',
  'http://schemas.microsoft.com/office/word/2018/wordml/cex': 'w16cex',
  'http://schemas.openxmlformats.org/package/2006/relationships': '',
  'http://schemas.openxmlformats.org/package/2006/content-types': '',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0': 'loext',
}
const openDocument = /^urn:oasis:names:tc:opendocument:xmlns:([a-z-]+):1\.0$/

/** Walks XML. Throws an Unreadable on a DOCTYPE, wrong nesting, or an end before its time. */
export function walkXml(xml: string, handler: XmlHandler): void {
  const names = new Names()
  const stack: { raw: string; name: string; scoped: boolean }[] = []
  let attributes: Attribute[] = []
  let attribute: Attribute = { raw: '', start: 0, end: 0 }
  let raw = ''
  let start = 0
  const opened = (at: number, empty: boolean): void => {
    const scoped = names.enter(attributes, xml)
    const name = names.known(raw)
    const held = attributes
    attributes = []
    if (stack.length >= deepest) throw broken()
    if (!stack.length && roots++) throw broken()
    if (++elements > mostElements) throw new Unreadable('has more markup than a draft of 300,000 words; split it')
    const end = at + 1
    handler.open?.({ name, start, end, empty, attribute: (wanted) => valueIn(wanted, held, names, xml) })
    if (empty) {
      handler.close?.(name, end, end)
      if (scoped) names.leave()
    } else stack.push({ raw, name, scoped })
  }
  let roots = 0
  let elements = 0
  const tokenizer = new Tokenizer(
    { xmlMode: true, decodeEntities: false },
    {
      onopentagname(nameStart, end) {
        raw = xml.slice(nameStart, end)
        start = nameStart - 1
      },
      onattribname(nameStart, end) {
        attribute = { raw: xml.slice(nameStart, end), start: end, end }
      },
      onattribdata(from, to) {
        attribute.start = from
        attribute.end = to
      },
      onattribend() {
        if (attributes.push(attribute) > mostAttributes) throw broken()
      },
      onopentagend: (at) => opened(at, false),
      onselfclosingtag: (at) => opened(at, true),
      onclosetag(nameStart, nameEnd) {
        const last = stack.pop()
        if (last?.raw !== xml.slice(nameStart, nameEnd)) throw broken()
        handler.close?.(last.name, nameStart - 2, xml.indexOf('>', nameEnd) + 1)
        if (last.scoped) names.leave()
      },
      ontext: (from, to) => handler.text?.(from, to, false),
      oncdata: (from, to, offset) => handler.text?.(from, to - offset, true),
      ondeclaration() {
        throw new Unreadable('has a document type declaration, which no Word or OpenDocument file has; it is not read')
      },
      onattribentity() {},
      ontextentity() {},
      oncomment() {},
      onprocessinginstruction() {},
      onend() {},
    },
  )
  tokenizer.write(xml)
  tokenizer.end()
  if (stack.length || !roots) throw broken()
}

/** The range of its value in the XML. */
interface Attribute {
  raw: string
  start: number
  end: number
}

function valueIn(wanted: string, attributes: readonly Attribute[], names: Names, xml: string): string | undefined {
  const found = attributes.find(({ raw }) => names.known(raw) === wanted)
  return found && decodeXml(xml.slice(found.start, found.end))
}

/** Which prefix stands for what, as elements declare it. */
class Names {
  #scopes: Map<string, string>[] = [new Map()]
  #cache = new Map<string, string>()

  /** Takes the declarations among a tag's attributes; says whether there are any. */
  enter(attributes: readonly Attribute[], xml: string): boolean {
    const declared = attributes.filter(({ raw }) => raw.startsWith('xmlns'))
    if (!declared.length) return false
    const scope = new Map(this.#scopes.at(-1))
    for (const { raw, start, end } of declared) {
      const uri = xml.slice(start, end)
      const prefix = raw === 'xmlns' ? '' : raw.slice(6)
      scope.set(prefix, prefixes[uri] ?? openDocument.exec(uri)?.[1] ?? `${prefix}?`)
    }
    this.#scopes.push(scope)
    this.#cache = new Map()
    return true
  }

  leave(): void {
    this.#scopes.pop()
    this.#cache = new Map()
  }

  known(raw: string): string {
    let name = this.#cache.get(raw)
    if (name === undefined) {
      const colon = raw.indexOf(':')
      const prefix = this.#scopes.at(-1)?.get(raw.slice(0, Math.max(colon, 0)))
      const local = raw.slice(colon + 1)
      name = prefix === undefined ? raw : prefix ? `${prefix}:${local}` : local
      this.#cache.set(raw, name)
    }
    return name
  }
}

function broken(): Unreadable {
  return new Unreadable('has a part whose XML is broken; open it in Word or LibreOffice and save it again')
}

const reference = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi
const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(decimal?: string, hex?: string, name?: string): string {
  const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined
  if (code === undefined) return named[name ?? ''] ?? '\uFFFD'
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : '\uFFFD'
}

export function decodeXml(raw: string): string {
  return raw.includes('&') ? raw.replace(reference, (_, ...parts: string[]) => decoded(...parts.slice(0, 3))) : raw
}

/**
 * Text as a reader sees it, with a space for every tab and line end; `places[i]` is where its unit `i` begins in the raw text, `places[text.length]` the end; none where
 * every unit stands for itself.
 */
export function decodeWithPlaces(raw: string, cdata: boolean): { text: string; places: number[] | undefined } {
  if (cdata || (!raw.includes('&') && !raw.includes('\r\n'))) return { text: withSpaces(raw), places: undefined }
  let text = ''
  const places: number[] = []
  let at = 0
  const plain = (end: number): void => {
    for (; at < end; at++) {
      // XML turns CR LF into LF.
      if (raw[at] === '\r' && raw[at + 1] === '\n') continue
      places.push(at)
      text += raw[at]
    }
  }
  for (const match of raw.matchAll(reference)) {
    plain(match.index)
    const value = decoded(match[1], match[2], match[3])
    for (let i = 0; i < value.length; i++) places.push(at)
    text += value
    at += match[0].length
  }
  plain(raw.length)
  places.push(raw.length)
  return { text: withSpaces(text), places }
}

function withSpaces(text: string): string {
  return text.replace(/[\t\n\r]/g, ' ')
}

/** Characters that XML 1.0 cannot hold: controls but tab and line ends, halves of pairs, and two that are none. */
const forbidden = /(?![\t\n\r])\p{Cc}|\p{Cs}|[\uFFFE\uFFFF]/gu
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export function escapeXml(text: string): string {
  return text.replace(forbidden, '\uFFFD').replace(/[&<>"]/g, (char) => escapes[char] as string)
}
