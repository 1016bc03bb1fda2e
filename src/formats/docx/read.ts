/** Reads a Word file (.docx). Pure: bytes in, a draft out, with the place of its every letter in the file. */

import type { DocumentPlace, Draft } from '../../core/types.ts'
import { toDraft } from '../package/document.ts'
import { openPackage, type Package } from '../package/package.ts'
import { Unreadable } from '../package/unreadable.ts'
import { type Earlier, earlierComments, withoutOurs } from './own.ts'
import { type Relationship, relationships } from './relationships.ts'
import { readStory, type Shared, type WordParagraph } from './story.ts'
import { readStyles } from './styles.ts'

export interface WordDocument {
  draft: Draft
  /** The paragraphs that the draft is made of, in its order. */
  paragraphs: WordParagraph[]
  /** The parts that hold them, as they are without our own earlier comments; the body is the first. */
  parts: { name: string; xml: string }[]
  pack: Package
  /** What the body refers to. */
  relationships: Relationship[]
  references: Shared['references']
  earlier: Earlier
}

/** The order in which parts are read. */
const stories: readonly [type: string, kind: DocumentPlace['part']][] = [
  ['header', 'header'],
  ['footnotes', 'footnote'],
  ['endnotes', 'endnote'],
  ['footer', 'footer'],
]

/** Reads a Word file. Throws an Unreadable that says in one line why it cannot be read and what to do. */
export function readDocx(bytes: Uint8Array): WordDocument {
  const pack = openPackage(bytes)
  const body = relationships(pack, '').find(({ type }) => type === 'officeDocument')?.target ?? ''
  const xml = pack.text(body)
  if (xml === undefined || !/<(?:\w+:)?document[\s>]/.test(xml.slice(0, 10_000)))
    throw new Unreadable('is no Word file, though it is named like one')
  const related = relationships(pack, body)
  const named = (type: string): string | undefined => {
    const target = related.find((one) => one.type === type)?.target
    return target === undefined ? undefined : pack.text(target)
  }
  const earlier = earlierComments(named('comments'), named('commentsExtended'))
  const shared: Shared = {
    styles: readStyles(named('styles')),
    paragraphs: [],
    references: new Map(),
    groups: 0,
    text: 0,
  }
  const parts: WordDocument['parts'] = []
  const read = (name: string, text: string | undefined, kind: DocumentPlace['part']): void => {
    if (text === undefined) return
    const part = { name, xml: withoutOurs(text, earlier) }
    readStory({ part: parts.push(part) - 1, xml: part.xml, kind }, shared)
  }
  read(body, xml, 'body')
  for (const [type, kind] of stories) {
    const targets = new Set(related.filter((one) => one.type === type).map(({ target }) => target))
    for (const target of targets) read(target, pack.text(target), kind)
  }
  return { ...toDraft(shared.paragraphs), parts, pack, relationships: related, references: shared.references, earlier }
}
