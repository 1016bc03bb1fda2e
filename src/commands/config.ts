import { InputError, isFolder } from '../files.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'

interface ConfigFlags extends SettingsFlags {
  format: string
}

/** Prints the settings that hold for a draft, and where each is made. Gives the exit code. */
export async function config(path: string | undefined, flags: ConfigFlags): Promise<number> {
  if (path !== undefined && isFolder(path)) throw new InputError(`${path} is a folder; name a draft in it`)
  const draft = path ?? 'draft.md'
  const settings = await new Settings(flags).for(draft)
  const text = flags.format === 'json' ? `${JSON.stringify(asData(settings), null, 2)}\n` : asText(draft, settings)
  process.stdout.write(text)
  return settings.broken ? 2 : 0
}

/** One setting a row: its name, its value, where it is made. */
type Row = readonly [name: string, value: string, from: string]

function rows({ effective, packName, packFrom, flagValues }: FileSettings): Row[] {
  const { failOn, notes, profiles, own, accepted } = effective
  return [
    ['pack', packName, packFrom],
    ['fail-on', failOn.value, failOn.from],
    ['notes', notes.value ? 'shown' : 'not shown', notes.from],
    ...(flagValues ? [['values', `only ${flagValues.join(', ')}`, '--values'] as const] : []),
    ...profiles.map(({ value, from }): Row => ['profile', value, from]),
    ...own.map(({ value, from }): Row => ['own', value, from]),
    ...accepted.map(({ value, from }): Row => ['accepted', value, from]),
  ]
}

function asText(draft: string, settings: FileSettings): string {
  const { config: file, ignored, effective } = settings
  const levels = [...effective.levels].map(([id, { value, from }]): Row => [id, value, from])
  return [
    file ? `${draft} is checked as ${file} says:` : `${draft} has no values-lint.yaml above it; this holds:`,
    ...(ignored ? [`It is left out of a check by ignore in ${file}.`] : []),
    '',
    ...table(rows(settings)),
    ...(levels.length ? ['', `Rules that are not as the pack has them (${levels.length}):`, ...table(levels)] : []),
    '',
  ].join('\n')
}

/** The rows in columns. */
function table(list: readonly Row[]): string[] {
  const width = (column: 0 | 1): number => Math.max(...list.map((row) => row[column].length))
  const [first, second] = [width(0), width(1)]
  return list.map(([name, value, from]) => `  ${name.padEnd(first)}  ${value.padEnd(second)}  ${from}`)
}

function asData(settings: FileSettings): object {
  const { config: file, ignored, effective, packName, packFrom, flagValues } = settings
  const { failOn, notes, profiles, own, accepted, levels } = effective
  return {
    config: file ?? null,
    ignored,
    pack: { value: packName, from: packFrom },
    failOn,
    notes,
    ...(flagValues ? { values: { value: flagValues, from: '--values' } } : {}),
    profiles,
    own,
    accepted,
    rules: Object.fromEntries(levels),
  }
}
