/** OpenDocument texts for tests, and what comments stand on in one, by a strict parser that shares nothing with the program. */

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { SaxesParser } from 'saxes'

const namespace = (name: string): string => `urn:oasis:names:tc:opendocument:xmlns:${name}:1.0`

/** A text of this body. */
export function odt(body: string): Uint8Array {
  const declared = `xmlns:office="${namespace('office')}" xmlns:text="${namespace('text')}" xmlns:draw="${namespace('drawing')}" xmlns:svg="${namespace('svg-compatible')}"`
  return zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.text'), { level: 0 }],
    'content.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content ${declared}><office:body><office:text>${body}</office:text></office:body></office:document-content>`,
    ),
  })
}

export interface AnnotationSeen {
  creator: string
  says: string
  range: string
}

export interface Suggested {
  struck: string[]
  inserted: string[]
}

const aside = ['text:note', 'draw:frame', 'text:tracked-changes', 'office:annotation']
const bodyOf = (bytes: Uint8Array): string => strFromU8(unzipSync(bytes)['content.xml'] as Uint8Array)

/** Our changes by their ids: what is struck, and what is not part of the text yet. */
function ourChanges(xml: string): Map<string, string> {
  const found = new Map<string, string>()
  let region = { id: '', creator: '', struck: '' }
  const stack: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    stack.push(name)
    if (name === 'text:changed-region') region = { id: String(attributes['xml:id']), creator: '', struck: '' }
  })
  parser.on('closetag', ({ name }) => {
    stack.pop()
    if (name === 'text:changed-region' && region.creator === 'values-lint') found.set(region.id, region.struck)
  })
  parser.on('text', (text) => {
    if (!stack.includes('text:changed-region')) return
    if (stack.at(-1) === 'dc:creator') region.creator += text
    else if (stack.includes('text:p') || stack.includes('text:h')) region.struck += text
  })
  parser.write(xml).close()
  return found
}

/** Comments, with the words that they stand on as if our suggestions were rejected. */
export function annotations(bytes: Uint8Array): AnnotationSeen[] {
  return seenIn(bytes).found
}

/** Our suggestions, in the order of the text. */
export function suggested(bytes: Uint8Array): Suggested {
  const { struck, inserted } = seenIn(bytes)
  return { struck, inserted }
}

function seenIn(bytes: Uint8Array): Suggested & { found: AnnotationSeen[] } {
  const xml = bodyOf(bytes)
  const ours = ourChanges(xml)
  const found: AnnotationSeen[] = []
  const [struck, inserted]: [string[], string[]] = [[], []]
  const open = new Map<string, AnnotationSeen>()
  const stack: string[] = []
  let current: AnnotationSeen | undefined
  let isInserted = false
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    stack.push(name)
    const id = String(attributes['office:name'])
    const change = String(attributes['text:change-id'])
    if (name === 'office:annotation') {
      current = { creator: '', says: '', range: '' }
      found.push(current)
      open.set(id, current)
    } else if (name === 'office:annotation-end') open.delete(id)
    else if (name === 'text:change' && ours.has(change)) {
      struck.push(ours.get(change) as string)
      text(ours.get(change) as string)
    } else if (name === 'text:change-start' && ours.has(change)) {
      inserted.push('')
      isInserted = true
    } else if (name === 'text:change-end' && ours.has(change)) isInserted = false
  })
  parser.on('closetag', ({ name }) => {
    stack.pop()
    if (name === 'office:annotation') current = undefined
    else if (name === 'text:p' && current) current.says += '\n'
  })
  const text = (value: string): void => {
    if (current && stack.at(-1) === 'dc:creator') current.creator += value
    else if (current && stack.includes('text:p') && stack.lastIndexOf('text:p') > stack.indexOf('office:annotation'))
      current.says += value
    else if (aside.some((name) => stack.includes(name))) return
    else if (isInserted) inserted.push((inserted.pop() ?? '') + value)
    else for (const one of open.values()) one.range += value
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.write(xml).close()
  if (open.size) throw new Error('a comment has no end')
  return { found, struck, inserted }
}
