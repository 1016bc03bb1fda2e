/**
 * Reads Markdown (CommonMark with GFM and front matter): remark's tree gives the blocks, its text pieces the map.
 * A line that opens more than 50 quotes and list items makes the file plain text (see markdown-limits.ts).
 */

import type { Html, Nodes, Parents, PhrasingContent } from 'mdast'
import type { Block, Directive, Reader } from '../core/types.ts'
import { readFrontMatter } from './front-matter.ts'
import { readHtmlBlock } from './html-block.ts'
import { placeInside } from './html-elements.ts'
import { jsxAsides, rangeOf, readInline, type Written } from './markdown-inline.ts'
import { isTooDeep } from './markdown-limits.ts'
import { parseSqueezed } from './markdown-squeeze.ts'
import { type Parse, parseMarkdown } from './markdown-tree.ts'
import { cutAtBlocks, directiveOf, isBlock, isJsx, isUnread, type JsxElement } from './mdx-elements.ts'
import { type Place, toBlock } from './passage.ts'
import { readText } from './text.ts'

export const readMarkdown: Reader = (source) =>
  isTooDeep(source) ? readText(source) : { source, ...readTree(source, (text) => parseSqueezed(text, parseMarkdown)) }

/** What the functions below share about one draft. */
interface Context extends Written {
  blocks: Block[]
  directives: Directive[]
  nextGroup: () => number
  /** How many `<blockquote>` are open around the Markdown at hand. */
  htmlQuotes: number
}

/** Walks the tree in reading order, without recursion: nesting is up to the draft. */
export function readTree(source: string, parse: Parse): { blocks: Block[]; directives: Directive[] } {
  let groups = 0
  const shift = source.startsWith('\uFEFF') ? 1 : 0
  const context: Context = { source, shift, blocks: [], directives: [], nextGroup: () => groups++, htmlQuotes: 0 }
  const todo: { node: Nodes; place: Place }[] = [{ node: parse(source), place: { kind: 'paragraph', quoteDepth: 0 } }]
  for (let next = todo.pop(); next; next = todo.pop()) {
    const { node, place } = next
    const runs = node.type === 'paragraph' ? cutAtBlocks(node) : undefined
    if (runs) {
      for (const run of runs.reverse())
        todo.push({ node: blockAlone(run) ?? { type: 'paragraph', children: run }, place })
    } else if (isJsx(node)) {
      for (const child of readJsx(node, place, context)) todo.push(child)
    } else if (isContainer(node)) {
      const inside = enter(node, place, context)
      for (let i = node.children.length - 1; i >= 0; i--) {
        todo.push({ node: node.children[i] as Nodes, place: inTable(node, inside, i) })
      }
    } else {
      readBlock(node, place, context)
    }
  }
  return { blocks: context.blocks, directives: context.directives }
}

function blockAlone([first]: PhrasingContent[]): Nodes | undefined {
  return first && isBlock(first) ? first : undefined
}

/** Reads what the attributes of an element of MDX say; gives what is in it, the last first. */
function readJsx(node: JsxElement, place: Place, context: Context): { node: Nodes; place: Place }[] {
  if (isUnread(node)) return []
  for (const { kind, nodes } of jsxAsides(node, context))
    readProse(nodes, { kind, quoteDepth: place.quoteDepth }, context)
  const inside = placeInside(node.name ?? '', place, context.nextGroup)
  const children: Nodes[] =
    node.type === 'mdxJsxFlowElement' ? node.children : [{ type: 'paragraph', children: node.children }]
  return children.map((child) => ({ node: child, place: inside })).reverse()
}

function isContainer(node: Nodes): node is Parents {
  return 'children' in node && node.type !== 'paragraph' && node.type !== 'heading' && node.type !== 'tableCell'
}

function enter(node: Parents, place: Place, context: Context): Place {
  switch (node.type) {
    case 'blockquote':
      return { ...place, quoteDepth: place.quoteDepth + 1 }
    case 'list':
      return { ...place, kind: 'list-item', group: context.nextGroup() }
    case 'table':
      return { ...place, kind: 'table-cell', group: context.nextGroup() }
    case 'footnoteDefinition':
      return { kind: 'footnote', quoteDepth: place.quoteDepth }
    default:
      return place
  }
}

/** The place of the `i`-th row of a table, or cell of a row. */
function inTable(node: Parents, place: Place, i: number): Place {
  if (node.type === 'table') return { ...place, row: i, header: i === 0 }
  return node.type === 'tableRow' ? { ...place, column: i } : place
}

function readBlock(node: Nodes, place: Place, context: Context): void {
  const { source, shift, blocks } = context
  switch (node.type) {
    case 'paragraph':
    case 'tableCell':
      readProse(node.children, place, context)
      break
    case 'heading':
      readProse(node.children, { kind: 'heading', quoteDepth: place.quoteDepth, level: node.depth }, context)
      break
    case 'definition':
      readProse(node.data?.title ?? [], { kind: 'title', quoteDepth: place.quoteDepth }, context)
      break
    case 'mdxFlowExpression':
      context.directives.push(...directiveOf(node, shift))
      break
    case 'html':
      readHtml(node, place, context)
      context.htmlQuotes = Math.max(0, context.htmlQuotes + quotesLeftOpen(node.value))
      break
    case 'yaml': {
      const { start, end } = rangeOf(node, shift)
      const fence = FENCE.exec(source.slice(start, end))?.[0].length ?? 0
      blocks.push(...readFrontMatter(source.slice(start + fence, end - 3), start + fence))
      break
    }
  }
}

function readHtml(node: Html, { quoteDepth }: Place, context: Context): void {
  const { source, shift, htmlQuotes, nextGroup, directives } = context
  const place: Place = { kind: 'html', quoteDepth: quoteDepth + htmlQuotes }
  for (const block of readHtmlBlock(node, source, rangeOf(node, shift), place, nextGroup, directives))
    context.blocks.push(block)
}

/** How many `<blockquote>` an HTML block opens and leaves for the Markdown after it (less than 0: it ends some). */
function quotesLeftOpen(html: string): number {
  if (/^<(?:!|\?|pre|script|style|textarea)/i.test(html)) return 0
  let open = 0
  for (const [, slash] of html.matchAll(/<(\/?)blockquote\b/gi)) open += slash === '' ? 1 : -1
  return open
}

/** The first `---`, up to the end of its line. */
const FENCE = /^[^\r\n]*/

/** Adds the block of some inline nodes, and after it those of the alt texts and titles met in it. */
function readProse(nodes: PhrasingContent[], place: Place, context: Context): void {
  const { passage, asides, directives } = readInline(nodes, context, place.kind === 'image-text')
  context.directives.push(...directives)
  const quoteDepth = place.quoteDepth + context.htmlQuotes
  if (passage) context.blocks.push(toBlock(passage, { ...place, quoteDepth }))
  for (const aside of asides) {
    if ('tag' in aside) readHtml(aside.tag, place, context)
    else readProse(aside.nodes, { kind: aside.kind, quoteDepth: place.quoteDepth }, context)
  }
}
