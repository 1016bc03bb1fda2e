import type { Draft } from '../core/types.ts'
import { InputError, largestDocument, readBytes, readDraft } from '../files.ts'
import { documentOpenerFor, readerFor } from '../formats/index.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import { unread } from './checker.ts'

/** A draft from the disk; of a Word or OpenDocument file also what is needed to write comments into it. */
export interface Opened {
  draft: Draft
  document?: OpenDocument
}

/** Reads the draft at a path, by its extension. Throws an InputError that says in one line why it cannot be read. */
export async function openDraft(path: string): Promise<Opened> {
  const opener = documentOpenerFor(path)
  if (opener) return openDocument(path, await opener())
  const reader = readerFor(path)
  if (!reader) throw new InputError(unread(path))
  return { draft: reader(readDraft(path)) }
}

function openDocument(path: string, open: (bytes: Uint8Array) => OpenDocument): Opened {
  const bytes = readBytes(path, largestDocument)
  try {
    const document = open(bytes)
    return { draft: document.draft, document }
  } catch (error) {
    throw (error as Error).name === 'Unreadable' ? new InputError((error as Error).message) : error
  }
}
