import { isFiniteVerb, scopeStart } from '../clauses.ts'
import type { Mark } from '../types.ts'
import { firstToken, type Marker, mark, namesAuthor } from './situation.ts'

/**
 * Neutral report: a clause in the past tense about others, dated ("In 2014 Canada adopted …"). What the author thinks of it
 * is not said, so it is worth a note at most.
 */
export const reported: Marker = (situation) => {
  const { reading } = situation
  return reading.sentences.flatMap((sentence): Mark[] => {
    const date = firstToken(reading, sentence, isYear)
    if (date < 0 || namesAuthor(situation, reading, sentence.from, sentence.to)) return []
    const list = reading.clauses(sentence)
    return list.flatMap((clause, k) => {
      for (let i = clause.from; i < clause.to; i++) {
        if (isFiniteVerb(reading.tokens, reading.pos, i))
          return past(reading.tokens[i]?.norm ?? '')
            ? mark(reading, 'reported', clause.link === 'resumed' ? scopeStart(list, k) : clause.from, clause.to, {
                from: date,
                to: date + 1,
              })
            : []
      }
      return []
    })
  })
}

function isYear(norm: string): boolean {
  return norm.length === 4 && /^(19|20)\d\d$/.test(norm)
}

const pasts = new Set('was were had did became began took made passed set brought voted came went'.split(' '))

function past(norm: string): boolean {
  return norm.endsWith('ed') || pasts.has(norm)
}
