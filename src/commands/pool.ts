import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { InputError } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import type { CheckedFile, CheckerFlags } from './checker.ts'
import { checkedOf } from './kept.ts'
import type { FileSettings } from './settings.ts'
import { type FileDone, type LinesDone, type LinesTask, type Outcome, outcomeOf, type Task } from './tasks.ts'
import type { Answer } from './worker.ts'

/** A task, and who waits for it. */
interface Begun {
  task: Task
  done(outcome: Outcome): void
  failed(error: Error): void
}

interface Thread {
  worker: Worker
  underWay: Map<number, Begun>
  /** It has answered once, so that it has loaded what it needs. */
  warm: boolean
}

/** Tasks that a thread is given at a time, so that it need not wait while the main thread is at work itself. */
const deep = 3

/** Threads that check drafts. Each holds a pack of its own. */
export class Pool {
  readonly #waiting: Begun[] = []
  readonly #threads: Thread[]
  #tasks = 0
  /** Whether the main thread is at work, or never is. */
  #busy: boolean

  /** `withMain`: the main thread works too, on what no other has room for. */
  constructor(threads: number, withMain: boolean) {
    this.#busy = !withMain
    this.#threads = Array.from({ length: threads }, () => this.#started())
  }

  get size(): number {
    return this.#threads.length
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
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()))
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

  #started(): Thread {
    const worker = new Worker(join(import.meta.dirname, 'worker.cjs'))
    const thread: Thread = { worker, underWay: new Map(), warm: false }
    worker.on('message', ({ id, outcome }: Answer) => {
      const begun = thread.underWay.get(id)
      thread.underWay.delete(id)
      thread.warm = true
      begun?.done(outcome)
      this.#next()
    })
    worker.on('error', (error) => {
      for (const { failed } of thread.underWay.values()) failed(error)
    })
    return thread
  }

  #next(): void {
    for (const thread of this.#threads) {
      while (this.#waiting.length && hasRoom(thread)) {
        const begun = this.#waiting.shift() as Begun
        const id = this.#tasks++
        thread.underWay.set(id, begun)
        thread.worker.postMessage({ id, task: begun.task })
      }
    }
    if (this.#waiting.length && !this.#busy) void this.#work()
  }

  /** The main thread does one task, and hears before it begins which threads have room again. */
  async #work(): Promise<void> {
    this.#busy = true
    await setImmediate()
    const begun = this.#waiting.shift()
    if (begun) begun.done(await outcomeOf(begun.task))
    this.#busy = false
    this.#next()
  }
}

function hasRoom({ underWay, warm }: Thread): boolean {
  return underWay.size < (warm ? deep : 1)
}
