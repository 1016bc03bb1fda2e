/** Covers bare URLs and e-mail addresses in finished text: an address is not prose. */

import type { Span } from '../core/types.ts'
import { OBJECT, type Passage } from './passage.ts'

/** A scheme or `www.` and what follows it without white space. Bounded before `://`, so it cannot go quadratic. */
const URL = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>"“”«»\uFFFC]+/gi
const MAILBOX = /[\p{L}\p{N}.+_-]+$/u
const MAIL_DOMAIN = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/uy
/** Longest part before the @ that RFC 5321 allows. */
const MAILBOX_LENGTH = 64
const TRAILING = ".,;:!?'’‘)]}*_~…"

export function coverUrls(passage: Passage): Passage {
  const urls = [...findUrls(passage.text), ...findMails(passage.text)].sort((a, b) => a.start - b.start)
  return urls.length === 0 ? passage : cover(passage, urls)
}

function* findUrls(text: string): Generator<Span> {
  if (!text.includes('://') && !/www\./i.test(text)) return
  for (const match of text.matchAll(URL)) {
    const length = withoutTrailing(match[0])
    if (length > 0) yield { start: match.index, end: match.index + length }
  }
}

function* findMails(text: string): Generator<Span> {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const mailbox = MAILBOX.exec(text.slice(Math.max(0, at - MAILBOX_LENGTH), at))
    if (!mailbox) continue
    MAIL_DOMAIN.lastIndex = at + 1
    const domain = MAIL_DOMAIN.exec(text)
    if (domain) yield { start: at - mailbox[0].length, end: at + 1 + domain[0].length }
  }
}

/** Length of a URL without the punctuation of the sentence around it; a `)` stays if its `(` is in the URL. */
function withoutTrailing(url: string): number {
  let unopened = 0
  for (const char of url) unopened += char === ')' ? 1 : char === '(' ? -1 : 0
  let length = url.length
  for (; length > 0 && TRAILING.includes(url.charAt(length - 1)); length--) {
    if (url.charAt(length - 1) !== ')') continue
    if (unopened <= 0) break
    unopened--
  }
  return length
}

/** Replaces each range of the text by one U+FFFC and moves the emphasis along. Ranges are sorted by start. */
function cover(passage: Passage, ranges: Span[]): Passage {
  let text = ''
  const places: number[] = []
  /** `moved[i]` is where `passage.text[i]` went. */
  const moved = new Uint32Array(passage.text.length + 1)
  let at = 0
  const copyTo = (end: number): void => {
    for (; at < end; at++) {
      moved[at] = places.length
      places.push(passage.source[at] ?? 0)
    }
  }
  for (const { start, end } of ranges) {
    // A mail address inside a URL is already covered.
    if (start < at) continue
    text += passage.text.slice(at, start) + OBJECT
    copyTo(start)
    places.push(passage.source[start] ?? 0)
    moved.fill(places.length, start + 1, end)
    moved[start] = places.length - 1
    at = end
  }
  text += passage.text.slice(at)
  copyTo(passage.text.length + 1)
  const emphasis = passage.emphasis
    .map(({ start, end }) => ({ start: moved[start] ?? 0, end: moved[end] ?? 0 }))
    .filter(({ start, end }) => start < end)
  return { text, source: Uint32Array.from(places), emphasis }
}
