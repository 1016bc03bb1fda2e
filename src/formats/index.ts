/** Which reader reads what. */

import type { Draft, Reader } from '../core/types.ts'
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
export const extensions: readonly string[] = ['.md', '.markdown', '.mdown', '.mkd', '.mdx', '.txt', '.docx', '.odt']

/** Readers of text that are loaded only when a file of theirs is met. They throw an Unreadable where its syntax is broken. */
const LATER = {
  mdx: async () => (await import('./mdx.ts')).readMdx,
}

/** As `readerFor`, also for formats whose reader is loaded first. */
export async function textReaderFor(pathOrFormat: string): Promise<Reader | undefined> {
  return (await byExtension(pathOrFormat, LATER)?.()) ?? readerFor(pathOrFormat)
}

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
  return byExtension(path, DOCUMENTS)
}

/** Formats of bytes that are read, but take no comments. Their readers throw an Unreadable. */
const READ_ONLY = {
  eml: async () => (await import('./mail/index.ts')).readMail,
  pdf: async () => (await import('./pdf/index.ts')).readPdf,
}

/** Loads the reader of a format that takes no comments, by the extension of a path; undefined where that is no such format's. */
export function bytesReaderFor(path: string): (() => Promise<(bytes: Uint8Array) => Promise<Draft>>) | undefined {
  return byExtension(path, READ_ONLY)
}

function byExtension<T>(path: string, all: Record<string, T>): T | undefined {
  const extension = extensionOf(path)
  return Object.hasOwn(all, extension) ? all[extension] : undefined
}

function extensionOf(path: string): string {
  return /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}

const WORD = 'save it as .docx'
const pandoc = (format: string): string =>
  `is ${format}, which values-lint does not read; convert it: pandoc FILE -o draft.md`

/** What to do about files that people write in, but that are not read. */
const HINTS: Record<string, string> = {
  rst: pandoc('reStructuredText'),
  adoc: `is AsciiDoc, which values-lint does not read; convert it: asciidoctor FILE -o draft.html`,
  tex: pandoc('LaTeX'),
  org: pandoc('Org'),
  epub: 'is an e-book, which values-lint does not read; check its manuscript, or convert it: pandoc FILE -o draft.md',
  rtf: `is rich text, which values-lint does not read; open it in Word or LibreOffice and ${WORD}`,
  doc: `is an old Word file, which values-lint does not read; open it in Word or LibreOffice and ${WORD}`,
  docm: `is a Word file with macros, which values-lint does not read; ${WORD}`,
  dotx: `is a Word template, which values-lint does not read; ${WORD}`,
  wpd: `is a WordPerfect file, which values-lint does not read; open it in LibreOffice and ${WORD}`,
  pages: 'is a Pages file, which values-lint does not read; in Pages, choose File > Export To > Word',
  gdoc: 'is only a link to a Google Doc; in Google Docs, choose File > Download > Microsoft Word (.docx)',
  msg: 'is an Outlook mail (.msg), which values-lint does not read; save it from your mail program as .eml or as HTML',
  mbox: 'holds many mails; save the one to check as .eml',
  pptx: 'holds slides, which values-lint does not read; export them as PDF, or their outline as .docx',
  xlsx: 'is a spreadsheet, which values-lint does not read; copy its text into a .docx or .txt file',
}
for (const [same, as] of [
  ['asciidoc', 'adoc'],
  ['latex', 'tex'],
  ['dot', 'doc'],
  ['ppt', 'pptx'],
  ['odp', 'pptx'],
  ['key', 'pptx'],
] as const)
  HINTS[same] = HINTS[as] as string

/** Why the file at a path is not read, and what to do: to go after its name. */
export function refusalOf(path: string): string {
  const hint =
    byExtension(path, HINTS) ??
    'has an extension that values-lint does not read; it reads .docx, .odt, .md, .mdx, .html, .txt, .eml and .pdf'
  return hint.replace('FILE', /[^\w./-]/.test(path) ? `"${path}"` : path)
}
