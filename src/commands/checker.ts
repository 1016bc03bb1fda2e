import type { Cache } from '../cache.ts'
import type { CheckOptions } from '../core/check.ts'
import { InputError, readDraft, readDraftFrom } from '../files.ts'
import { documentOpenerFor } from '../formats/documents.ts'
import { formatOf } from '../formats/names.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import { type Checked, checkSource } from './check-source.ts'
import type { Opened } from './draft.ts'
import type { FileSettings } from './settings.ts'

export interface CheckerFlags {
  alignment?: boolean
  cache?: boolean
  cacheLocation?: string
  /** A report shows the drafts themselves, so that even a clean one is read. */
  whole?: boolean
}

/** What a check of one draft gave; of a Word or OpenDocument file also what is needed to write comments into it. */
export interface CheckedFile extends Checked {
  document?: OpenDocument
}

/** Checks drafts one by one. */
export class Checker {
  readonly #flags: CheckerFlags
  readonly #caches = new Map<string, Cache>()

  constructor(flags: CheckerFlags) {
    this.#flags = flags
  }

  /** Throws an InputError that says in one line why the draft cannot be read. */
  async file(path: string, own: FileSettings): Promise<CheckedFile> {
    if (!documentOpenerFor(path)) return this.#text(path, own, () => readDraft(path))
    const { openDraft } = await import('./draft.ts')
    return this.opened(await openDraft(path), own)
  }

  /** A draft that is read already. */
  async opened({ draft, document }: Opened, own: FileSettings): Promise<CheckedFile> {
    const { reviewDraft } = await import('../core/check.ts')
    return { draft, ...reviewDraft(draft, own.pack, this.#options(own)), ...(document ? { document } : {}) }
  }

  /** Standard input, under a name whose extension says the format. Throws an InputError as `file` does. */
  async input(name: string, own: FileSettings): Promise<CheckedFile> {
    if (!formatOf(name))
      throw new InputError('is no format that standard input is read in; Markdown, plain text and HTML are')
    return this.#text(name, own, () => readDraftFrom(process.stdin))
  }

  async #text(path: string, own: FileSettings, read: () => string | Promise<string>): Promise<CheckedFile> {
    const format = formatOf(path)
    if (!format) throw new InputError(unread(path))
    const source = await read()
    const options = this.#options(own)
    const check = () => checkSource(source, format, own.pack, options, !this.#flags.whole)
    const cache = await this.#cache(own)
    return cache ? cache.through(source, format, options, check) : check()
  }

  #options({ options }: FileSettings): CheckOptions {
    return this.#flags.alignment ? { ...options, affirmations: true } : options
  }

  async #cache({ pack, packName }: FileSettings): Promise<Cache | undefined> {
    const { cache, cacheLocation, whole } = this.#flags
    if (!cache || !cacheLocation || whole) return undefined
    const known = this.#caches.get(packName)
    if (known) return known
    const [{ Cache }, { fingerprint, readPack }] = await Promise.all([import('../cache.ts'), import('../files.ts')])
    const made = new Cache(cacheLocation, pack, fingerprint(readPack(packName)))
    this.#caches.set(packName, made)
    return made
  }
}

/** Why a file with a strange extension is not read, and what to do. */
export function unread(path: string): string {
  return /\.(?:doc|rtf|pages|wpd)$/i.test(path)
    ? 'is in a format that values-lint does not read; save it as .docx'
    : 'has an extension that values-lint does not read; Word, Markdown, plain text and HTML are read'
}
