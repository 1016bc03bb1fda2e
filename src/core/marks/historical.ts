import type { Mark } from '../types.ts'
import { firstToken, type Marker, mark } from './situation.ts'

/** A sentence dated before 1920 tells of the past, unless it sets the past beside today ("again, as in 1850"). */
export const historical: Marker = ({ reading }) =>
  reading.sentences.flatMap((sentence): Mark[] => {
    const { from, to } = sentence
    const year = firstToken(reading, sentence, (word) => word.startsWith('1') && past.test(word))
    if (year < 0 || firstToken(reading, sentence, (word) => present.has(word)) >= 0) return []
    return mark(reading, 'historical', from, to, { from: year, to: year + 1 })
  })

const past = /^(1[5-8]\d\d|19[01]\d)s?$/
const present = new Set('today again still now modern like same beside yesterday tonight'.split(' '))
