/** What readers make of the prose they built: a passage, and from it a block. */

import type { Block, BlockKind, Emphasis } from '../core/types.ts'

/** Stands for code, a URL or an image, so that its neighbours do not fuse. */
export const OBJECT = '\uFFFC'

/** Text, its map (see Block.source) and the stretches of it that were emphasised, in order. */
export interface Passage {
  text: string
  source: Uint32Array
  emphasis: Emphasis[]
}

/** What surrounds a stretch of text; decides what its block is. */
export interface Place {
  kind: BlockKind
  quoteDepth: number
  level?: number
  group?: number
  row?: number
  column?: number
  header?: boolean
}

export function toBlock(
  { text, source, emphasis }: Passage,
  { kind, quoteDepth, level, group, row, column, header }: Place,
): Block {
  return {
    kind,
    text,
    source,
    quoteDepth,
    ...(level !== undefined && { level }),
    ...(emphasis.length > 0 && { emphasis }),
    ...(group !== undefined && { group }),
    ...(row !== undefined && { row }),
    ...(column !== undefined && { column }),
    ...(header && { header }),
  }
}
