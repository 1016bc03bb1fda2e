import type { Mark } from '../types.ts'
import { conditional } from './conditional.ts'
import { cued } from './cued.ts'
import { defined } from './defined.ts'
import { framed } from './framed.ts'
import { held } from './held.ts'
import { historical } from './historical.ts'
import { left } from './left.ts'
import { names } from './names.ts'
import { proposals } from './proposals.ts'
import { question } from './question.ts'
import { quotes } from './quotes.ts'
import { reported } from './reported.ts'
import { cuesIn, type Marker, type Situation } from './situation.ts'

/** Every marker, in no particular order: none depends on another. */
const markers: readonly Marker[] = [
  quotes,
  cued,
  conditional,
  question,
  names,
  defined,
  framed,
  held,
  left,
  historical,
  reported,
  proposals,
]

/** All marks of a block. */
export function marksOf(given: Omit<Situation, 'cues'>): Mark[] {
  const situation = { ...given, cues: cuesIn(given.reading, given.pack) }
  const marks: Mark[] = []
  for (const marker of markers) for (const mark of marker(situation)) marks.push(mark)
  return marks
}

export type { Settings, Situation } from './situation.ts'
