/** Word files, in and out. */

import type { OpenDocument } from '../package/document.ts'
import { readDocx } from './read.ts'
import { commentDocx } from './write.ts'

/** Reads a Word file. Throws an Unreadable that says why it cannot be read. */
export function openDocx(bytes: Uint8Array): OpenDocument {
  const document = readDocx(bytes)
  return { draft: document.draft, comment: (notes, options) => commentDocx(document, notes, options) }
}
