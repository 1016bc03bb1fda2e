/**
 * Every example of the CommonMark specification: the text of our blocks is the text of the HTML that the specification
 * expects, except where we chose otherwise.
 */

import { tests } from 'commonmark-spec'
import { Parser } from 'htmlparser2'
import type { Nodes } from 'mdast'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { expect, test, vi } from 'vitest'
import { readMarkdown } from '../src/formats/markdown.ts'
import { parseMarkdown } from '../src/formats/markdown-tree.ts'

// A busy machine may take longer than vitest's five seconds.
vi.setConfig({ testTimeout: 60_000 })

const EXAMPLES = (tests as { number: number; markdown: string; html: string }[]).map(({ number, markdown, html }) => ({
  number,
  // The specification writes tabs as arrows.
  markdown: markdown.replaceAll('→', '\t'),
  html: html.replaceAll('→', '\t'),
}))

/** Examples we read otherwise, by number, and why. */
const CHOSEN: Record<string, number[]> = {
  'URLs and e-mail addresses are U+FFFC': [
    20, 346, 480, 481, 526, 538, 594, 595, 596, 597, 598, 599, 600, 601, 602, 603, 604, 605, 606, 608, 611, 612,
  ],
  'front matter': [96],
  'Markdown between the blank lines of a <pre>': [148],
}

const BLOCKS = /^(?:p|h[1-6]|li|ul|ol|blockquote|pre|hr|div|table|tr|td|th|thead|tbody|section|script|style|textarea)$/

interface Read {
  prose: string[]
  alts: string[]
}

/** The prose of HTML, by another road than src/formats: code and images as U+FFFC. */
function expected(html: string): Read {
  const prose: string[] = []
  const alts: string[] = []
  let text = ''
  let unread = 0
  const end = (): void => {
    prose.push(text)
    text = ''
  }
  const parser = new Parser({
    onopentag(name, { alt }) {
      if (BLOCKS.test(name)) end()
      if (/^(?:code|pre|script|style)$/.test(name)) unread++
      if (name === 'code' || name === 'img') text += '\uFFFC'
      if (name === 'br') text += ' '
      if (alt) alts.push(alt)
    },
    onclosetag(name) {
      if (BLOCKS.test(name)) end()
      if (/^(?:code|pre|script|style)$/.test(name)) unread--
    },
    ontext(data) {
      if (unread === 0) text += data
    },
  })
  parser.end(html)
  end()
  return { prose: readable(prose), alts: readable(alts) }
}

function readable(texts: string[]): string[] {
  return texts.map((text) => text.replace(/\s+/g, ' ').trim()).filter((text) => /[^\s\uFFFC]/.test(text))
}

function read(markdown: string): Read {
  const { blocks } = readMarkdown(markdown)
  return {
    prose: blocks.filter(({ kind }) => kind !== 'title' && kind !== 'image-text').map(({ text }) => text),
    alts: blocks.filter(({ kind }) => kind === 'image-text').map(({ text }) => text),
  }
}

test('the text of 628 of the 652 examples is the text of the expected HTML', () => {
  const different = EXAMPLES.filter(
    ({ markdown, html }) => JSON.stringify(read(markdown)) !== JSON.stringify(expected(html)),
  ).map(({ number }) => number)
  expect(different).toEqual(
    Object.values(CHOSEN)
      .flat()
      .sort((a, b) => a - b),
  )
  expect(EXAMPLES.length - different.length).toBe(628)
})

/** A tree as an outline: adjacent texts as one, no positions, no bare URLs (we cover those ourselves). */
function outline(node: Nodes): string {
  if (node.type === 'text') return node.value
  if (!('children' in node)) return `<${node.type} ${'value' in node ? node.value : ''}>`
  return `<${node.type} ${node.children.map(outline).join('')}>`
}

test("our tree is remark's tree, but for bare URLs", () => {
  const remark = unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter, ['yaml', 'toml']).freeze()
  const different = EXAMPLES.filter(
    ({ markdown }) => outline(parseMarkdown(markdown)) !== outline(remark.parse(markdown)),
  )
  expect(different.map(({ number }) => number)).toEqual([602, 606, 608, 611, 612])
})
