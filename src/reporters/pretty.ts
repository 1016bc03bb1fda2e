import { Chalk, type ChalkInstance } from 'chalk'
import { chain, messageOf, quote, whyOf } from '../core/explain.ts'
import { Lines } from '../core/position.ts'
import type { Finding, Level } from '../core/types.ts'
import { closing, count, listed } from './closing.ts'
import { plain, underlined, wrap } from './layout.ts'
import { type FileReport, type Report, reported, type Standing, standings, summarise } from './report.ts'
import { spot, whereIn } from './where.ts'

export interface PrettyOptions {
  /** Columns of the terminal. */
  width: number
  colour: boolean
  /** The address of a draft, where the terminal takes links. */
  link?: ((path: string) => string) | undefined
  /** No closing line. */
  quiet?: boolean
}

const paints: Readonly<Record<Level, 'red' | 'yellow' | 'cyan'>> = { error: 'red', warning: 'yellow', note: 'cyan' }
const narrowest = 40
/** Longer lines are hard to read, however wide the terminal is. */
const widest = 100
const indent = '  '

/** The report for a person at a terminal: what was written, what is the matter, why here, what to write instead. */
export function pretty(report: Report, { width, colour, link, quiet }: PrettyOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 })
  const columns = Math.min(Math.max(width, narrowest), widest)
  const groups = report.files
    .map((file) => ({ file, findings: reported(file, report) }))
    .filter(({ findings }) => findings.length)
  const parts = groups.flatMap(({ file, findings }) => [
    ...(report.files.length > 1
      ? [paint.bold(`── ${plain(file.path)} ${'─'.repeat(Math.max(2, columns - file.path.length - 4))}`)]
      : []),
    ...entries(file, findings, columns - indent.length, paint, link),
  ])
  const all = [...parts, ...alignment(report, columns, paint)]
  if (quiet) return all.length ? `${all.join('\n\n')}\n` : ''
  return `${[...all, wrap(closing(summarise(report), report), columns).join('\n')].join('\n\n')}\n`
}

/** A line for each value that the drafts speak of, one passage that affirms it, and one line for the rest. */
function alignment(report: Report, columns: number, paint: ChalkInstance): string[] {
  const all = standings(report)
  if (!all.length) return []
  const silent = all.filter((one) => !counts(one))
  const rows = all.filter(counts).flatMap((one) => [
    ...wrap(`${one.value.number}. ${one.value.title}: ${counts(one)}`, columns),
    ...one.affirmations.slice(0, 1).flatMap(({ file, finding }) => {
      const { line } = new Lines(file.draft.source).at(finding.start)
      const spoken = file.draft.blocks[finding.block]?.text.slice(finding.sentence.start, finding.sentence.end) ?? ''
      return wrap(`${file.path}:${line} ${quote(spoken)}`, columns - 4).map((row) => paint.dim(`    ${row}`))
    }),
  ])
  const rest = silent.length ? wrap(`Silent on: ${silent.map(({ value }) => value.number).join(', ')}.`, columns) : []
  return [[paint.bold('How the text stands to the values'), '', ...rows, ...rest].join('\n')]
}

function counts({ conflicts, notes, affirmations }: Standing): string {
  return listed([
    count(conflicts, 'conflict'),
    count(notes, 'note'),
    affirmations.length
      ? `affirmed ${['once', 'twice'][affirmations.length - 1] ?? `${affirmations.length} times`}`
      : '',
  ])
}

/** Findings of a draft, one by one. */
export function entries(
  file: FileReport,
  findings: readonly Finding[],
  columns: number,
  paint: ChalkInstance,
  link?: (path: string) => string,
): string[] {
  const where = whereIn(file)
  return findings.map((finding) => {
    const { value, id } = finding.rule
    const foot = wrap(`Value ${value.number}, ${value.title} · ${id}`, columns)
    const rows = [
      ...passage(finding, file, columns, paint),
      '',
      ...body(finding, file).flatMap((text) => wrap(text, columns)),
      '',
      ...foot.map((row) => paint.dim(row)),
    ]
    return [
      `${linked(paint.bold(spot(where(finding))), link?.(file.path))}  ${state(finding, paint)}`,
      '',
      ...rows.map((row) => row && indent + row),
    ].join('\n')
  })
}

/** A text that leads to an address where it is clicked. */
function linked(text: string, address: string | undefined): string {
  return address === undefined ? text : `\u001b]8;;${address}\u0007${text}\u001b]8;;\u0007`
}

function state({ outcome, level, suppressedBy, baselined }: Finding, paint: ChalkInstance): string {
  if (baselined) return paint.green(`${level}, in the baseline`)
  if (suppressedBy) return paint.green(`${level}, kept on purpose`)
  if (outcome === 'excused') return paint.green('left alone')
  return paint[paints[level]](outcome === 'reported' ? 'note, reported' : level)
}

/** The sentence, the passage underlined. */
function passage(
  { block, sentence, place, level }: Finding,
  { draft }: FileReport,
  columns: number,
  paint: ChalkInstance,
): string[] {
  const end = Math.max(sentence.end, place.end)
  const text = draft.blocks[block]?.text.slice(sentence.start, end) ?? ''
  return underlined(text, place.start - sentence.start, place.end - sentence.start, columns).flatMap((row) =>
    row.underline ? [row.text, paint[paints[level]](row.underline)] : [row.text],
  )
}

/** A conflict is said, explained and answered; of other passages it is only said what they were read as. */
function body(finding: Finding, { draft }: FileReport): string[] {
  if (finding.suppressedBy) {
    const { reason, start } = finding.suppressedBy
    return [messageOf(finding), `Kept on purpose: ${reason} (line ${new Lines(draft.source).at(start).line})`]
  }
  const why = chain(finding, draft).map(capital).join(' ')
  if (finding.outcome === 'excused') return [why]
  if (finding.outcome === 'reported') return [messageOf(finding), why]
  return [messageOf(finding), whyOf(finding), why, `Instead: ${finding.rule.instead.join(' · ')}`]
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
