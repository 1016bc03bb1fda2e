import { parentPort, workerData } from 'node:worker_threads'
import { readPdf } from './formats/pdf/index.ts'

/** Reads a PDF in a thread of its own, which src/commands/pdf-apart.ts watches. */

/** What the thread says: that it begins, how much text a page had, and how it ended. */
export type Said = 'begun' | { text: number } | { draft: Awaited<ReturnType<typeof readPdf>> } | { unreadable: string }

const say = (said: Said): void => parentPort?.postMessage(said)

// With it, a stream is unpacked whole before anybody looks; without it, PDF.js unpacks by itself, step by step.
Reflect.deleteProperty(globalThis, 'DecompressionStream')

say('begun')
try {
  say({ draft: await readPdf(workerData as Uint8Array, (text) => say({ text })) })
} catch (error) {
  if ((error as Error).name !== 'Unreadable') throw error
  say({ unreadable: (error as Error).message })
}
