import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { InputError } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import type { CheckedFile, CheckerFlags } from './checker.ts'
import { checkedOf } from './kept.ts'
import type { FileSettings } from './settings.ts'
import type { Answer, FileDone, LinesDone, LinesTask, Outcome, Task } from './worker.ts'

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

  constructor(threads: number) {
    this.#threads = Array.from({ length: threads }, () => this.#started())
  }

  get size(): number {
    return this.#threads.length
  }

  /** Whether a thread would begin a task at once, or as soon as it is done with another. */
  get hasRoom(): boolean {
    return this.#waiting.length === 0 && this.#threads.some(hasRoom)
  }

  /** Whether a thread has room for a draft, and the draft is one for it: a text. Documents keep what cannot be sent, and mistakes in a pack are said once. */
  takes(path: string, { broken }: FileSettings): boolean {
    return this.hasRoom && !broken && formatOf(path) !== undefined
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
  }
}

function hasRoom({ underWay, warm }: Thread): boolean {
  return underWay.size < (warm ? deep : 1)
}
