/** Which reader reads what. */

import type { Reader } from '../core/types.ts'
import { readHtml } from './html.ts'
import { readMarkdown } from './markdown.ts'
import { type Format, formatOf } from './names.ts'
import { readText } from './text.ts'

export { documentOpenerFor } from './documents.ts'
export { extensions } from './names.ts'

const readers: Readonly<Record<Format, Reader>> = { markdown: readMarkdown, html: readHtml, text: readText }

/** The reader for a path, by its extension (none: plain text), or for the name of a format; undefined if there is none. */
export function readerFor(pathOrFormat: string): Reader | undefined {
  const format = formatOf(pathOrFormat)
  return format && readers[format]
}
