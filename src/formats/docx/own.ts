/**
 * Comments and suggestions of values-lint that an earlier run left in a Word file. A draft is read, and written to, as it is
 * without them: a suggestion that nobody has accepted yet is no part of the text.
 */

import { applyEdits, type Edit } from '../package/edits.ts'
import { decodeXml, type Tag, walkXml } from '../package/xml.ts'

export const author = 'values-lint'
export const initials = 'vl'

/** Earlier comments: those to take away, and the texts of those that people have answered or resolved, which stay. */
export interface Earlier {
  ids: ReadonlySet<string>
  /** Identities of their paragraphs, by which other parts know them. */
  paragraphIds: ReadonlySet<string>
  kept: ReadonlySet<string>
}

export const nothingEarlier: Earlier = { ids: new Set(), paragraphIds: new Set(), kept: new Set() }

interface OwnComment {
  id: string
  text: string
  paragraphIds: string[]
}

/** Our comments among those of a comments part; `extended` says which were answered or resolved. */
export function earlierComments(comments: string | undefined, extended: string | undefined): Earlier {
  if (!comments?.includes(`"${author}"`)) return nothingEarlier
  const settled = settledIds(extended)
  const all = ownComments(comments)
  const kept = all.filter(({ paragraphIds }) => paragraphIds.some((id) => settled.has(id)))
  const gone = all.filter((comment) => !kept.includes(comment))
  return {
    ids: new Set(gone.map(({ id }) => id)),
    paragraphIds: new Set(gone.flatMap(({ paragraphIds }) => paragraphIds)),
    kept: new Set(kept.map(({ text }) => text.trim())),
  }
}

function ownComments(xml: string): OwnComment[] {
  const found: OwnComment[] = []
  let comment: OwnComment | undefined
  let inText = false
  walkXml(xml, {
    open(tag) {
      if (tag.name === 'w:comment' && tag.attribute('w:author') === author) {
        comment = { id: tag.attribute('w:id') ?? '', text: '', paragraphIds: [] }
        found.push(comment)
      } else if (tag.name === 'w:p' && comment) {
        const id = tag.attribute('w14:paraId')
        if (id) comment.paragraphIds.push(id)
      }
      if (tag.name === 'w:t') inText = true
    },
    close(name) {
      if (name === 'w:t') inText = false
      else if (name === 'w:p' && comment) comment.text += '\n'
      else if (name === 'w:comment') comment = undefined
    },
    text(start, end) {
      if (comment && inText) comment.text += decodeXml(xml.slice(start, end))
    },
  })
  return found
}

/** Paragraphs of comments that are resolved or have an answer. */
function settledIds(extended: string | undefined): Set<string> {
  const ids = new Set<string>()
  if (extended === undefined) return ids
  walkXml(extended, {
    open(tag) {
      if (tag.name !== 'w15:commentEx') return
      const [id, parent] = [tag.attribute('w15:paraId'), tag.attribute('w15:paraIdParent')]
      if (parent) ids.add(parent)
      if (id && ['1', 'true'].includes(tag.attribute('w15:done') ?? '')) ids.add(id)
    },
  })
  return ids
}

/** A part of the document without our marks and suggestions. */
export function withoutOurs(xml: string, { ids }: Earlier): string {
  const suggested = xml.includes(`"${author}"`)
  if (!ids.size && !suggested) return xml
  const edits: Edit[] = []
  const cut = (start: number, end: number, text = ''): void => void edits.push({ start, end, text })
  const isOurs = (tag: Tag): boolean => ids.has(tag.attribute('w:id') ?? '')
  const open: { start: number; what?: 'inserted' | 'deleted' | 'run' }[] = []
  /** What the innermost run holds besides its properties: only a reference of ours, or more. */
  let run: { start: number; ours?: Tag; more: boolean } | undefined
  let deleted = 0
  let inserted = 0
  walkXml(xml, {
    open(tag) {
      const ours = suggested && tag.attribute('w:author') === author
      const what =
        tag.name === 'w:r'
          ? 'run'
          : ours && tag.name === 'w:ins'
            ? 'inserted'
            : ours && tag.name === 'w:del'
              ? 'deleted'
              : undefined
      open.push({ start: tag.start, ...(what && { what }) })
      if (what === 'run') run = { start: tag.start, more: false }
      else if (what === 'inserted') inserted++
      else if (what === 'deleted') {
        deleted++
        if (!inserted) cut(tag.start, tag.end)
      } else if (inserted) return
      else if (tag.name === 'w:commentReference' && isOurs(tag)) {
        if (run) run.ours = tag
        else cut(tag.start, tag.end)
      } else if ((tag.name === 'w:commentRangeStart' || tag.name === 'w:commentRangeEnd') && isOurs(tag))
        cut(tag.start, tag.end)
      else if (run && !['w:rPr', 'w:rStyle', 'w:sz', 'w:szCs', 'w:annotationRef'].includes(tag.name)) run.more = true
      if (deleted && tag.name === 'w:delText') rename(tag.start)
    },
    close(name, start, end) {
      const last = open.pop()
      if (last?.what === 'inserted') {
        if (--inserted === 0) cut(last.start, end)
      } else if (last?.what === 'deleted') {
        deleted--
        if (!inserted && end > start) cut(start, end)
      } else if (last?.what === 'run') {
        if (!inserted && run?.ours)
          cut(...(run.more ? ([run.ours.start, run.ours.end] as const) : ([run.start, end] as const)))
        run = undefined
      } else if (deleted && !inserted && name === 'w:delText' && end > start) rename(start)
    },
  })
  return applyEdits(xml, edits)

  /** Deleted text becomes text. */
  function rename(tagStart: number): void {
    const at = xml.indexOf('delText', tagStart)
    cut(at, at + 'delText'.length, 't')
  }
}

/** A comments part without our comments. */
export function commentsWithoutOurs(xml: string, { ids }: Earlier): string {
  return without(xml, (tag) => tag.name === 'w:comment' && ids.has(tag.attribute('w:id') ?? ''))
}

/** A part that says more of comments (`commentsExtended`, `commentsIds`) without ours. */
export function detailsWithoutOurs(xml: string, { paragraphIds }: Earlier): string {
  return without(xml, (tag) => paragraphIds.has(tag.attribute('w15:paraId') ?? tag.attribute('w16cid:paraId') ?? ''))
}

function without(xml: string, unwanted: (tag: Tag) => boolean): string {
  const edits: Edit[] = []
  let depth = 0
  let from: { start: number; depth: number } | undefined
  walkXml(xml, {
    open(tag) {
      depth++
      if (!from && unwanted(tag)) from = { start: tag.start, depth }
    },
    close(_, __, end) {
      if (from?.depth === depth) {
        edits.push({ start: from.start, end, text: '' })
        from = undefined
      }
      depth--
    },
  })
  return applyEdits(xml, edits)
}
