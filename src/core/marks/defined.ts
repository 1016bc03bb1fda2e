import type { Mark } from '../types.ts'
import type { Marker } from './situation.ts'

/** Words that are shown, not used: a glossary's headword (emphasised, with a colon or a dash after it), and struck-out text. */
export const defined: Marker = ({ reading: { block } }) =>
  (block.emphasis ?? []).flatMap((span): Mark[] => {
    if (span.struck)
      return [
        {
          kind: 'mention',
          start: span.start,
          end: span.end,
          cue: block.text.slice(span.start, span.end),
          cueStart: span.start,
          cueEnd: span.start,
        },
      ]
    const term = block.text.slice(span.start, span.end)
    const entry =
      span.start === 0 && (/[:—–.]\s*$/.test(term) || /^\s*(\([\w. ]+\))?\s*[:—–]/.test(block.text.slice(span.end)))
    if (!entry || term.split(/\s+/).length > 5) return []
    return [{ kind: 'mention', start: 0, end: span.end, cue: term, cueStart: span.end, cueEnd: span.end }]
  })
