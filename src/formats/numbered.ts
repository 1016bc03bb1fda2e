/** Drafts of formats in whose files nobody looks up a line: mails and PDFs. As in Word files, the source has one line a paragraph. */

import type { Block, DocumentPlace, Draft } from '../core/types.ts'

/** A block as read, and where it stood. The offsets of its `source` do not count. */
export interface Found extends Pick<DocumentPlace, 'part' | 'page'> {
  block: Block
}

/** Numbers the blocks, and makes the source of their texts. */
export function numbered(found: readonly Found[]): Draft {
  const blocks: Block[] = []
  const places: DocumentPlace[] = []
  let start = 0
  let heading: string | undefined
  for (const [index, { block, part, page }] of found.entries()) {
    const from = start
    blocks.push({ ...block, source: Uint32Array.from({ length: block.text.length + 1 }, (_, i) => from + i) })
    places.push({
      part,
      ...(heading !== undefined && part === 'body' && { heading }),
      paragraph: index + 1,
      ...(page !== undefined && { page }),
      start,
    })
    if (block.kind === 'heading') heading = block.text
    start += block.text.length + 1
  }
  return { source: blocks.map(({ text }) => text).join('\n'), blocks, places }
}
