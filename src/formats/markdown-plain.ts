/**
 * The tree of blocks that can only be read one way: paragraphs, headings and flat lists of plain words, with emphasis and links
 * that nothing else in them can change. It is the tree that the parser would give, but for lines and columns.
 */

import type { BlockContent, List, ListItem, Paragraph, PhrasingContent, Text } from 'mdast'

/** No sign of Markdown inside a line. */
const CHAR = String.raw`[^*_~[\]<&\\|${'`'}{}\p{Cc}]`
/** What opens emphasis can close none, and the other way round: CommonMark's rules for both never come to bear. */
const OPENING = String.raw`(?<![^\s("“‘'—–])(\*\*?|__?)(?=[\p{L}\p{N}])`
const CLOSING = String.raw`(?:(?<=[\p{L}\p{N}])\2(?![^\s.,;:!?)”’"'…—–])|(?<=[.,;:!?)”’"'…%])\2(?!\S))`
/** Plain words; emphasis and what is in it; a link and its address; a line end. */
const PIECE = new RegExp(
  String.raw`(${CHAR}+)|${OPENING}(${CHAR}+)${CLOSING}|(?<!!)\[([\p{L}\p{N}"“‘'(]${CHAR}*)\]\(([\w./:?=#%+,@~-]+)\)|(\r\n?|\n)`,
  'uy',
)

/** What a line of a paragraph begins with that nothing but a paragraph does. */
const BEGINS = String.raw`(?!\d+[.)](?:\s|$))(?:[\p{L}\p{N}"“‘'(]|(?:\*\*?|__?|\[)[\p{L}\p{N}"“‘'(])`
const PARAGRAPH = new RegExp(`^${BEGINS}`, 'u')
/** A space at the end of a line, and a line that may begin something else. */
const ODD_END = new RegExp(String.raw` (?:[\r\n]|$)|(?:\r(?!\n)|\n)(?!${BEGINS})`, 'u')
const HEADING = /^(#{1,6}) (?! )([^\r\n]*[^\r\n #])$/
const ITEMS = /^(?:(?:\d{1,9}([.)])|([-*+])) (?! )[^\r\n]+(?:\r\n?|\n|$))+$/
const ITEM = /(\d{1,9}[.)]|[-*+]) ([^\r\n]+)/g
/** What cannot go on a list, after blank lines. */
const AFTER_LIST = new RegExp(String.raw`(?:[ \t]*(?:\r(?!\n)|\r?\n))*(?:${BEGINS}|#{1,6} |$(?![\s\S]))`, 'uy')

/** The block that `text` is, which stands at `start` in `source`; undefined where that takes a parser to tell. */
export function plainBlock(text: string, start: number, source: string): BlockContent | undefined {
  const heading = HEADING.exec(text)
  if (heading) {
    const [, { length: depth } = '', words = ''] = heading
    const children = inline(words, start + depth + 1)
    return children && { type: 'heading', depth: depth as 1, children, ...between(start, start + text.length) }
  }
  return ITEMS.test(text) ? list(text, start, source) : paragraph(text, start)
}

function paragraph(text: string, start: number): Paragraph | undefined {
  const children = PARAGRAPH.test(text) && !ODD_END.test(text) ? inline(text, start) : undefined
  return children && { type: 'paragraph', children, ...between(start, start + text.length) }
}

function list(text: string, start: number, source: string): List | undefined {
  AFTER_LIST.lastIndex = start + text.length
  if (!AFTER_LIST.test(source)) return undefined
  const lines = [...text.matchAll(ITEM)]
  const first = lines[0]?.[1] ?? ''
  const children: ListItem[] = []
  for (const { 0: line, 1: marker = '', 2: words = '', index } of lines) {
    const from = start + index
    const item = marker.at(-1) === first.at(-1) ? paragraph(words, from + marker.length + 1) : undefined
    if (!item) return undefined
    const here = between(from, from + line.length)
    children.push({ type: 'listItem', spread: false, checked: null, children: [item], ...here })
  }
  const ordered = first.length > 1
  const here = between(start, start + text.length)
  return { type: 'list', ordered, start: ordered ? Number.parseInt(first, 10) : null, spread: false, children, ...here }
}

/** The pieces of a line, or of several. */
function inline(text: string, start: number): PhrasingContent[] | undefined {
  const nodes: PhrasingContent[] = []
  for (let at = 0; at < text.length; at = PIECE.lastIndex) {
    PIECE.lastIndex = at
    const piece = PIECE.exec(text)
    if (!piece) return undefined
    const [all, , mark, emphasised, linked, url] = piece
    const [from, to] = [start + at, start + at + all.length]
    if (mark && emphasised) {
      const children = [textAt(emphasised, from + mark.length)]
      nodes.push({ type: mark.length > 1 ? 'strong' : 'emphasis', children, ...between(from, to) })
    } else if (linked && url) {
      nodes.push({ type: 'link', title: null, url, children: [textAt(linked, from + 1)], ...between(from, to) })
    } else nodes.push(textAt(all, from))
  }
  return nodes
}

function textAt(value: string, start: number): Text {
  return { type: 'text', value, ...between(start, start + value.length) }
}

function between(start: number, end: number) {
  const at = (offset: number) => ({ line: 1, column: 1, offset })
  return { position: { start: at(start), end: at(end) } }
}
