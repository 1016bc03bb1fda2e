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

const aside = ['text:note', 'draw:frame', 'text:tracked-changes', 'office:annotation']

export function annotations(bytes: Uint8Array): AnnotationSeen[] {
  const found: AnnotationSeen[] = []
  const open = new Map<string, AnnotationSeen>()
  const stack: string[] = []
  let current: AnnotationSeen | undefined
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    stack.push(name)
    const id = String(attributes['office:name'])
    if (name === 'office:annotation') {
      current = { creator: '', says: '', range: '' }
      found.push(current)
      open.set(id, current)
    } else if (name === 'office:annotation-end') open.delete(id)
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
    else if (!aside.some((name) => stack.includes(name))) for (const one of open.values()) one.range += value
  }
  parser.on('text', text)
  parser.on('cdata', text)
  parser.write(strFromU8(unzipSync(bytes)['content.xml'] as Uint8Array)).close()
  if (open.size) throw new Error('a comment has no end')
  return found
}
