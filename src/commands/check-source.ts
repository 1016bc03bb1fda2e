import type { CheckOptions, Review } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Draft } from '../core/types.ts'
import type { Format } from '../formats/names.ts'
import { mayHold } from './may-hold.ts'

/** A draft, and what a check of it gave. */
export interface Checked extends Review {
  draft: Draft
}

/**
 * Reads a source and checks it. A source that cannot give a finding is not read, and neither the parser nor the tagger is
 * loaded for it: its draft has no blocks. `shortcut: false` reads it all the same; the findings are the same ones.
 */
export async function checkSource(
  source: string,
  format: Format,
  pack: Pack,
  options: CheckOptions,
  shortcut = true,
): Promise<Checked> {
  if (shortcut && !mayHold(source, format, pack)) return { draft: { source, blocks: [] }, findings: [], problems: [] }
  const { readAndCheck } = await import('./read-and-check.ts')
  return readAndCheck(source, format, pack, options)
}
