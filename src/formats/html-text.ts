/**
 * Reads the prose of HTML from htmlparser2's tokens, in one pass: no tree, every step in constant time on average, so
 * that a page of nothing but `<b>` costs no more than one of words.
 */

import { Tokenizer, type TokenizerCallbacks } from 'htmlparser2'
import type { Block, Directive } from '../core/types.ts'
import { directiveIn } from './directives.ts'
import { createAttributes, type Piece } from './html-attributes.ts'
import { BLOCK, EMPHASIS, endsAt, placeInside, UNREAD, VOID, WORDLIKE } from './html-elements.ts'
import { createWriter, type Locate, type Writer } from './html-writer.ts'
import { OBJECT, type Place } from './passage.ts'

export interface HtmlOptions {
  /** What text is where no element says otherwise. */
  place: Place
  locate: Locate
  /** Numbers lists and tables. */
  nextGroup: () => number
  /** Takes the directives that are met. */
  directives: Directive[]
  /** Whether an element is left out with all that is in it. */
  leftOut?: (name: string, attribute: (name: string) => string) => boolean
}

export function readHtmlText(html: string, { place, locate, nextGroup, directives, leftOut }: HtmlOptions): Block[] {
  const reading: Reading = {
    html,
    writer: createWriter(html, locate),
    stack: [],
    openCount: new Map(),
    outside: { name: '', start: 0, place, unread: false, block: -1 },
    nextGroup,
    leftOut,
    comment(start, end, after) {
      const open = html.lastIndexOf('<!--', start)
      directives.push(...directiveIn(html.slice(start, end), locate(open), locate(after)))
    },
  }
  const tokenizer = new Tokenizer({ decodeEntities: true }, callbacks(reading))
  tokenizer.write(html)
  tokenizer.end()
  while (reading.stack.length > 0) pop(reading, html.length)
  reading.writer.endBlock(place)
  return reading.writer.blocks
}

/** What the functions below share about one text. Offsets are into the HTML. */
interface Reading {
  html: string
  writer: Writer
  /** The elements that are open, the innermost last. */
  stack: Open[]
  /** How many elements of a name are open, so that an end tag without a start costs nothing. */
  openCount: Map<string, number>
  /** Stands for the innermost element where none is open. */
  outside: Open
  nextGroup: () => number
  leftOut: HtmlOptions['leftOut']
  /** A comment that says what stands from `start` to `end`; it ends before `after`. */
  comment: (start: number, end: number, after: number) => void
}

/** An element whose end has not come. */
interface Open {
  name: string
  /** Where its tag begins. */
  start: number
  place: Place
  unread: boolean
  /** Index on the stack of the innermost block element, itself included; -1 if there is none. */
  block: number
}

/** A tag, from its `<` to after its `>`. */
interface Tag {
  name: string
  start: number
  end: number
}

function callbacks(reading: Reading): TokenizerCallbacks {
  const { html } = reading
  const attributes = createAttributes(html)
  let name = ''
  let start = 0
  let lastEntityEnd = -1
  return {
    ...attributes.callbacks,
    ontext(textStart, end) {
      if (!top(reading).unread) reading.writer.addText(textStart, end)
    },
    ontextentity(codePoint, end) {
      const entityStart = html.lastIndexOf('&', end - 1)
      // A few entities stand for two characters and are told twice.
      const second = end === lastEntityEnd ? 1 : 0
      add(reading, String.fromCodePoint(codePoint), entityStart + second, end)
      lastEntityEnd = end
    },
    onopentagname(nameStart, end) {
      name = html.slice(nameStart, end).toLowerCase()
      start = nameStart - 1
    },
    onopentagend: (end) => open(reading, { name, start, end: end + 1 }, attributes.take()),
    onselfclosingtag(end) {
      const tag = { name, start, end: end + 1 }
      open(reading, tag, attributes.take())
      if (isForeign(reading)) close(reading, tag)
    },
    onclosetag(nameStart, nameEnd) {
      const gt = html.indexOf('>', nameEnd)
      const end = gt < 0 ? html.length : gt + 1
      close(reading, { name: html.slice(nameStart, nameEnd).toLowerCase(), start: nameStart - 2, end })
    },
    isInForeignContext: () => isForeign(reading),
    oncdata() {},
    oncomment: (commentStart, end, closing) =>
      reading.comment(commentStart, end - closing, Math.min(end + 1, html.length)),
    ondeclaration() {},
    onprocessinginstruction() {},
    onend() {},
  }
}

/** SVG and MathML have rules of their own, and close their elements with `/>`. */
function isForeign({ openCount }: Reading): boolean {
  return (openCount.get('svg') ?? 0) + (openCount.get('math') ?? 0) > 0
}

function top({ stack, outside }: Reading): Open {
  return stack.at(-1) ?? outside
}

function add(reading: Reading, value: string, start: number, end: number): void {
  if (!top(reading).unread) reading.writer.addDecoded(value, start, end)
}

/** Styles that show nothing. */
const HIDING = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b/i

function open(reading: Reading, { name, start, end }: Tag, attributes: Map<string, Piece[]>): void {
  const { stack, openCount, writer, nextGroup } = reading
  if (BLOCK.has(name)) startBlock(reading, name, start)
  const outer = top(reading)
  const attribute = (key: string): string =>
    attributes
      .get(key)
      ?.map(({ value }) => value)
      .join('') ?? ''
  const hidden =
    attributes.has('hidden') || HIDING.test(attribute('style')) || (reading.leftOut?.(name, attribute) ?? false)
  if (!outer.unread && !hidden) {
    writer.addAside('image-text', attributes.get('alt'))
    writer.addAside('title', attributes.get('title'))
  }
  if (name === 'br') add(reading, ' ', start, end)
  if (name === 'img' || name === 'embed') add(reading, OBJECT, start, end)
  if (VOID.has(name)) return
  openCount.set(name, (openCount.get(name) ?? 0) + 1)
  stack.push({
    name,
    start,
    place: placeInside(name, outer.place, nextGroup),
    unread: outer.unread || hidden || UNREAD.has(name),
    block: BLOCK.has(name) ? stack.length : outer.block,
  })
  if (EMPHASIS.has(name)) writer.openEmphasis()
  if (name === 'q') add(reading, '“', start, end)
}

/** Ends the block before a block element, and the `<p>`, `<li>` and the like that left out their end tag. */
function startBlock(reading: Reading, name: string, start: number): void {
  const { stack, writer } = reading
  for (let at = top(reading).block; at >= 0 && endsAt(stack[at]?.name ?? '', name); at = top(reading).block) {
    while (stack.length > at) pop(reading, start)
  }
  writer.endBlock(top(reading).place)
}

function close(reading: Reading, { name, start, end }: Tag): void {
  if ((reading.openCount.get(name) ?? 0) === 0) {
    if (BLOCK.has(name)) reading.writer.endBlock(top(reading).place)
    return
  }
  if (name === 'q') add(reading, '”', start, end)
  while (top(reading).name !== name) pop(reading, start)
  pop(reading, end)
}

/** Closes the innermost element, which ends at `end`. */
function pop(reading: Reading, end: number): void {
  const { stack, openCount, writer } = reading
  const { name, start, place } = top(reading)
  if (BLOCK.has(name)) writer.endBlock(place)
  stack.pop()
  openCount.set(name, (openCount.get(name) ?? 1) - 1)
  if (WORDLIKE.has(name)) add(reading, OBJECT, start, end)
  if (EMPHASIS.has(name)) writer.closeEmphasis()
}
