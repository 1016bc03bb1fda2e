/** Word files, in and out. */

import type { OpenDocument } from '../package/document.ts'
import { readDocx } from './read.ts'

/** Reads a Word file. Throws an Unreadable that says why it cannot be read. */
export function openDocx(bytes: Uint8Array): OpenDocument {
  const { draft } = readDocx(bytes)
  return { draft }
}
