import { parentPort } from 'node:worker_threads'
import { type Outcome, outcomeOf, type Task } from './tasks.ts'

/** A thread of `Pool`. */

/** A task as it is sent, and its answer. */
export interface Asked {
  id: number
  task: Task
}

export interface Answer {
  id: number
  outcome: Outcome
}

parentPort?.on('message', async ({ id, task }: Asked) => {
  const answer: Answer = { id, outcome: await outcomeOf(task) }
  parentPort?.postMessage(answer)
})
