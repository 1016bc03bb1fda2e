import { ENDS_PHRASE, ENDS_SENTENCE, IS_PLAIN, TAKES_PUNCTUATION } from '../kernel/layout.ts'
import { fold } from './fold.ts'
import { endsSentence } from './sentences.ts'
import { type Break, partsPhrases, tokenise } from './tokens.ts'

/**
 * A stretch of text without white space, as it is read where nothing is known of the text around it: its words, and how each is
 * parted from the one before; what it `says` of what follows (see layout.ts). The kernel reads most of them itself.
 */
export interface Stretch {
  words: readonly { norm: string; breakBefore: Break }[]
  says: number
}

/** Reads a stretch. Mostly it is one word. */
export function readStretch(stretch: string): Stretch {
  const ends = stretch.endsWith('.') && endsSentence(stretch) ? ENDS_SENTENCE : 0
  const norm = plainWord.test(stretch) ? fold(stretch.endsWith('.') ? stretch.slice(0, -1) : stretch) : "'"
  // Contractions are two words, also those without their apostrophe.
  if (!norm.includes("'"))
    return { words: [{ norm, breakBefore: 'none' }], says: ends | IS_PLAIN | (stretch.endsWith('.') ? ENDS_PHRASE : 0) }
  const tokens = tokenise(stretch)
  // What belongs to an address parts no words.
  if (address.test(stretch)) return { words: tokens.map(apart), says: ends | TAKES_PUNCTUATION }
  if (joinedWords.test(stretch)) return { words: tokens, says: ends | IS_PLAIN }
  const rest = stretch.slice(tokens.at(-1)?.end ?? 0)
  return {
    words: tokens.map((token) => (token.breakBefore === 'strong' ? token : apart(token))),
    says: ends | (partsPhrases(rest) ? ENDS_PHRASE : 0),
  }
}

/** What stands between words may be markup, so that a sentence may begin there. */
function apart({ norm }: { norm: string }): Stretch['words'][number] {
  return { norm, breakBefore: 'weak' }
}

const plainWord = /^[a-z]+\.?$/i
/** Contractions, words with a hyphen, numbers: nothing in them is markup. */
const joinedWords = /^(?:[a-z]+(?:['’-][a-z]+)*|\d+)$/i
const address = /:\/\/|www\.|@/i
