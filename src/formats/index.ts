/** Which reader reads what. */

import type { Reader } from '../core/types.ts'
import { byExtension } from './documents.ts'
import { readHtml } from './html.ts'
import { readMarkdown } from './markdown.ts'
import { type Format, formatOf } from './names.ts'
import { readText } from './text.ts'

export { bytesReaderFor, documentOpenerFor } from './documents.ts'
export { extensions } from './names.ts'
export { refusalOf } from './refusals.ts'

const readers: Readonly<Record<Format, Reader>> = { markdown: readMarkdown, html: readHtml, text: readText }

/** The reader for a path, by its extension (none: plain text), or for the name of a format; undefined if there is none. */
export function readerFor(pathOrFormat: string): Reader | undefined {
  const format = formatOf(pathOrFormat)
  return format && readers[format]
}

/** Readers of text that are loaded only when a file of theirs is met. They throw an Unreadable where its syntax is broken. */
const LATER = {
  mdx: async () => (await import('./mdx.ts')).readMdx,
}

/** As `readerFor`, also for formats whose reader is loaded first. */
export async function textReaderFor(pathOrFormat: string): Promise<Reader | undefined> {
  return (await byExtension(pathOrFormat, LATER)?.()) ?? readerFor(pathOrFormat)
}
