import type { Mark } from '../types.ts'
import { type Marker, mark } from './situation.ts'

/** A sentence dated before 1920 tells of the past, unless it sets the past beside today ("again, as in 1850"). */
export const historical: Marker = ({ reading }) =>
  reading.sentences.flatMap((sentence): Mark[] => {
    const words = reading.tokens.slice(sentence.from, sentence.to).map((token) => token.norm)
    const year = words.findIndex((word) => /^(1[5-8]\d\d|19[01]\d)s?$/.test(word))
    if (year < 0 || words.some((word) => present.has(word))) return []
    const at = sentence.from + year
    return mark(reading, 'historical', sentence.from, sentence.to, { from: at, to: at + 1 })
  })

const present = new Set('today again still now modern like same beside yesterday tonight'.split(' '))
