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
  /** Findings that count and are not reported, since there are so many. */
  beyond?: ReadonlySet<Finding>
  /** Which part of the drafts this is a report of, and the exit code of its check; index from 1. */
  shard?: { index: number; of: number; exitCode: number }
  /** What the check was narrowed down to, as words that go on from “in 640 words”. */
  scope?: string
  /** Where drafts were held against a baseline: findings it knows, entries that are no longer met, findings it does not know. */
  baseline?: { known: number; fixed: number; new: number }
}

/** The findings of a file that are reported. */
export function reported({ findings }: FileReport, { showExcused, beyond }: Report): Finding[] {
  return findings.filter((finding) => (showExcused || isLive(finding)) && !beyond?.has(finding))
}

/** The report with so many findings at most; all of them still count. */
export function capped(report: Report, most: number): Report {
  const beyond = report.files.flatMap((file) => reported(file, report)).slice(most)
  return beyond.length ? { ...report, beyond: new Set(beyond) } : report
}

/** Whether a finding counts: what its context excuses, a directive keeps or a baseline knows does not. */
export function isLive({ outcome, suppressedBy, baselined }: Finding): boolean {
  return outcome !== 'excused' && !suppressedBy && !baselined
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

/** Words of the prose; of a draft that was not read, since no rule could meet it, those of its source. */
function wordsIn({ source, blocks }: Draft): number {
  return blocks.length ? blocks.reduce((sum, { text }) => sum + wordsOf(text), 0) : wordsOf(source)
}

function wordsOf(text: string): number {
  let words = 0
  let inside = false
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    const letter = code < 0x80 ? asciiWord[code] === 1 : /[\p{L}\p{N}\p{M}]/u.test(text.charAt(i))
    if (letter && !inside) words++
    // An apostrophe or a hyphen parts no word.
    inside = letter || (inside && (code === 0x27 || code === 0x2019 || code === 0x2d))
  }
  return words
}

const asciiWord = Uint8Array.from({ length: 0x80 }, (_, code) => (/\w/.test(String.fromCharCode(code)) ? 1 : 0))

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
