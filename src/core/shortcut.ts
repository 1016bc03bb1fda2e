import { linesIn } from './lines.ts'
import { type Matchable, type Matcher, matcherOf } from './matcher.ts'
import { spelledOut } from './terms.ts'
import type { Rule } from './types.ts'

/**
 * Most drafts of an archive hold no passage that any rule speaks of, and reading them as Markdown takes longer than everything
 * else. So a draft is first looked through as it is written, a paragraph at a time, and only one in which some find line might
 * match is read. Whatever may be markup is tried both as markup and as text; in doubt the answer is yes, and so a yes says
 * nothing, but after a no `checkDraft` would find nothing.
 */

export type Syntax = 'markdown' | 'text'

/** What is read of a pack to look a draft through: no texts of rules. */
export interface Gate extends Matchable {
  /** By rule, by find line: how many parts must meet in one sentence. */
  parts: readonly (readonly number[])[]
  rules: readonly Pick<Rule, 'topic' | 'topicIn'>[]
}

/** Whether checking the source, Markdown or plain text, can give any finding. */
export function mayConflict(source: string, pack: Gate, syntax: Syntax): boolean {
  const visible = source.replaceAll(invisible, '')
  if (syntax === 'text') return scanOf(pack).mayConflict(paragraphs(visible).map(withoutAddresses))
  if (spansParagraphs.test(visible)) return true
  const { matter, body } = split(visible)
  // Escapes of another kind, labels that are hard to tell, and more code than anybody writes.
  if (matter.includes('\\') || body.split('`').length > mostTicks) return true
  if ((body.match(bracketLine) ?? []).some((line) => line.includes('\\') && line.includes(']:'))) return true
  // A reference by a name that is not known here may be a letter of a word.
  if (Array.from(body.matchAll(named), ([, name]) => Object.hasOwn(entities, name as string)).includes(false))
    return true
  const labels = new Set(Array.from(body.matchAll(definition), ([, label]) => labelOf(label as string)))
  return scanOf(pack).mayConflict(shown(matter, paragraphs(body), labels))
}

/** What a reader may see, a paragraph at a time: the first may settle it. */
function* shown(matter: string, body: readonly string[], labels: ReadonlySet<string>): Generator<string> {
  yield matter
  for (const paragraph of body) yield* readings(paragraph, labels)
}

// Readers leave these out, so that what they stand between becomes one word.
const invisible = /\p{Default_Ignorable_Code_Point}/gu
/** HTML that goes on over blank lines and is read, and comments that may be none. */
const spansParagraphs = /<(?:script|pre|style|textarea|!(?!--)|!---?>|\?)/i
/** A comment shows nothing, on whichever side of a blank line it ends; what is in it is read as text all the same. */
const comment = /<!--[\s\S]*?-->/g
/** Where one begins that does not end in its block, another may begin in the next. */
const innerComment = /<!--(?:(?!<!--)[\s\S])*?-->/g
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
  const shown = paragraph.includes('](') ? paragraph.replaceAll(certainLink, '$1') : paragraph
  if (!uncertain.test(shown) && !(shown.includes('*') && asteriskInWord.test(shown))) return [shown]
  const known = new Set([paragraph, withoutMarkup(paragraph, labels, '')])
  // Beside markup that is none in the paragraph as it stands, brackets and asterisks may be text all the same.
  if (/[&<\\]/.test(paragraph)) known.add(withoutMarkup(paragraph, labels, ' '))
  for (const shown of [...known]) {
    if (!shown.includes('<!--')) continue
    known.add(shown.replaceAll(comment, ''))
    known.add(shown.replaceAll(innerComment, ''))
  }
  for (const shown of [...known]) {
    if (!/<[a-z/]/i.test(shown)) continue
    known.add(shown.replaceAll(tag, ''))
    known.add(shown.replaceAll(tag, '\n'))
  }
  return [...known]
}

/**
 * A link in one line, with an address alone: nothing can make text of it outside of code, HTML and escapes, whose signs make
 * it uncertain. Asterisks beside a word change none of its keys, whatever they are.
 */
const certainLink = /(?<!!)\[([^[\]\r\n]*)\]\([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*\)/g
const uncertain = /[[\]`~<&\\@|]|:\/\/|www\./i
const asteriskInWord = /[\p{L}\p{N}]\*+['’\p{L}\p{N}]|['’]\*+\p{L}|[.,:]\*+\d|\d\*+[.,:]/u

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

/** `signs`: what stands in place of brackets, asterisks and tildes. */
function withoutMarkup(paragraph: string, labels: ReadonlySet<string>, signs: '' | ' '): string {
  let text = paragraph
  /** A pattern is compiled only for a text that holds what it cannot do without. */
  const cut = (sign: string, pattern: RegExp, by: string): void => {
    if (text.includes(sign)) text = text.replaceAll(pattern, by)
  }
  cut('`', /(?<!`)(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, object)
  cut('![', image, `${object}$1 `)
  cut('](', link, ']')
  cut('<', /<(?:[a-z][a-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>/gi, object)
  return withoutAddresses(text)
    .replaceAll(/\]\[([^\][]*)\]/g, (all, label: string) => (!label || labels.has(labelOf(label)) ? ']' : all))
    .replaceAll(/\[(\^[^\][\s]+)\]/g, (all, label: string) => (labels.has(labelOf(label)) ? '' : all))
    .replaceAll(/&([a-z]+|#\d{1,7}|#x[\da-f]{1,6});/gi, (all, name: string) => decoded(name) ?? all)
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replaceAll(/[[\]*]|~~/g, signs)
    .replaceAll(invisible, '')
}

/** Addresses are one token each. */
function withoutAddresses(text: string): string {
  const shown = /:\/\/|www\./i.test(text) ? text.replaceAll(url, object) : text
  return shown.includes('@') ? shown.replaceAll(mail, object) : shown
}

function decoded(name: string): string | undefined {
  if (!name.startsWith('#')) return Object.hasOwn(entities, name) ? entities[name] : undefined
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : undefined
}

const scans = new WeakMap<Gate, Scan>()

function scanOf(pack: Gate): Scan {
  let scan = scans.get(pack)
  if (!scan) {
    scan = new Scan(pack)
    scans.set(pack, scan)
  }
  return scan
}

/** Looks through text for sentences that might match, first by their words alone, then by the words in their order. */
class Scan {
  readonly #pack: Gate
  readonly #matcher: Matcher

  constructor(pack: Gate) {
    this.#pack = pack
    this.#matcher = matcherOf(pack)
  }

  /** Whether checking the texts can give a finding. */
  mayConflict(texts: Iterable<string>): boolean {
    const written: string[] = []
    const waiting = new Set<string>()
    for (const text of texts) {
      if (this.#mayConflict(text, waiting)) return true
      written.push(text)
    }
    const spelled = spelledOut(written).flatMap((each) => each?.text ?? [])
    if (spelled.some((text) => this.#mayConflict(text, waiting))) return true
    return (
      waiting.size > 0 &&
      [...written, ...spelled].some((text) => this.#matcher.split(text) > 0 && this.#matcher.splitHolds([...waiting]))
    )
  }

  /** Whether a text can give a finding by itself; adds the topics that would have to be in the draft. */
  #mayConflict(text: string, waiting: Set<string>): boolean {
    if (text.length > longestParagraph) return true
    for (const rule of this.#rulesIn(text)) {
      const { topic, topicIn } = this.#pack.rules[rule] as Pick<Rule, 'topic' | 'topicIn'>
      if (!topic.length) return true
      if (topicIn === 'document') for (const name of topic) waiting.add(name)
      else if (this.#matcher.splitHolds(topic)) return true
    }
    return false
  }

  /** The rules of which a find line may match in one of the sentences of a text. */
  #rulesIn(text: string): Set<number> {
    const rules = new Set<number>()
    const sentences = this.#matcher.split(text)
    for (let i = 0; i < sentences; i++) {
      const finds = this.#matcher.findsIn(i)
      if (finds.length) for (const { rule } of linesIn(finds, this.#pack)) rules.add(rule)
    }
    return rules
  }
}

/** In UTF-16 units. Longer ones are read at once: to look through them loosely takes longer than to read them. */
const longestParagraph = 20_000
