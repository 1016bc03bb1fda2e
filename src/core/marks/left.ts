import type { Reading, Sentence } from '../reading.ts'
import type { Mark } from '../types.ts'
import { type Marker, mark } from './situation.ts'

/**
 * What was once so and is no more: "Ten years ago our site promised to … We took that page down". A time that is over opens the
 * passage, and words later in the sentence, or in the next one, say that it is.
 */
export const left: Marker = ({ reading }) =>
  reading.sentences.flatMap((sentence, i): Mark[] => {
    const time = reading.concept('past-time', sentence.from, sentence.to)[0]
    if (!time) return []
    const over = endOf(reading, sentence, time.to) ?? nextEnd(reading, i)
    if (!over) return []
    const to = Math.min(over.from, sentence.to)
    return kinds.flatMap((kind) => mark(reading, kind, time.to, to, over)).map((given) => ({ ...given, apart: true }))
  })

/** The one excuses words, the other what they claim. */
const kinds = ['historical', 'opposed'] as const

function endOf(reading: Reading, { to }: Sentence, from: number): { from: number; to: number } | undefined {
  return reading.concept('over-now', from, to)[0]
}

function nextEnd(reading: Reading, i: number): { from: number; to: number } | undefined {
  const next = reading.sentences[i + 1]
  return next && endOf(reading, next, next.from)
}
