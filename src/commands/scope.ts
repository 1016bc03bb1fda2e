import { InputError } from '../files.ts'
import type { Changes } from '../git/changes.ts'
import { BaselineSieve } from './baseline-sieve.ts'
import { checkAll, type Run, type RunFlags, type Scope } from './check.ts'

/** What narrows a check down, on the command line. */
export interface ScopeFlags {
  /** Only findings in what was changed since a revision, or in what is staged. */
  since?: string
  staged?: boolean
  /** Only one part of the drafts, of so many; from 1. */
  shard?: { index: number; of: number }
  /** False: findings that the baseline knows are reported too. */
  baseline?: boolean
}

/** Checks drafts; what a baseline knows is marked, and what a change did not touch is left out. */
export async function checkWithin(
  paths: readonly string[],
  flags: RunFlags & ScopeFlags,
  done?: NonNullable<Scope['done']>,
): Promise<Run> {
  const { since, staged, shard } = flags
  if (since !== undefined && staged) throw new InputError('--since and --staged exclude each other')
  const narrow = since !== undefined || staged === true
  if (narrow && paths.includes('-'))
    throw new InputError(`${staged ? '--staged' : '--since'} needs drafts in a repository, not -`)
  if (shard && paths.includes('-')) throw new InputError('--shard parts files, not -')
  const baseline = flags.baseline === false ? undefined : new BaselineSieve()
  const changes = narrow ? (await import('../git/changes.ts')).changesOf(since) : undefined
  const run = await checkAll(paths, flags, { ...narrowed(changes, shard), sift, ...(done && { done }) })
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

function narrowed(changes: Changes | undefined, shard: ScopeFlags['shard']): Scope {
  return {
    take(drafts) {
      const changed = changes?.take(drafts) ?? drafts
      return shard ? part(changed, shard) : changed
    },
    open(path) {
      const draft = changes?.draft(path)
      return draft && { draft }
    },
  }
}

/** Parts follow one another, so that merged reports have the order of the whole. */
function part(drafts: readonly string[], { index, of }: { index: number; of: number }): readonly string[] {
  return drafts.slice(Math.floor(((index - 1) * drafts.length) / of), Math.floor((index * drafts.length) / of))
}
