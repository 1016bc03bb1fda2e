import type { Effective } from '../config/layers.ts'
import { alignmentOf } from '../core/alignment.ts'
import { reviewDraft } from '../core/check.ts'
import { Lines } from '../core/position.ts'
import type { Level } from '../core/types.ts'
import { collect, InputError, readDraftFrom } from '../files.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import { version } from '../version.ts'
import { checkCommentFlags, reportFlags, wantsComments, writeComments } from './comment.ts'
import { type Opened, openDraft, readTextWith } from './draft.ts'
import { chosenOutputs, type OutputFlags, printAll } from './outputs.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'

export interface CheckFlags extends SettingsFlags, OutputFlags {
  showExcused?: boolean
  alignment?: boolean
  stdinFilename?: string
  comments?: boolean
  suggest?: boolean
}

/** Checks drafts and prints a report. Gives the exit code: 0 clean, 1 findings at or above --fail-on, 2 something could not be checked. */
export async function check(paths: readonly string[], flags: CheckFlags): Promise<number> {
  const reports = reportFlags(flags)
  chosenOutputs(reports) // A mistake in them is said before the work.
  checkCommentFlags(paths, flags)
  const { report, broken, failed } = await checkAll(paths.length ? paths : ['.'], flags)
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

async function checkAll(paths: readonly string[], flags: CheckFlags): Promise<Run> {
  const settings = new Settings(flags)
  const files: FileReport[] = []
  const packs = new Set<string>()
  let [broken, failed] = [false, false]
  const { paths: drafts, errors } = collect(paths.filter((path) => path !== '-'))
  const one = (path: string, { draft, document }: Opened, { pack, options, effective }: FileSettings): void => {
    const { findings: all, problems: directives } = reviewDraft(draft, pack, {
      ...options,
      ...(flags.alignment && { affirmations: true }),
    })
    const findings = all.filter(({ outcome }) => outcome !== 'affirmed')
    const alignment = flags.alignment && { alignment: alignmentOf(all, pack, options) }
    const file: FileReport = { path, draft, findings, directives, ...alignment }
    files.push(file)
    failed ||= fails(file, effective)
    if (document && wantsComments(flags)) writeComments(file, document, flags)
  }
  const attempt = async (path: string, open: () => Promise<Opened>): Promise<void> => {
    const own = await settings.for(path)
    packs.add(own.pack.name)
    broken ||= own.broken
    if (own.ignored) {
      if (paths.includes(path)) process.stderr.write(`${path}: left out by ${own.config} (--no-config checks it)\n`)
      return
    }
    try {
      one(path, await open(), own)
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      errors.push({ path, message: error.message })
    }
  }
  const name = flags.stdinFilename ?? 'standard-input.md'
  if (paths.includes('-')) await attempt(name, () => readInput(name))
  for (const path of drafts) await attempt(path, () => openDraft(path))
  if (!packs.size) packs.add((await settings.for('draft.md')).pack.name)
  const report = { version, pack: [...packs].join(', '), files, errors, showExcused: flags.showExcused ?? false }
  return { report, broken, failed }
}

async function readInput(name: string): Promise<Opened> {
  return { draft: await readTextWith(() => readDraftFrom(process.stdin), name) }
}

const ranks: Readonly<Record<Level, number>> = { note: 0, warning: 1, error: 2 }

function fails({ findings, directives }: FileReport, { failOn, failUnused }: Effective): boolean {
  if (failUnused && directives?.length) return true
  const least = failOn.value
  return least !== 'never' && findings.some((finding) => isLive(finding) && ranks[finding.level] >= ranks[least])
}
