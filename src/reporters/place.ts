import { quote } from '../core/explain.ts'
import type { DocumentPlace, Draft, Finding } from '../core/types.ts'

/** Where a finding stands in a Word or OpenDocument file, a mail or a PDF; `offset` counts from the beginning of the paragraph. */
export interface FindingPlace extends Omit<DocumentPlace, 'start'> {
  offset: number
}

/** The place of a finding in a document without lines; undefined in other drafts. */
export function placeOf({ block, start: at }: Finding, { places }: Draft): FindingPlace | undefined {
  const place = places?.[block]
  if (!place) return undefined
  const { start, ...rest } = place
  return { ...rest, offset: at - start }
}

/** `paragraph 12, page 3, under “What we ask for”`, as people look for it. */
export function inWords({ part, paragraph, page, heading }: FindingPlace): string {
  return [
    `paragraph ${paragraph}${part === 'body' ? '' : ` (${part})`}`,
    ...(page === undefined ? [] : [`page ${page}`]),
    ...(heading === undefined ? [] : [`under ${quote(heading)}`]),
  ].join(', ')
}
