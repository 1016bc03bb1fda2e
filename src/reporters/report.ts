import type { Alignment, DirectiveProblem, Draft, Finding, Level, Value } from '../core/types.ts'

/** What a check of one file gave. */
export interface FileReport {
  path: string
  draft: Draft
  /** In the order of the draft, with those that their context excuses. */
  findings: Finding[]
  /** What is wrong with the draft's directives. */
  directives?: DirectiveProblem[]
  /** How the draft stands to every value, where that was asked for. */
  alignment?: Alignment[]
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

/** Whether a finding counts: what its context excuses or a directive keeps does not. */
export function isLive({ outcome, suppressedBy }: Finding): boolean {
  return outcome !== 'excused' && !suppressedBy
}

export interface Summary {
  files: number
  words: number
  levels: Record<Level, number>
  /** Passages that met a rule and were left alone in their context. */
  excused: number
  /** Findings that directives keep on purpose. */
  suppressed: number
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
    excused: all.filter(({ outcome }) => outcome === 'excused').length,
    suppressed: all.filter(({ suppressedBy }) => suppressedBy).length,
    values,
  }
}

function wordsIn({ blocks }: Draft): number {
  return blocks.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0), 0)
}

/** How all drafts together stand to one value. */
export interface Standing {
  value: Value
  conflicts: number
  notes: number
  affirmations: { file: FileReport; finding: Finding }[]
}

/** The standings of a report whose files carry an alignment, in the order of the values; none where they do not. */
export function standings({ files }: Report): Standing[] {
  const all = new Map<number, Standing>()
  for (const file of files) {
    for (const { value, conflicts, notes, affirmations } of file.alignment ?? []) {
      const one = all.get(value.number) ?? { value, conflicts: 0, notes: 0, affirmations: [] }
      one.conflicts += conflicts.length
      one.notes += notes.length
      one.affirmations.push(...affirmations.map((finding) => ({ file, finding })))
      all.set(value.number, one)
    }
  }
  return [...all.values()].sort((a, b) => a.value.number - b.value.number)
}
