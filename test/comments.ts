/** What comments stand on in a Word file, by a strict parser that shares nothing with the program. */

import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'

export interface CommentSeen {
  author: string
  /** The words of the range, as they would be with all changes accepted; and what the comment says. */
  range: string
  says: string
}

export interface WordSeen {
  comments: CommentSeen[]
  /** Suggestions of ours: struck and set in their place. */
  struck: string[]
  inserted: string[]
  /** The text of the body as it would be with the changes of others accepted, and ours rejected. */
  text: string
}

/** Every XML part must be well-formed, whatever is in it. */
export function wellFormed(bytes: Uint8Array): void {
  for (const [name, part] of Object.entries(unzipSync(bytes))) {
    if (/\.(xml|rels)$/.test(name)) new SaxesParser({ xmlns: true }).write(strFromU8(part)).close()
  }
}

const ours = 'values-lint'
const stands: Record<string, string> = {
  'w:tab': '\t',
  'w:br': '\u2028',
  'w:cr': '\u2028',
  'w:noBreakHyphen': '\u2011',
  'w:softHyphen': '\u00AD',
}

export function seen(bytes: Uint8Array): WordSeen {
  const files = unzipSync(bytes)
  const part = (name: string): string => (files[name] ? strFromU8(files[name]) : '<none/>')
  const comments = new Map<string, CommentSeen>()
  let current: CommentSeen | undefined
  parse(part('word/comments.xml'), {
    open(name, attributes) {
      if (name !== 'w:comment') return
      current = { author: attributes['w:author'] ?? '', range: '', says: '' }
      comments.set(attributes['w:id'] ?? '', current)
    },
    close(name) {
      if (name === 'w:p' && current) current.says += '\n'
    },
    text(text) {
      if (current) current.says += text
    },
  })
  const found: WordSeen = { comments: [...comments.values()], struck: [], inserted: [], text: '' }
  const openRanges = new Set<CommentSeen>()
  const referred = new Set<string>()
  const stack: { name: string; mine: boolean }[] = []
  const within = (name: string, mine?: boolean): boolean =>
    stack.some((one) => one.name === name && (mine === undefined || one.mine === mine))
  const add = (text: string): void => {
    if (within('w:ins', true)) {
      found.inserted[found.inserted.length - 1] += text
      return
    }
    if (within('w:del', false) || within('w:moveFrom') || within('mc:Fallback')) return
    if (within('w:del', true)) found.struck[found.struck.length - 1] += text
    found.text += text
    for (const comment of openRanges) comment.range += text
  }
  parse(part('word/document.xml'), {
    open(name, attributes) {
      const mine = attributes['w:author'] === ours
      stack.push({ name, mine })
      if (name === 'w:del' && mine) found.struck.push('')
      if (name === 'w:ins' && mine) found.inserted.push('')
      const comment = comments.get(attributes['w:id'] ?? '')
      if (name === 'w:commentRangeStart') openRanges.add(comment as CommentSeen)
      if (name === 'w:commentRangeEnd') openRanges.delete(comment as CommentSeen)
      if (name === 'w:commentReference') referred.add(attributes['w:id'] ?? '')
      if (stands[name] !== undefined && within('w:r') && !within('w:pPr')) add(stands[name] as string)
    },
    close() {
      stack.pop()
    },
    text(text) {
      if (['w:t', 'w:delText'].includes(stack.at(-1)?.name ?? '')) add(text)
    },
  })
  if (openRanges.size || [...comments.keys()].some((id) => !referred.has(id))) throw new Error('a comment has no end')
  return found
}

interface Handler {
  open(name: string, attributes: Record<string, string>): void
  close(name: string): void
  text?(text: string): void
}

function parse(xml: string, handler: Handler): void {
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => handler.open(name, attributes as Record<string, string>))
  parser.on('closetag', ({ name }) => handler.close(name))
  parser.on('text', (text) => handler.text?.(text))
  parser.on('cdata', (text) => handler.text?.(text))
  parser.write(xml).close()
}
