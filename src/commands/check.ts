import type { CheckOptions } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Level } from '../core/types.ts'
import { collect, fingerprint, InputError, readDraft, readDraftFrom, readPack, writeWhole } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import { reporters } from '../reporters/index.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { checkSource } from './check-source.ts'
import { packNamed, valuesNamed } from './compiled.ts'

export interface CheckFlags {
  format: string
  failOn: 'error' | 'warning' | 'note' | 'never'
  pack: string
  values?: string
  showExcused?: boolean
  stdinFilename?: string
  output?: string
  color?: boolean
  cache?: boolean
  cacheLocation: string
  own: string[]
  accept: string[]
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const { pack, broken } = await packNamed(flags.pack)
  const values = await valuesNamed(flags.values, pack)
  const options: CheckOptions = { own: flags.own, accepted: flags.accept, ...(values ? { values } : {}) }
  const report = await checkAll(paths.length ? paths : ['.'], pack, options, flags)
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const code = broken || report.errors.length ? 2 : fails(report, flags.failOn) ? 1 : 0
  // A reader that closes early ends the process in the midst of printing.
  process.exitCode = code
  print(report, flags)
  return code
}

async function checkAll(
  paths: readonly string[],
  pack: Pack,
  options: CheckOptions,
  flags: CheckFlags,
): Promise<Report> {
  const files: FileReport[] = []
  const cache =
    flags.cache && new (await import('../cache.ts')).Cache(flags.cacheLocation, pack, fingerprint(readPack(flags.pack)))
  const { paths: drafts, errors } = collect(paths.filter((path) => path !== '-'))
  const one = async (path: string, source: string): Promise<void> => {
    const format = formatOf(path)
    if (!format)
      throw new InputError('has an extension that values-lint does not read; Markdown, plain text and HTML are read')
    const check = () => checkSource(source, format, pack, options)
    files.push({ path, ...(await (cache ? cache.through(source, format, options, check) : check())) })
  }
  const attempt = async (path: string, source: () => string | Promise<string>): Promise<void> => {
    try {
      await one(path, await source())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  if (paths.includes('-')) await attempt(flags.stdinFilename ?? 'standard-input.md', () => readDraftFrom(process.stdin))
  for (const path of drafts) await attempt(path, () => readDraft(path))
  return { version, pack: pack.name, files, errors, showExcused: flags.showExcused ?? false }
}

function print(report: Report, flags: CheckFlags): void {
  const reporter = reporters[flags.format]
  if (!reporter) return
  const output = reporter(report, {
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    colour: colourful(flags),
  })
  if (flags.output) writeWhole(flags.output, output)
  else process.stdout.write(output)
}

/** Colours go to a terminal, unless the user says otherwise: by a flag, or for all programs by NO_COLOR or FORCE_COLOR. */
function colourful({ color, output }: CheckFlags): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  if (color !== undefined) return color
  if (NO_COLOR) return false
  if (FORCE_COLOR) return FORCE_COLOR !== '0'
  return output === undefined && process.stdout.isTTY && TERM !== 'dumb'
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ files }: Report, failOn: CheckFlags['failOn']): boolean {
  if (failOn === 'never') return false
  return files.some(({ findings }) =>
    findings.some((finding) => isLive(finding) && ranks[finding.level] >= ranks[failOn]),
  )
}
