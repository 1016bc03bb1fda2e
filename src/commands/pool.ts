import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { InputError } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import type { CheckedFile, CheckerFlags } from './checker.ts'
import { checkedOf } from './kept.ts'
import type { FileSettings } from './settings.ts'
import type { FileDone, LinesDone, LinesTask, Outcome, Task } from './worker.ts'

/**
 * Threads that check drafts. Each holds a pack of its own and does one draft at a time, the next as soon as it is done.
 */
export class Pool {
  readonly #waiting: { task: Task; done: (outcome: Outcome) => void; failed: (error: Error) => void }[] = []
  readonly #idle: Worker[] = []
  readonly #workers: Worker[]

  constructor(threads: number) {
    this.#workers = Array.from({ length: threads }, () => new Worker(join(import.meta.dirname, 'worker.cjs')))
    this.#idle.push(...this.#workers)
  }

  get size(): number {
    return this.#workers.length
  }

  /** Whether a draft is one for a thread: a text. Documents keep what cannot be sent, and mistakes in a pack are said once. */
  takes(path: string, { broken }: FileSettings): boolean {
    return !broken && formatOf(path) !== undefined
  }

  /** Throws an InputError as `Checker.file` does. */
  async file(path: string, { pack, packName, options }: FileSettings, flags: CheckerFlags): Promise<CheckedFile> {
    const { source, kept } = await this.#run<FileDone>({ path, packName, options, flags })
    return checkedOf(source, kept, pack)
  }

  /** The answers of `stream` to some lines. */
  async lines(task: LinesTask): Promise<string[]> {
    const { answers } = await this.#run<LinesDone>(task)
    return answers
  }

  async end(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }

  async #run<T>(task: Task): Promise<T> {
    const outcome = await new Promise<Outcome>((done, failed) => {
      this.#waiting.push({ task, done, failed })
      this.#next()
    })
    if ('mistake' in outcome) throw new InputError(outcome.mistake)
    if ('fault' in outcome) throw new Error(outcome.fault)
    return outcome as T
  }

  #next(): void {
    const worker = this.#waiting.length ? this.#idle.pop() : undefined
    const work = worker && this.#waiting.shift()
    if (!worker || !work) return
    const settle = (settled: () => void): void => {
      worker.off('message', done).off('error', failed)
      this.#idle.push(worker)
      settled()
      this.#next()
    }
    const done = (outcome: Outcome): void => settle(() => work.done(outcome))
    const failed = (error: Error): void => settle(() => work.failed(error))
    worker.on('message', done).on('error', failed)
    worker.postMessage(work.task)
  }
}
