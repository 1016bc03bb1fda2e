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
  if (!ids.size && !xml.includes(`"${author}"`)) return xml
  const edits: Edit[] = []
  const open: Opened[] = []
  let run: OpenRun | undefined
  let inProperties = 0
  let inInsertion = 0
  let inDeletion = 0
  let struck = false
  const cut = (start: number, end: number, text = ''): void => {
    // An insertion is cut out whole.
    if (!inInsertion && end > start) edits.push({ start, end, text })
  }
  /** Deleted text becomes text; gives the tag with its new name. */
  const asText = (start: number, end: number): void => cut(start, end, xml.slice(start, end).replace('delText', 't'))
  walkXml(xml, {
    open(tag) {
      const seen = roleOf(tag, ids)
      // Where nothing is struck any more, the new words are all there is.
      const role = seen === 'insertion' && !struck && !inInsertion ? 'other' : seen
      if ((role === 'run' || tag.name === 'w:p') && !inDeletion && !inInsertion) struck = false
      open.push({ start: tag.start, role })
      if (role === 'deletion' || role === 'mark') cut(tag.start, tag.end)
      else if (role === 'deleted text' && inDeletion) asText(tag.start, tag.end)
      else if (role === 'reference' && run) run.reference = { start: tag.start, end: tag.end }
      else if (role === 'other' && run && !inProperties) run.more = true
      if (role === 'run') run = { more: false }
      if (role === 'properties') inProperties++
      if (role === 'insertion') inInsertion++
      if (role === 'deletion') inDeletion++
    },
    close(_, start, end) {
      const { start: opened, role } = open.pop() as Opened
      if (role === 'insertion' && --inInsertion === 0) cut(opened, end)
      if (role === 'properties') inProperties--
      if (role === 'deleted text' && inDeletion) asText(start, end)
      if (role === 'deletion') {
        inDeletion--
        struck = true
        cut(start, end)
      }
      if (role !== 'run') return
      // The run that our reference stands in goes with it, unless somebody wrote into it.
      if (run?.reference && run.more) cut(run.reference.start, run.reference.end)
      else if (run?.reference) cut(opened, end)
      run = undefined
    },
  })
  return applyEdits(xml, edits)
}

interface Opened {
  start: number
  role: Role
}

interface OpenRun {
  reference?: { start: number; end: number }
  /** Whether it holds more than its properties and a reference of ours. */
  more: boolean
}

/** What an element is to us; `mark`: a border of the range of a comment of ours. */
type Role = 'run' | 'insertion' | 'deletion' | 'deleted text' | 'mark' | 'reference' | 'properties' | 'other'

function roleOf(tag: Tag, ids: ReadonlySet<string>): Role {
  switch (tag.name) {
    case 'w:r':
      return 'run'
    case 'w:ins':
      return tag.attribute('w:author') === author ? 'insertion' : 'other'
    case 'w:del':
      return tag.attribute('w:author') === author ? 'deletion' : 'other'
    case 'w:delText':
      return 'deleted text'
    case 'w:commentRangeStart':
    case 'w:commentRangeEnd':
      return ids.has(tag.attribute('w:id') ?? '') ? 'mark' : 'other'
    case 'w:commentReference':
      return ids.has(tag.attribute('w:id') ?? '') ? 'reference' : 'other'
    case 'w:rPr':
      return 'properties'
    default:
      return 'other'
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
