/** OpenDocument texts, in and out. */

import type { OpenDocument } from '../package/document.ts'
import { readOdt } from './read.ts'
import { commentOdt } from './write.ts'

/** Reads an OpenDocument text. Throws an Unreadable that says why it cannot be read. */
export function openOdt(bytes: Uint8Array): OpenDocument {
  const document = readOdt(bytes)
  return { draft: document.draft, comment: (notes, options) => commentOdt(document, notes, options) }
}
