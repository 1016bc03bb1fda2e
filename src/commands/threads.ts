import { availableParallelism } from 'node:os'
import type { CheckerFlags } from './checker.ts'
import type { Pool } from './pool.ts'

/**
 * Less work than this, in ms, is not worth a second thread, which warms up for a second of a processor. On two cores, 500
 * drafts of 10 kB take 0.9 of the time with it, 2,000 take 0.75.
 */
const worth = 5000
/** A stream that has taken so much work, in ms, is expected to go on. */
const stream = 2000
/** How long drafts are timed before that is judged, in ms: the first ones also load what all need. */
const timed = 600
/** Drafts that are begun before the first of them is done, for each thread: others go on while one warms up. */
const each = 32

/** VALUES_LINT_THREADS says how many, from the first draft on; 1 is none. */
const chosen = Number(process.env.VALUES_LINT_THREADS) || undefined
const most = 16
const threads = chosen ?? Math.min(availableParallelism(), most)

/** Decides when drafts are checked in threads: once it shows that there is more work than they take to begin. */
export class Threads {
  readonly #total: number
  readonly #flags: CheckerFlags
  /** When the first draft was done. */
  #began: number | undefined
  #pool: Pool | undefined

  constructor(total: number, flags: CheckerFlags) {
    this.#total = total
    this.#flags = flags
  }

  get pool(): Pool | undefined {
    return this.#pool
  }

  /** How many drafts may be under way while others wait to be taken, so that memory is bounded. */
  get ahead(): number {
    return this.#pool ? this.#pool.size * each : 0
  }

  /** `done` drafts are checked; what they took says how long the rest will take. */
  async consider(done: number): Promise<void> {
    // A report that shows the drafts themselves needs what is not sent.
    if (this.#pool || threads < 2 || this.#flags.whole) return
    const left = this.#total - done
    if (left < 2) return
    if (!chosen && !this.#isWorth(done, left)) return
    const { Pool } = await import('./pool.ts')
    // The main thread is one of them.
    this.#pool = new Pool(Math.min(threads, left) - 1, true)
  }

  #isWorth(done: number, left: number): boolean {
    if (!done) return false
    this.#began ??= performance.now()
    const took = performance.now() - this.#began
    return took >= timed && (took / done) * left >= worth
  }

  async end(): Promise<void> {
    await this.#pool?.end()
  }
}

/** The same for a stream, of which nobody knows how long it goes on. */
export class StreamThreads {
  #busy = 0
  #pool: Pool | undefined

  /** Threads, once the stream has been worth them. */
  async pool(): Promise<Pool | undefined> {
    if (this.#pool || threads < 2 || (!chosen && this.#busy < stream)) return this.#pool
    const { Pool } = await import('./pool.ts')
    this.#pool = new Pool(threads, false)
    return this.#pool
  }

  /** Work that is done without threads. */
  async timed(work: () => Promise<void>): Promise<void> {
    const began = performance.now()
    await work()
    this.#busy += performance.now() - began
  }

  async end(): Promise<void> {
    await this.#pool?.end()
  }
}
