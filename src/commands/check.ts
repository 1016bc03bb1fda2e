import type { Effective } from '../config/layers.ts'
import { alignmentOf } from '../core/alignment.ts'
import { Lines } from '../core/position.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError } from '../files.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { Checker, type CheckerFlags } from './checker.ts'
import { checkCommentFlags, reportFlags, wantsComments, writeComments } from './comment.ts'
import { chosenOutputs, type OutputFlags, printAll } from './outputs.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'

export interface CheckFlags extends SettingsFlags, OutputFlags, CheckerFlags {
  showExcused?: boolean
  alignment?: boolean
  stdinFilename?: string
  comments?: boolean
  suggest?: boolean
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const reports = reportFlags(flags)
  const outputs = chosenOutputs(reports) // A mistake in them is said before the work.
  checkCommentFlags(paths, flags)
  const whole = outputs.some(({ format }) => format === 'html')
  const { report, broken, failed } = await checkAll(paths.length ? paths : ['.'], flags, new Checker(flags, whole))
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const mistaken = sayDirectives(report)
  const code = broken || mistaken || report.errors.length ? 2 : failed ? 1 : 0
  // A reader that closes early ends the process in the midst of printing.
  process.exitCode = code
  await printAll(report, reports)
  return code
}

/** Says what is wrong with directives. True where one does not work: what it was to keep may be reported, or not be meant. */
function sayDirectives({ files }: Report): boolean {
  let mistaken = false
  for (const { path, draft, directives = [] } of files) {
    if (!directives.length) continue
    const lines = new Lines(draft.source)
    for (const { kind, message, start } of directives) {
      const { line, column } = lines.at(start)
      process.stderr.write(`${path}:${line}:${column}  ${message}\n`)
      mistaken ||= kind === 'mistake'
    }
  }
  return mistaken
}

/** What a run found: `broken` where a pack has mistakes, `failed` where a draft does not pass under its settings. */
interface Run {
  report: Report
  broken: boolean
  failed: boolean
}

async function checkAll(paths: readonly string[], flags: CheckFlags, checker: Checker): Promise<Run> {
  const settings = new Settings(flags)
  const files: FileReport[] = []
  const packs = new Set<string>()
  let [broken, failed] = [false, false]
  const { paths: drafts, errors } = collect(paths.filter((path) => path !== '-'))
  const one = async (path: string, own: FileSettings, standardInput: boolean): Promise<void> => {
    const checked = standardInput ? await checker.input(path, own) : await checker.file(path, own)
    const { draft, findings: all, problems: directives, document } = checked
    const findings = all.filter(({ outcome }) => outcome !== 'affirmed')
    const alignment = flags.alignment && { alignment: alignmentOf(all, own.pack, own.options) }
    const file: FileReport = { path, draft, findings, directives, ...alignment }
    files.push(file)
    failed ||= fails(file, own.effective)
    if (document && wantsComments(flags)) writeComments(file, document, flags)
  }
  const attempt = async (path: string, standardInput = false): Promise<void> => {
    const own = await settings.for(path)
    packs.add(own.pack.name)
    broken ||= own.broken
    if (own.ignored) {
      if (paths.includes(path)) process.stderr.write(`${path}: left out by ${own.config} (--no-config checks it)\n`)
      return
    }
    try {
      await one(path, own, standardInput)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  if (paths.includes('-')) await attempt(flags.stdinFilename ?? 'standard-input.md', true)
  for (const path of drafts) await attempt(path)
  if (!packs.size) packs.add((await settings.for('draft.md')).pack.name)
  const report = { version, pack: [...packs].join(', '), files, errors, showExcused: flags.showExcused ?? false }
  return { report, broken, failed }
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ findings, directives }: FileReport, { failOn, failUnused }: Effective): boolean {
  if (failUnused && directives?.length) return true
  const least = failOn.value
  return least !== 'never' && findings.some((finding) => isLive(finding) && ranks[finding.level] >= ranks[least])
}
