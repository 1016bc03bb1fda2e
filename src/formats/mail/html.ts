/** What of a mail's HTML its author wrote now: mail programs mark quoted replies and signatures by names of their own. */

import type { Block } from '../../core/types.ts'
import { readHtmlText } from '../html-text.ts'
import { isAddition, startsQuoted } from './replies.ts'

/** Classes and ids of Gmail, Thunderbird, Outlook, Apple Mail, Yahoo, Proton and Zoho. */
const QUOTED =
  /(?:^|\s)(?:gmail_(?:quote|attr|signature)|gmail_quote_container|moz-(?:cite-prefix|signature)|yahoo_quoted|protonmail_(?:quote|signature_block)|zmail_extra|Apple-Mail-Signature|divRplyFwdMsg|Signature)(?:$|\s)/i

/** The blocks of a mail's HTML; all of them where the author added nothing to what is quoted. */
export function ownHtml(html: string): Block[] {
  const own = read(html, isQuoted)
  const from = own.findIndex(({ text }) => startsQuoted(text))
  const kept = (from < 0 ? own : own.slice(0, from)).filter(({ text }) => !isAddition(text))
  return kept.length > 0 ? kept : read(html)
}

function read(html: string, leftOut?: (name: string, attribute: (name: string) => string) => boolean): Block[] {
  let groups = 0
  const blocks = readHtmlText(html, {
    place: { kind: 'paragraph', quoteDepth: 0 },
    locate: (index) => index,
    nextGroup: () => groups++,
    directives: [],
    ...(leftOut && { leftOut }),
  })
  // The title of the page in a mail is seen by nobody, and mostly is the name of a template.
  return blocks.filter(({ kind }) => kind !== 'title')
}

function isQuoted(name: string, attribute: (name: string) => string): boolean {
  if (name === 'blockquote' && /^cite$/i.test(attribute('type'))) return true
  return QUOTED.test(attribute('class')) || QUOTED.test(attribute('id'))
}
