import type { Mark } from '../types.ts'
import { cued } from './cued.ts'
import { defined } from './defined.ts'
import { framed } from './framed.ts'
import { historical } from './historical.ts'
import { names } from './names.ts'
import { question } from './question.ts'
import { quotes } from './quotes.ts'
import { reported } from './reported.ts'
import type { Marker, Situation } from './situation.ts'

/** Every marker, in no particular order: none depends on another. */
const markers: readonly Marker[] = [quotes, cued, question, names, defined, framed, historical, reported]

/** All marks of a block. */
export function marksOf(situation: Situation): Mark[] {
  return markers.flatMap((marker) => marker(situation))
}

export type { Settings, Situation } from './situation.ts'
