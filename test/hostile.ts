/** Documents that nobody wrote: damaged at random, in their bytes, their directory and their XML. */

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import type { OpenDocument } from '../src/formats/package/document.ts'

/** Ways to damage a document; `body` is the part that most changes of XML go to. */
export const mutations: ((bytes: Uint8Array, next: () => number, body: string) => Uint8Array)[] = [
  // Bytes of the zip file.
  (bytes, next) => {
    const copy = bytes.slice()
    for (let i = 0; i < 1 + next() * 20; i++) copy[Math.floor(next() * copy.length)] = next() * 256
    return copy
  },
  (bytes, next) => bytes.slice(0, next() * bytes.length),
  (bytes, next) => {
    // Its directory: sizes, places and counts.
    const copy = bytes.slice()
    const from = copy.length - 600
    for (let i = 0; i < 1 + next() * 4; i++) copy[from + Math.floor(next() * 600)] = next() < 0.5 ? 255 : next() * 256
    return copy
  },
  // The XML of a part.
  (bytes, next, body) => inPart(bytes, next, body, (xml) => cutAndPaste(xml, next)),
  (bytes, next, body) => inPart(bytes, next, body, (xml) => withoutTag(xml, next)),
  (bytes, next, body) =>
    inPart(bytes, next, body, (xml) => {
      const at = Math.floor(next() * xml.length)
      return xml.slice(0, at) + (oddities[Math.floor(next() * oddities.length)] ?? '') + xml.slice(at)
    }),
]

const oddities = [
  '<',
  '>',
  '&',
  '&#0;',
  '&#xFFFFFF;',
  ']]>',
  '<![CDATA[',
  '<!--',
  '<?',
  '"',
  '\0',
  '\uD800',
  '<w:p>',
  '</w:p>',
  '<w:r/>',
  '<w:t>',
  '<w:tbl>',
  '<w:tc>',
  '<w:del>',
  '<w:txbxContent>',
  '<mc:Fallback>',
  'w:id="',
  ' xmlns:w="x"',
  '<w:fldChar w:fldCharType="begin"/>',
  '<w:numId w:val="999999999999"/>',
  '<w:gridSpan w:val="-1"/>',
  '<w:basedOn w:val="berschrift1"/>',
  '<!DOCTYPE a>',
]

function inPart(bytes: Uint8Array, next: () => number, body: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  const name = next() < 0.6 ? body : (names[Math.floor(next() * names.length)] as string)
  return zipSync({ ...parts, [name]: strToU8(change(strFromU8(parts[name] as Uint8Array))) }, { level: 0 })
}

function cutAndPaste(xml: string, next: () => number): string {
  const [a, b] = [next() * xml.length, next() * xml.length].map(Math.floor) as [number, number]
  const piece = xml.slice(a, a + next() * 300)
  return next() < 0.5 ? xml.slice(0, b) + piece + xml.slice(b) : xml.slice(0, a) + xml.slice(a + piece.length)
}

function withoutTag(xml: string, next: () => number): string {
  const tags = [...xml.matchAll(/<[^>]*>/g)]
  const tag = tags[Math.floor(next() * tags.length)]
  return tag ? xml.slice(0, tag.index) + xml.slice(tag.index + tag[0].length) : xml
}

/** Reads and comments whatever it is; gives the seconds of work it took. Only an Unreadable may be thrown. */
export function attempt(
  open: (bytes: Uint8Array) => OpenDocument,
  bytes: Uint8Array,
): { seconds: number; read: boolean } {
  const start = process.cpuUsage()
  let read = false
  try {
    const document = open(bytes)
    const half = document.draft.source.length >> 1
    document.comment([
      { start: half, end: half + 9, paragraphs: ['x'], replacement: 'y' },
      { start: 0, end: 5, paragraphs: ['x'] },
    ])
    read = true
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error
  }
  const { user, system } = process.cpuUsage(start)
  return { seconds: (user + system) / 1e6, read }
}
