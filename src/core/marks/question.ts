import type { Mark } from '../types.ts'
import { type Marker, mark } from './situation.ts'

/** From a stop to a question mark. It starts after a stop only: from every letter on, time would grow with the square. */
const questions = /(?<![^.!?])[^.!?]*\?/g

/** A question asserts nothing, unless it is put so that only one answer is left ("Why not …?", "Isn't it time …?"). */
export const question: Marker = ({ reading }) => {
  const { text } = reading.block
  if (!text.includes('?')) return []
  return [...text.matchAll(questions)].flatMap((asked): Mark[] => {
    if (rhetorical.test(asked[0].trimStart())) return []
    const [start, end] = [asked.index, asked.index + asked[0].length]
    const [from, to] = [reading.tokenFrom(start), reading.tokenFrom(end)]
    return mark(reading, 'question', from, to, { from: to - 1, to })
  })
}

const rhetorical =
  /^["“‘'(]*(why (not|wo|do|does|did|are|is|should|would|must|ca)|why .* when\b|is\s?n[’']t|are\s?n[’']t|do\s?n[’']t|does\s?n[’']t|should\s?n[’']t|would\s?n[’']t|wo\s?n[’']t|ca\s?n[’']t|have\s?n[’']t|who (would|could|can|will|wants|dares)|how (many|much|long|can|could|dare)|when will|what (kind|sort|more|better|else)|will you|can you|could you|would you|want to|wanna|ready to|did you know|what if you)\b/i
