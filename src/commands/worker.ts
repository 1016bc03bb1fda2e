import { parentPort } from 'node:worker_threads'
import type { CheckOptions } from '../core/check.ts'
import { Checker, type CheckerFlags } from './checker.ts'
import { packNamed } from './compiled.ts'
import { type Kept, keptOf } from './kept.ts'

/** A thread of `Pool`: checks one draft after the other, with a pack of its own. */

export interface Task {
  path: string
  packName: string
  options: CheckOptions
  flags: CheckerFlags
}

/** What became of a draft: what the check gave, or why it could not be checked; `fault` is a fault of ours. */
export type Outcome = { source: string; kept: Kept } | { mistake: string } | { fault: string }

let checker: Checker | undefined

async function outcomeOf({ path, packName, options, flags }: Task): Promise<Outcome> {
  try {
    checker ??= new Checker(flags)
    const { pack } = await packNamed(packName)
    const checked = await checker.file(path, { pack, packName, options })
    return { source: checked.draft.source, kept: keptOf(checked) }
  } catch (error) {
    const { name, message } = error as Error
    return name === 'InputError' ? { mistake: message } : { fault: message }
  }
}

parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await outcomeOf(task)))
