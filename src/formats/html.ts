/** Reads HTML, whole pages and fragments. */

import type { Directive, Reader } from '../core/types.ts'
import { readHtmlText } from './html-text.ts'

export const readHtml: Reader = (source) => {
  let groups = 0
  const directives: Directive[] = []
  const blocks = readHtmlText(source, {
    place: { kind: 'paragraph', quoteDepth: 0 },
    locate: (index) => index,
    nextGroup: () => groups++,
    directives,
  })
  return { source, blocks, directives }
}
