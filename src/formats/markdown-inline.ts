/** Reads what is inside a line of Markdown: text, emphasis, links, images, code, HTML tags. */

import type { Html, Nodes, PhrasingContent } from 'mdast'
import type { Directive, Span } from '../core/types.ts'
import { EMPHASIS } from './html-elements.ts'
import { attributeText, directiveOf, isUnread, type JsxElement } from './mdx-elements.ts'
import { OBJECT, type Passage } from './passage.ts'
import { createProse, type Prose } from './prose.ts'

/** A draft as written, and how its offsets are counted. */
export interface Written {
  source: string
  /** micromark does not count a byte order mark. */
  shift: number
}

/** Text that belongs to an inline node but is not in the line: an alt text or a title, or an HTML tag or comment that says something. */
export type Aside = { kind: 'image-text' | 'title'; nodes: PhrasingContent[] } | { tag: Html }

/** Reads without recursion: nesting is up to the draft. In an alt text, an image is its own alt text, as in HTML. */
export function readInline(
  nodes: PhrasingContent[],
  written: Written,
  inAlt: boolean,
): { passage: Passage | undefined; asides: Aside[]; directives: Directive[] } {
  const prose = createProse()
  const asides: Aside[] = []
  const directives: Directive[] = []
  const todo: (PhrasingContent | typeof EMPHASIS_ENDS)[] = nodes.toReversed()
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node === EMPHASIS_ENDS) {
      prose.closeEmphasis()
      continue
    }
    const children = addNode(node, prose, written, inAlt)
    asides.push(...asidesOf(node, written, inAlt))
    if (node.type === 'mdxTextExpression') directives.push(...directiveOf(node, written.shift))
    if (isEmphasis(node) && children.length > 0) {
      prose.openEmphasis(node.type === 'delete')
      todo.push(EMPHASIS_ENDS)
    }
    for (const child of children.toReversed()) todo.push(child)
  }
  return { passage: prose.finish(), asides, directives }
}

/** The source offsets of a node. */
export function rangeOf(node: Nodes, shift: number): Span {
  return { start: (node.position?.start.offset ?? 0) + shift, end: (node.position?.end.offset ?? 0) + shift }
}

/** What the `alt` and the `title` of an element of MDX say. */
export function jsxAsides(element: JsxElement, { source, shift }: Written): Extract<Aside, { nodes: unknown }>[] {
  const asides = [
    { kind: 'image-text' as const, nodes: attributeText(element, 'alt', source, shift) },
    { kind: 'title' as const, nodes: attributeText(element, 'title', source, shift) },
  ]
  return asides.filter(({ nodes }) => nodes.length > 0)
}

function asidesOf(node: PhrasingContent, written: Written, inAlt: boolean): Aside[] {
  if (node.type === 'mdxJsxTextElement') return isUnread(node) ? [] : jsxAsides(node, written)
  if (node.type === 'html') return READ_APART.test(node.value) ? [{ tag: node }] : []
  const asides: Aside[] = []
  const { alt, title } = node.data ?? {}
  if (alt && !inAlt) asides.push({ kind: 'image-text', nodes: alt })
  if (title) asides.push({ kind: 'title', nodes: title })
  return asides
}

/** An alt text, a title, or a directive. */
const READ_APART = /\s(?:alt|title)\s*=|^<!--\s*values-lint-/i

/** On the stack of nodes to do: the emphasis opened last ends here. */
const EMPHASIS_ENDS = 'emphasis ends'

function isEmphasis(node: PhrasingContent): boolean {
  return (
    node.type === 'emphasis' ||
    node.type === 'strong' ||
    node.type === 'delete' ||
    node.type === 'link' ||
    node.type === 'linkReference' ||
    (node.type === 'mdxJsxTextElement' && EMPHASIS.has(node.name ?? ''))
  )
}

/** Adds what a node itself says; returns the children whose text comes next. */
function addNode(node: PhrasingContent, prose: Prose, { source, shift }: Written, inAlt: boolean): PhrasingContent[] {
  const { start, end } = rangeOf(node, shift)
  switch (node.type) {
    case 'text':
      // Escapes and entities are longer than what they stand for; NUL is not, and text has U+FFFD for it.
      if (node.value.length === end - start) prose.addRaw(source.slice(start, end), start)
      else prose.addDecoded(node.value, start, end)
      return []
    case 'break':
      prose.addDecoded(' ', start, end)
      return []
    case 'inlineCode':
      prose.addDecoded(OBJECT, start, end)
      return []
    case 'image':
    case 'imageReference':
      if (inAlt) return node.data?.alt ?? []
      prose.addDecoded(OBJECT, start, end)
      return []
    case 'link':
      if (source.charAt(start) !== '<') return node.children
      prose.addDecoded(OBJECT, start, end)
      return []
    case 'linkReference':
    case 'emphasis':
    case 'strong':
    case 'delete':
      return node.children
    case 'html':
      if (/^<br\b/i.test(node.value)) prose.addDecoded(' ', start, end)
      if (/^<img\b/i.test(node.value)) prose.addDecoded(OBJECT, start, end)
      return []
    case 'mdxTextExpression':
      if (!/^\s*\/[*/]/.test(node.value)) prose.addDecoded(OBJECT, start, end)
      return []
    case 'mdxJsxTextElement':
      if (node.name === 'br') prose.addDecoded(' ', start, end)
      else if (isUnread(node) || node.children.length === 0) prose.addDecoded(OBJECT, start, end)
      return isUnread(node) ? [] : node.children
    default:
      return []
  }
}
