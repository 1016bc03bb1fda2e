import type { OpenDocument } from './package/document.ts'

/** Formats that are bytes, not text. Their readers are heavy, and loaded only when a file of theirs is met. */
const DOCUMENTS = {
  docx: async () => (await import('./docx/index.ts')).openDocx,
  odt: async () => (await import('./odt/index.ts')).openOdt,
}

/** Opens the document at a path, by its extension; undefined where that is no document's. */
export function documentOpenerFor(path: string): (() => Promise<(bytes: Uint8Array) => OpenDocument>) | undefined {
  const extension = /\.([^./\\]*)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  return Object.hasOwn(DOCUMENTS, extension) ? DOCUMENTS[extension as keyof typeof DOCUMENTS] : undefined
}
