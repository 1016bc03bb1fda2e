/** Which reader reads what. */

import type { Reader } from '../core/types.ts'
import { readHtml } from './html.ts'
import { readMarkdown } from './markdown.ts'
import type { OpenDocument } from './package/document.ts'
import { readText } from './text.ts'

const READERS: Record<string, Reader> = {
  markdown: readMarkdown,
  md: readMarkdown,
  mdown: readMarkdown,
  mkd: readMarkdown,
  html: readHtml,
  htm: readHtml,
  text: readText,
  txt: readText,
}

/** What a walk through a folder takes for a draft; other files are read when they are named. */
export const extensions: readonly string[] = ['.md', '.markdown', '.mdown', '.mkd', '.txt', '.docx', '.odt']

/** The reader for a path, by its extension (none: plain text), or for the name of a format; undefined if there is none. */
export function readerFor(pathOrFormat: string): Reader | undefined {
  if (Object.hasOwn(READERS, pathOrFormat)) return READERS[pathOrFormat]
  const name = pathOrFormat.slice(Math.max(pathOrFormat.lastIndexOf('/'), pathOrFormat.lastIndexOf('\\')) + 1)
  const extension = /(?<=.)\.([^.]*)$/.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined) return readText
  return Object.hasOwn(READERS, extension) ? READERS[extension] : undefined
}

/** Formats that are bytes, not text. Their readers are heavy, and loaded only when a file of theirs is met. */
const DOCUMENTS = {
  docx: async () => (await import('./docx/index.ts')).openDocx,
  odt: async () => (await import('./odt/index.ts')).openOdt,
}

/** Opens the document at a path, by its extension; undefined where that is no document's. */
export function documentOpenerFor(path: string): (() => Promise<(bytes: Uint8Array) => OpenDocument>) | undefined {
  const extension = /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(DOCUMENTS, extension) ? DOCUMENTS[extension as keyof typeof DOCUMENTS] : undefined
}
