import type { Cache } from '../cache.ts'
import type { CheckOptions } from '../core/check.ts'
import { readDraft, readDraftFrom } from '../files.ts'
import { type Format, formatOf } from '../formats/names.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import { type Checked, checkSource } from './check-source.ts'
import { fingerprintOf } from './compiled.ts'
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

/** What a check of a draft needs to know of its settings. */
export type Needed = Pick<FileSettings, 'pack' | 'packName' | 'options'>

/** Checks drafts one by one. */
export class Checker {
  readonly #flags: CheckerFlags
  readonly #caches = new Map<string, Cache>()

  constructor(flags: CheckerFlags) {
    this.#flags = flags
  }

  /** Throws an InputError that says in one line why the draft cannot be read. */
  async file(path: string, own: Needed): Promise<CheckedFile> {
    const format = formatOf(path)
    if (format) return this.#text(format, own, () => readDraft(path))
    const { openDraft } = await import('./draft.ts')
    return this.opened(await openDraft(path), own)
  }

  /** A draft that is read already. */
  async opened({ draft, document }: Opened, own: Needed): Promise<CheckedFile> {
    const { reviewDraft } = await import('../core/check.ts')
    return { draft, ...reviewDraft(draft, own.pack, this.#options(own)), ...(document ? { document } : {}) }
  }

  /** Standard input, under a name whose extension says the format. Throws an InputError as `file` does. */
  async input(name: string, own: Needed): Promise<CheckedFile> {
    const format = formatOf(name)
    const read = () => readDraftFrom(process.stdin)
    if (format) return this.#text(format, own, read)
    const { readTextWith } = await import('./draft.ts')
    return this.opened({ draft: await readTextWith(read, name) }, own)
  }

  async #text(format: Format, own: Needed, read: () => string | Promise<string>): Promise<CheckedFile> {
    const source = await read()
    const options = this.#options(own)
    const check = () => checkSource(source, format, own.pack, options, !this.#flags.whole)
    const cache = await this.#cache(own)
    return cache ? cache.through(source, format, options, check) : check()
  }

  #options({ options }: Needed): CheckOptions {
    return this.#flags.alignment ? { ...options, affirmations: true } : options
  }

  async #cache({ pack, packName }: Needed): Promise<Cache | undefined> {
    const { cache, cacheLocation, whole } = this.#flags
    if (!cache || !cacheLocation || whole) return undefined
    const known = this.#caches.get(packName)
    if (known) return known
    const { Cache } = await import('../cache.ts')
    const made = new Cache(cacheLocation, pack, await fingerprintOf(packName))
    this.#caches.set(packName, made)
    return made
  }
}
