import type { Draft } from '../core/types.ts'
import type { OpenDocument } from './package/document.ts'

/** Formats that are bytes, not text. Their readers are heavy, and loaded only when a file of theirs is met. */
const DOCUMENTS = {
  docx: async () => (await import('./docx/index.ts')).openDocx,
  odt: async () => (await import('./odt/index.ts')).openOdt,
}

/** Opens the document at a path, by its extension; undefined where that is no document's. */
export function documentOpenerFor(path: string): (() => Promise<(bytes: Uint8Array) => OpenDocument>) | undefined {
  return byExtension(path, DOCUMENTS)
}

/** Formats of bytes that are read, but take no comments. Their readers throw an Unreadable. */
const READ_ONLY = {
  eml: async () => (await import('./mail/index.ts')).readMail,
  pdf: async () => (await import('./pdf/index.ts')).readPdf,
}

/** Loads the reader of a format that takes no comments, by the extension of a path; undefined where that is no such format's. */
export function bytesReaderFor(path: string): (() => Promise<(bytes: Uint8Array) => Promise<Draft>>) | undefined {
  return byExtension(path, READ_ONLY)
}

export function byExtension<T>(path: string, all: Record<string, T>): T | undefined {
  const extension = extensionOf(path)
  return Object.hasOwn(all, extension) ? all[extension] : undefined
}

function extensionOf(path: string): string {
  return /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? ''
}
