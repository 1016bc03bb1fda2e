import { Lines, type Position } from '../core/position.ts'
import type { Draft, Finding } from '../core/types.ts'
import { plain } from './layout.ts'
import { type FindingPlace, inWords as placeInWords, placeOf } from './place.ts'
import type { FileReport } from './report.ts'

/** Where findings stand. Every report asks here, so that a format which counts pages or paragraphs is added in one place. */

/** Where a finding stands: by line and column, and as a reader of the draft would look for it. */
export interface Where extends Outlined {
  path: string
  start: Position
  end: Position
  /** In a document without lines. */
  place?: FindingPlace
}

/** A block's place in the draft. */
export interface Outlined {
  /** The heading it stands under. */
  heading?: string | undefined
  /** Its number among the paragraphs, from 1; a table has one number, a heading none. */
  paragraph?: number
}

/** Gives the places of a file's findings; its lines are looked for once. */
export function whereIn({ path, draft }: FileReport): (finding: Finding) => Where {
  const lines = new Lines(draft.source)
  const outline = outlined(draft)
  return (finding) => {
    const { start, end, block } = finding
    const place = placeOf(finding, draft)
    const found = place ? { place, heading: place.heading, paragraph: place.paragraph } : outline[block]
    return { path, start: lines.at(start), end: lines.at(end), ...found }
  }
}

/** Each block's heading and paragraph number; a document without lines has numbers of its own, which its headings count in. */
export function outlined({ blocks, places }: Draft): Outlined[] {
  if (places) return places.map(({ heading, paragraph }) => ({ heading, paragraph }))
  let heading: string | undefined
  let paragraph = 0
  let table: number | undefined
  return blocks.map(({ kind, text, group }) => {
    if (kind === 'heading') {
      heading = text
      table = undefined
      return {}
    }
    const inside = kind === 'table-cell' && group !== undefined && group === table
    if (!inside) paragraph++
    table = kind === 'table-cell' ? group : undefined
    return { ...(heading === undefined ? {} : { heading }), paragraph }
  })
}

/** `news.md:3:10`, `news.docx, paragraph 12`: how a place is written in one line. */
export function spot({ path, start, place }: Where): string {
  if (place) return plain(`${path}, ${placeInWords(place)}`)
  return `${plain(path)}:${start.line}:${start.column}`
}

/** `under “Budget”, paragraph 12`; empty for what has no number, such as a heading. */
export function inWords({ heading, paragraph }: Outlined): string {
  if (paragraph === undefined) return ''
  return heading === undefined ? `paragraph ${paragraph}` : `under “${heading}”, paragraph ${paragraph}`
}
