/**
 * Parses Markdown without most of its plain words. micromark reads one character at a time, and what a draft's structure hangs
 * on are its signs, line ends and the ends of its words. So the inner words of plain stretches are cut out of the source, and
 * put back into the tree's text and offsets. A block that can only be read one way (markdown-plain.ts) is cut out whole where
 * the line before it turns out to stand at the top of the tree. The tree is the same, and is made many times faster.
 */

import type { BlockContent, Nodes, Root } from 'mdast'
import { plainBlock } from './markdown-plain.ts'

type Parse = (source: string) => Root

/** A source without the words that were cut out. */
interface Squeezed {
  text: string
  /** Where words were cut, as offsets into `text`, and how many units in all up to there. */
  places: number[]
  totals: number[]
  /** Plain blocks that were cut, as they stand in the source, by where the paragraph or heading before them starts. */
  cut: Map<number, BlockContent[]>
}

/** HTML that may go on over blank lines: its text is read as it stands. */
const HTML_OVER_BLANK_LINES = /<(?:script|pre|style|textarea|!(?!--)|\?)/i
/** Front matter that never ends: micromark finds no list after it. */
const OPEN_FRONT_MATTER = /^(---|\+\+\+)[ \t]*[\r\n](?![\s\S]*[\r\n]\1[ \t]*(?:[\r\n]|$))/
const OPEN_COMMENT = /<!--(?![\s\S]*?-->)/

/** Parses the source with `parse`, faster; gives the same tree, but for lines and columns. */
export function parseSqueezed(source: string, parse: Parse): Root {
  // micromark does not count a byte order mark.
  const body = source.startsWith('\uFEFF') ? source.slice(1) : source
  const whole = HTML_OVER_BLANK_LINES.test(body) || OPEN_FRONT_MATTER.test(body)
  const squeezed = whole ? undefined : squeeze(body)
  if (!squeezed) return parse(source)
  const root = parse(squeezed.text)
  restore(root, squeezed, body)
  return root
}

/** After the first one, with the line end before it. */
const PARAGRAPH = /[\s\S]*?(?:(?:\r\n|\r(?!\n)|\n)[ \t]*(?=[\r\n])|$)/y
/** One line that is a paragraph or heading at the top of the tree, or no Markdown at all: code, front matter. */
const TOP = /^(?:\r\n?|\n)?(?:[\p{L}"“‘']|\*\*?\p{L}|#{1,6} \S)[^\r\n]*(?:\r\n?|\n)?[ \t]*$/u
/** The line ends around it. */
const BARE = /^(?:\r\n?|\n)?|(?:\r\n?|\n)[ \t]*$/g
/**
 * Plain words between a plain word and the last of a line or stretch; that is no closing sign of a heading. What is in square
 * brackets may be the name of a link and is passed over. The limits keep the search linear.
 */
const INNER_WORDS = innerWords(`${String.raw`[^\s*_~[\]!<&\\|`}\`]`)
/** Where an address may stand, quotation marks and parentheses are signs. To compile this for all letters takes 6 ms. */
const INNER_WORDS_AND_ADDRESSES = innerWords(`[A-Za-z0-9À-ÖØ-öø-ɏ,.;'’]`)

function innerWords(char: string): RegExp {
  return new RegExp(
    String.raw`\[[^\]]{0,1000}\]|(?<!\S)([A-Za-z]${char}{1,30} )((?:${char}{1,40} ){2,})(?=[^\s#])`,
    'g',
  )
}

/**
 * HTML is not decoded by the parser, table cells come in single words, after a backslash a bracket is none, and more than one
 * word is no address.
 */
const AS_IT_STANDS = /[<|\\]|\]:|\]\(\s/

/** Undefined where a comment goes on over a blank line. */
function squeeze(source: string): Squeezed | undefined {
  const squeezed: Squeezed = { text: '', places: [], totals: [], cut: new Map() }
  const kept: string[] = []
  let [from, total] = [0, 0]
  const cut = (start: number, end: number): void => {
    kept.push(source.slice(from, start))
    squeezed.places.push(start - total)
    total += end - start
    squeezed.totals.push(total)
    from = end
  }
  let run: BlockContent[] | undefined
  for (let start = 0, end = 0; start < source.length; start = end) {
    PARAGRAPH.lastIndex = start
    PARAGRAPH.exec(source)
    end = PARAGRAPH.lastIndex
    const paragraph = source.slice(start, end)
    const at = start + paragraph.search(/[^\r\n]|$/)
    const block = plainBlock(paragraph.replace(BARE, ''), at, source)
    if (run && block) {
      run.push(block)
      cut(start, end)
      continue
    }
    run = undefined
    if (block?.type === 'paragraph' || TOP.test(paragraph)) {
      run = []
      squeezed.cut.set(at, run)
    }
    if (OPEN_COMMENT.test(paragraph)) return undefined
    if (AS_IT_STANDS.test(paragraph)) continue
    const words = paragraph.includes('](') ? INNER_WORDS_AND_ADDRESSES : INNER_WORDS
    for (const { 1: first, 2: inner, index } of paragraph.matchAll(words)) {
      if (first === undefined || inner === undefined) continue
      const at = start + index + first.length
      cut(at, at + inner.length)
    }
  }
  squeezed.text = kept.join('') + source.slice(from)
  return squeezed
}

/** Puts the words back into a tree, without recursion: nesting is up to the draft. */
function restore(root: Root, squeezed: Squeezed, source: string): void {
  if (!squeezed.places.length) return
  const todo: Nodes[] = [root]
  for (let node = todo.pop(); node; node = todo.pop()) {
    const { position } = node
    if (position?.start.offset !== undefined && position.end.offset !== undefined) {
      const length = position.end.offset - position.start.offset
      position.start.offset = original(position.start.offset, squeezed)
      position.end.offset = original(position.end.offset, squeezed)
      // Escapes and entities are longer than what they stand for, and are never cut.
      if (node.type === 'text' && node.value.length === length)
        node.value = source.slice(position.start.offset, position.end.offset)
    }
    const { alt = [], title = [] } = node.data ?? {}
    todo.push(...alt, ...title, ...('children' in node ? node.children : []))
  }
  root.children = root.children.flatMap((node) => {
    const cut =
      node.type === 'paragraph' || node.type === 'heading'
        ? squeezed.cut.get(node.position?.start.offset ?? -1)
        : undefined
    return cut?.length ? [node, ...cut] : [node]
  })
}

/** The offset in the source of one in the squeezed text. What was cut belongs to the text before it. */
function original(offset: number, { places, totals }: Squeezed): number {
  let [low, high] = [0, places.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle] as number) <= offset) low = middle + 1
    else high = middle
  }
  return offset + (totals[low - 1] ?? 0)
}
