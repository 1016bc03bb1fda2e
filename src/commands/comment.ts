import { InputError, isSameFile, writeWhole } from '../files.ts'
import { documentOpenerFor } from '../formats/documents.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import { notesFor } from '../reporters/notes.ts'
import type { FileReport } from '../reporters/report.ts'
import { isBare, type OutputFlags } from './outputs.ts'

/** Copies of drafts with comments: `check --comments`. */

export interface CommentFlags {
  comments?: boolean
  suggest?: boolean
  showExcused?: boolean
  /** As given: a bare FILE is the copy. */
  output: readonly string[]
}

/** The flags of the reports: a bare FILE beside --comments is the copy, no report. */
export function reportFlags<Flags extends CommentFlags & OutputFlags>(flags: Flags): Flags {
  return wantsComments(flags) ? { ...flags, output: flags.output.filter((given) => !isBare(given)) } : flags
}

export function wantsComments({ comments, suggest }: Pick<CommentFlags, 'comments' | 'suggest'>): boolean {
  return Boolean(comments || suggest)
}

/** Throws an InputError where comments are wanted for what cannot hold any. */
export function checkCommentFlags(paths: readonly string[], flags: CommentFlags): void {
  if (!wantsComments(flags)) return
  const files = paths.filter((path) => /\.\w+$/.test(path))
  const other = files.find((path) => !documentOpenerFor(path))
  if (other !== undefined && files.length === paths.length && !files.some(documentOpenerFor))
    throw new InputError(`${other} cannot hold comments; --comments is for Word and OpenDocument files (.docx, .odt)`)
  if (flags.output.some(isBare) && (paths.length !== 1 || !documentOpenerFor(paths[0] as string)))
    throw new InputError(
      '--output names one copy; give one draft with it, or leave it out: copies are named after the drafts',
    )
}

/** Writes the copy of a draft with a comment at each finding. Throws an InputError where it would replace the draft. */
export function writeComments(
  { path, draft, findings }: FileReport,
  document: OpenDocument,
  flags: CommentFlags,
): void {
  const target = flags.output.find(isBare) ?? path.replace(/\.(\w+)$/, '.checked.$1')
  if (isSameFile(path, target))
    throw new InputError('would be replaced by its own copy; name another file with --output')
  const notes = notesFor(findings, draft, { suggest: flags.suggest ?? false, showExcused: flags.showExcused ?? false })
  const { bytes, comments, suggestions } = document.comment(notes, { date: now() })
  writeWhole(target, bytes)
  const left = notes.length - comments
  process.stderr.write(
    `${target}: ${counted(comments, 'comment')}${suggestions ? `, ${counted(suggestions, 'suggestion')}` : ''}${left > 0 ? `; ${left} more are only in the report, or were answered before` : ''}\n`,
  )
}

function counted(number: number, noun: string): string {
  return `${number || 'no'} ${noun}${number === 1 ? '' : 's'}`
}

/** The time as Word writes it: local, whatever its Z says. SOURCE_DATE_EPOCH fixes it, for builds that must be repeatable. */
function now(): string {
  const fixed = process.env.SOURCE_DATE_EPOCH
  if (fixed && /^\d+$/.test(fixed)) return `${new Date(Number(fixed) * 1000).toISOString().slice(0, 19)}Z`
  const time = new Date()
  return `${new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)}Z`
}
