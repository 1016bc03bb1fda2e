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
    const next = reading.sentences[i + 1]
    const over =
      reading.concept('over-now', time.to, sentence.to)[0] ??
      (next && reading.concept('over-now', next.from, next.to)[0])
    if (!over) return []
    const to = Math.min(over.from, sentence.to)
    return kinds.flatMap((kind) => mark(reading, kind, time.to, to, over)).map((given) => ({ ...given, apart: true }))
  })

/** The one excuses words, the other what they claim. */
const kinds = ['historical', 'opposed'] as const
