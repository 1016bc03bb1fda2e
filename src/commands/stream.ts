import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { largestFile } from '../files.ts'
import { answer } from './answer.ts'
import { Settings, type SettingsFlags } from './settings.ts'
import { StreamThreads } from './threads.ts'

export interface StreamFlags extends SettingsFlags {
  showExcused?: boolean
}

/**
 * Reads JSON Lines from standard input and writes one line of findings for each, in order, no faster than they are taken.
 * A line that cannot be checked is answered with an error, and the rest goes on.
 */
export async function stream(flags: StreamFlags): Promise<number> {
  // What comes in has no place on the disk where a configuration could lie.
  const { pack, packName, broken, options } = await new Settings({ ...flags, config: false }).for('stream')
  const excused = flags.showExcused ?? false
  // V8 lets a heap grow to four times what is alive before it cleans up, which looks like a leak from outside.
  setFlagsFromString('--heap-growing-percent=70')
  const here = async (line: Line): Promise<string> => {
    if (!line.tooLong) return JSON.stringify(await answer(line.bytes, pack, options, excused))
    return JSON.stringify({ id: null, error: `the line is longer than ${largestFile / 1024 / 1024} MiB` })
  }
  const threads = new StreamThreads()
  /** One step for the lines of a chunk: their answers, written once those before them are. */
  const steps: Promise<void>[] = []
  try {
    for await (const lines of linesFrom(process.stdin)) {
      const pool = broken ? undefined : await threads.pool()
      if (!pool) {
        await threads.timed(async () => {
          for (const line of lines) await print(await here(line))
        })
        continue
      }
      const sent = { lines: lines.map(({ bytes }) => bytes), packName, options, excused }
      const answers = lines.some(({ tooLong }) => tooLong) ? Promise.all(lines.map(here)) : pool.lines(sent)
      steps.push(inTurn(answers, steps.at(-1)))
      while (steps.length > pool.size * 2) await steps.shift()
    }
    await steps.at(-1)
  } finally {
    await threads.end()
  }
  return broken ? 2 : 0
}

/** Writes answers once the step before is done. */
function inTurn(answers: Promise<readonly string[]>, before: Promise<void> | undefined): Promise<void> {
  const step = (async () => {
    const [lines] = await Promise.all([answers, before])
    for (const line of lines) await print(line)
  })()
  // It may fail before anybody waits for it.
  step.catch(() => {})
  return step
}

async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain')
}

/** A line as bytes; of one that is too long only the fact is kept, so that memory is bounded. */
class Line {
  #parts: Uint8Array[] = []
  #size = 0

  add(part: Uint8Array): void {
    this.#size += part.length
    if (this.tooLong) this.#parts = []
    else this.#parts.push(part)
  }

  get tooLong(): boolean {
    return this.#size > largestFile
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts)
  }

  get blank(): boolean {
    return !this.tooLong && this.bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
  }
}

/** The lines of a stream that are not blank, those that end in one chunk of it together. */
async function* linesFrom(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line[]> {
  let line = new Line()
  for await (const chunk of input) {
    const lines: Line[] = []
    let start = 0
    for (let feed = chunk.indexOf(0x0a); feed >= 0; feed = chunk.indexOf(0x0a, start)) {
      line.add(chunk.subarray(start, feed))
      if (!line.blank) lines.push(line)
      line = new Line()
      start = feed + 1
    }
    line.add(chunk.subarray(start))
    if (lines.length) yield lines
  }
  if (!line.blank) yield [line]
}
