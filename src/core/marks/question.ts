import type { Mark } from '../types.ts'
import { type Marker, mark } from './situation.ts'

/** A question asserts nothing, unless it is put so that only one answer is left ("Why not …?", "Isn't it time …?"). */
export const question: Marker = ({ reading }) =>
  reading.sentences.flatMap((sentence): Mark[] => {
    const text = reading.block.text.slice(sentence.start, sentence.end)
    if (!/\?["”’')\]]*$/.test(text.trimEnd()) || /[.!]\s/.test(text) || rhetorical.test(text)) return []
    const last = sentence.to - 1
    return mark(reading, 'question', sentence.from, sentence.to, { from: last, to: sentence.to })
  })

const rhetorical =
  /^["“‘'(]*(why (not|wo|do|does|did|are|is|should|would|must|ca)|is\s?n[’']t|are\s?n[’']t|do\s?n[’']t|does\s?n[’']t|should\s?n[’']t|would\s?n[’']t|wo\s?n[’']t|ca\s?n[’']t|have\s?n[’']t|who (would|could|can|will|wants|dares)|how (many|much|long|can|could|dare)|when will|what (kind|sort|more|better|else)|will you|can you|could you|would you|want to|wanna|ready to|did you know|what if you)\b/i
