import { dirname, join, relative, resolve, sep } from 'node:path'
import type { Draft, Finding } from '../core/types.ts'
import { baselineFor, InputError, isThere, readSource, shown, writeWhole } from '../files.ts'
import { type Entry, entriesOf, recognised } from './entries.ts'
import { type Entries, parsed, written } from './text.ts'

/** What became of the entries of one draft. */
export interface Compared {
  /** The findings; those that the baseline knows are marked. */
  findings: Finding[]
  /** Entries of the draft that were not met. */
  gone: Entry[]
}

/** One baseline file, at the top of a repository. */
export class Baseline {
  readonly path: string
  readonly entries: Entries
  /** Entries of drafts that are no longer there, which were met in another draft. */
  readonly moved: { from: string; to: string; entry: Entry }[] = []
  #missing: { path: string; entry: Entry }[] | undefined

  private constructor(path: string, entries: Entries) {
    this.path = path
    this.entries = entries
  }

  /** The baseline at a path; an empty one where no file is. Throws an InputError where it cannot be read. */
  static read(path: string): Baseline {
    if (!isThere(path)) return new Baseline(path, new Map())
    const { text } = readSource(path)
    try {
      return new Baseline(path, parsed(text))
    } catch (error) {
      const [reason] = (error as Error).message.split('\n')
      throw new InputError(`${shown(path)}: ${reason}; mend it, or write it again: values-lint baseline write`)
    }
  }

  /** The name of a draft in this file. */
  nameOf(draft: string): string {
    return relative(dirname(this.path), resolve(draft)).split(sep).join('/')
  }

  /** Marks the findings of a draft that are known. Those of a draft that has moved are known by the entries it left behind. */
  compare(path: string, draft: Draft, findings: readonly Finding[]): Compared {
    const wanted = findings.filter(({ outcome, suppressedBy }) => outcome !== 'excused' && !suppressedBy)
    const known = this.entries.get(this.nameOf(path)) ?? []
    const found = entriesOf(draft, wanted)
    const here = recognised(found, known)
    const strays = found.flatMap((entry, i) => (here[i] === undefined ? [{ entry, i }] : []))
    const marked = new Set(wanted.filter((_, i) => here[i] !== undefined))
    for (const i of this.#adopt(this.nameOf(path), strays)) marked.add(wanted[i] as Finding)
    const met = new Set(here)
    return {
      findings: findings.map((finding) => (marked.has(finding) ? { ...finding, baselined: true as const } : finding)),
      gone: known.filter((_, i) => !met.has(i)),
    }
  }

  /** Takes the entries of drafts that are no longer there for findings of this one. Gives the numbers of those findings. */
  #adopt(to: string, strays: readonly { entry: Entry; i: number }[]): number[] {
    const missing = strays.length ? this.missing() : []
    if (!missing.length) return []
    const adopted = recognised(
      strays.map(({ entry }) => entry),
      missing.map(({ entry }) => entry),
      true,
    )
    for (const place of adopted) {
      const orphan = place === undefined ? undefined : missing[place]
      if (orphan) this.moved.push({ from: orphan.path, to, entry: orphan.entry })
    }
    const taken = new Set(adopted)
    this.#missing = missing.filter((_, i) => !taken.has(i))
    return strays.flatMap(({ i }, place) => (adopted[place] === undefined ? [] : [i]))
  }

  /** Entries of drafts that are no longer there and that no other draft has met. */
  missing(): { path: string; entry: Entry }[] {
    const folder = dirname(this.path)
    this.#missing ??= [...this.entries]
      .filter(([path]) => !isThere(join(folder, path)))
      .flatMap(([path, list]) => list.map((entry) => ({ path, entry })))
    return this.#missing
  }

  /** How many entries there are. */
  get size(): number {
    return [...this.entries.values()].reduce((sum, list) => sum + list.length, 0)
  }

  /** Takes entries out, and puts those that were met in another draft under its path. */
  settle(stale: ReadonlySet<Entry>): void {
    const out = new Set([...stale, ...this.moved.map(({ entry }) => entry)])
    for (const [path, list] of this.entries) {
      this.entries.set(
        path,
        list.filter((entry) => !out.has(entry)),
      )
    }
    for (const { to, entry } of this.moved) this.entries.set(to, [...(this.entries.get(to) ?? []), entry])
  }

  write(): void {
    writeWhole(shown(this.path), written(this.entries))
  }
}

/** The baselines of a run, each read once. */
export class Baselines {
  readonly #byFolder = new Map<string, Baseline>()
  readonly #byPath = new Map<string, Baseline>()

  /** The baseline for a draft: at the top of its repository; outside of one, in the working folder. */
  for(draft: string): Baseline {
    const folder = dirname(resolve(draft))
    let baseline = this.#byFolder.get(folder)
    if (!baseline) {
      const path = baselineFor(draft)
      baseline = this.#byPath.get(path) ?? Baseline.read(path)
      this.#byPath.set(path, baseline)
      this.#byFolder.set(folder, baseline)
    }
    return baseline
  }

  /** Those that were asked for. */
  get all(): Baseline[] {
    return [...this.#byPath.values()]
  }
}
