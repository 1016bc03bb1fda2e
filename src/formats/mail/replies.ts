/** What of a mail's plain text its author wrote now: without replies quoted below it and without a signature. */

/** "On Tue, 3 Mar 2026 at 10:12, A. Reader wrote:", alone on one line or broken into two or three. */
const ATTRIBUTION = /^On\s(?=[^\n]*\d)\S[^\n]{6,300}\swrote:\s*$/
/** What mail programs put above the mail that is answered or handed on. */
const ORIGINAL =
  /^\s*-{2,}\s*(?:original (?:message|appointment)|forwarded message|forwarded by .{0,200})\s*-{0,20}\s*$/i
const FORWARDED = /^Begin forwarded message:\s*$/
const FROM = /^\*?From:\*?\s/
const HEADER = /^\*?(?:Sent|Date|To|Cc|Subject):\*?(?:\s|$)/
/** The mark of a signature: two hyphens and a space, which some programs lose. */
const SIGNATURE = /^-- ?$/
const SENT_FROM = /^(?:Sent from (?:my |Mail for |Outlook for )|Get Outlook for )[^.!?]{1,60}$/
/** The line that Outlook draws above an answered mail. */
const DRAWN = /^_{10,}\s*$/

/** The text up to what is quoted below it; quotations marked ">" stay, and only the line that introduces them is left out. */
export function ownLines(text: string): string {
  const lines = text.split(/\r\n?|\n/)
  const own: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] as string
    if (ORIGINAL.test(line) || FORWARDED.test(line) || SIGNATURE.test(line) || startsHeaders(lines, at)) break
    const introduced = attributionAt(lines, at)
    if (introduced > 0) {
      at += introduced - 1
      if (!isQuoted(lines, at + 1)) break
      // The paragraph before must not run into the one after.
      own.push('')
    } else if (SENT_FROM.test(line)) own.push('')
    else own.push(line)
  }
  return own.join('\n')
}

/** How many lines from here introduce a quoted mail; 0 where they do not. */
function attributionAt(lines: readonly string[], at: number): number {
  if (!lines[at]?.startsWith('On ')) return 0
  for (let count = 1; count <= 3; count++) {
    if (ATTRIBUTION.test(lines.slice(at, at + count).join(' '))) return count
  }
  return 0
}

/** Whether the next line with words is marked as quoted. */
function isQuoted(lines: readonly string[], at: number): boolean {
  let next = at
  while (next < lines.length && lines[next]?.trim() === '') next++
  return lines[next]?.startsWith('>') ?? false
}

/** Whether Outlook's "From: … Sent: … To: …" begins here, or the line above it. */
function startsHeaders(lines: readonly string[], at: number): boolean {
  let from = at
  if (DRAWN.test(lines[at] as string)) {
    from++
    while (from < at + 4 && lines[from]?.trim() === '') from++
  }
  return FROM.test(lines[from] ?? '') && lines.slice(from + 1, from + 6).filter((one) => HEADER.test(one)).length >= 2
}

/** Whether a paragraph of an HTML mail begins the mail that is quoted below. */
export function startsQuoted(text: string): boolean {
  const headers = text.match(/(?:^|\s)(?:From|Sent|Date|To|Subject):\s/g) ?? []
  return ORIGINAL.test(text) || FORWARDED.test(text) || (FROM.test(text) && headers.length >= 3)
}

/** Whether a paragraph of an HTML mail is no prose of its author. */
export function isAddition(text: string): boolean {
  return SENT_FROM.test(text) || ATTRIBUTION.test(text)
}
