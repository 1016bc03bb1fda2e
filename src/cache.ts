import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Checked } from './commands/check-source.ts'
import { checkedOf, type Kept, keptOf } from './commands/kept.ts'
import type { CheckOptions } from './core/check.ts'
import type { Pack } from './core/pack.ts'
import { InputError } from './files.ts'
import type { Format } from './formats/names.ts'
import { version } from './version.ts'

/**
 * Findings from an earlier run, one file for each draft under a name made of everything that they depend on: its text and
 * format, the pack, the options and the version. A change of any gives another name, so that nothing is ever stale.
 */

export class Cache {
  readonly #folder: string
  readonly #pack: Pack
  readonly #base: string

  /** `fingerprint` names the content of the pack. Throws an InputError where the folder cannot be made. */
  constructor(folder: string, pack: Pack, fingerprint: string) {
    this.#folder = folder
    this.#pack = pack
    this.#base = JSON.stringify([version, this.#pack.name, fingerprint])
    try {
      mkdirSync(folder, { recursive: true })
    } catch (error) {
      throw new InputError(`cannot keep a cache in ${folder}: ${(error as Error).message.split('\n')[0]}`)
    }
  }

  /** What `check` gives for the source, from the cache or kept in it. */
  async through(
    source: string,
    format: Format,
    options: CheckOptions,
    check: () => Promise<Checked>,
  ): Promise<Checked> {
    const key = createHash('sha256')
      .update(JSON.stringify([this.#base, format, options]))
      .update('\n')
      .update(source)
      .digest('hex')
    const path = join(this.#folder, key)
    const known = this.#read(path, source)
    if (known) return known
    const checked = await check()
    this.#write(path, checked)
    return checked
  }

  #read(path: string, source: string): Checked | undefined {
    try {
      const [sum, text = ''] = split(readFileSync(path, 'utf8'))
      if (sum !== checksum(text)) return undefined
      return checkedOf(source, JSON.parse(text) as Kept, this.#pack)
    } catch {
      // Not there, or not as we wrote it: the draft is checked again.
      return undefined
    }
  }

  /** Whole or not at all, and with a checksum: other runs may read and write at the same time, or die in the midst of it. */
  #write(path: string, checked: Checked): void {
    const text = JSON.stringify(keptOf(checked))
    const scratch = `${path}.${process.pid}.part`
    try {
      writeFileSync(scratch, `${checksum(text)}\n${text}`)
      renameSync(scratch, path)
    } catch {
      // A cache that cannot be written costs time only.
      rmSync(scratch, { force: true })
    }
  }
}

function split(content: string): [sum: string, text: string] {
  const end = content.indexOf('\n')
  return [content.slice(0, end), content.slice(end + 1)]
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}
