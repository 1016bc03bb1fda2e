/** Says on a terminal how far long work is, in one line that goes away. */
export class Progress {
  readonly #total: number
  readonly #stream: NodeJS.WriteStream | undefined
  #done = 0
  /** When to say something next; work that is done by then is not worth a word. */
  #next = Date.now() + 1000
  #shown = false

  /** Nothing is said where no stream is given, or it is no terminal. */
  constructor(total: number, stream: NodeJS.WriteStream | undefined) {
    this.#total = total
    this.#stream = stream?.isTTY && process.env.TERM !== 'dumb' ? stream : undefined
  }

  step(): void {
    this.#done++
    if (!this.#stream || Date.now() < this.#next) return
    this.#next = Date.now() + 100
    this.#shown = true
    this.#stream.write(`\r${this.#done.toLocaleString('en')} of ${this.#total.toLocaleString('en')} drafts checked …`)
  }

  end(): void {
    if (this.#shown) this.#stream?.write('\r\u001b[K')
  }
}
