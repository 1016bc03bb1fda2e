import { type CheckOptions, checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError, readDraft, readDraftFrom } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { chosenValues, loadPack } from './load.ts'
import { chosenOutputs, type OutputFlags, printAll } from './outputs.ts'

export interface CheckFlags extends OutputFlags {
  failOn: 'error' | 'warning' | 'note' | 'never'
  pack: string
  values?: string
  showExcused?: boolean
  stdinFilename?: string
  own: string[]
  accept: string[]
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  chosenOutputs(flags) // A mistake in them is said before the work.
  const { pack, broken } = loadPack(flags.pack)
  const values = chosenValues(flags.values, pack)
  const options: CheckOptions = { own: flags.own, accepted: flags.accept, ...(values ? { values } : {}) }
  const report = await checkAll(paths.length ? paths : ['.'], pack, options, flags)
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const code = broken || report.errors.length ? 2 : fails(report, flags.failOn) ? 1 : 0
  // A reader that closes early ends the process in the midst of printing.
  process.exitCode = code
  await printAll(report, flags)
  return code
}

async function checkAll(
  paths: readonly string[],
  pack: Pack,
  options: CheckOptions,
  flags: CheckFlags,
): Promise<Report> {
  const files: FileReport[] = []
  const { paths: drafts, errors } = collect(paths.filter((path) => path !== '-'))
  const one = (path: string, source: string): void => {
    const reader = readerFor(path)
    if (!reader)
      throw new InputError('has an extension that values-lint does not read; Markdown, plain text and HTML are read')
    const draft = reader(source)
    files.push({ path, draft, findings: checkDraft(draft, pack, options) })
  }
  const attempt = async (path: string, source: () => string | Promise<string>): Promise<void> => {
    try {
      one(path, await source())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  if (paths.includes('-')) await attempt(flags.stdinFilename ?? 'standard-input.md', () => readDraftFrom(process.stdin))
  for (const path of drafts) await attempt(path, () => readDraft(path))
  return { version, pack: pack.name, files, errors, showExcused: flags.showExcused ?? false }
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ files }: Report, failOn: CheckFlags['failOn']): boolean {
  if (failOn === 'never') return false
  return files.some(({ findings }) =>
    findings.some((finding) => isLive(finding) && ranks[finding.level] >= ranks[failOn]),
  )
}
