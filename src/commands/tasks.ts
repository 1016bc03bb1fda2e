import type { CheckOptions } from '../core/check.ts'
import { answer } from './answer.ts'
import { Checker, type CheckerFlags } from './checker.ts'
import { packNamed } from './compiled.ts'
import { type Kept, keptOf } from './kept.ts'

/** What a thread of `Pool` does, with a pack of its own. */

interface Shared {
  packName: string
  options: CheckOptions
}

/** A draft to check. */
export interface FileTask extends Shared {
  path: string
  flags: CheckerFlags
}

/** Lines of a stream to answer. */
export interface LinesTask extends Shared {
  lines: Uint8Array[]
  excused: boolean
}

export type Task = FileTask | LinesTask

export interface FileDone {
  source: string
  kept: Kept
}

export interface LinesDone {
  answers: string[]
}

/** What became of a task: what it gave, or why it could not be done; `fault` is a fault of ours. */
export type Outcome = FileDone | LinesDone | { mistake: string } | { fault: string }

let checker: Checker | undefined

async function done(task: Task): Promise<FileDone | LinesDone> {
  const { packName, options } = task
  const { pack } = await packNamed(packName)
  if ('path' in task) {
    checker ??= new Checker(task.flags)
    const checked = await checker.file(task.path, { pack, packName, options })
    return { source: checked.draft.source, kept: keptOf(checked) }
  }
  const answers: string[] = []
  for (const line of task.lines) answers.push(JSON.stringify(await answer(line, pack, options, task.excused)))
  return { answers }
}

export async function outcomeOf(task: Task): Promise<Outcome> {
  try {
    return await done(task)
  } catch (error) {
    const { name, message } = error as Error
    return name === 'InputError' ? { mistake: message } : { fault: message }
  }
}
