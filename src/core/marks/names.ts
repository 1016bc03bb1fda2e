import type { Reading } from '../reading.ts'
import type { Mark } from '../types.ts'
import { capital, type Marker, mark } from './situation.ts'

/**
 * Proper names: a run of capitalised words that holds a word such names are made with ("Act", "Coalition", "Index"), a case
 * name ("Doe v. State"), a cited work in italics or quotation marks, and names that the user accepts.
 */
export const names: Marker = ({ reading, settings }) => [
  ...runs(reading),
  ...works(reading),
  ...references(reading),
  ...accepted(reading, settings.accepted),
]

const heads = new Set(
  (
    'act acts law laws bill code convention protocol statute ordinance commission commissioner coalition foundation international index report ' +
    'conference summit project program museum institute network society association committee council department office unit taskforce force ' +
    'amendment award prize fund fellowship church campaign initiative alliance league union agency bureau court ministry regulation directive ' +
    'declaration treaty resolution proposition measure helpline hotline center university college school press journal review times house ' +
    'mission ministries army party forum observatory charter strategy plan framework statement policy registry guidance operation group collective club gala section title chapter inc ltd trust pledge'
  ).split(' '),
)
const joints = new Set('of the and for against on in to at by with & / de la'.split(' '))

function runs(reading: Reading): Mark[] {
  if (reading.block.kind === 'heading' && titleCase(reading)) return []
  const marks: Mark[] = []
  const { tokens } = reading
  for (let i = 0; i < tokens.length; i++) {
    if (!capital(reading, i)) continue
    let last = i
    for (let j = i + 1; j < tokens.length && tokens[j]?.breakBefore === 'none'; j++) {
      if (capital(reading, j) || /^\d{4}$/.test(tokens[j]?.norm ?? '')) last = j
      else if (!joints.has(tokens[j]?.norm ?? '') || (tokens[j]?.norm === 'to' && tokens[j + 1]?.norm === 'the')) break
    }
    if (last > i && holdsHead(reading, i, last + 1))
      marks.push(...mark(reading, 'name', i, last + 1, { from: i, to: last + 1 }))
    i = last
  }
  return [...marks, ...listed(reading, marks)]
}

const proper = "\\p{Lu}[\\p{L}\\p{N}.’'-]*"
const properRun = `${proper}(?: (?:${proper}|&|the|of|for|against|on|in|at))*`
const wholeItem = new RegExp(`^(?:the )?${properRun}$`, 'u')
const lastWords = new RegExp(`${proper} (?:${properRun}|(?:the|of|for|against) ${properRun})$`, 'u')

/**
 * In a list of names ("La Strada, Free the Slaves and Anti-Slavery International") every capitalised item is one, and so is
 * the first, behind the words that open the list ("Our partners include Free the Slaves, …").
 */
function listed(reading: Reading, named: readonly Mark[]): Mark[] {
  if (!named.length) return []
  const marks: Mark[] = []
  let before: RegExpExecArray | undefined
  for (const item of reading.block.text.matchAll(/(?:(?! and )[^,;:()])+/g)) {
    const words = item[0]
      .replace(/^\s*and /, '')
      .replace(/[.!?]\s*$/, '')
      .trim()
    if (wholeItem.test(words)) {
      const opening = !marks.length && before && lastWords.exec(before[0].trimEnd())
      if (before && opening) marks.push(nameAt(before.index + opening.index, opening[0]))
      marks.push(nameAt(item.index + item[0].indexOf(words), words))
    }
    before = item
  }
  return marks.length < 3 ? [] : marks
}

function nameAt(start: number, cue: string): Mark {
  const end = start + cue.length
  return { kind: 'name', start, end, cue, cueStart: start, cueEnd: end }
}

/** A day or month has a name if it is for something, not if it crowns somebody ("Volunteer of the Month"). */
const days = new Set('month day week year decade'.split(' '))
const occasions = new Set(
  'awareness prevention history action remembrance national international world observance'.split(' '),
)

function norms(reading: Reading, from: number, to: number): string[] {
  return reading.tokens.slice(from, to).map((token) => token.norm)
}

/** A head counts with a capital, and not as the first word of a sentence only. */
function holdsHead(reading: Reading, from: number, to: number): boolean {
  const dated = norms(reading, from, to).some((norm) => occasions.has(norm))
  for (let i = from; i < to; i++) {
    const { norm = '' } = reading.tokens[i] ?? {}
    if (dated && days.has(norm)) return true
    if (capital(reading, i) && (heads.has(norm) || norm === 'v')) return true
    if (norm === 'v' && i > from && capital(reading, i - 1)) return true
  }
  return false
}

/** A heading with most words capitalised gives capitals no meaning. */
function titleCase(reading: Reading): boolean {
  const words = reading.tokens.filter((token) => token.text.length > 3)
  return words.length > 1 && words.filter((token) => /^\p{Lu}/u.test(token.text)).length / words.length > 0.6
}

/** Italic titles: several capitalised words under emphasis. */
function works(reading: Reading): Mark[] {
  return (reading.block.emphasis ?? []).flatMap((span) => {
    const { from, to } = reading.tokensIn(span)
    const inside = reading.tokens.slice(from, to)
    const long = inside.filter((token) => token.text.length > 3)
    if (long.length < 2 || ![...long, inside[0]].every((token) => /^\p{Lu}|^\d/u.test(token?.text ?? ''))) return []
    const cue = reading.block.text.slice(span.start, span.end)
    // What is shouted is no title.
    if (inside.length === reading.tokens.length || cue === cue.toUpperCase()) return []
    return [{ kind: 'name' as const, start: span.start, end: span.end, cue, cueStart: span.start, cueEnd: span.end }]
  })
}

const reference = /^\W*\p{Lu}[\p{L}'’-]+,\s+(?:\p{Lu}\.?\s?)+.{0,120}?\((?:19|20)\d\d[a-z]?\)/u

/** An entry of a bibliography: "Surname, X. (2015). Title". */
function references({ block }: Reading): Mark[] {
  const cue = reference.exec(block.text)?.[0]
  return cue ? [{ kind: 'name', start: 0, end: block.text.length, cue, cueStart: 0, cueEnd: cue.length }] : []
}

function accepted(reading: Reading, phrases: readonly string[]): Mark[] {
  const text = reading.block.text.toLowerCase()
  return phrases.flatMap((phrase) => {
    const marks: Mark[] = []
    const wanted = phrase.toLowerCase()
    for (let at = text.indexOf(wanted); wanted && at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length
      marks.push({ kind: 'name', start: at, end, cue: reading.block.text.slice(at, end), cueStart: at, cueEnd: end })
    }
    return marks
  })
}
