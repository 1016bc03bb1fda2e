/**
 * Parses Markdown into remark's tree, changed in one way: text is not merged. Each `text` node is one piece of source,
 * so that its position says exactly which source it came from, which merged text does not: an escape, an entity or
 * an indented line shifts everything after it.
 * Alt texts and titles, plain strings in remark's tree, are kept as such pieces too (`pieces` in the node's data).
 */

import type { Definition, Image, ImageReference, Link, Nodes, PhrasingContent, Root } from 'mdast'
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown'
import type { Construct, Extension } from 'micromark-util-types'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Plugin, type Processor, unified } from 'unified'
import './markdown-edits.ts'
import { allowFor, limits } from './markdown-limits.ts'

declare module 'mdast' {
  interface Data {
    /** The pieces of an image's alt text. */
    alt?: PhrasingContent[]
    /** The pieces of the title of a link, an image or a definition. */
    title?: PhrasingContent[]
  }
}

export type Parse = (source: string) => Root

/** A parser of Markdown with more syntax. */
export function createParser(...plugins: Plugin[]): Parse {
  const parser = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkFrontmatter, ['yaml', 'toml'])
    .use(plugins)
    .use(exactText)
    .freeze()
  return (source) => {
    allowFor(source.length)
    return parser.parse(source)
  }
}

function exactText(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []).map(withoutBareUrls), limits]
  data.fromMarkdownExtensions = [
    // Transforms recurse and make nodes without a position.
    ...(data.fromMarkdownExtensions ?? []).flat().map((extension) => ({ ...extension, transforms: [] })),
    pieces,
  ]
}

/** GFM's bare URLs: we cover URLs in finished text, as in every format; here they break the text at each word. */
const BARE_URLS = ['wwwAutolink', 'protocolAutolink', 'emailAutolink']

function withoutBareUrls(extension: Extension): Extension {
  const text: Record<string, Construct[]> = {}
  for (const [code, constructs] of Object.entries(extension.text ?? {})) {
    const kept = [constructs ?? []].flat().filter((each) => !BARE_URLS.includes(each.name ?? ''))
    if (kept.length > 0) text[code] = kept
  }
  return { ...extension, text }
}

const pieces: FromMarkdown = {
  enter: { data: openPiece, characterEscape: openPiece, characterReference: openPiece },
  exit: { lineEnding, label, definitionTitleString: title, resourceTitleString: title },
}

/** Starts a new text node, where remark would go on with the one before. */
function openPiece(this: CompileContext, token: Token): void {
  const parent = this.stack.at(-1) as { children: Nodes[] }
  const piece: Nodes = { type: 'text', value: '', position: { start: { ...token.start }, end: { ...token.end } } }
  parent.children.push(piece)
  this.stack.push(piece)
}

/** As in remark, but a piece of its own. */
function lineEnding(this: CompileContext, token: Token): void {
  const parent = this.stack.at(-1)
  if (this.data.atHardBreak) {
    const hardBreak = (parent as { children: Nodes[] }).children.at(-1)
    if (hardBreak?.position) hardBreak.position.end = { ...token.end }
    delete this.data.atHardBreak
  } else if (!this.data.setextHeadingSlurpLineEnding && parent && this.config.canContainEols.includes(parent.type)) {
    openPiece.call(this, token)
    this.config.exit.data?.call(this, token)
  }
}

/** As in remark, keeping the pieces of an alt text. */
function label(this: CompileContext): void {
  const fragment = this.stack.at(-1) as { children: PhrasingContent[] }
  const alt = this.resume()
  const node = this.stack.at(-1) as Link | Image | ImageReference
  this.data.inReference = true
  if (node.type === 'link') {
    node.children = fragment.children
  } else {
    node.alt = alt
    node.data = { ...node.data, alt: fragment.children }
  }
}

/** As in remark, keeping the pieces of the title. */
function title(this: CompileContext): void {
  const fragment = this.stack.at(-1) as { children: PhrasingContent[] }
  const value = this.resume()
  const node = this.stack.at(-1) as Link | Image | Definition
  node.title = value
  node.data = { ...node.data, title: fragment.children }
}

export const parseMarkdown = createParser()
