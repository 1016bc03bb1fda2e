import type { Match } from '../matcher.ts'
import type { Direction, Meaning, Pack } from '../pack.ts'
import type { Reading, Sentence } from '../reading.ts'
import type { Token } from '../tokens.ts'
import type { Mark, MarkKind } from '../types.ts'

/** Names that only the user knows. */
export interface Settings {
  /** The organisation's own names, and its people: what they say is the author's voice. */
  own: readonly string[]
  /** Registered names and phrases that the organisation accepts. */
  accepted: readonly string[]
}

/** What a marker sees: the whole draft as read, and which block it is asked about. */
export interface Situation {
  readings: readonly Reading[]
  index: number
  reading: Reading
  pack: Pack
  settings: Settings
  /** The cues of the block, without those that a pseudo-cue of their kind contains. */
  cues: readonly Cue[]
}

/** Finds the marks of one kind, or of a family of kinds, in a block. */
export type Marker = (situation: Situation) => Mark[]

/** A cue that a sentence holds; token numbers are those of the block. */
export interface Cue extends Match {
  kind: MarkKind
  direction: Direction
  sentence: Sentence
}

export function cuesIn({ sentences }: Reading, pack: Pack): Cue[] {
  const found: Cue[] = []
  for (const sentence of sentences) {
    const all: Cue[] = []
    for (const { pattern, from, to, pieces } of sentence.words.cues) {
      const meaning = pack.meanings.at(pattern) as Meaning
      if (meaning.type !== 'cue') continue
      all.push({ pattern, from, to, pieces, kind: meaning.kind, direction: meaning.direction, sentence })
    }
    const pseudo = all.filter((cue) => cue.direction === 'pseudo')
    for (const cue of all)
      if (cue.direction !== 'pseudo' && !pseudo.some((other) => other.kind === cue.kind && contains(other, cue)))
        found.push(cue)
  }
  return found
}

function contains(outer: Match, inner: Match): boolean {
  return outer.from <= inner.from && outer.to >= inner.to
}

/** The first of tokens `from` to `to` of which the test holds; -1 where there is none. */
export function firstToken(
  { tokens }: Reading,
  { from, to }: { from: number; to: number },
  test: (norm: string) => boolean,
): number {
  for (let i = from; i < to; i++) if (test((tokens[i] as Token).norm)) return i
  return -1
}

const capitalLetter = /^\p{Lu}/u

/** Whether a token is written with a capital. */
export function capital({ tokens }: Reading, i: number): boolean {
  const text = tokens[i]?.text ?? ''
  const code = text.charCodeAt(0)
  // Nearly all words are told by this alone.
  return code < 0x80 ? code >= 0x41 && code <= 0x5a : capitalLetter.test(text)
}

/** Of those that "n't" is written to. */
const longestVerb = 6

/** A mark over tokens `from` to `to` (exclusive), given by the words of `cue`. */
export function mark(
  reading: Reading,
  kind: MarkKind,
  from: number,
  to: number,
  cue: { from: number; to: number },
): Mark[] {
  const first = reading.tokens[from]
  const last = reading.tokens[to - 1]
  const cueFirst = reading.tokens[cue.from]
  const cueLast = reading.tokens[cue.to - 1]
  if (!first || !last || !cueFirst || !cueLast || from >= to) return []
  const [cueStart, cueEnd] = [cueFirst.start, cueLast.end]
  const { text } = reading.block
  // "n't" is shown with the verb that it is written to.
  const shown = cueStart - (/\p{L}+$/u.exec(text.slice(Math.max(0, cueStart - longestVerb), cueStart))?.[0].length ?? 0)
  return [{ kind, start: first.start, end: last.end, cue: text.slice(shown, cueEnd), cueStart, cueEnd }]
}

const ownWords = new Set('i we our ours us my me'.split(' '))

const possessives = new Set('our my'.split(' '))

/**
 * Whether tokens `from` to `to` of a reading name the author: a first person, or a name from the settings. "My aunt" and "our
 * senator" are somebody else.
 */
export function namesAuthor({ settings }: Situation, reading: Reading, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const { norm = '' } = reading.tokens[i] ?? {}
    if (ownWords.has(norm) && !(possessives.has(norm) && thirdParty(reading, i + 1))) return true
  }
  return holdsOwnName(reading, settings, from, to)
}

/** Whether one of the next few words is a role of somebody else: "my late aunt". */
function thirdParty(reading: Reading, at: number): boolean {
  const end = reading.sentences[reading.sentenceOf(at + 1)]?.to ?? reading.tokens.length
  return reading.concept('third-party', at, end).some(({ from }) => from <= at + 1)
}

/** Whether tokens `from` to `to` hold one of the names that the user gave as the author's own. */
export function holdsOwnName(reading: Reading, { own }: Settings, from: number, to: number): boolean {
  const [first, last] = [reading.tokens[from], reading.tokens[to - 1]]
  if (!first || !last || !own.length) return false
  const text = reading.block.text.slice(first.start, last.end).toLowerCase()
  return own.some((name) => text.includes(name.toLowerCase()))
}

/** What somebody is to do or to say they have not done or said. */
export const obligations: ReadonlySet<string> = new Set('should must shall ought'.split(' '))
