import { documentOpenerFor } from '../formats/documents.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import type { Format } from './messages.ts'

/** As large as the command reads: no draft has 600,000 words; documents hold pictures too. */
export const largestDraft = 4 * 1024 * 1024
const largestDocument = 64 * 1024 * 1024

/** A file that was opened, or why it could not be, in words to go after its name. */
export type OpenedFile = { text: string; format: Format } | { document: OpenDocument } | { refused: string }

/** How large a file of this name may be, in bytes. */
export function largest(name: string): number {
  return documentOpenerFor(name) ? largestDocument : largestDraft
}

const formats: Readonly<Record<string, Format>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  html: 'html',
  htm: 'html',
  txt: 'text',
  text: 'text',
}

/** Opens a draft from a file. Never throws on odd bytes. */
export async function openDraft(name: string, bytes: Uint8Array): Promise<OpenedFile> {
  if (bytes.length > largest(name)) return { refused: tooLarge(largest(name)) }
  const opener = documentOpenerFor(name)
  return opener ? openDocument(await opener(), bytes) : openText(name, bytes)
}

function openDocument(open: (bytes: Uint8Array) => OpenDocument, bytes: Uint8Array): OpenedFile {
  try {
    return { document: open(bytes) }
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error
    return { refused: `${(error as Error).message}.` }
  }
}

function openText(name: string, bytes: Uint8Array): OpenedFile {
  const extension = /\.([^.]*)$/.exec(name)?.[1]?.toLowerCase() ?? 'txt'
  const format = Object.hasOwn(formats, extension) ? formats[extension] : undefined
  if (!format)
    return { refused: 'is of a kind that this page does not read. Save it as .docx, .odt or plain text, or paste it.' }
  const text = decoded(bytes)
  if (text === undefined || text.includes('\0'))
    return { refused: 'is not text in UTF-8. Save it as UTF-8, or paste its text.' }
  return { text, format }
}

export function tooLarge(most: number): string {
  return `is larger than ${most / 1024 / 1024} MB. Split it, or paste the part to be checked.`
}

/** UTF-8, or UTF-16 with a byte order mark; the mark is left out, since the text goes on to live in the page. */
function decoded(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const markdownSigns = [
  /^#{1,6} \S/m,
  /\*\*\S[^*\n]*\S\*\*/,
  /\[[^\]\n]+\]\([^)\s]+\)/,
  /^> \S/m,
  /^```/m,
  /^\|.*\|\s*\n\|[\s:|-]+\|/m,
]

/** How text that was pasted or typed is best read: as Markdown where it shows signs of it. */
export function formatOf(text: string): Format {
  const start = text.slice(0, 20_000)
  if (/^\s*<(?:!doctype html|html|body|article|main|p|div|h1)\b[^>]*>/i.test(start)) return 'html'
  return markdownSigns.some((sign) => sign.test(start)) ? 'markdown' : 'text'
}

/**
 * Pasted text with its paragraphs apart. Word and other programs put one line end between paragraphs, and only their HTML shows
 * that these are paragraphs; in plain text that would be one.
 */
export function apart(text: string, html: string): string {
  const paragraphs = /<p[\s>]/i.test(html.slice(0, 200_000))
  return paragraphs && !/\n\s*\n/.test(text.trim()) ? text.replace(/\r?\n/g, '\n\n') : text
}
