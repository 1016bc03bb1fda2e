/**
 * The pattern language of rules, concepts and cues. It reads like the phrase it looks for and holds no regular
 * expressions, so that an editor can review it and no pattern can be slow.
 *
 *   modern-day slavery     words; each stands for all its inflected forms; a hyphen also for a space or nothing
 *   =aliens                exactly this form
 *   ~enslave               every word of the family (same stem)
 *   arrest|charge          either
 *   (sex worker|hooker)    either, several words long
 *   the?  (so called)?     may be missing
 *   ...   ...3             up to six (three) words between, inside the clause
 *   _                      any one word
 *   #                      a number
 *   @buyer                 a concept
 *   support:v              only as a verb (:n noun, :a adjective)
 *   ^                      at the start of a sentence
 *   $                      before a comma or another mark, or at the end of the sentence
 *   A & B & !C             A and B in one sentence in any order, and no C in it
 */
export type Node =
  | { kind: 'word'; word: string; match: 'lemma' | 'exact' | 'family' | 'any' | 'number'; pos?: 'n' | 'v' | 'a' }
  | { kind: 'concept'; name: string }
  | { kind: 'gap'; most: number }
  | { kind: 'start' }
  | { kind: 'end' }
  | { kind: 'sequence'; nodes: Node[] }
  | { kind: 'either'; nodes: Node[] }
  | { kind: 'optional'; node: Node }

/** One line: parts that must all stand in one sentence, and parts that must not. */
export interface Pattern {
  all: Node[]
  none: Node[]
}

/** Where a pattern line is wrong: `column` counts from 1 within the line. */
export class PatternError extends Error {
  readonly column: number
  constructor(message: string, column: number) {
    super(message)
    this.column = column
  }
}

const defaultGap = 6
const longestGap = 15

interface Sign {
  text: string
  column: number
}

/** Parses one line. Throws a PatternError that says how to mend it. */
export function parsePattern(line: string): Pattern {
  const parser = new Parser(signs(line), line.length + 1)
  const pattern: Pattern = { all: [], none: [] }
  do {
    const negative = parser.take('!')
    const part = parser.sequence(true)
    ;(negative ? pattern.none : pattern.all).push(part)
  } while (parser.take('&'))
  parser.end()
  if (!pattern.all.length) throw new PatternError('a pattern needs something to find besides what must be absent', 1)
  return pattern
}

function signs(line: string): Sign[] {
  const found: Sign[] = []
  let last = 0
  for (const match of line.matchAll(/\.\.\.\d*|[()|?&!^$]|@[\p{L}\p{N}-]+|[^\s()|?&!^$@]+|@/gu)) {
    const between = line.slice(last, match.index)
    if (between.trim()) throw new PatternError(`unexpected "${between.trim()}"`, last + 1)
    found.push({ text: match[0], column: match.index + 1 })
    last = match.index + match[0].length
  }
  return found
}

const stops = new Set([')', '|', '&'])

class Parser {
  #at = 0
  readonly #signs: Sign[]
  readonly #length: number
  constructor(all: Sign[], length: number) {
    this.#signs = all
    this.#length = length
  }

  get #next(): Sign | undefined {
    return this.#signs[this.#at]
  }

  take(text: string): boolean {
    if (this.#next?.text !== text) return false
    this.#at++
    return true
  }

  end(): void {
    if (this.#next) throw new PatternError(`unexpected "${this.#next.text}"`, this.#next.column)
  }

  /** Outside parentheses "|" joins single words (`tight`); inside, whole phrases. */
  sequence(tight: boolean): Node {
    const nodes: Node[] = []
    while (this.#next && !stops.has(this.#next.text)) nodes.push(this.item(tight))
    if (!nodes.length) throw new PatternError('a word is missing here', this.#next?.column ?? this.#length)
    return nodes.length === 1 ? (nodes[0] as Node) : { kind: 'sequence', nodes }
  }

  item(tight: boolean): Node {
    const options = [this.atom()]
    while (tight && this.take('|')) options.push(this.atom())
    const node: Node = options.length === 1 ? (options[0] as Node) : { kind: 'either', nodes: options }
    return this.take('?') ? { kind: 'optional', node } : node
  }

  atom(): Node {
    const sign = this.#next
    if (!sign || stops.has(sign.text)) throw new PatternError('a word is missing here', sign?.column ?? this.#length)
    this.#at++
    if (sign.text === '(') return this.group(sign)
    if (sign.text === '^') return { kind: 'start' }
    if (sign.text === '$') return { kind: 'end' }
    if (sign.text === '?' || sign.text === '!')
      throw new PatternError(`"${sign.text}" stands in the wrong place`, sign.column)
    if (sign.text.startsWith('...')) return gap(sign)
    if (sign.text.startsWith('@')) {
      if (sign.text === '@') throw new PatternError('a concept needs a name, as in @buyer', sign.column)
      return { kind: 'concept', name: sign.text.slice(1) }
    }
    return word(sign)
  }

  group(open: Sign): Node {
    const options: Node[] = []
    do options.push(this.sequence(false))
    while (this.take('|'))
    if (!this.take(')')) throw new PatternError('this parenthesis is never closed', open.column)
    return options.length === 1 ? (options[0] as Node) : { kind: 'either', nodes: options }
  }
}

function gap(sign: Sign): Node {
  const most = sign.text.length > 3 ? Number(sign.text.slice(3)) : defaultGap
  if (most < 1 || most > longestGap) throw new PatternError(`a gap spans 1 to ${longestGap} words`, sign.column)
  return { kind: 'gap', most }
}

function word(sign: Sign): Node {
  if (sign.text === '_') return { kind: 'word', word: '_', match: 'any' }
  if (sign.text === '#') return { kind: 'word', word: '#', match: 'number' }
  const [, prefix, body, , pos] = /^([=~]?)(.*?)(:([nva]))?$/.exec(sign.text) as RegExpExecArray
  const bare = (body as string).replace(/^-(?=.)/, '')
  if (!/^[\p{L}\p{N}/+][\p{L}\p{M}\p{N}'’.-]*$/u.test(bare))
    throw new PatternError(`"${sign.text}" is no word of the pattern language`, sign.column)
  const match = prefix === '=' ? 'exact' : prefix === '~' ? 'family' : 'lemma'
  const tag = pos ? { pos: pos as 'n' | 'v' | 'a' } : {}
  const parts = bare.split('-').filter(Boolean)
  if (parts.length < 2) return { kind: 'word', word: bare, match, ...tag }
  const spaced: Node = { kind: 'sequence', nodes: parts.map((part) => ({ kind: 'word', word: part, match, ...tag })) }
  return { kind: 'either', nodes: [spaced, { kind: 'word', word: parts.join(''), match, ...tag }] }
}
