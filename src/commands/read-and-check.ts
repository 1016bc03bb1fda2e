import { type CheckOptions, reviewDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import { readerFor } from '../formats/index.ts'
import type { Format } from '../formats/names.ts'
import type { Checked } from './check-source.ts'

/** Reads a source and checks it, in any case. A file of its own, as it loads the parsers and the tagger. */
export function readAndCheck(source: string, format: Format, pack: Pack, options: CheckOptions): Checked {
  const draft = readerFor(format)?.(source) ?? { source, blocks: [] }
  return { draft, ...reviewDraft(draft, pack, options) }
}
