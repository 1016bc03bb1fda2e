import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Effective } from '../config/layers.ts'
import { reviewDraft } from '../core/check.ts'
import { Lines } from '../core/position.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError, readDraft, readDraftFrom, writeWhole } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { reporters } from '../reporters/index.ts'
import { capped, type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { colourful, takesLinks } from './colour.ts'
import { Progress } from './progress.ts'
import { checkWithin, type ScopeFlags } from './scope.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'

/** What a check needs to know that prints nothing. */
export interface RunFlags extends SettingsFlags {
  showExcused?: boolean
  stdinFilename?: string
  /** Nothing but findings: no closing line, no progress. */
  quiet?: boolean
}

export interface CheckFlags extends RunFlags, ScopeFlags {
  format: string
  output?: string
  color?: boolean
  /** How many findings are printed at most; all count. */
  maxFindings?: number
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const { report, broken, failed } = await checkWithin(paths.length ? paths : ['.'], flags)
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const mistaken = sayDirectives(report)
  const code = broken || mistaken || report.errors.length ? 2 : failed ? 1 : 0
  if (flags.shard) report.shard = { ...flags.shard, exitCode: code }
  // A reader that closes early ends the process in the midst of printing.
  process.exitCode = code
  print(flags.maxFindings === undefined ? report : capped(report, flags.maxFindings), flags)
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
  /** The text of a draft, where it is not the one on the disk. */
  source?(path: string): string
  /** Which findings of a draft count. */
  sift?(file: FileReport, settings: FileSettings): FileReport
}

/** Checks drafts, within a scope. */
export async function checkAll(paths: readonly string[], flags: RunFlags, scope: Scope = {}): Promise<Run> {
  const settings = new Settings(flags)
  const files: FileReport[] = []
  const packs = new Set<string>()
  let [broken, failed] = [false, false]
  const { paths: found, errors } = collect(paths.filter((path) => path !== '-'))
  const drafts = scope.take?.(found) ?? found
  const one = (path: string, source: string, { pack, options }: FileSettings): FileReport => {
    const reader = readerFor(path)
    if (!reader)
      throw new InputError('has an extension that values-lint does not read; Markdown, plain text and HTML are read')
    const draft = reader(source)
    const { findings, problems: directives } = reviewDraft(draft, pack, options)
    return { path, draft, findings, directives }
  }
  const attempt = async (path: string, source: () => string | Promise<string>): Promise<void> => {
    const own = await settings.for(path)
    packs.add(own.pack.name)
    broken ||= own.broken
    if (own.ignored) {
      if (paths.includes(path)) process.stderr.write(`${path}: left out by ${own.config} (--no-config checks it)\n`)
      return
    }
    let all: FileReport
    try {
      all = one(path, await source(), own)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
      return
    }
    const file = scope.sift?.(all, own) ?? all
    files.push(file)
    failed ||= fails(file, own.effective)
  }
  if (paths.includes('-')) await attempt(flags.stdinFilename ?? 'standard-input.md', () => readDraftFrom(process.stdin))
  const progress = new Progress(drafts.length, flags.quiet ? undefined : process.stderr)
  for (const path of drafts) {
    await attempt(path, () => scope.source?.(path) ?? readDraft(path))
    progress.step()
  }
  progress.end()
  if (!packs.size) packs.add((await settings.for('draft.md')).pack.name)
  const report = { version, pack: [...packs].join(', '), files, errors, showExcused: flags.showExcused ?? false }
  return { report, broken, failed }
}

function print(report: Report, flags: CheckFlags): void {
  const reporter = reporters[flags.format]
  if (!reporter) return
  const output = reporter(report, {
    width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
    link: linking(flags),
    quiet: flags.quiet ?? false,
    colour: colourful(flags.color, flags.output === undefined && process.stdout.isTTY),
  })
  if (flags.output) writeWhole(flags.output, output)
  else process.stdout.write(output)
}

/** Where a terminal takes links, the address of a draft. */
function linking({ output }: CheckFlags): ((path: string) => string) | undefined {
  const wanted = output === undefined && takesLinks()
  return wanted ? (path) => pathToFileURL(resolve(path)).href : undefined
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ findings, directives }: FileReport, { failOn, failUnused }: Effective): boolean {
  if (failUnused && directives?.length) return true
  const least = failOn.value
  return least !== 'never' && findings.some((finding) => isLive(finding) && ranks[finding.level] >= ranks[least])
}
