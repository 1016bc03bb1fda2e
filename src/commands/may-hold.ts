import type { Pack } from '../core/pack.ts'
import { mayConflict } from '../core/shortcut.ts'
import type { Format } from '../formats/names.ts'

/** The last answer that was yes: a run that does not end where it begins asks again. */
let last: { source: string; format: Format; pack: Pack } | undefined

/** Whether a check of a source has to read it: it may hold a finding, or something may be wrong with a directive in it. */
export function mayHold(source: string, format: Format, pack: Pack): boolean {
  // What is wrong with a directive is said of clean drafts too.
  if (format === 'html' || source.includes('values-lint-')) return true
  if (last?.source === source && last.format === format && last.pack === pack) return true
  if (!mayConflict(source, pack, format)) return false
  last = { source, format, pack }
  return true
}
