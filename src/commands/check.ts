import { type CheckOptions, checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError, readDraftFrom, writeWhole } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { reporters } from '../reporters/index.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { checkCommentFlags, wantsComments, writeComments } from './comment.ts'
import { type Opened, openDraft } from './draft.ts'
import { chosenValues, loadPack } from './load.ts'

export interface CheckFlags {
  format: string
  failOn: 'error' | 'warning' | 'note' | 'never'
  pack: string
  values?: string
  showExcused?: boolean
  stdinFilename?: string
  output?: string
  comments?: boolean
  suggest?: boolean
  color?: boolean
  own: string[]
  accept: string[]
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const { pack, broken } = loadPack(flags.pack)
  const values = chosenValues(flags.values, pack)
  const options: CheckOptions = { own: flags.own, accepted: flags.accept, ...(values ? { values } : {}) }
  checkCommentFlags(paths, flags)
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
  const { paths: drafts, errors } = collect(paths.filter((path) => path !== '-'))
  const attempt = async (path: string, read: () => Promise<Opened>): Promise<void> => {
    try {
      const { draft, document } = await read()
      const file = { path, draft, findings: checkDraft(draft, pack, options) }
      files.push(file)
      if (document && wantsComments(flags)) writeComments(file, document, flags)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  const name = flags.stdinFilename ?? 'standard-input.md'
  if (paths.includes('-')) await attempt(name, () => readInput(name))
  for (const path of drafts) await attempt(path, () => openDraft(path))
  return { version, pack: pack.name, files, errors, showExcused: flags.showExcused ?? false }
}

async function readInput(name: string): Promise<Opened> {
  const reader = readerFor(name)
  if (!reader) throw new InputError('is no format that standard input is read in; Markdown, plain text and HTML are')
  return { draft: reader(await readDraftFrom(process.stdin)) }
}

function print(report: Report, flags: CheckFlags): void {
  const reporter = reporters[flags.format]
  if (!reporter) return
  const output = reporter(report, {
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    colour: colourful(flags),
  })
  if (flags.output && !wantsComments(flags)) writeWhole(flags.output, output)
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
