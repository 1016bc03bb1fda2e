/**
 * Reads MDX: Markdown with JSX. Imports, exports, expressions and tags are left out; what stands between tags is prose, as it is
 * in HTML. A comment in braces that begins with `values-lint-` is a directive.
 */

import { type Options, Parser } from 'acorn'
import jsx from 'acorn-jsx'
import type { Root } from 'mdast'
import { mdxFromMarkdown } from 'mdast-util-mdx'
import { mdxExpression } from 'micromark-extension-mdx-expression'
import { mdxJsx } from 'micromark-extension-mdx-jsx'
import { mdxMd } from 'micromark-extension-mdx-md'
import { mdxjsEsm } from 'micromark-extension-mdxjs-esm'
import type { Extension } from 'micromark-util-types'
import type { Processor } from 'unified'
import type { Draft } from '../core/types.ts'
import { readTree } from './markdown.ts'
import { isTooDeep } from './markdown-limits.ts'
import { createParser } from './markdown-tree.ts'
import { Unreadable } from './package/unreadable.ts'
import { readText } from './text.ts'

/** Throws an Unreadable where the JSX is broken: no site could be built of the draft, and what is prose in it would be a guess. */
export function readMdx(source: string): Draft {
  if (isTooDeep(source)) return readText(source)
  try {
    return { source, ...readTree(source, parse) }
  } catch (error) {
    const { reason, line = 1, column = 1 } = error as { reason?: string; line?: number; column?: number }
    if (reason === undefined) throw error
    // An element without its end is named by where it begins.
    const [, begins] = /\((\d+:\d+)(?:-\d+:\d+)?\)/.exec(reason) ?? []
    const [atLine, atColumn] = begins?.split(':') ?? [line, column]
    const what = reason.split('\n')[0]?.replace(/ \(\d+:\d+(?:-\d+:\d+)?\)/, '')
    throw new Unreadable(`is no valid MDX (line ${atLine}, column ${atColumn}): ${what}`)
  }
}

/** Characters of code that may still be parsed. Parsing is synchronous, so there is only ever one draft. */
let allowance = 0

/** Parses imports and exports, within the allowance: one that does not end is tried again from its beginning at each blank line. */
class BoundedParser extends Parser.extend(jsx()) {
  constructor(options: Options, input: string, startAt?: number) {
    super(options, input, startAt)
    allowance -= input.length
    if (allowance < 0) throw tooMuch()
  }
}

/** As acorn's own errors: with a place that is no end of the code, or more of it would be tried. */
function tooMuch(): Error {
  return Object.assign(new SyntaxError('more code than anybody writes in a draft'), { pos: 0, raisedAt: 0 })
}

/** In MDX a `<` always begins JSX; our versions of Markdown's constructs have names of their own. */
const withoutHtml: Extension = { disable: { null: ['autolinkTidied', 'htmlTextTidied'] } }

/** As remark-mdx, but that expressions end where their braces balance: what they say is not read, and need not be right. */
function mdx(this: Processor): void {
  const data = this.data()
  data.micromarkExtensions = [
    ...(data.micromarkExtensions ?? []),
    mdxjsEsm({ acorn: BoundedParser, acornOptions: { ecmaVersion: 2024, sourceType: 'module' } }),
    mdxExpression(),
    mdxJsx(),
    mdxMd(),
    withoutHtml,
  ]
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), mdxFromMarkdown()]
}

const parser = createParser(mdx)

function parse(source: string): Root {
  allowance = 1_000_000 + source.length
  return parser(source)
}
