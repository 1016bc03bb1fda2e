/** Gives a Word file back with comments. Parts that need no change keep their bytes. */

import { type Commented, type CommentOptions, mostComments, type Note } from '../package/document.ts'
import { applyEdits } from '../package/edits.ts'
import { escapeXml } from '../package/xml.ts'
import { patchZip } from '../package/zip.ts'
import { mark } from './marks.ts'
import { author, commentsWithoutOurs, detailsWithoutOurs, initials } from './own.ts'
import type { WordDocument } from './read.ts'
import { folderOf, relationshipsName } from './relationships.ts'

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const strictOffice = 'http://purl.oclc.org/ooxml/officeDocument/relationships'
const wordMl = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const strictWordMl = 'http://purl.oclc.org/ooxml/wordprocessingml/main'
const contentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml'
const prologue = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

/**
 * The file with a real comment at each note, as `values-lint`, and suggestions as tracked changes. Our own earlier comments and
 * suggestions are gone, unless somebody answered or resolved them; nobody else's are touched.
 */
export function commentDocx(document: WordDocument, notes: readonly Note[], { date }: CommentOptions = {}): Commented {
  const { pack, parts, earlier } = document
  const said = (note: Note): boolean => earlier.kept.has(note.paragraphs.join('\n').trim())
  const wanted = notes.filter((note) => !said(note)).slice(0, mostComments)
  const existing = commentsPart(document)
  const firstId = 1 + largestComment([existing.xml, parts[0]?.xml ?? ''])
  const { edits, comments, suggestions } = mark(document, wanted, firstId, date)
  const texts = new Map<string, string>()
  for (const [index, { name, xml }] of parts.entries()) texts.set(name, index === 0 ? applyEdits(xml, edits) : xml)
  for (const type of ['commentsExtended', 'commentsIds']) {
    const name = document.relationships.find((one) => one.type === type)?.target ?? ''
    const xml = earlier.paragraphIds.size ? pack.text(name) : undefined
    if (xml !== undefined) texts.set(name, detailsWithoutOurs(xml, earlier))
  }
  if (existing.known || comments.length) {
    const kept = earlier.ids.size ? commentsWithoutOurs(existing.xml, earlier) : existing.xml
    const prefix = /<((?:[\w.-]+:)?)comments[\s/>]/.exec(kept)?.[1] ?? 'w:'
    const written = comments.map(({ id, note }) => comment(id, note, prefix, date)).join('')
    texts.set(existing.name, written ? appended(kept, 'comments', written) : kept)
  }
  if (!existing.known && comments.length) {
    for (const [name, text] of announced(document, existing.name)) texts.set(name, text)
  }
  const changed = [...texts].filter(([name, text]) => text !== pack.text(name))
  const bytes = patchZip(pack.zip, new Map(changed.map(([name, text]) => [name, new TextEncoder().encode(text)])))
  return { bytes, comments: comments.length, suggestions }
}

interface CommentsPart {
  name: string
  xml: string
  /** Whether the body refers to it already. */
  known: boolean
}

function commentsPart({ pack, parts, relationships }: WordDocument): CommentsPart {
  const target = relationships.find(({ type }) => type === 'comments')?.target
  const xml = target === undefined ? undefined : pack.text(target)
  if (target !== undefined && xml !== undefined) return { name: target, xml, known: true }
  const folder = folderOf(parts[0]?.name ?? '')
  let name = `${folder}comments.xml`
  for (let i = 1; pack.zip.entries.has(name); i++) name = `${folder}comments${i}.xml`
  const namespace = isStrict(parts[0]?.xml ?? '') ? strictWordMl : wordMl
  return { name, xml: `${prologue}<w:comments xmlns:w="${namespace}"></w:comments>`, known: false }
}

function isStrict(xml: string): boolean {
  return xml.slice(0, 10_000).includes(`"${strictWordMl}"`)
}

/** What a new comments part needs to be known: a relationship of the body, and its type. */
function announced({ pack, parts }: WordDocument, name: string): [name: string, text: string][] {
  const body = parts[0] as { name: string; xml: string }
  const relationships = relationshipsName(body.name)
  const empty = `${prologue}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>`
  const known = pack.text(relationships) ?? empty
  let id = 'rIdValuesLint'
  while (known.includes(`"${id}"`)) id += '1'
  const type = `${isStrict(body.xml) ? strictOffice : office}/comments`
  const relationship = `<Relationship Id="${id}" Type="${type}" Target="${escapeXml(name.slice(folderOf(body.name).length))}"/>`
  const types = pack.text('[Content_Types].xml') ?? ''
  const override = `<Override PartName="/${escapeXml(name)}" ContentType="${contentType}"/>`
  return [
    [relationships, appended(known, 'Relationships', relationship)],
    ['[Content_Types].xml', types.includes(`PartName="/${name}"`) ? types : appended(types, 'Types', override)],
  ]
}

/** The XML with something added at the end of its root element, which may be written as empty. */
function appended(xml: string, root: string, content: string): string {
  const prefix = new RegExp(`<((?:[\\w.-]+:)?)${root}[\\s/>]`).exec(xml)?.[1] ?? ''
  const added = prefix && root !== 'comments' ? content.replace(/^</, `<${prefix}`) : content
  const close = xml.lastIndexOf(`</${prefix}${root}`)
  if (close >= 0) return xml.slice(0, close) + added + xml.slice(close)
  const empty = xml.lastIndexOf('/>')
  return `${xml.slice(0, empty)}>${added}</${prefix}${root}>${xml.slice(empty + 2)}`
}

function largestComment(parts: readonly string[]): number {
  let largest = -1
  for (const xml of parts) {
    for (const [, id] of xml.matchAll(
      /<(?:[\w.-]+:)?comment(?:RangeStart|RangeEnd|Reference)?\b[^>]*?[\s:]id="(\d{1,9})"/g,
    ))
      largest = Math.max(largest, Number(id))
  }
  return largest
}

/** A comment in the comments part. Its text has a size of its own: where no style gives one, it would be that of the body. */
function comment(id: number, { paragraphs }: Note, w: string, date: string | undefined): string {
  const look = `<${w}rPr><${w}sz ${w}val="20"/><${w}szCs ${w}val="20"/></${w}rPr>`
  const written = paragraphs.map(
    (text, index) =>
      `<${w}p>${index ? '' : `<${w}r>${look}<${w}annotationRef/></${w}r>`}<${w}r>${look}<${w}t xml:space="preserve">${escapeXml(text)}</${w}t></${w}r></${w}p>`,
  )
  const dated = date === undefined ? '' : ` ${w}date="${escapeXml(date)}"`
  return `<${w}comment ${w}id="${id}" ${w}author="${author}"${dated} ${w}initials="${initials}">${written.join('')}</${w}comment>`
}
