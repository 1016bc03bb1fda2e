/** The plugin for unified in Node: it loads packs by name, and the nearest values-lint.yaml holds for a file as in the command. */
import { Settings } from './commands/settings.ts'
import { type RemarkOptions, report, type Transformer } from './remark.ts'

export default function remarkValuesLint(options: RemarkOptions = {}): Transformer {
  const { pack, config, format, ...checkOptions } = options
  if (typeof pack === 'object') return async (_, file) => report(file, format, pack, checkOptions)
  const settings = new Settings({ ...(pack !== undefined && { pack }), ...(config !== undefined && { config }) })
  return async (_, file) => {
    const found = await settings.for(file.path ?? 'standard-input.md')
    if (!found.ignored) report(file, format, found.pack, { ...found.options, ...checkOptions })
  }
}
