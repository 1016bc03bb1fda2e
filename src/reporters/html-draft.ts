import type { Block, Draft, Finding, Span } from '../core/types.ts'
import { escaped, oneLine, shade, state } from './said.ts'
import { outlined } from './where.ts'

/** A draft as people read it, row by row, in HTML. */

/** A finding, and the number by which its passage and its card name each other. */
export interface Numbered {
  finding: Finding
  number: number
}

/** A paragraph, a heading, a list or a table. */
export interface Row {
  html: string
  /** The paragraph's number; lists number their items themselves. */
  number?: number
  heading: boolean
  found: Numbered[]
}

/**
 * The rows of a draft; what is found in a list or a table belongs to the whole of it. `above` is the level of the page's own
 * heading: those of the draft come under it.
 */
export function rows(draft: Draft, entries: readonly Numbered[], above: number): Row[] {
  const outline = outlined(draft)
  // Plain text has no headings of the first level.
  const shift = above + 1 - draft.blocks.reduce((least, { level = 6 }) => Math.min(least, level), 6)
  const inBlock = new Map<number, Numbered[]>()
  for (const entry of entries) {
    const list = inBlock.get(entry.finding.block)
    if (list) list.push(entry)
    else inBlock.set(entry.finding.block, [entry])
  }
  return runs(draft.blocks).map((run): Row => {
    const found = run.flatMap((index) => inBlock.get(index) ?? [])
    const parts = run.map((index): Part => {
      const { paragraph } = outline[index] ?? {}
      const block = draft.blocks[index] as Block
      return { block, html: marked(block, inBlock.get(index) ?? []), ...(paragraph === undefined ? {} : { paragraph }) }
    })
    const [first] = parts as [Part]
    const number = first.block.kind === 'list-item' ? undefined : first.paragraph
    const heading = first.block.kind === 'heading'
    return {
      html: quoted(first.block, element(parts, shift)),
      heading,
      found,
      ...(number === undefined ? {} : { number }),
    }
  })
}

interface Part {
  block: Block
  html: string
  paragraph?: number
}

/** Indices of blocks that make one row: those of a list or a table, else each by itself. */
function runs(blocks: readonly Block[]): number[][] {
  const found: number[][] = []
  for (const [index, { kind, group, quoteDepth }] of blocks.entries()) {
    const before = blocks[index - 1]
    const goesOn =
      (kind === 'list-item' || kind === 'table-cell') &&
      before?.kind === kind &&
      before.group === group &&
      before.quoteDepth === quoteDepth
    if (goesOn) found.at(-1)?.push(index)
    else found.push([index])
  }
  return found
}

const labels: Partial<Record<Block['kind'], string>> = {
  caption: 'Caption',
  'image-text': 'Image text',
  title: 'Title text',
  footnote: 'Footnote',
  'front-matter': 'Front matter',
}

function element(parts: readonly Part[], shift: number): string {
  const [{ block, html }] = parts as [Part]
  if (block.kind === 'table-cell') return table(parts)
  if (block.kind === 'list-item') {
    const items = parts.map(
      (part) =>
        `<li><span class="number"><span class="unseen">Paragraph </span>${part.paragraph}</span>${part.html}</li>`,
    )
    return `<ul>${items.join('')}</ul>`
  }
  if (block.kind === 'heading') {
    const level = Math.min((block.level ?? 1) + shift, 6)
    return `<h${level}>${html}</h${level}>`
  }
  const label = labels[block.kind]
  return label ? `<p class="aside"><span class="kind">${label}</span> ${html}</p>` : `<p>${html}</p>`
}

function table(parts: readonly Part[]): string {
  const lines = new Map<number, Part[]>()
  for (const part of parts) {
    const line = lines.get(part.block.row ?? 0)
    if (line) line.push(part)
    else lines.set(part.block.row ?? 0, [part])
  }
  const body = [...lines.values()].map((line) => {
    // Empty cells are no blocks.
    let column = 0
    const cells = line.map(({ block, html }) => {
      const gap = Math.max((block.column ?? column) - column, 0)
      column += gap + 1
      return `${'<td></td>'.repeat(gap)}${block.header ? `<th scope="col">${html}</th>` : `<td>${html}</td>`}`
    })
    return `<tr>${cells.join('')}</tr>`
  })
  return `<div class="table" tabindex="0"><table>${body.join('')}</table></div>`
}

/** Block quotation deeper than this looks the same. */
const deepest = 4

function quoted({ quoteDepth }: Block, html: string): string {
  const depth = Math.min(quoteDepth, deepest)
  return `${'<blockquote>'.repeat(depth)}${html}${'</blockquote>'.repeat(depth)}`
}

/** A stretch of the block's text with what covers all of it. */
interface Piece extends Span {
  found: Numbered[]
  emphasised: boolean
  struck: boolean
}

/** The block's text, its emphasis and its passages; after each passage the number that leads to its card. */
function marked(block: Block, found: readonly Numbered[]): string {
  return pieces(block, found)
    .map(({ start, end, found: here, emphasised, struck }) => {
      let html = escaped(oneLine(block.text.slice(start, end)))
      if (struck) html = `<s>${html}</s>`
      if (emphasised) html = `<em>${html}</em>`
      if (!here.length) return html
      const ending = here.filter(({ finding }) => finding.place.end === end)
      const shown = `<mark class="${shade((here[0] as Numbered).finding)}">${html}</mark>`
      const [first, ...others] = ending
      return first ? `${link(first, shown)}${others.map((one) => link(one, '')).join('')}` : shown
    })
    .join('')
}

function link({ finding, number }: Numbered, inside: string): string {
  const said = escaped(`, finding ${number}: ${state(finding)}`)
  return `<a class="to ${shade(finding)}" id="p${number}" href="#f${number}">${inside}<sup><span class="unseen">${said}</span><span aria-hidden="true">${number}</span></sup></a>`
}

/** Cuts a block's text wherever a passage or an emphasis begins or ends; in one sweep, for there may be thousands. */
function pieces({ text, emphasis = [] }: Block, found: readonly Numbered[]): Piece[] {
  const spans = [
    ...found.map((entry) => ({ ...entry.finding.place, entry, struck: false })),
    ...emphasis.map(({ start, end, struck = false }) => ({ start, end, entry: undefined, struck })),
  ].sort((a, b) => a.start - b.start)
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b)
  let active: typeof spans = []
  let next = 0
  return cuts.slice(0, -1).map((start, i) => {
    active = active.filter(({ end }) => end > start)
    for (let span = spans[next]; span && span.start <= start; span = spans[++next])
      if (span.end > start) active.push(span)
    return {
      start,
      end: cuts[i + 1] as number,
      found: active.flatMap(({ entry }) => entry ?? []),
      emphasised: active.some(({ entry, struck }) => !entry && !struck),
      struck: active.some(({ struck }) => struck),
    }
  })
}
