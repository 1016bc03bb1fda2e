import { text as readAll } from 'node:stream/consumers'
import { type CheckOptions, checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Level } from '../core/types.ts'
import { collect, decode, InputError, readDraft, writeWhole } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { reporters } from '../reporters/index.ts'
import type { FileReport, Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { chosenValues, loadPack } from './load.ts'

export interface CheckFlags {
  format: string
  failOn: 'error' | 'warning' | 'note' | 'never'
  pack: string
  values?: string
  showExcused?: boolean
  stdinFilename?: string
  output?: string
  color?: boolean
  own: string[]
  accept: string[]
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const { pack, broken } = loadPack(flags.pack)
  const values = chosenValues(flags.values, pack)
  const options: CheckOptions = { own: flags.own, accepted: flags.accept, ...(values ? { values } : {}) }
  const report = await checkAll(paths.length ? paths : ['.'], pack, options, flags)
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  print(report, flags)
  if (broken || report.errors.length) return 2
  return fails(report, flags.failOn) ? 1 : 0
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
    const findings = checkDraft(draft, pack, options).filter(
      ({ outcome }) => outcome !== 'excused' || flags.showExcused,
    )
    files.push({ path, draft, findings })
  }
  const attempt = async (path: string, source: () => string | Promise<string>): Promise<void> => {
    try {
      one(path, await source())
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  if (paths.includes('-')) await attempt(flags.stdinFilename ?? 'standard-input.md', standardInput)
  for (const path of drafts) await attempt(path, () => readDraft(path))
  return { version, pack: pack.name, files, errors }
}

async function standardInput(): Promise<string> {
  return decode(Buffer.from(await readAll(process.stdin.setEncoding('latin1')), 'latin1'))
}

function print(report: Report, flags: CheckFlags): void {
  const reporter = reporters[flags.format]
  if (!reporter) return
  const colour = flags.color ?? (!flags.output && process.stdout.isTTY && !process.env.NO_COLOR)
  const output = reporter(report, { width: process.stdout.columns || 80, colour })
  if (flags.output) writeWhole(flags.output, output)
  else process.stdout.write(output)
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ files }: Report, failOn: CheckFlags['failOn']): boolean {
  if (failOn === 'never') return false
  return files.some(({ findings }) =>
    findings.some(({ outcome, level }) => outcome !== 'excused' && ranks[level] >= ranks[failOn]),
  )
}
