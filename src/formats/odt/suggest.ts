/**
 * Suggestions in OpenDocument texts, as tracked changes. The words that are struck move to a list at the head of the text, and
 * a mark stays in their place. The new words stand before it, between two marks: were they after it, LibreOffice would let a
 * comment on all of them begin at the new ones.
 */

import type { Edit } from '../package/edits.ts'
import { escapeXml } from '../package/xml.ts'
import { author } from './own.ts'
import type { Inline, OdtPiece, Range } from './read.ts'

/** What may lie in a stretch that is struck out, as the programs write it: looks and spaces, nobody's marks and fields. */
const plain = /^<(?:text:span(?: text:[\w-]+="[^"]*")*|\/text:span|text:s(?: text:c="\d+")?\/)>$/
/** White space at either end would be lost: a paragraph is shown without. */
const whole = /^[^\s<](?:.*[^\s>])?$/s

/** Collects suggestions for one text. */
export class Suggestions {
  readonly #xml: string
  readonly #names: string
  readonly #declared: string
  readonly #info: string
  readonly #list: List | undefined
  readonly #regions: string[] = []
  readonly edits: Edit[] = []

  /** `names`: what no name in the text begins with; `declared`: namespaces that new elements bring with them. */
  constructor(xml: string, names: string, declared: string, date: string | undefined) {
    this.#xml = xml
    this.#names = names
    this.#declared = declared
    this.#list = listIn(xml, declared)
    const dated = date === undefined ? '' : `<dc:date>${escapeXml(date.replace(/Z$/, ''))}</dc:date>`
    this.#info = `<office:change-info><dc:creator>${author}</dc:creator>${dated}</office:change-info>`
  }

  get count(): number {
    return this.edits.length
  }

  /** Suggests words in place of a range that begins in one piece and ends in another, where that is safe. */
  add(replacement: string, { start, end }: Range, first: OdtPiece, last: OdtPiece): void {
    const struck = this.#xml.slice(start, end)
    const shared = sharedBy(first.within, last.within)
    const [left, entered] = [first.within.slice(shared), last.within.slice(shared)]
    const safe =
      this.#list &&
      whole.test(struck) &&
      (struck.match(/<[^>]*>?/g) ?? []).every((tag) => plain.test(tag)) &&
      // In a link, LibreOffice would set the mark at the beginning outside of it, and the one at the end inside.
      [...first.within, ...last.within].every(({ name }) => name === 'text:span') &&
      !this.edits.some((other) => other.start < end && start < other.end)
    if (!safe) return
    const [deletion, insertion] = ['d', 'i'].map((kind) => `${this.#names}${kind}${this.count + 1}`) as [string, string]
    const [opened, closed] = [this.#opening(entered), closing(entered)]
    this.#region(deletion, 'deletion', `<text:p>${this.#opening(left)}${struck}${closed}</text:p>`)
    this.#region(insertion, 'insertion', '')
    const mark = (kind: string, id: string): string => `<text:change${kind}${this.#declared} text:change-id="${id}"/>`
    this.edits.push({
      start,
      end,
      text: [
        closing(left),
        mark('-start', insertion),
        opened,
        escapeXml(replacement),
        closed,
        mark('-end', insertion),
        mark('', deletion),
        opened,
      ].join(''),
    })
  }

  /** The edits of the text, and the one that lists its changes. */
  all(): Edit[] {
    if (!this.#list || !this.count) return []
    const { at, before, after } = this.#list
    return [...this.edits, { ...at, text: before + this.#regions.join('') + after }]
  }

  #region(id: string, kind: 'deletion' | 'insertion', struck: string): void {
    this.#regions.push(
      `<text:changed-region xml:id="${id}" text:id="${id}"><text:${kind}>${this.#info}${struck}</text:${kind}></text:changed-region>`,
    )
  }

  #opening(spans: readonly Inline[]): string {
    return spans.map(({ start, end }) => this.#xml.slice(start, end)).join('')
  }
}

function closing(spans: readonly Inline[]): string {
  return '</text:span>'.repeat(spans.length)
}

function sharedBy(one: readonly Inline[], other: readonly Inline[]): number {
  const differs = one.findIndex(({ start }, i) => other[i]?.start !== start)
  return differs < 0 ? one.length : differs
}

/** Where changes are listed, and what stands around new ones. */
interface List {
  at: Range
  before: string
  after: string
}

const attributes = `(?:[^<>"']|"[^"<]*"|'[^'<]*')*`
const known = new RegExp(`<text:tracked-changes\\b(${attributes})/>|</text:tracked-changes\\s*>`)
const head = new RegExp(
  `<office:text\\b${attributes}>(?:\\s*<office:forms\\b(?:${attributes}/>|[^]{0,1000000}?</office:forms\\s*>))?`,
)

/** The list that the text has, or one at its head, after its forms; none where the file calls its elements by other names. */
function listIn(xml: string, declared: string): List | undefined {
  const found = known.exec(xml)
  if (found) {
    const [tag, attributes] = found
    if (attributes === undefined) return { at: { start: found.index, end: found.index }, before: '', after: '' }
    const at = { start: found.index, end: found.index + tag.length }
    return { at, before: `<text:tracked-changes${attributes}>`, after: '</text:tracked-changes>' }
  }
  const begun = head.exec(xml)
  if (!begun) return undefined
  const at = begun.index + begun[0].length
  // Said to be off: else programs begin to track what the user writes.
  const before = `<text:tracked-changes${declared} text:track-changes="false">`
  return { at: { start: at, end: at }, before, after: '</text:tracked-changes>' }
}
