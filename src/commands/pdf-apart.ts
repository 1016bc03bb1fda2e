import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Draft } from '../core/types.ts'
import { InputError } from '../files.ts'
import type { Said } from '../pdf-worker.ts'

/**
 * Reads PDFs in a thread of their own, which is ended where it takes too much. A PDF is a program: a few kilobytes can keep any
 * reader busy for hours, or have it fill the memory, in more ways than can be told beforehand.
 */

/**
 * Work that is allowed, in milliseconds of a processor: to open a file and read its first page, and for each 1,000 characters of
 * text that it gives. Honest files take 5 to 12 for these; one that gives no text has nothing to take longer for.
 */
const forFile = 1500
const forText = 25
/** Memory that is allowed beyond what was in use, in bytes; and what the thread's own objects may take, in MiB. */
const memory = 350 * 1024 * 1024
const heap = 300
/** How often both are looked at, in milliseconds. */
const pause = 25

/** Reads a PDF. Throws an Error that says in one line why it cannot be read, or that it takes too much. */
export async function readPdfApart(bytes: Uint8Array): Promise<Draft> {
  const worker = new Worker(join(import.meta.dirname, 'pdf-worker.js'), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: heap },
  })
  let watch: NodeJS.Timeout | undefined
  try {
    return await new Promise<Draft>((resolve, reject) => {
      const refuse = (message: string): void => reject(new InputError(message))
      let text = 0
      worker.on('message', (said: Said) => {
        if (said === 'begun') watch = watching(() => forFile + (text / 1000) * forText, refuse)
        else if ('text' in said) text += said.text
        else if ('draft' in said) resolve(said.draft)
        else refuse(said.unreadable)
      })
      worker.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') refuse(tooMuch)
        else reject(error)
      })
      worker.on('exit', () => refuse(tooMuch))
    })
  } finally {
    clearInterval(watch)
    await worker.terminate()
  }
}

const tooMuch =
  'takes more work or memory to read than any draft does; export it again, or check the document it was made from'

/** Refuses where this process works longer than `allowed` milliseconds, or takes more memory, from now on. */
function watching(allowed: () => number, refuse: (message: string) => void): NodeJS.Timeout {
  const [used, held] = [process.cpuUsage(), process.memoryUsage.rss()]
  return setInterval(() => {
    const { user, system } = process.cpuUsage(used)
    if ((user + system) / 1000 > allowed() || process.memoryUsage.rss() > held + memory) refuse(tooMuch)
  }, pause)
}
