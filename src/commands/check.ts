import type { Effective } from '../config/layers.ts'
import { alignmentOf } from '../core/alignment.ts'
import { Lines } from '../core/position.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError } from '../files.ts'
import { capped, type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { type CheckedFile, Checker, type CheckerFlags } from './checker.ts'
import { checkCommentFlags, reportFlags, wantsComments, writeComments } from './comment.ts'
import type { Opened } from './draft.ts'
import { chosenOutputs, type OutputFlags, printAll } from './outputs.ts'
import { Progress } from './progress.ts'
import { checkWithin, type ScopeFlags } from './scope.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'
import { Threads } from './threads.ts'

/** What a check needs to know that prints nothing. */
export interface RunFlags extends SettingsFlags, CheckerFlags {
  showExcused?: boolean
  stdinFilename?: string
  /** Nothing but findings: no closing line, no progress. */
  quiet?: boolean
}

export interface CheckFlags extends RunFlags, ScopeFlags, OutputFlags {
  comments?: boolean
  suggest?: boolean
  /** How many findings are printed at most; all count. */
  maxFindings?: number
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const reports = reportFlags(flags)
  const outputs = chosenOutputs(reports) // A mistake in them is said before the work.
  checkCommentFlags(paths, flags)
  const run = { ...flags, whole: outputs.some(({ format }) => format === 'html') }
  const { report, broken, failed } = await checkWithin(paths.length ? paths : ['.'], run, (file, document) => {
    if (document && wantsComments(flags)) writeComments(file, document, flags)
  })
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const mistaken = sayDirectives(report)
  const code = broken || mistaken || report.errors.length ? 2 : failed ? 1 : 0
  if (flags.shard) report.shard = { ...flags.shard, exitCode: code }
  // A reader that closes early ends the process in the midst of printing.
  process.exitCode = code
  await printAll(flags.maxFindings === undefined ? report : capped(report, flags.maxFindings), reports)
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
export interface Run {
  report: Report
  broken: boolean
  failed: boolean
}

/** What narrows a check down. */
export interface Scope {
  /** The drafts to check, of those that were found. */
  take?(drafts: readonly string[]): readonly string[]
  /** A draft that is not to be read from the disk. */
  open?(path: string): Opened | undefined
  /** Which findings of a draft count. */
  sift?(file: FileReport, settings: FileSettings): FileReport
  /** What else is done with a draft. */
  done?(file: FileReport, document: Opened['document']): void
}

/** A draft whose check has begun. */
interface Begun {
  path: string
  own: FileSettings
  /** Throws what went wrong, when its turn comes. */
  checked: Promise<() => CheckedFile>
}

/** Work that has begun: nobody may be waiting yet when it fails. */
async function settled<T>(work: () => Promise<T>): Promise<() => T> {
  try {
    const result = await work()
    return () => result
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** Checks drafts, within a scope. */
export async function checkAll(paths: readonly string[], flags: RunFlags, scope: Scope = {}): Promise<Run> {
  const settings = new Settings(flags)
  const files: FileReport[] = []
  const packs = new Set<string>()
  let [broken, failed] = [false, false]
  const { paths: found, errors } = collect(paths.filter((path) => path !== '-'))
  const drafts = scope.take?.(found) ?? found
  const checker = new Checker(flags)
  const one = (path: string, checked: CheckedFile, { pack, options }: FileSettings): FileReport => {
    const { draft, findings: all, problems: directives } = checked
    const findings = all.filter(({ outcome }) => outcome !== 'affirmed')
    const alignment = flags.alignment && { alignment: alignmentOf(all, pack, options) }
    return { path, draft, findings, directives, ...alignment }
  }
  /** What can go wrong with one draft is said of it, and the others go on. */
  const tried = async <T>(path: string, work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
      return undefined
    }
  }
  /** Begins the check of a draft; nothing where it is left out. */
  const begun = async (
    path: string,
    check: (own: FileSettings) => Promise<CheckedFile>,
  ): Promise<Begun | undefined> => {
    const own = await settings.for(path)
    packs.add(own.pack.name)
    broken ||= own.broken
    if (!own.ignored) return { path, own, checked: settled(() => check(own)) }
    if (paths.includes(path)) process.stderr.write(`${path}: left out by ${own.config} (--no-config checks it)\n`)
    return undefined
  }
  const taken = async ({ path, own, checked: checking }: Begun): Promise<void> => {
    const checked = await tried(path, async () => (await checking)())
    if (!checked) return
    const all = one(path, checked, own)
    const file = scope.sift?.(all, own) ?? all
    files.push(file)
    failed ||= fails(file, own.effective)
    await tried(path, async () => scope.done?.(file, checked.document))
  }
  const name = flags.stdinFilename ?? 'standard-input.md'
  const input = paths.includes('-') && (await begun(name, (own) => checker.input(name, own)))
  if (input) await taken(input)
  const progress = new Progress(drafts.length, flags.quiet ? undefined : process.stderr)
  const threads = new Threads(drafts.length, flags)
  const checkFile = (path: string, own: FileSettings): Promise<CheckedFile> => {
    const given = scope.open?.(path)
    if (given) return checker.opened(given, own)
    return threads.pool?.takes(path, own) ? threads.pool.file(path, own, flags) : checker.file(path, own)
  }
  const ahead: Begun[] = []
  try {
    for (const path of drafts) {
      await threads.consider(files.length)
      const next = await begun(path, (own) => checkFile(path, own))
      if (next) ahead.push(next)
      while (ahead.length > threads.ahead) await taken(ahead.shift() as Begun)
      progress.step()
    }
    for (const next of ahead) await taken(next)
  } finally {
    await threads.end()
  }
  progress.end()
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
