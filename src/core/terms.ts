import { firstWhere } from './ordered.ts'
import type { Block, Span } from './types.ts'

/**
 * Drafts name a thing once in full and then in short: “the Equality Model … adopt the Model”, or by a definition,
 * “a law that punishes clients (“the Law”)”. Rules know the full name only, so the short forms are read as if they were spelled out.
 */

/** The texts with later short forms spelled out; `undefined` in place of a text that has none. */
export function spelledOut(texts: readonly string[]): (Spelled | undefined)[] {
  const known = new Map<string, string | undefined>()
  const nouns = new Set(texts.flatMap((text) => Array.from(text.matchAll(shortForm), ([, , noun]) => noun as string)))
  return texts.map((text) => spell(text, nouns, known))
}

/** A text with short forms spelled out, and the places where it differs from the one it was made of. */
export interface Spelled {
  text: string
  /** In the order of the text. */
  changes: Change[]
}

/** Where a short form stands in the original, and its full form in the new text. */
interface Change {
  short: Span
  full: Span
}

// Latin letters as ranges: a class of Unicode takes a millisecond to compile, and a clean draft is answered in twenty.
const capital = 'A-ZÀ-ÖØ-Þ\u0100-\u024F'
const small = 'a-zß-öø-ÿ\u0100-\u024F'
const inWord = `’'${capital}${small}-`
/** A determiner and a noun with a capital that nothing goes on to describe. */
const shortForm = new RegExp(
  `\\b([Tt]h(?:e|is|at)) ([${capital}][${small}]+)(?![${inWord}]| (?:[${capital}]|of |for |\\d))`,
  'g',
)
/** A name: words with capitals, of which the last can stand for all. */
const fullName = new RegExp(
  `(?<![${inWord}])(?:[${capital}][${inWord}]+ ){1,8}[${capital}][${small}]+(?![${inWord}])`,
  'g',
)
/** “(the “Model”)”, “(hereafter “the Model”)”. */
const definition = new RegExp(
  `\\((?:here(?:in)?after |henceforth )?(?:the ["“‘]?|["“‘](?:the )?)([${capital}][${small}]+)["”’]?\\)`,
  'g',
)
const determiner = /\b(?:an?|the|this|that|our|its|their) /gi
const notOfName =
  /^(?:(?:The|This|That|These|Those|A|An|Our|Its|Their|No|Every|In|On|For|With|Under|After|Before|When|While|Since|If|As|And|But) )+/

/** To look for each of so many takes longer than to look for names. */
const manyNouns = 50

/**
 * Spells out what earlier texts and the text itself have introduced; `known` takes up what it introduces. `nouns`: those that
 * stand in some text for a thing in full; where none of them is, there is nothing to look for.
 */
function spell(text: string, nouns: ReadonlySet<string>, known: Map<string, string | undefined>): Spelled | undefined {
  if (nouns.size < manyNouns && !Array.from(nouns).some((noun) => text.includes(noun))) return undefined
  const introduced = introductions(text)
  const changes: Spelled['changes'] = []
  let [spelled, copied] = ['', 0]
  let next = 0
  for (const { index, 0: short, 1: the, 2: noun } of text.matchAll(shortForm)) {
    while (next < introduced.length && (introduced[next] as Introduction).end <= index) learn(introduced[next++])
    const full = known.get((noun as string).toLowerCase())
    if (!full) continue
    spelled += text.slice(copied, index)
    const start = spelled.length
    spelled += `${the} ${full}`
    copied = index + short.length
    changes.push({ short: { start: index, end: copied }, full: { start, end: spelled.length } })
  }
  for (; next < introduced.length; next++) learn(introduced[next])
  return changes.length ? { text: spelled + text.slice(copied), changes } : undefined

  function learn(one: Introduction | undefined): void {
    if (!one) return
    const before = known.get(one.noun)
    // Two things that share a noun: the short form may stand for either.
    const same = before === undefined ? !known.has(one.noun) : before.toLowerCase() === one.full.toLowerCase()
    known.set(one.noun, same || one.defined ? one.full : undefined)
  }
}

interface Introduction extends Span {
  noun: string
  full: string
  defined: boolean
}

/** Where the text names a thing in full, in its order. */
function introductions(text: string): Introduction[] {
  const named = Array.from(text.matchAll(fullName), ({ 0: name, index }) => {
    const full = name.replace(notOfName, '')
    const noun = (full.split(' ').at(-1) as string).toLowerCase()
    return { start: index, end: index + name.length, noun, full, defined: false }
  }).filter(({ full }) => full.includes(' ') && full.length <= longestDescription)
  const defined = Array.from(text.matchAll(definition), ({ 0: words, 1: short, index }) => {
    const noun = (short as string).toLowerCase()
    const full = described(text.slice(Math.max(0, index - longestDescription), index), noun)
    return { start: index, end: index + words.length, noun, full: full ?? '', defined: true }
  }).filter(({ full }) => full)
  return [...named, ...defined].sort((a, b) => a.end - b.end)
}

/** In UTF-16 units. */
const longestDescription = 160

/** The end of `lead` that describes the noun, without its determiner: “law that punishes clients”. */
function described(lead: string, noun: string): string | undefined {
  const sentence = lead.slice(lead.search(/[^.!?]*$/)).trimEnd()
  const starts = Array.from(sentence.matchAll(determiner), ({ 0: word, index }) => index + word.length)
  const holds = new RegExp(String.raw`\b${noun}\b`, 'i')
  return starts.map((start) => sentence.slice(start)).findLast((words) => holds.test(words))
}

/** The blocks as the engine reads them, and the way back to the draft's own text. */
export class Terms {
  readonly blocks: readonly Block[]
  readonly #spelled: readonly (Spelled | undefined)[]

  constructor(blocks: readonly Block[]) {
    this.#spelled = spelledOut(blocks.map(({ text }) => text))
    this.blocks = blocks.map((block, i) => {
      const spelled = this.#spelled[i]
      return spelled ? blockOf(block, spelled) : block
    })
  }

  /** Whether a stretch of a block holds a short form. */
  touches(block: number, { start, end }: Span): boolean {
    const changes = this.#spelled[block]?.changes ?? []
    const next = changes[firstWhere(changes, ({ full }) => full.end > start)]
    return next !== undefined && next.full.start < end
  }

  /** The stretch of the draft's own block that a stretch of the block as it is read stands for. */
  asWritten(block: number, { start, end }: Span): Span {
    const changes = this.#spelled[block]?.changes ?? []
    return { start: back(changes, start, 'start'), end: back(changes, end, 'end') }
  }
}

function back(changes: Spelled['changes'], at: number, side: 'start' | 'end'): number {
  const inside = ({ full }: Change): boolean => (side === 'start' ? full.end > at : full.end >= at)
  const next = firstWhere(changes, inside)
  const around = changes[next]
  if (around && (side === 'start' ? around.full.start <= at : around.full.start < at)) return around.short[side]
  const before = changes[next - 1]
  return before ? at - before.full.end + before.short.end : at
}

function blockOf(block: Block, { text, changes }: Spelled): Block {
  const source = new Uint32Array(text.length + 1)
  let [from, to] = [0, 0]
  const copy = (until: number): void => {
    source.set(block.source.subarray(from, until), to)
    to += until - from
    from = until
  }
  for (const { short, full } of changes) {
    copy(short.start)
    // The first letters stand for themselves, all others for the last one.
    for (let i = full.start; i < full.end; i++)
      source[i] = block.source[Math.min(short.start + i - full.start, short.end - 1)] as number
    ;[from, to] = [short.end, full.end]
  }
  copy(block.text.length + 1)
  const moved = (at: number): number => {
    const before = changes[firstWhere(changes, ({ short }) => short.end > at) - 1]
    return before ? at - before.short.end + before.full.end : at
  }
  return {
    ...block,
    text,
    source,
    ...(block.emphasis
      ? { emphasis: block.emphasis.map((span) => ({ ...span, start: moved(span.start), end: moved(span.end) })) }
      : {}),
  }
}
