import { InputError } from '../files.ts'
import { type Changes, changesOf } from '../git/changes.ts'
import { BaselineSieve } from './baseline-sieve.ts'
import { checkAll, type Run, type RunFlags, type Scope } from './check.ts'

/** What narrows a check down, on the command line. */
export interface ScopeFlags {
  /** Only findings in what was changed since a revision, or in what is staged. */
  since?: string
  staged?: boolean
  /** False: findings that the baseline knows are reported too. */
  baseline?: boolean
}

/** Checks drafts; what a baseline knows is marked, and what a change did not touch is left out. */
export async function checkWithin(paths: readonly string[], flags: RunFlags & ScopeFlags): Promise<Run> {
  const { since, staged } = flags
  if (since !== undefined && staged) throw new InputError('--since and --staged exclude each other')
  const narrow = since !== undefined || staged === true
  if (narrow && paths.includes('-'))
    throw new InputError(`${staged ? '--staged' : '--since'} needs drafts in a repository, not -`)
  const baseline = flags.baseline === false ? undefined : new BaselineSieve()
  const changes = narrow ? changesOf(since) : undefined
  const run = await checkAll(paths, flags, { ...narrowed(changes), sift })
  function sift(...[file, settings]: Parameters<NonNullable<Scope['sift']>>): ReturnType<NonNullable<Scope['sift']>> {
    const known = baseline?.sift(file, settings) ?? file
    return changes ? { ...known, findings: changes.touched(known) } : known
  }
  const { report } = run
  const counts = baseline?.counts(report)
  if (counts) report.baseline = counts
  if (narrow) report.scope = staged ? 'in what is staged' : `since ${since}`
  return run
}

function narrowed(changes: Changes | undefined): Scope {
  if (!changes) return {}
  const { staged } = changes
  return {
    take: (drafts) => changes.take(drafts),
    ...(staged ? { source: (path: string) => changes.source(path) } : {}),
  }
}
