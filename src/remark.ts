/**
 * A plugin for unified: remark, and retext and rehype as well. It reports what values-lint finds in a file as messages of that
 * file. Pure, as the library is: the pack is given. In Node, `values-lint/remark` is `remark-node.ts`, which also loads packs.
 */
import { type CheckOptions, reviewDraft } from './core/check.ts'
import type { Pack } from './core/pack.ts'
import { readerFor } from './formats/index.ts'
import { isLive } from './reporters/report.ts'
import { addMessages, type FileLike } from './reporters/vfile.ts'

export interface RemarkOptions extends CheckOptions {
  /** The pack. In Node also its name or folder; `nsn-2022` unless said otherwise. */
  pack?: Pack | string
  /** Only in Node: the configuration to use; false: none. The nearest values-lint.yaml unless said otherwise. */
  config?: string | false
  /** `markdown`, or what the file's extension says, unless said otherwise. */
  format?: 'markdown' | 'text' | 'html'
}

/** What unified calls for each file. The tree is not needed: values-lint reads the text itself, for exact places. */
export type Transformer = (tree: unknown, file: FileLike) => Promise<void>

export default function remarkValuesLint(options: RemarkOptions = {}): Transformer {
  const { pack, config, format, ...checkOptions } = options
  if (typeof pack !== 'object')
    throw new Error('values-lint/remark needs a pack here: { pack: compilePack(files).pack }')
  return async (_, file) => report(file, format, pack, checkOptions)
}

/** Checks a file and adds the messages to it. */
export function report(file: FileLike, format: RemarkOptions['format'], pack: Pack, options: CheckOptions): void {
  const byName = file.path && /\.(?:html?|txt)$/i.test(file.path) ? readerFor(file.path) : undefined
  const read = (format && readerFor(format)) ?? byName ?? readerFor('markdown')
  if (!read) return
  const draft = read(String(file))
  const { findings, problems } = reviewDraft(draft, pack, options)
  addMessages(
    file,
    draft,
    findings.filter((finding) => finding.outcome !== 'affirmed' && isLive(finding)),
    problems,
  )
}
