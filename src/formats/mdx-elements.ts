/** What the JSX elements of MDX mean to a reader of prose: those with the names of HTML mean what they mean there. */

import type { Nodes, Paragraph, PhrasingContent, Text } from 'mdast'
import type { MdxFlowExpression, MdxJsxFlowElement, MdxJsxTextElement, MdxTextExpression } from 'mdast-util-mdx'
import { decodeString } from 'micromark-util-decode-string'
import type { Directive } from '../core/types.ts'
import { directiveIn } from './directives.ts'
import { BLOCK, UNREAD } from './html-elements.ts'

export type JsxElement = MdxJsxFlowElement | MdxJsxTextElement

export function isJsx(node: Nodes): node is JsxElement {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement'
}

/** Whether nothing in an element is prose. */
export function isUnread({ name, attributes }: JsxElement): boolean {
  return UNREAD.has(name ?? '') || attributes.some((one) => one.type === 'mdxJsxAttribute' && one.name === 'hidden')
}

/** The children of a paragraph, cut where an element begins or ends that makes a block of its own; undefined where none does. */
export function cutAtBlocks({ children }: Paragraph): PhrasingContent[][] | undefined {
  if (!children.some(isBlock)) return undefined
  const runs: PhrasingContent[][] = []
  let open = false
  for (const child of children) {
    if (open && !isBlock(child)) runs.at(-1)?.push(child)
    else runs.push([child])
    open = !isBlock(child)
  }
  return runs
}

export function isBlock(node: PhrasingContent): node is MdxJsxTextElement {
  return node.type === 'mdxJsxTextElement' && BLOCK.has(node.name ?? '')
}

/** What an attribute that is written out says, as nodes of text with their places. `shift`: see Written. */
export function attributeText(element: JsxElement, name: string, source: string, shift: number): Text[] {
  const attribute = element.attributes.find((one) => one.type === 'mdxJsxAttribute' && one.name === name)
  const { start, end } = attribute?.position ?? {}
  if (start?.offset === undefined || end?.offset === undefined) return []
  const written = WRITTEN.exec(source.slice(start.offset + shift, end.offset + shift))
  if (!written) return []
  let offset = start.offset + (written[1] as string).length
  return (written[2] as string).split(ENTITY).map((raw, i): Text => {
    const place = { start: { ...start, offset }, end: { ...start, offset: offset + raw.length } }
    offset += raw.length
    return { type: 'text', value: i % 2 ? decodeString(raw) : raw, position: place }
  })
}

/** An attribute: all before its value, and the value. */
const WRITTEN = /^([^=]*=\s*["'])([\s\S]*)["']$/
const ENTITY = /(&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][a-z\d]*);)/i

/** The directive in a comment in braces. */
export function directiveOf({ value, position }: MdxFlowExpression | MdxTextExpression, shift: number): Directive[] {
  const comment = /^\s*\/\*([\s\S]*)\*\/\s*$/.exec(value)?.[1]
  const [start, end] = [position?.start.offset ?? 0, position?.end.offset ?? 0]
  return comment === undefined ? [] : directiveIn(comment, start + shift, end + shift)
}
