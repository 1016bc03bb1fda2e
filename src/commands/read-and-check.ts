import { type CheckOptions, checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Draft, Finding } from '../core/types.ts'
import { readerFor } from '../formats/index.ts'
import type { Format } from '../formats/names.ts'

/** Reads a source and checks it, in any case. A file of its own, as it loads the parsers and the tagger. */
export function readAndCheck(
  source: string,
  format: Format,
  pack: Pack,
  options: CheckOptions,
): { draft: Draft; findings: Finding[] } {
  const draft = readerFor(format)?.(source) ?? { source, blocks: [] }
  return { draft, findings: checkDraft(draft, pack, options) }
}
