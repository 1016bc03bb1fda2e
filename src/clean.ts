import { dirname, resolve } from 'node:path'
import { thawPack } from './core/frozen.ts'
import { mayConflict } from './core/shortcut.ts'
import {
  baselineFor,
  collect,
  columnsOfOutput,
  configFor,
  defaultPack,
  fingerprintBuilt,
  isFolder,
  isThere,
  readCompiled,
  readDraft,
  writeLine,
} from './files.ts'
import { formatOf } from './formats/names.ts'
import { handOver } from './handover.ts'
import { closing } from './reporters/closing.ts'
import { summarise } from './reporters/report.ts'
import { version } from './version.ts'

/**
 * The commonest run, a check of a few drafts in which nothing can be found: this file and the first part of the pack are all
 * it loads. Any other is left to the whole program.
 */

/** Does what `check` would do with the arguments, where it is certain to find nothing. False where it did nothing. */
export function checkedClean(rest: readonly string[]): boolean {
  try {
    const line = answer(rest)
    return line !== undefined && writeLine(line)
  } catch {
    // Whatever is the matter with a draft, the whole program says it.
    return false
  }
}

/** What a check of these arguments prints, where it is certain to find nothing and there is nothing else to say. */
function answer(rest: readonly string[]): string | undefined {
  const paths = pathsAlone(rest)
  if (!paths?.every(isPlain)) return undefined
  const { paths: drafts, errors } = collect(paths)
  const fingerprint = errors.length ? undefined : fingerprintBuilt(defaultPack)
  const compiled = fingerprint && readCompiled(fingerprint)
  const pack = compiled && thawPack(compiled.first, compiled.rest)
  if (!pack || !fingerprint) return undefined
  handOver(fingerprint, pack)
  const files = []
  for (const path of drafts) {
    const source = readDraft(path)
    const format = formatOf(path)
    // What is wrong with a directive is said of clean drafts too.
    if (source.includes('values-lint-') || !format || format === 'html') return undefined
    if (mayConflict(source, pack, format)) return undefined
    files.push({ path, draft: { source, blocks: [] }, findings: [] })
  }
  const report = { version, pack: pack.name, files, errors: [], showExcused: false }
  const line = closing(summarise(report), report)
  // On a narrow terminal it takes more than one.
  return line.length <= columnsOfOutput() ? line : undefined
}

/** More drafts than these take long enough that where a run begins does not matter, and would be looked at twice in vain. */
const most = 4

const levels = new Set(['error', 'warning', 'note', 'never'])

/** The paths among the arguments, where all else makes no difference to a check that finds nothing. */
function pathsAlone(rest: readonly string[]): string[] | undefined {
  const paths: string[] = []
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i] as string
    if (word === '--fail-on' && levels.has(rest[i + 1] ?? '')) i++
    else if (word.startsWith('-') && word !== '--show-excused') return undefined
    else if (!word.startsWith('-')) paths.push(word)
  }
  return paths.length && paths.length <= most ? paths : undefined
}

/** Whether a path is a text file for which no configuration and no baseline holds. */
function isPlain(path: string): boolean {
  return !isFolder(path) && configFor(dirname(resolve(path))) === undefined && !isThere(baselineFor(path))
}
