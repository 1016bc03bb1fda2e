import { type CheckOptions, checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import { mayConflict, type Syntax } from '../core/shortcut.ts'
import type { Draft, Finding, Reader } from '../core/types.ts'
import { readMarkdown } from '../formats/markdown.ts'
import { readText } from '../formats/text.ts'

/** Which readers' sources the shortcut knows how to look through. */
const syntaxes = new Map<Reader, Syntax>([
  [readMarkdown, 'markdown'],
  [readText, 'text'],
])

/**
 * Reads a source and checks it. A source that cannot give a finding is not read: its draft has no blocks. `shortcut: false`
 * reads it all the same; the findings are the same ones.
 */
export function checkSource(
  source: string,
  reader: Reader,
  pack: Pack,
  options: CheckOptions,
  shortcut = true,
): { draft: Draft; findings: Finding[] } {
  const syntax = syntaxes.get(reader)
  if (shortcut && syntax && !mayConflict(source, pack, syntax)) return { draft: { source, blocks: [] }, findings: [] }
  const draft = reader(source)
  return { draft, findings: checkDraft(draft, pack, options) }
}
