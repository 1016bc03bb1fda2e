import { Bag, lineOnTopic, wholeLine } from './gates.ts'
import type { Meaning, Pack } from './pack.ts'
import { Recent } from './recent.ts'
import { keysOf, runLoosely } from './run.ts'
import { endsSentence } from './sentences.ts'
import type { Automaton } from './table.ts'
import { tokenise } from './tokens.ts'
import type { Rule } from './types.ts'

/**
 * Most drafts of an archive hold no passage that any rule speaks of, and reading them as Markdown takes longer than everything
 * else. So a draft is first looked through as it is written, a paragraph at a time, and only one in which some find line might
 * match is read. Whatever may be markup is tried both as markup and as text; in doubt the answer is yes, and so a yes says
 * nothing, but after a no `checkDraft` would find nothing.
 */

export type Syntax = 'markdown' | 'text'

/** Whether checking the source, Markdown or plain text, can give any finding. */
export function mayConflict(source: string, pack: Pack, syntax: Syntax): boolean {
  const visible = source.replaceAll(invisible, '')
  if (syntax === 'text') return scanOf(pack).mayConflict(paragraphs(visible))
  if (spansParagraphs.test(visible)) return true
  const { matter, body } = split(visible)
  // Escapes of another kind, labels that are hard to tell, and more code than anybody writes.
  if (matter.includes('\\') || body.split('`').length > mostTicks) return true
  if ((body.match(bracketLine) ?? []).some((line) => line.includes('\\') && line.includes(']:'))) return true
  // A reference by a name that is not known here may be a letter of a word.
  if (Array.from(body.matchAll(named), ([, name]) => Object.hasOwn(entities, name as string)).includes(false))
    return true
  const labels = new Set(Array.from(body.matchAll(definition), ([, label]) => labelOf(label as string)))
  return scanOf(pack).mayConflict([matter, ...paragraphs(body).flatMap((text) => readings(text, labels))])
}

// Readers leave these out, so that what they stand between becomes one word.
const invisible = /\p{Default_Ignorable_Code_Point}/gu
/** HTML that goes on over blank lines. */
const spansParagraphs = /<(?:script|pre|style|textarea|!|\?)/i
const blankLine = /(?:\r\n?|\n)[ \t]*(?=\r|\n)/
const definition = /^[ >\t]*\[([^\][]+)\]:/gm

/** A bullet begins a block of its own, also in the midst of a paragraph; in HTML it is text. */
const bullet = /(?:\r\n?|\n)(?= {0,3}[-*+] +\S)/
const number = /(?:\r\n?|\n)(?=\d{1,9}\. +\S)/

const mostTicks = 2000
const bracketLine = /^[ >\t]*\[.*/gm

function paragraphs(text: string): string[] {
  return text.split(blankLine).flatMap((paragraph) => {
    if (paragraph.includes('<')) return [paragraph]
    // A number begins an item only where its list has begun.
    return paragraph.split(bullet).flatMap((part) => (/^\s*1\. /.test(part) ? part.split(number) : [part]))
  })
}

/** Front matter, in which blank lines part nothing, and the rest. */
function split(source: string): { matter: string; body: string } {
  const matter = /^(---|\+\+\+)[\s\S]*?(?:\r\n?|\n)\1/.exec(source)?.[0] ?? ''
  return { matter, body: source.slice(matter.length) }
}

function labelOf(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase()
}

const named = /&([a-z][a-z\d]*);/gi
const markup = /[[`*~<&\\@|]|:\/\/|www\./i

/** The texts that a paragraph may come to, markup taken for text or for markup. */
function readings(paragraph: string, labels: ReadonlySet<string>): string[] {
  if (!markup.test(paragraph)) return [paragraph]
  const plain = withoutMarkup(paragraph, labels)
  const known = new Set([paragraph, plain])
  if (/<[a-z/]/i.test(plain)) {
    known.add(plain.replaceAll(tag, ''))
    known.add(plain.replaceAll(tag, '\n'))
  }
  return [...known]
}

const tag = /<\/?[a-z][^<>]*>/gi
/** What covers a URL, code or an image in a block, and is a token there. */
const object = ' \uFFFC '
const url = /\b(?:[a-z][a-z0-9+.-]{1,15}:\/\/|www\.)[^\s<>"“”«»]+/gi
const mail = /[\p{L}\p{N}.+_-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
const target = String.raw`\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)`
const image = new RegExp(String.raw`!\[([^\[\]]*)\]${target}`, 'g')
const link = new RegExp(String.raw`\]${target}`, 'g')
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
  shy: '',
}

function withoutMarkup(paragraph: string, labels: ReadonlySet<string>): string {
  let text = paragraph
  /** A pattern is compiled only for a text that holds what it cannot do without. */
  const cut = (sign: string, pattern: RegExp, by: string): void => {
    if (text.includes(sign)) text = text.replaceAll(pattern, by)
  }
  cut('`', /(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, object)
  cut('![', image, `${object}$1 `)
  cut('](', link, ']')
  cut('<', /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>/gi, object)
  if (/:\/\/|www\./i.test(text)) text = text.replaceAll(url, object)
  cut('@', mail, object)
  return text
    .replaceAll(/\]\[([^\][]*)\]/g, (all, label: string) => (!label || labels.has(labelOf(label)) ? ']' : all))
    .replaceAll(/\[(\^[^\][\s]+)\]/g, (all, label: string) => (labels.has(labelOf(label)) ? '' : all))
    .replaceAll(/&([a-z]+|#\d{1,7}|#x[\da-f]{1,6});/gi, (all, name: string) => decoded(name) ?? all)
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replaceAll(/[[\]*]|~~/g, '')
    .replaceAll(invisible, '')
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? entities[name] : undefined
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
}

const scans = new WeakMap<Pack, Scan>()

function scanOf(pack: Pack): Scan {
  let scan = scans.get(pack)
  if (!scan) {
    scan = new Scan(pack)
    scans.set(pack, scan)
  }
  return scan
}

const wordsKept = 8000

/** Looks through text for sentences that might match, first by their words alone, then by the words in their order. */
class Scan {
  readonly #pack: Pack
  readonly #automaton: Automaton
  readonly #bag: Bag
  /** By a stretch of text without white space: the keys that its words stand for, and whether a sentence may end after it. */
  readonly #known = new Recent<{ keys: Int32Array; ends: boolean }>(wordsKept)

  constructor(pack: Pack) {
    this.#pack = pack
    this.#automaton = pack.automaton
    this.#bag = new Bag(pack.automaton.gates)
  }

  /** Whether checking the texts can give a finding. */
  mayConflict(texts: readonly string[]): boolean {
    const waiting = new Set<string>()
    const known = new Map<string, readonly number[]>()
    for (const text of texts) {
      if (text.length > longestParagraph) return true
      for (const rule of this.#rulesIn(text, known)) {
        const { topic, topicIn } = this.#pack.rules[rule] as Rule
        if (!topic.length) return true
        if (topicIn === 'document') for (const name of topic) waiting.add(name)
        else if (this.#holds(text, new Set(topic))) return true
      }
    }
    return waiting.size > 0 && texts.some((text) => this.#holds(text, waiting))
  }

  /** The rules of which a find line may match in a sentence of the text; `known` holds those of sentences that were met before. */
  #rulesIn(text: string, known: Map<string, readonly number[]>): Set<number> {
    const rules = new Set<number>()
    const sentences = this.#sentencesOf(text)
    const words = sentences.length === 1 ? sentences[0]?.words : sentences.flatMap((sentence) => sentence.words)
    if (!words || !this.#fulfil(words, lineOnTopic)) return rules
    for (const { start, end, words } of sentences) {
      const sentence = text.slice(start, end)
      const found = known.get(sentence) ?? (this.#fulfil(words, wholeLine) ? this.#linesIn(sentence) : none)
      known.set(sentence, found)
      for (const rule of found) rules.add(rule)
    }
    return rules
  }

  /** The sentences of a text, with the keys of their words; several where it is not certain that one ends. */
  #sentencesOf(text: string): { start: number; end: number; words: Int32Array[] }[] {
    let sentence: { start: number; end: number; words: Int32Array[] } = { start: 0, end: text.length, words: [] }
    const all = [sentence]
    let ended = false
    for (let from = 0; from < text.length; ) {
      const to = wordEnd(text, from)
      if (to > from) {
        if (ended && capital.test(text[from] as string)) {
          sentence.end = from
          sentence = { start: from, end: text.length, words: [] }
          all.push(sentence)
        }
        const [first, last] = bare(text, from, to)
        const { keys, ends } = this.#word(text.slice(first, last))
        if (keys.length) sentence.words.push(keys)
        const mark = text[to - 1] as string
        ended = mark === '.' ? ends : mark === '!' || mark === '?'
      }
      from = Math.max(to, from + 1)
    }
    return all
  }

  #fulfil(words: readonly Int32Array[], what: number): boolean {
    this.#bag.clear()
    for (const keys of words) this.#bag.add(keys)
    return this.#bag.fulfils(what)
  }

  #word(word: string): { keys: Int32Array; ends: boolean } {
    let known = this.#known.get(word)
    if (known) return known
    const keys = tokenise(word).flatMap(({ norm }) => keysOf(this.#automaton, norm))
    known = { keys: Int32Array.from(new Set(keys)), ends: endsSentence(word) }
    this.#known.set(word, known)
    return known
  }

  /** Whether one of the concepts may be in the text. */
  #holds(text: string, concepts: ReadonlySet<string>): boolean {
    for (const pattern of runLoosely(this.#automaton, tokenise(text))) {
      const meaning = this.#pack.meanings[pattern] as Meaning
      if (meaning.type === 'concept' && concepts.has(meaning.name)) return true
    }
    return false
  }

  /** The rules that have a find line of which all parts match in the sentence, loosely. */
  #linesIn(sentence: string): number[] {
    const met = new Map<string, number>()
    const rules = new Set<number>()
    for (const pattern of runLoosely(this.#automaton, tokenise(sentence))) {
      const meaning = this.#pack.meanings[pattern] as Meaning
      if (meaning.type !== 'find') continue
      const line = `${meaning.rule}:${meaning.line}`
      const parts = (met.get(line) ?? 0) + 1
      met.set(line, parts)
      if (parts >= (this.#pack.parts[meaning.rule]?.[meaning.line] ?? 1)) rules.add(meaning.rule)
    }
    return [...rules]
  }
}

const none: readonly number[] = []

/** In UTF-16 units. Longer ones are read at once: to look through them loosely takes longer than to read them. */
const longestParagraph = 20_000

const capital = /\p{Lu}/u

/** The end of the stretch without white space that begins at `at`; `at` where none does. */
function wordEnd(text: string, at: number): number {
  let end = at
  while (end < text.length && !isSpace(text.charCodeAt(end))) end++
  return end
}

/** The stretch without the punctuation around it that makes no other word of it; a full stop may ("U.S."). */
function bare(text: string, from: number, to: number): [from: number, to: number] {
  let [first, last] = [from, to]
  while (first < last && outside.has(text.charCodeAt(first))) first++
  while (last > first && outside.has(text.charCodeAt(last - 1))) last--
  return [first, last]
}

const outside = new Set([...'"\'()“”‘’,;:!?'].map((sign) => sign.charCodeAt(0)))

function isSpace(code: number): boolean {
  return code <= 0x20 || code === 0xa0 || (code >= 0x2000 && /\s/.test(String.fromCharCode(code)))
}
