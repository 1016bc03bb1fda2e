/**
 * Reads the text of a PDF, page by page. Where the file says what its paragraphs, headings and lists are (a tagged PDF), that is
 * believed; else paragraphs are told by the distances of their lines.
 */

import { getDocumentProxy } from 'unpdf'
import type { Draft } from '../../core/types.ts'
import { type Found, numbered } from '../numbered.ts'
import { Unreadable } from '../package/unreadable.ts'
import { toBlock } from '../passage.ts'
import { createProse } from '../prose.ts'
import { createJoin } from './join.ts'
import { type Item, type Page, type Paragraph, whole } from './page.ts'
import { tagged } from './tagged.ts'
import { untagged } from './untagged.ts'

/** Of a PDF, no more is read than this: bytes, pages, and text in UTF-16 units (250,000 words). */
const mostBytes = 64 * 1024 * 1024
const mostPages = 500
const mostText = 1_500_000
/** Stretches of text, and beginnings and ends of marked content; a long report has some 100,000. */
const mostItems = 500_000

/**
 * Throws an Unreadable where the bytes are no PDF, a protected or damaged one, one without text, or one that is too large. `onPage`
 * is told of each page that was read, and how long its text is. A hostile file can take any time and memory before it gives any
 * text: who reads strangers' files does it where that can be ended, as `readPdf` of `values-lint/node` does.
 */
export async function readPdf(bytes: Uint8Array, onPage?: (length: number) => void): Promise<Draft> {
  const pages = await readPages(bytes, onPage)
  const plain = untagged(pages)
  const paragraphs = whole(pages.flatMap((page, i) => tagged(page) ?? (plain[i] as Paragraph[])))
  const join = createJoin(paragraphs.map(({ lines }) => lines))
  let groups = 0
  let before: unknown
  const found = paragraphs.flatMap(({ lines, place, page, list }): Found[] => {
    if (list !== undefined && list !== before) groups++
    before = list
    const prose = createProse()
    prose.addRaw(join(lines), 0)
    const passage = prose.finish()
    const group = list === undefined ? {} : { group: groups - 1 }
    return passage ? [{ block: toBlock(passage, { ...place, ...group }), part: 'body', page }] : []
  })
  if (found.length === 0)
    throw new Unreadable(
      'has no text layer: its pages are pictures; have its text recognised (OCR), or check the document it was made from',
    )
  return numbered(found)
}

async function readPages(bytes: Uint8Array, onPage: ((length: number) => void) | undefined): Promise<Page[]> {
  if (bytes.length > mostBytes)
    throw new Unreadable('is larger than 64 MiB; export it without its pictures, or split it')
  checkEnds(bytes)
  const pdf = await orDamaged(() => getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 }))
  if (pdf.numPages > mostPages) throw new Unreadable(`has more than ${mostPages} pages; split it`)
  let [read, stretches] = [0, 0]
  const pages: Page[] = []
  try {
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await orDamaged(() => pdf.getPage(number))
      const reader = page.streamTextContent({ includeMarkedContent: true }).getReader()
      const items: Item[] = []
      const before = read
      for (;;) {
        const { done, value } = await orDamaged(() => reader.read())
        if (done) break
        for (const item of value.items as Item[]) {
          if ('str' in item) read += item.str.length
          items.push(item)
        }
        stretches += value.items.length
        if (read > mostText || stretches > mostItems)
          throw new Unreadable(`holds more text than ${mostPages} pages do; split it`)
      }
      pages.push({ number, items, tree: await orDamaged(() => page.getStructTree()) })
      page.cleanup()
      onPage?.(read - before)
    }
  } finally {
    await pdf.destroy()
  }
  return pages
}

/** A file that was cut off would be read as far as it goes, and the rest never checked. */
function checkEnds(bytes: Uint8Array): void {
  const ascii = new TextDecoder('latin1')
  if (!ascii.decode(bytes.subarray(0, 1024)).includes('%PDF-'))
    throw new Unreadable('is no PDF, whatever its name says; export it again')
  if (!ascii.decode(bytes.subarray(-4096)).includes('%%EOF'))
    throw new Unreadable('is a PDF whose end is missing; get it or export it again')
}

/** What the library cannot read is a fault of the file. */
async function orDamaged<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if ((error as Error).name === 'PasswordException')
      throw new Unreadable('is protected by a password; save a copy without one')
    throw new Unreadable('is a damaged PDF; get it or export it again')
  }
}
