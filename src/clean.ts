import { dirname, resolve } from 'node:path'
import type { CheckFlags } from './commands/check.ts'
import { packBuilt } from './commands/compiled.ts'
import { mayHold } from './commands/may-hold.ts'
import type { FailOn } from './config/shape.ts'
import {
  baselineFor,
  collect,
  columnsOfOutput,
  configFor,
  defaultPack,
  fingerprintBuilt,
  isFolder,
  isThere,
  readDraft,
  writeLine,
} from './files.ts'
import { formatOf } from './formats/names.ts'
import { closing } from './reporters/closing.ts'
import { summarise } from './reporters/report.ts'
import { version } from './version.ts'

/**
 * The commonest run, a check of a few drafts in which nothing can be found: this file and the first part of the pack are all
 * it loads. Any other is left to the whole program.
 */

/** What `check` is asked for. */
export interface Asked {
  paths: string[]
  flags: CheckFlags
}

/** Does what `check` would do, where it is certain to find nothing. False where it did nothing. */
export function checkedClean({ paths }: Asked): boolean {
  try {
    const line = answer(paths)
    return line !== undefined && writeLine(line)
  } catch {
    // Whatever is the matter with a draft, the whole program says it.
    return false
  }
}

/** What a check of these drafts prints, where it is certain to find nothing and there is nothing else to say. */
function answer(paths: readonly string[]): string | undefined {
  if (paths.length > most || !paths.every(isPlain)) return undefined
  const { paths: drafts, errors } = collect(paths)
  const fingerprint = errors.length ? undefined : fingerprintBuilt(defaultPack)
  const pack = fingerprint && packBuilt(fingerprint)
  if (!pack) return undefined
  const files = []
  for (const path of drafts) {
    const source = readDraft(path)
    const format = formatOf(path)
    if (!format || mayHold(source, format, pack)) return undefined
    files.push({ path, draft: { source, blocks: [] }, findings: [] })
  }
  const report = { version, pack: pack.name, files, errors: [], showExcused: false }
  const line = closing(summarise(report), report)
  // On a narrow terminal it takes more than one.
  return line.length <= columnsOfOutput() ? line : undefined
}

/** More drafts than these take long enough that where a run begins does not matter, and would be looked at twice in vain. */
const most = 4

const levels = new Set<string>(['error', 'warning', 'note', 'never'])

/** What the arguments ask for, where they are paths and the commonest flags; all others are for commander to read. */
export function asked(rest: readonly string[]): Asked | undefined {
  const paths: string[] = []
  const flags: CheckFlags = { format: 'pretty', output: [] }
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string
    if (word === '--show-excused') flags.showExcused = true
    else if (word === '--fail-on' && levels.has(rest[i + 1] ?? '')) flags.failOn = rest[++i] as FailOn
    else if (word.startsWith('-')) return undefined
    else paths.push(word)
  }
  return paths.length ? { paths, flags } : undefined
}

/** Whether a path is a text file for which no configuration and no baseline holds. */
function isPlain(path: string): boolean {
  return !isFolder(path) && configFor(dirname(resolve(path))) === undefined && !isThere(baselineFor(path))
}
