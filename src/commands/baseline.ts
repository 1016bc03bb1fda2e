import { relative, resolve, sep } from 'node:path'
import type { Baseline } from '../baseline/baselines.ts'
import { type Entry, entriesOf } from '../baseline/entries.ts'
import { quote } from '../core/explain.ts'
import { shown } from '../files.ts'
import { type FileReport, isLive } from '../reporters/report.ts'
import { BaselineSieve, wasAsked } from './baseline-sieve.ts'
import { checkAll, type Run } from './check.ts'
import type { FileSettings, SettingsFlags } from './settings.ts'

/**
 * `write` takes what is found today into the baseline, `check` lists entries that are no longer met (exit code 1 where there are
 * any), `prune` takes them out. Gives the exit code; 2 where something could not be checked.
 */
export async function baseline(
  action: 'write' | 'check' | 'prune',
  paths: readonly string[],
  flags: SettingsFlags,
): Promise<number> {
  const chosen = paths.length ? paths : ['.']
  return action === 'write' ? write(chosen, flags) : await stale(chosen, flags, action === 'prune')
}

async function write(paths: readonly string[], flags: SettingsFlags): Promise<number> {
  const sieve = new BaselineSieve()
  const fresh = new Map<Baseline, { path: string; entries: Entry[] }[]>()
  let [added, removed] = [0, 0]
  const sift = (file: FileReport, settings: FileSettings): FileReport => {
    const baseline = sieve.baselines.for(file.path)
    const { findings, gone } = baseline.compare(file.path, file.draft, file.findings)
    added += findings.filter(isLive).length
    removed += gone.filter((entry) => wasAsked(entry, settings)).length
    const entries = [...entriesOf(file.draft, file.findings.filter(isLive)), ...unasked(baseline, file, settings)]
    fresh.set(baseline, [...(fresh.get(baseline) ?? []), { path: baseline.nameOf(file.path), entries }])
    return file
  }
  const run = await checkAll(paths, flags, { sift })
  for (const [each, drafts] of fresh) {
    const missing = each.missing().filter(({ path }) => isUnder(each, path, paths))
    removed += missing.length
    each.settle(new Set(missing.map(({ entry }) => entry)))
    for (const { path, entries } of drafts) each.entries.set(path, entries)
    each.write()
    const inDrafts = counted([...each.entries.values()].filter((list) => list.length).length, 'draft')
    process.stdout.write(
      `${shown(each.path)}: ${counted(each.size, 'finding')} in ${inDrafts}; ${added} new, ${removed} taken out.\n`,
    )
  }
  return sayErrors(run) ? 2 : 0
}

/** Entries of rules that this run did not ask: they stay. */
function unasked(baseline: Baseline, { path }: FileReport, settings: FileSettings): Entry[] {
  return (baseline.entries.get(baseline.nameOf(path)) ?? []).filter((entry) => !wasAsked(entry, settings))
}

async function stale(paths: readonly string[], flags: SettingsFlags, prune: boolean): Promise<number> {
  const sieve = new BaselineSieve()
  const run = await checkAll(paths, flags, sieve)
  // Where no draft is left, the baseline is still asked for.
  if (!sieve.baselines.all.length) sieve.baselines.for('draft.md')
  let total = 0
  for (const each of sieve.baselines.all) {
    const gone = sieve.gone.filter(({ baseline }) => baseline === each)
    const missing = each.missing().filter(({ path }) => isUnder(each, path, paths))
    const all = [...gone, ...missing].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    total += all.length
    process.stdout.write(prune ? pruned(each, all) : listed(each, all))
  }
  if (sayErrors(run)) return 2
  return total && !prune ? 1 : 0
}

type Stale = { path: string; entry: Entry }

function listed(baseline: Baseline, stale: readonly Stale[]): string {
  const name = shown(baseline.path)
  const size = counted(baseline.size, 'entry', 'entries')
  if (!baseline.size) return `${name}: there is no baseline yet; values-lint baseline write makes one.\n`
  if (!stale.length) return `${name}: ${size}, all still met.\n`
  const rows = stale.map(({ path, entry: { rule, text } }) => `${path}  ${rule}${text ? `  ${quote(text)}` : ''}\n`)
  const is = stale.length === 1 ? 'is' : 'are'
  return `${rows.join('')}\n${name}: ${stale.length} of ${size} ${is} no longer met; values-lint baseline prune takes them out.\n`
}

function pruned(baseline: Baseline, stale: readonly Stale[]): string {
  const name = shown(baseline.path)
  if (!stale.length && !baseline.moved.length) return `${name}: nothing to take out.\n`
  baseline.settle(new Set(stale.map(({ entry }) => entry)))
  baseline.write()
  return `${name}: ${counted(stale.length, 'entry', 'entries')} taken out, ${baseline.size} left.\n`
}

function isUnder(baseline: Baseline, name: string, paths: readonly string[]): boolean {
  const draft = resolve(baseline.path, '..', name)
  return paths.some((path) => {
    const below = relative(resolve(path), draft)
    return below === '' || (!below.startsWith(`..${sep}`) && below !== '..')
  })
}

function sayErrors({ report, broken }: Run): boolean {
  for (const { path, message } of report.errors) process.stderr.write(`${path}: ${message}\n`)
  return broken || report.errors.length > 0
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}
