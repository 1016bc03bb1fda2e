/** Reads HTML, whole pages and fragments. */

import type { Reader } from '../core/types.ts'
import { readHtmlText } from './html-text.ts'

export const readHtml: Reader = (source) => {
  let groups = 0
  return {
    source,
    blocks: readHtmlText(source, {
      place: { kind: 'paragraph', quoteDepth: 0 },
      locate: (index) => index,
      nextGroup: () => groups++,
    }),
  }
}
