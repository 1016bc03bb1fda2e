/** Writes the blocks of HTML: gathers the text of one, and the alt texts and titles met in it, which come after it. */

import type { Block } from '../core/types.ts'
import type { Piece } from './html-attributes.ts'
import { type Place, toBlock } from './passage.ts'
import { createProse, type Prose } from './prose.ts'

/** The source offset of an offset in the HTML. */
export type Locate = (index: number) => number

/** Offsets are into the HTML. */
export interface Writer {
  blocks: Block[]
  addText(start: number, end: number): void
  addDecoded(value: string, start: number, end: number): void
  addAside(kind: 'image-text' | 'title', pieces: Piece[] | undefined): void
  openEmphasis(): void
  closeEmphasis(): void
  endBlock(place: Place): void
}

export function createWriter(html: string, locate: Locate): Writer {
  const blocks: Block[] = []
  let prose = createProse()
  let asides: { kind: 'image-text' | 'title'; pieces: Piece[] }[] = []

  const addText = (to: Prose, start: number, end: number): void => {
    for (let i = start; i < end; i++) to.addRaw(html.charAt(i), locate(i))
  }

  const addDecoded = (to: Prose, value: string, start: number, end: number): void => {
    to.addDecoded(value, locate(start), locate(end - 1) + 1)
  }

  const finish = (from: Prose, place: Place): void => {
    const passage = from.finish()
    if (passage) blocks.push(toBlock(passage, place))
  }

  return {
    blocks,
    addText: (start, end) => addText(prose, start, end),
    addDecoded: (value, start, end) => addDecoded(prose, value, start, end),
    addAside(kind, pieces) {
      if (pieces) asides.push({ kind, pieces })
    },
    openEmphasis: () => prose.openEmphasis(),
    closeEmphasis: () => prose.closeEmphasis(),
    endBlock(place) {
      finish(prose, place)
      prose = createProse()
      for (const { kind, pieces } of asides) {
        const aside = createProse()
        for (const { value, start, end } of pieces) {
          // Entities are longer than what they stand for.
          if (value.length === end - start) addText(aside, start, end)
          else addDecoded(aside, value, start, end)
        }
        finish(aside, { kind, quoteDepth: place.quoteDepth })
      }
      asides = []
    },
  }
}
