import type { Draft, Finding, Level } from '../core/types.ts'

/** What a check of one file gave. */
export interface FileReport {
  path: string
  draft: Draft
  /** In the order of the draft. */
  findings: Finding[]
}

/** A file that could not be checked. */
export interface FileError {
  path: string
  message: string
}

export interface Report {
  version: string
  pack: string
  files: FileReport[]
  errors: FileError[]
}

export interface Summary {
  files: number
  words: number
  levels: Record<Level, number>
  /** Findings by value number. */
  values: Record<string, number>
}

/** Counts what is shown; excused findings are no findings. */
export function summarise({ files }: Report): Summary {
  const summary: Summary = { files: files.length, words: 0, levels: { error: 0, warning: 0, note: 0 }, values: {} }
  for (const { draft, findings } of files) {
    for (const block of draft.blocks)
      summary.words += block.text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0
    for (const { outcome, level, rule } of findings) {
      if (outcome === 'excused') continue
      summary.levels[level]++
      summary.values[rule.value.number] = (summary.values[rule.value.number] ?? 0) + 1
    }
  }
  return summary
}
