import type { Draft, Finding, Level } from '../core/types.ts'

/** What a check of one file gave. */
export interface FileReport {
  path: string
  draft: Draft
  /** In the order of the draft, with those that their context excuses. */
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
  /** Whether findings that are excused are reported too. */
  showExcused: boolean
}

/** The findings of a file that are reported. */
export function reported({ findings }: FileReport, { showExcused }: Report): Finding[] {
  return showExcused ? findings : findings.filter(isLive)
}

/** Whether a finding counts: an excused one is none. */
export function isLive({ outcome }: Finding): boolean {
  return outcome !== 'excused'
}

export interface Summary {
  files: number
  words: number
  levels: Record<Level, number>
  /** Passages that met a rule and were left alone in their context. */
  excused: number
  /** Findings by value number. */
  values: Record<string, number>
}

/** Counts what was found; excused findings are counted apart. */
export function summarise({ files }: Pick<Report, 'files'>): Summary {
  const all = files.flatMap(({ findings }) => findings)
  const live = all.filter(isLive)
  const at = (wanted: Level): number => live.filter(({ level }) => level === wanted).length
  const values: Record<string, number> = {}
  for (const { rule } of live) values[rule.value.number] = (values[rule.value.number] ?? 0) + 1
  return {
    files: files.length,
    words: files.reduce((sum, { draft }) => sum + wordsIn(draft), 0),
    levels: { error: at('error'), warning: at('warning'), note: at('note') },
    excused: all.length - live.length,
    values,
  }
}

function wordsIn({ blocks }: Draft): number {
  return blocks.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0), 0)
}
