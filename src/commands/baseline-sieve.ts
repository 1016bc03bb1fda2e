import { type Baseline, Baselines } from '../baseline/baselines.ts'
import type { Entry } from '../baseline/entries.ts'
import { isOn } from '../core/options.ts'
import { type FileReport, isLive, type Report } from '../reporters/report.ts'
import type { FileSettings } from './settings.ts'

/** Holds drafts against the baselines of their repositories, and remembers what is no longer met. */
export class BaselineSieve {
  readonly baselines = new Baselines()
  /** Entries of the drafts seen so far that are no longer met. */
  readonly gone: { baseline: Baseline; path: string; entry: Entry }[] = []

  /** The draft with the findings marked that its baseline knows. Throws an InputError for a baseline that cannot be read. */
  sift(file: FileReport, settings: FileSettings): FileReport {
    const baseline = this.baselines.for(file.path)
    if (!baseline.entries.size) return file
    const { findings, gone } = baseline.compare(file.path, file.draft, file.findings)
    const path = baseline.nameOf(file.path)
    for (const entry of gone) if (wasAsked(entry, settings)) this.gone.push({ baseline, path, entry })
    return { ...file, findings }
  }

  /** What the closing line says; nothing where there is no baseline. */
  counts({ files }: Report): Report['baseline'] {
    if (!this.baselines.all.some(({ entries }) => entries.size)) return undefined
    const findings = files.flatMap((file) => file.findings)
    return {
      known: findings.filter(({ baselined }) => baselined).length,
      fixed: this.gone.length,
      new: findings.filter(isLive).length,
    }
  }
}

/** Whether the check could have met an entry: a rule that was off says nothing. A rule that is no longer there meets nothing any more. */
export function wasAsked({ rule: id, level }: Entry, { pack, options }: FileSettings): boolean {
  if (level === 'note' && options.notes === false) return false
  const rule = pack.rules.find((one) => one.id === id)
  return !rule || isOn(rule, options)
}
