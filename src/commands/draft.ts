import type { Draft } from '../core/types.ts'
import { InputError, largestDocument, readBytes, readDraft } from '../files.ts'
import { bytesReaderFor, documentOpenerFor, refusalOf, textReaderFor } from '../formats/index.ts'
import type { OpenDocument } from '../formats/package/document.ts'

/** A draft from the disk; of a Word or OpenDocument file also what is needed to write comments into it. */
export interface Opened {
  draft: Draft
  document?: OpenDocument
}

/** Reads the draft at a path, by its extension. Throws an InputError that says in one line why it cannot be read. */
export async function openDraft(path: string): Promise<Opened> {
  const opener = documentOpenerFor(path)
  if (opener) return openDocument(path, await opener())
  if (/\.pdf$/i.test(path)) {
    const { readPdfApart } = await import('./pdf-apart.ts')
    return { draft: await readPdfApart(readBytes(path, largestDocument)) }
  }
  const bytesReader = bytesReaderFor(path)
  if (bytesReader) return { draft: await readBytesWith(await bytesReader(), path) }
  return { draft: await readTextWith(readDraft, path) }
}

/** Reads a text in the format of a path. Throws an InputError where no reader takes it. */
export async function readTextWith(read: (path: string) => string | Promise<string>, path: string): Promise<Draft> {
  const reader = await textReaderFor(path)
  if (!reader && (documentOpenerFor(path) || bytesReaderFor(path)))
    throw new InputError('is a format that is not read from standard input; name the file')
  if (!reader) throw new InputError(refusalOf(path))
  const text = await read(path)
  try {
    return reader(text)
  } catch (error) {
    throw inOneLine(error)
  }
}

function openDocument(path: string, open: (bytes: Uint8Array) => OpenDocument): Opened {
  const bytes = readBytes(path, largestDocument)
  try {
    const document = open(bytes)
    return { draft: document.draft, document }
  } catch (error) {
    throw inOneLine(error)
  }
}

async function readBytesWith(read: (bytes: Uint8Array) => Promise<Draft>, path: string): Promise<Draft> {
  const bytes = readBytes(path, largestDocument)
  try {
    return await read(bytes)
  } catch (error) {
    throw inOneLine(error)
  }
}

/** What a reader says of a file that it cannot read, as a mistake of the user. */
function inOneLine(error: unknown): unknown {
  return (error as Error).name === 'Unreadable' ? new InputError((error as Error).message) : error
}
