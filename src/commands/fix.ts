import { createTwoFilesPatch } from 'diff'
import { reviewDraft } from '../core/check.ts'
import { type Fixes, fixAll } from '../core/fix.ts'
import { Lines } from '../core/position.ts'
import { InputError, rewriteDraft } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { isLive } from '../reporters/report.ts'
import { checkAll } from './check.ts'
import { colourful } from './colour.ts'
import type { SettingsFlags } from './settings.ts'

export interface FixFlags extends SettingsFlags {
  write?: boolean
  color?: boolean
}

/**
 * Shows what would become of drafts where the rules' safe replacements are made; with `write`, makes them. Gives the exit code:
 * 0 nothing to do or done, 1 there is something to do, 2 something could not be checked or written.
 */
export async function fix(paths: readonly string[], flags: FixFlags): Promise<number> {
  const found: { path: string; before: string; fixes: Fixes; left: number }[] = []
  const { report, broken } = await checkAll(paths.length ? paths : ['.'], flags, {
    sift(file, { pack, options }) {
      const read = readerFor(file.path)
      // Word files get suggestions: check --suggest.
      if (!read) return file
      const look = (source: string) => {
        const draft = read(source)
        return { draft, findings: reviewDraft(draft, pack, options).findings }
      }
      const fixes = fixAll(file, look)
      const left = fixes.after.findings.filter(isLive).length - fixes.refused.length
      found.push({ path: file.path, before: file.draft.source, fixes, left })
      return file
    },
  })
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  const changed = found.filter(({ fixes }) => fixes.applied.length)
  let failed = false
  const written = changed.filter(({ path, before, fixes }) => {
    const after = fixes.after.draft.source
    if (!flags.write) process.stdout.write(painted(unified(path, before, after), colourful(flags.color)))
    else if (!tryWrite(path, before, after)) failed = true
    else return true
    return !flags.write
  })
  for (const { path, before, fixes } of found) {
    const lines = new Lines(before)
    for (const { finding, why } of fixes.refused) {
      const { line, column } = lines.at(finding.start)
      process.stdout.write(`${path}:${line}:${column}  left as it is: ${why} (${finding.rule.id})\n`)
    }
  }
  const applied = written.reduce((sum, { fixes }) => sum + fixes.applied.length, 0)
  const left = found.reduce((sum, each) => sum + each.left, 0)
  process.stdout.write(closing(applied, written.length, left, flags.write ?? false))
  if (broken || failed || report.errors.length) return 2
  return applied && !flags.write ? 1 : 0
}

function tryWrite(path: string, before: string, after: string): boolean {
  try {
    rewriteDraft(path, before, after)
    return true
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`${error.message}\n`)
    return false
  }
}

function closing(applied: number, drafts: number, left: number, write: boolean): string {
  const places = `${applied} ${applied === 1 ? 'passage' : 'passages'} in ${drafts} ${drafts === 1 ? 'draft' : 'drafts'}`
  const done = write ? `Replaced ${places}.` : `Would replace ${places}; --write does.`
  const rest = `${left} ${left === 1 ? 'finding needs' : 'findings need'} a person: values-lint review DRAFT.`
  return `${applied ? done : 'No safe replacement.'}${left ? ` ${rest}` : ''}\n`
}

/** The change as a patch that git apply takes. */
function unified(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 })
  return patch.replace(/^=+\n/, '')
}

function painted(patch: string, colour: boolean): string {
  if (!colour) return patch
  return patch.replace(/^([-+]).*$/gm, (line, sign) => `\u001b[${sign === '+' ? 32 : 31}m${line}\u001b[39m`)
}
