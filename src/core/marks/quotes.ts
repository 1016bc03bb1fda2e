import { firstWhere } from '../ordered.ts'
import type { Reading } from '../reading.ts'
import type { Mark, Span } from '../types.ts'
import { holdsOwnName, type Marker, namesAuthor, type Settings, type Situation } from './situation.ts'

/**
 * Quotation: paired marks, curly or straight, also over several paragraphs; block quotes. A quotation of the author's own
 * people is the author's voice; so is one that the author approves. A few words in marks that nobody is said to have
 * spoken are held at arm's length (irony), or are a term under discussion.
 */
export const quotes: Marker = (situation) => {
  const { reading } = situation
  const { spans } = quotationsOf(reading)
  const marks = spans.flatMap((span) => [...judge(situation, span), ...nested(situation, span)])
  if (reading.block.quoteDepth > 0 && !ownBlockQuote(situation)) {
    marks.push({ kind: 'quoted', start: 0, end: reading.block.text.length, cue: '>', cueStart: 0, cueEnd: 0 })
  }
  return marks
}

/** A quotation inside a quotation, of somebody who is said to have spoken. */
function nested({ reading, settings }: Situation, outer: Span): Mark[] {
  const { text } = reading.block
  return single(text.slice(outer.start, outer.end), []).flatMap((inner): Mark[] => {
    const [start, end] = [outer.start + inner.start, outer.start + inner.end]
    const lead = reading.tokensIn({ start: outer.start, end: start })
    const verb = verbsOfSpeech(reading, lead).at(-1)
    const own = verb !== undefined && authorSpeaks(reading, settings, lead, verb)
    if (!anyHolds(reading, [lead], 'past-self') && (verb === undefined || own)) return []
    return [{ kind: 'quoted', start, end, cue: `‘${text.slice(start, end)}’`, cueStart: start - 1, cueEnd: end + 1 }]
  })
}

function anyHolds(reading: Reading, ranges: readonly Range[], concept: string): boolean {
  return ranges.some(({ from, to }) => reading.concept(concept, from, to).length > 0)
}

/** Tokens `from` to `to` (exclusive). */
interface Range {
  from: number
  to: number
}

/** A quotation: offsets of the words between the marks. */
interface Quotation extends Span {
  /** Not closed in this block. */
  open: boolean
}

const pairs: Readonly<Record<string, string>> = { '“': '”', '«': '»', '„': '“', '"': '"' }

/** A block with more is a table of measurements or noise, not speech; it is read as if it had none. */
const mostQuotations = 200

const anyMark = /["'“‘«„]/

/** The quotations of a text, by paired marks. */
function paired(text: string): Quotation[] {
  if (!anyMark.test(text)) return []
  const found: Quotation[] = []
  let start = -1
  let close = '”'
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string
    if (start >= 0 && char === close && !(char === '"' && opensStraight(text, i))) {
      found.push({ start, end: i, open: false })
      start = -1
    } else if (start < 0 && pairs[char] && (char !== '"' || opensStraight(text, i))) {
      start = i + 1
      close = pairs[char] as string
    }
  }
  if (start >= 0) found.push({ start, end: text.length, open: true })
  if (found.length > mostQuotations) return []
  return [...found, ...single(text, found)].sort((a, b) => a.start - b.start)
}

function opensStraight(text: string, i: number): boolean {
  return (i === 0 || /[\s([{—–-]/.test(text[i - 1] as string)) && /\S/.test(text[i + 1] ?? '')
}

/** Single marks, outside double ones: an apostrophe has a letter on both sides, or ends a word that opened nothing. */
function single(text: string, doubles: readonly Span[]): Quotation[] {
  const found: Quotation[] = []
  for (const match of text.matchAll(
    /(?<![\p{L}\p{N}])[‘'](?=\S)([^‘’'“”"]*(?:[’'](?=\p{L})[^‘’'“”"]*)*)[’'](?![\p{L}\p{N}])/gu,
  )) {
    const start = match.index + 1
    const end = match.index + match[0].length - 1
    if (!doubles.some((d) => d.start <= start && d.end >= end)) found.push({ start, end, open: false })
  }
  return found
}

/** The quotations of a block, and by token whether it stands inside one. */
interface Quoted {
  spans: readonly Quotation[]
  inside: Uint8Array
}

/** Looked for once: every quotation of a block is judged by what stands outside all of them. */
const known = new WeakMap<Reading, Quoted>()

function quotationsOf(reading: Reading): Quoted {
  let quoted = known.get(reading)
  if (!quoted) {
    const spans = paired(reading.block.text)
    const inside = new Uint8Array(reading.tokens.length)
    for (const span of spans) {
      const { from, to } = reading.tokensIn(span)
      inside.fill(1, from, to)
    }
    quoted = { spans, inside }
    known.set(reading, quoted)
  }
  return quoted
}

const longestTerm = 4
/** A headline or a slogan that is discussed may have more words than a term. */
const longestLine = 10

/** A few words of somebody's, in a sentence of one's own: "we do not ask whether you are “here illegally”". */
const inItsPlace = /\b(that|whether|if|are|is|was|were)\s*$/i
const soCalled = /\bso[- ]called\s*$/i
/** Words that are quoted to be changed: "delete “…”", "the phrase “…”". */
const struckOut =
  /\b(delet|strik|remov|replac|avoid|retir|reword|chang|dropp?|cut)(e|es|ed|ing|s)?( the)?( (words?|phrase|term|line|sentence))?:?\s*$|\b(words?|phrase|term|expression|label|slogan|headline)\s*$/i

function judge(situation: Situation, span: Quotation): Mark[] {
  const { reading } = situation
  const text = reading.block.text.slice(span.start, span.end)
  const at = {
    start: span.start,
    end: span.end,
    cueStart: span.start - 1,
    cueEnd: Math.min(span.end + 1, reading.block.text.length),
  }
  const lead = leadOf(reading.block.text, span.start - 1)
  const short = text.trim().split(/[\s-]+/).length <= longestTerm && !/[.!?,]$/.test(text.trim())
  const after = reading.block.text.slice(span.end + 1)
  const line = text.trim().split(/[\s-]+/).length <= longestLine
  if (struckOut.test(lead) || (line && discussed.test(after)))
    return [{ ...at, kind: 'mention', cue: `“${text}”`, cueStart: at.cueEnd }]
  if (short && prenominal(reading, span)) return [{ ...at, kind: 'irony', cue: `“${text}”` }]
  const said = soCalled.test(lead) ? 'none' : speech(situation, span)
  if (said === 'own' && short && inItsPlace.test(lead)) return [{ ...at, kind: 'irony', cue: `“${text}”` }]
  if (said === 'own' || said === 'approved') return [{ ...at, kind: 'own-voice', cue: text }]
  if (said === 'none' && short) return [{ ...at, kind: 'irony', cue: `“${text}”` }]
  return [{ ...at, kind: 'quoted', cue: `“${text.length > 40 ? `${text.slice(0, 38)} …` : text}”` }]
}

/** Longer than anything that is looked for right before a quotation. */
const longestLead = 80

/** The words before an offset: as many as are looked at, without the spaces after them. */
function leadOf(text: string, end: number): string {
  return text.slice(0, Math.max(0, end)).trimEnd().slice(-longestLead)
}

/** Verbs that speak of a word: "“Illegal alien” appears twice", "“End demand”: what the slogan hides". */
const discussed =
  /^(\s+here)?\s+(appears?|occurs?|suggests?|implies|imply|erases?|hides?|conjures?|sounds?|means?|reduces?|names? (people|them|us|her|women)|tells? (us|readers)|(is|was) (the|a|an) (word|term|name|label|phrase|slur|slogan))\b|^:?\s+(what|why) (the|this|that) (slogan|word|phrase|term|label)\b/i

/** Scare quotes on a word before its noun, which nobody is said to have spoken: "“third-world” parents". */
function prenominal(reading: Reading, span: Span): boolean {
  const next = reading.tokenFrom(span.end)
  const first = reading.tokenFrom(span.start)
  if (reading.tokens[next]?.breakBefore !== 'none' || reading.pos[next] !== 'n' || first < 1) return false
  return reading.tokens[first]?.breakBefore === 'none' && reading.pos[first - 1] !== 'v'
}

type Speaker = 'own' | 'approved' | 'other' | 'none'

/** Who is said to have spoken: a paragraph that is all quotation goes on from the one before, or is named by the one after. */
function speech(situation: Situation, span: Quotation): Speaker {
  const here = speakerIn(situation, situation.reading, span)
  if (here !== 'none' || outside(situation.reading, span).length) return here
  for (const index of [situation.index - 1, situation.index + 1]) {
    const other = situation.readings[index]
    const quotation = other && quotationsOf(other).spans.at(-1)
    const there = quotation ? speakerIn(situation, other, quotation) : 'none'
    if (there !== 'none') return there
  }
  return 'none'
}

/** How far from its verb a speaker is looked for, in tokens: "said Ruth Amado, who has chaired our board since 2019". */
const [speakerBefore, speakerAfter] = [8, 10]

/** Who speaks, by the words around the verb of speech outside the quotation. */
function speakerIn({ settings }: Situation, reading: Reading, span: Quotation): Speaker {
  const around = outside(reading, span)
  if (anyHolds(reading, around, 'approval')) return 'approved'
  if (!anyHolds(reading, around, 'speech')) return 'none'
  if (anyHolds(reading, around, 'past-self')) return 'other'
  const verbs = nearest(
    reading,
    span,
    around.flatMap((range) => verbsOfSpeech(reading, range).map((verb) => ({ range, verb }))),
  )
  const near = verbs.map(({ range, verb }) => clip(range, verb - speakerBefore, verb + speakerAfter))
  const author = verbs.some(
    ({ range, verb }) => authorSpeaks(reading, settings, range, verb) && !ownedByOthers(reading, verb, span),
  )
  if (author) return 'own'
  const toAuthor = verbs.some(({ verb }) => addressees.has(reading.tokens[verb + 1]?.norm ?? ''))
  return anyHolds(reading, near, 'own-role') && !anyHolds(reading, near, 'third-party') && !toAuthor ? 'own' : 'other'
}

/** Those in the stretch of text that is next to the quotation: “…,” the trainer told us in 2011, and I wrote it down. */
function nearest<T extends { verb: number }>(reading: Reading, span: Span, verbs: readonly T[]): T[] {
  const { from, to } = reading.tokensIn(span)
  const distance = ({ verb }: T): number => (verb < from ? from - verb : verb - to)
  const least = Math.min(...verbs.map(distance))
  return verbs.filter((verb) => distance(verb) <= least)
}

/** "We note the Minister's view that “…”": the words are the Minister's. */
function ownedByOthers({ tokens }: Reading, verb: number, span: Quotation): boolean {
  for (let i = verb + 1; (tokens[i]?.end ?? Number.POSITIVE_INFINITY) <= span.start; i++)
    if (tokens[i]?.possessive) return true
  return false
}

/** "The director told us": of another house. */
const addressees = new Set('us me'.split(' '))

function clip(range: Range, from: number, to: number): Range {
  return { from: Math.max(range.from, from), to: Math.min(range.to, to) }
}

function verbsOfSpeech(reading: Reading, { from, to }: Range): number[] {
  return reading.concept('speech', from, to).map((match) => match.from)
}

const addressed = new Set('told tell tells asked asks called calls to wrote'.split(' '))

/**
 * The author is the speaker: "we" right before the verb, "our" in the phrase beside it, a name of its own; not the one spoken to
 * ("the officer told us").
 */
function authorSpeaks(reading: Reading, settings: Settings, range: Range, verb: number): boolean {
  const { from, to: reach } = clip(range, verb - speakerBefore, verb + speakerAfter)
  const to = Math.min(reach, reading.sentences[reading.sentenceOf(verb)]?.to ?? reach)
  for (let i = from; i < to; i++) {
    const { norm = '' } = reading.tokens[i] ?? {}
    if (firstPersons.has(norm) && i < verb && verb - i <= 3) return true
    if (possessives.has(norm) && !addressed.has(reading.tokens[i - 1]?.norm ?? '')) return true
  }
  return holdsOwnName(reading, settings, from, to)
}

const firstPersons = new Set('i we'.split(' '))
const possessives = new Set('our my'.split(' '))

/** Token ranges outside all quotations, in the sentences that the quotation touches and the one after if it is short. */
function outside(reading: Reading, span: Quotation): Range[] {
  const { inside } = quotationsOf(reading)
  const { sentences } = reading
  const touched = sentences.slice(
    firstWhere(sentences, ({ end }) => end >= span.start - 2),
    firstWhere(sentences, ({ start }) => start > span.end + 2),
  )
  return touched.flatMap((sentence) => {
    const ranges: Range[] = []
    for (let i = sentence.from; i < sentence.to; i++) {
      if (inside[i]) continue
      const last = ranges.at(-1)
      if (last?.to === i) last.to = i + 1
      else ranges.push({ from: i, to: i + 1 })
    }
    return ranges
  })
}

/** A block quote that an attribution line inside it, or the line before it, gives to the author's own people. */
function ownBlockQuote(situation: Situation): boolean {
  const { readings, index, reading } = situation
  const lines = [reading, readings[index + 1], readings[index - 1]].filter((r) => r !== undefined)
  return lines.some((line) => {
    const dash = line.block.text.search(/[—–]\s*\p{Lu}|--\s*\p{Lu}/u)
    if (dash < 0) return false
    const from = line.tokenFrom(dash)
    return namesAuthor(situation, line, from, line.tokens.length)
  })
}
