import type { Answer, Ask, Kind, Question, Reply } from './messages.ts'
import { unpackText } from './unpack.ts'

/** The worker that checks, as the page sees it: questions go in, answers come in the order of the questions. */
export class Engine {
  readonly #worker: Promise<Worker>
  readonly #waiting = new Map<number, { done: (answer: never) => void; failed: (error: Error) => void }>()
  #last = 0

  /** Starts the worker from its packed source. */
  constructor(source: string) {
    this.#worker = unpackText(source).then((script) => {
      const worker = new Worker(trusted(URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))))
      worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => this.#settle(data))
      worker.addEventListener('error', ({ message }) => this.#fail(new Error(message || 'the checker did not start')))
      return worker
    })
  }

  async ask<K extends Kind>(kind: K, ask: Ask<K>): Promise<Answer<K>> {
    const worker = await this.#worker
    const id = ++this.#last
    return new Promise<Answer<K>>((done, failed) => {
      this.#waiting.set(id, { done, failed })
      worker.postMessage({ id, kind, ask } as Question)
    })
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id)
    this.#waiting.delete(reply.id)
    if ('fault' in reply) waiting?.failed(new Error(reply.fault))
    else waiting?.done(reply.answer as never)
  }

  #fail(error: Error): void {
    for (const { failed } of this.#waiting.values()) failed(error)
    this.#waiting.clear()
  }
}

/** The page's policy lets no string become a script; this one address, made by the page itself, is let through by name. */
function trusted(address: string): string {
  const { trustedTypes } = window as unknown as {
    trustedTypes?: { createPolicy(name: string, rules: { createScriptURL(url: string): string }): typeof policy }
  }
  const policy = { createScriptURL: (url: string): string => url }
  return trustedTypes ? trustedTypes.createPolicy('values-lint-worker', policy).createScriptURL(address) : address
}
