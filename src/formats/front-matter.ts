/** Reads the YAML front matter of Markdown: the values that readers of the published page see. */

import type { Block } from '../core/types.ts'
import { parsedValues, type Scalar } from './front-matter-yaml.ts'
import { toBlock } from './passage.ts'
import { createProse, type Prose } from './prose.ts'

const KEYS = ['title', 'description', 'summary', 'subtitle']
/** Longer front matter is data, and YAML's parser is slow on hostile input. In UTF-16 units. */
const LONGEST = 20_000

/** `yaml` is source text, found at the offset `start`. */
export function readFrontMatter(yaml: string, start: number): Block[] {
  if (yaml.length > LONGEST) return []
  const blocks: Block[] = []
  for (const { type, from, to } of plainValues(yaml) ?? parsedValues(yaml, KEYS)) {
    const prose = createProse()
    addScalar(type, yaml.slice(from, to), start + from, prose)
    const passage = prose.finish()
    if (passage) blocks.push(toBlock(passage, { kind: 'front-matter', quoteDepth: 0 }))
  }
  return blocks
}

/** A line that means the same whatever stands around it: a key, and a quoted text, words, a date or path, or a list of words. */
const LINE =
  /^(\w[\w-]*): +(?:(?:("[ !#-[\]-~‘’“”–—]*")|('[ -&(-~‘’“”–—]*')|[\d/][\w/-]*|\[\w[\w-]*(?:, ?\w[\w-]*)*\]) *|([A-Za-z][ !$-9;-~‘’“”–—]*))$/
/** Words that are no text. */
const NO_TEXT = /^(?:null|true|false) *$/i

/** The values of the keys that we read, where each line is such a line: most front matter is, and to load the parser takes 20 ms. */
export function plainValues(yaml: string): Scalar[] | undefined {
  const values: Scalar[] = []
  let at = 0
  for (const line of yaml.split('\n')) {
    const [, key = '', double, single, words] = LINE.exec(line) ?? []
    if (!key && /[^ ]/.test(line)) return undefined
    const value = double ?? single ?? (words && !NO_TEXT.test(words) ? words.trimEnd() : undefined)
    if (KEYS.includes(key)) {
      if (value === undefined) return undefined
      const from = at + line.indexOf(value, key.length + 1)
      values.push({ type: double ? 'QUOTE_DOUBLE' : single ? 'QUOTE_SINGLE' : 'PLAIN', from, to: from + value.length })
    }
    at += line.length + 1
  }
  return values
}

/** Adds a value as written: `raw` is its source, from offset `start`. Folding is all white space, so it needs no care. */
function addScalar(type: Scalar['type'], raw: string, start: number, prose: Prose): void {
  switch (type) {
    case 'QUOTE_DOUBLE':
      addEscaped(raw, start, prose, DOUBLE_QUOTED, decodeEscape)
      break
    case 'QUOTE_SINGLE':
      addEscaped(raw, start, prose, SINGLE_QUOTED, () => "'")
      break
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL': {
      const header = BLOCK_HEADER.exec(raw)?.[0].length ?? 0
      prose.addRaw(raw.slice(header), start + header)
      break
    }
    default:
      prose.addRaw(raw, start)
  }
}

/** `>-`, `|2` and the like, up to the end of their line. */
const BLOCK_HEADER = /^[^\r\n]*/
const SINGLE_QUOTED = /''/g
const DOUBLE_QUOTED = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|(?:\r\n?|\n)[ \t]*|.)/g

function addEscaped(raw: string, start: number, prose: Prose, pattern: RegExp, decode: (text: string) => string): void {
  let at = 1
  for (const { 0: text, index } of raw.slice(0, -1).matchAll(pattern)) {
    if (index < at) continue
    prose.addRaw(raw.slice(at, index), start + at)
    at = index + text.length
    prose.addDecoded(decode(text), start + index, start + at)
  }
  prose.addRaw(raw.slice(at, -1), start + at)
}

/** Escapes of a double-quoted YAML string that are not the character itself. */
const ESCAPES: Record<string, string> = {
  0: '\0',
  a: '\x07',
  b: '\b',
  e: '\x1B',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  N: '\x85',
  _: '\xA0',
  L: '\u2028',
  P: '\u2029',
}

function decodeEscape(text: string): string {
  const name = text.slice(1)
  if (/^[xu]./i.test(name)) {
    const code = Number.parseInt(name.slice(1), 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD'
  }
  // An escaped line end and the indentation after it are nothing.
  return /^[\r\n]/.test(name) ? '' : (ESCAPES[name] ?? name)
}
