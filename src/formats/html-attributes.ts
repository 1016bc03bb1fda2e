/** Gathers the attributes of a start tag from htmlparser2's tokenizer, with the place of each character of a value. */

import type { TokenizerCallbacks } from 'htmlparser2'

/** A stretch of an attribute's value: what it says, and the range of the HTML that says it. */
export interface Piece {
  value: string
  start: number
  end: number
}

export interface Attributes {
  /** The callbacks that fill the list. */
  callbacks: Pick<TokenizerCallbacks, 'onattribname' | 'onattribdata' | 'onattribentity' | 'onattribend'>
  /** The attributes since the last call, by lower-case name. */
  take(): Map<string, Piece[]>
}

const BEFORE_VALUE = /[\s]*=[\s]*["']?/y
const ENTITY = /&(?:#x[\da-f]+|#\d+|\w+);?/iy

export function createAttributes(html: string): Attributes {
  let found = new Map<string, Piece[]>()
  let pieces: Piece[] = []
  /** Where the next piece of the value begins. */
  let at = 0

  const match = (pattern: RegExp): number => {
    pattern.lastIndex = at
    return pattern.exec(html)?.[0].length ?? 0
  }

  return {
    callbacks: {
      onattribname(start, end) {
        const name = html.slice(start, end).toLowerCase()
        pieces = []
        // As in browsers, the first of two equal names counts.
        if (!found.has(name)) found.set(name, pieces)
        at = end
        at += match(BEFORE_VALUE)
      },
      onattribdata(start, end) {
        pieces.push({ value: html.slice(start, end), start, end })
        at = end
      },
      onattribentity(codePoint) {
        const value = String.fromCodePoint(codePoint)
        const last = pieces.at(-1)
        // A few entities stand for two characters and are told twice.
        if (html.charAt(at) !== '&') {
          if (last) last.value += value
          return
        }
        const start = at
        at += match(ENTITY)
        pieces.push({ value, start, end: at })
      },
      onattribend() {},
    },
    take() {
      const taken = found
      found = new Map()
      return taken
    },
  }
}
