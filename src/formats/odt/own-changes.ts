/**
 * Suggestions of values-lint that an earlier run left in an OpenDocument text. A draft is read, and written to, as it is
 * without them: a suggestion that nobody has accepted yet is no part of the text.
 */

import { applyEdits, type Edit } from '../package/edits.ts'
import { decodeXml, walkXml } from '../package/xml.ts'
import { author } from './own.ts'
import type { Range } from './read.ts'

/** A change in the list of changes. */
interface Region extends Range {
  id: string
  kind: string
  creator: string
  /** What was struck: the inside of its paragraph. */
  struck?: Range
  /** Whether that is all of it, so that it can be put back into a paragraph. */
  isWhole: boolean
}

/** A mark of a change in the text. */
interface Mark extends Range {
  name: string
  id: string
}

interface Changes {
  list: Range | undefined
  regions: Region[]
  marks: Mark[]
}

/** The body without our suggestions: those that are whole, and in which nobody has written. Others are text like any other. */
export function withoutSuggestions(xml: string): string {
  const { list, regions, marks } = changesIn(xml)
  const ours = new Map(regions.filter(({ creator }) => creator === author).map((region) => [region.id, region]))
  const edits: Edit[] = []
  const gone = new Set<Region>()
  for (const [i, from] of marks.entries()) {
    const [to, at] = [marks[i + 1], marks[i + 2]]
    const [insertion, deletion] = [ours.get(from.id), ours.get(at?.id ?? '')]
    if (!at || to?.id !== from.id || insertion?.kind !== 'text:insertion' || deletion?.kind !== 'text:deletion')
      continue
    const { struck, isWhole } = deletion
    const between = xml.slice(to.end, at.start)
    const inserted = xml.slice(from.end, to.start)
    if (!struck || !isWhole || !isMarkup(between) || !isLook(inserted)) continue
    edits.push({ start: at.start, end: at.end, text: xml.slice(struck.start, struck.end) })
    edits.push({ start: from.start, end: to.end, text: '' })
    gone.add(deletion).add(insertion)
  }
  // A list of ours goes with its last change.
  const isEmpty = list && gone.size === regions.length && gone.size > 0 && isOff.test(xml.slice(list.start, list.end))
  const cuts = isEmpty ? [list] : [...gone]
  return applyEdits(xml, [...edits, ...cuts.map(({ start, end }) => ({ start, end, text: '' }))])
}

const isOff = /^<[^>]*track-changes="false"/

/** Whether there is no text, and no place for any, in a stretch of XML. */
function isMarkup(xml: string): boolean {
  return (
    xml.replace(/<\/?(?:text:span|office:annotation-end|text:bookmark-start|text:bookmark-end)\b[^>]*>/g, '') === ''
  )
}

/** Whether a stretch of XML is text and its look, and nothing begins in it that ends elsewhere. */
function isLook(xml: string): boolean {
  let depth = 0
  for (const [tag, close] of xml.matchAll(/<(\/?)[^>]*>?/g)) {
    if (/^<text:s\b[^>]*\/>$/.test(tag)) continue
    if (!/^<\/?text:span\b[^>]*>$/.test(tag)) return false
    if (tag.endsWith('/>')) continue
    depth += close ? -1 : 1
    if (depth < 0) return false
  }
  return depth === 0
}

function changesIn(xml: string): Changes {
  const found: Changes = { list: undefined, regions: [], marks: [] }
  let region: Region | undefined
  let inCreator = false
  let inInfo = false
  let depth = 0
  walkXml(xml, {
    open({ name, start, end, attribute }) {
      if (region) depth++
      if (name === 'text:tracked-changes') found.list ??= { start, end }
      else if (name === 'text:changed-region') {
        const id = attribute('xml:id') ?? attribute('text:id') ?? ''
        region = { id, kind: '', creator: '', isWhole: true, start, end }
        found.regions.push(region)
        depth = 0
      } else if (region && depth === 1) region.kind = name
      else if (region && depth === 2) {
        inInfo = name === 'office:change-info'
        if (!inInfo && (region.struck || !/^text:[ph]$/.test(name))) region.isWhole = false
        if (!inInfo) region.struck = { start: end, end }
      } else if (region && inInfo && name === 'dc:creator') inCreator = true
      else if (!region && /^text:change(?:-start|-end)?$/.test(name))
        found.marks.push({ name, id: attribute('text:change-id') ?? '', start, end })
    },
    close(name, start, end) {
      inCreator = false
      if (name === 'text:tracked-changes' && found.list) found.list.end = end
      if (!region) return
      if (name === 'text:changed-region') {
        region.end = end
        region = undefined
      } else {
        if (depth === 2 && region.struck && !inInfo) region.struck.end = start
        depth--
      }
    },
    text(start, end) {
      if (region && inCreator) region.creator += decodeXml(xml.slice(start, end))
    },
  })
  return found
}
