/**
 * The library. Pure: no file system, no network, no clock; it runs in Node, in a worker and in a browser alike. A pack comes
 * from `compilePack` (texts of its files) or, in Node, from `loadPack` of `values-lint/node`.
 */
import { type CheckOptions, checkDraft, type Review, reviewDraft } from './core/check.ts'
import type { Pack } from './core/pack.ts'
import { bytesReaderFor, documentOpenerFor, readerFor, refusalOf, textReaderFor } from './formats/index.ts'
import { type JsonFinding, jsonFindings } from './reporters/json.ts'
import { isLive } from './reporters/report.ts'

export { chain, messageOf, saying, whyOf } from './core/explain.ts'
export { compilePack, type Pack, type PackFiles } from './core/pack.ts'
export type { Problem, SourceFile } from './core/source.ts'
export type * from './core/types.ts'
export type { Commented, Note, OpenDocument } from './formats/package/document.ts'
export { notesFor } from './reporters/notes.ts'
export type { CheckOptions, JsonFinding, Review }
export { bytesReaderFor, checkDraft, documentOpenerFor, readerFor, refusalOf, reviewDraft, textReaderFor }

export interface TextOptions extends CheckOptions {
  pack: Pack
  /** `markdown` unless said otherwise. */
  format?: 'markdown' | 'text' | 'html'
  /** Also give what a rule met and left alone; its outcome is `excused`, and `excusedBy` says by which words. */
  showExcused?: boolean
}

/**
 * Checks a text: findings in its order, as plain data. Offsets are UTF-16 code units from 0, lines and columns from 1.
 * Never throws on odd text.
 */
export function check(
  text: string,
  { pack, format = 'markdown', showExcused = false, ...options }: TextOptions,
): JsonFinding[] {
  const draft = (readerFor(format) ?? readerFor('markdown'))?.(text) ?? { source: text, blocks: [] }
  const findings = checkDraft(draft, pack, options).filter((finding) => showExcused || isLive(finding))
  return jsonFindings(findings, draft)
}
