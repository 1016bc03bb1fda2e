/**
 * Reads a mail (.eml): its subject, and what its author wrote: the plain text, else the HTML. Replies that are quoted below it,
 * signatures and attachments are left out. A mail that only hands on another is read as that other.
 */

import PostalMime, { type Email } from 'postal-mime'
import type { Block, Draft } from '../../core/types.ts'
import { type Found, numbered } from '../numbered.ts'
import { countText } from '../package/document.ts'
import { Unreadable } from '../package/unreadable.ts'
import { createProse } from '../prose.ts'
import { readText } from '../text.ts'
import { ownHtml } from './html.ts'
import { ownLines } from './replies.ts'

/** Throws an Unreadable where the bytes are no mail, or one without a text that can be read. */
export async function readMail(bytes: Uint8Array): Promise<Draft> {
  const mail = await parse(bytes)
  const blocks = readBody(mail)
  if (blocks.length === 0) throw new Unreadable(withoutText(mail))
  return numbered([...readSubject(mail), ...blocks.map((block): Found => ({ block, part: 'body' }))])
}

async function parse(bytes: Uint8Array): Promise<Email> {
  if (boundaries(bytes) > mostBoundaries) throw new Unreadable('has more parts than any mail that people write')
  let mail: Email
  try {
    // A mail that is attached is not what the author wrote.
    mail = await PostalMime.parse(bytes, { forceRfc822Attachments: true, maxHeadersSize: mostHeaders })
  } catch {
    throw new Unreadable('nests deeper, or has longer headers, than any mail that people write')
  }
  if (!mail.headers.some(({ key }) => usual.has(key)))
    throw new Unreadable('is no mail: it has no From, To, Subject or Date; save the mail again from your mail program')
  return mail
}

const usual = new Set(['from', 'to', 'subject', 'date', 'mime-version', 'content-type'])

/** Lines that begin as those between the parts of a mail do; each part costs the parser time. */
const mostBoundaries = 10_000

function boundaries(bytes: Uint8Array): number {
  let count = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1))
    if (bytes[at + 1] === 0x2d && bytes[at + 2] === 0x2d) count++
  return count
}

/** In bytes. */
const mostHeaders = 512 * 1024

function readBody(mail: Email): Block[] {
  const [text, html] = [mended(mail.text ?? ''), mended(mail.html ?? '')]
  countText({ text: 0 }, Math.max(text.length, html.length))
  if (text.trim() === '') return ownHtml(html)
  const own = readText(ownLines(text)).blocks.filter(({ quoteDepth }) => quoteDepth === 0)
  return own.length > 0 ? own : readText(text).blocks
}

/**
 * Text with the typographic quotation marks and dashes of Windows: some versions of Node leave them as control characters,
 * which no mail means. Decoding as a stream is right in all of them.
 */
function mended(text: string): string {
  const windows = new TextDecoder('windows-1252')
  return text.replaceAll(/[\x80-\x9F]/g, (char) => windows.decode(Uint8Array.of(char.charCodeAt(0)), { stream: true }))
}

function readSubject({ subject = '' }: Email): Found[] {
  const prose = createProse()
  prose.addRaw(mended(subject).replace(REPLIED, ''), 0)
  const passage = prose.finish()
  return passage ? [{ block: { kind: 'title', ...passage, quoteDepth: 0 }, part: 'subject' }] : []
}

/** What mail programs put before the subject. */
const REPLIED = /^(?:\s*(?:re|fwd?)\s*:)+/i

function withoutText({ attachments, headers }: Email): string {
  const type = headers.find(({ key }) => key === 'content-type')?.value ?? ''
  if (/^\s*(?:multipart\/encrypted|application\/(?:x-)?pkcs7-mime)/i.test(type))
    return 'is an encrypted mail; save its text from your mail program'
  if (attachments.length > 0) return 'is a mail without a text of its own; check its attachments by themselves'
  return 'is a mail without a text'
}
