import { Chalk, type ChalkInstance } from 'chalk'
import stringWidth from 'string-width'
import { chain } from '../core/explain.ts'
import { Lines } from '../core/position.ts'
import type { Finding, Level } from '../core/types.ts'
import { messageOf } from './json.ts'
import { type FileReport, type Report, summarise } from './report.ts'

export interface PrettyOptions {
  /** Columns of the terminal. */
  width: number
  colour: boolean
}

const paints: Readonly<Record<Level, 'red' | 'yellow' | 'cyan'>> = { error: 'red', warning: 'yellow', note: 'cyan' }
const narrowest = 40
const widest = 100

/** The report for a person at a terminal: what was written, what is the matter, why here, what to write instead. */
export function pretty(report: Report, { width, colour }: PrettyOptions): string {
  const paint = new Chalk({ level: colour ? 1 : 0 })
  const columns = Math.min(Math.max(width, narrowest), widest) - 2
  const parts = report.files.flatMap((file) => fileParts(file, columns, paint))
  return [...parts, summaryLine(report)].join('\n')
}

function fileParts({ path, draft, findings }: FileReport, columns: number, paint: ChalkInstance): string[] {
  const lines = new Lines(draft.source)
  return findings.map((finding) => {
    const { line, column } = lines.at(finding.start)
    const state =
      finding.outcome === 'excused' ? 'left alone' : finding.outcome === 'reported' ? 'note, reported' : finding.level
    const head = `${paint.bold(`${path}:${line}:${column}`)}  ${finding.outcome === 'excused' ? paint.green(state) : paint[paints[finding.level]](state)}`
    const sentence = quoted(draft.blocks[finding.block]?.text ?? '', finding, columns, paint)
    const { rule } = finding
    const body = finding.outcome === 'conflict' ? conflict(finding) : aside(finding)
    const foot = paint.dim(`Value ${rule.value.number}, ${rule.value.title} · ${rule.id}`)
    return `${head}\n\n${sentence}\n\n${body.map((text) => wrap(text, columns)).join('\n')}\n\n  ${foot}\n`
  })
}

function conflict(finding: Finding): string[] {
  const { rule } = finding
  return [messageOf(finding), rule.why, chain(finding).join(' '), `Instead: ${rule.instead.join(' · ')}`].map(oneLine)
}

/** What is said of a passage that is no conflict: why it was left alone, and what to do if that is wrong. */
function aside(finding: Finding): string[] {
  const reasons = chain(finding)
  const lead = reasons[0] ?? 'The passage names it; nothing here says where the draft stands.'
  if (finding.outcome === 'excused') return [`Not flagged: ${lead}.`]
  const advice =
    'Nothing to change if the draft answers it; if it speaks for your organisation, treat it as your own words.'
  const said = finding.excusedBy ? [] : [messageOf(finding)]
  return [...said, `${lead.charAt(0).toUpperCase()}${lead.slice(1).replace(/\.$/, '')}.`, advice].map(oneLine)
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The sentence around the passage, cut where it is long, each line with the passage underlined. */
function quoted(text: string, { sentence, place }: Finding, columns: number, paint: ChalkInstance): string {
  const end = Math.max(sentence.end, place.end)
  const [from, to] = cut(text, sentence.start, end, place, columns * 3)
  const lead = from > sentence.start ? '… ' : ''
  const tail = to < end ? ' …' : ''
  const shown = lead + text.slice(from, to) + tail
  const [start, stop] = [place.start - from + lead.length, Math.min(place.end, to) - from + lead.length]
  return rows(shown, columns)
    .map(([a, b]) => {
      const row = shown.slice(a, b).trimEnd()
      const [s, e] = [Math.max(start, a) - a, Math.min(stop, b) - a]
      if (s >= e) return `  ${row}`
      const under =
        ' '.repeat(stringWidth(row.slice(0, s))) + '~'.repeat(Math.max(1, stringWidth(row.slice(s, e).trimEnd())))
      return `  ${row.slice(0, s)}${paint.bold(row.slice(s, e))}${row.slice(e)}\n  ${paint.red(under)}`
    })
    .join('\n')
}

/** At most `most` units of the sentence, with the passage in them, cut between words. */
function cut(
  text: string,
  start: number,
  end: number,
  place: { start: number; end: number },
  most: number,
): [number, number] {
  if (end - start <= most) return [start, end]
  const spare = Math.max(0, most - (place.end - place.start)) >> 1
  let from = Math.max(start, place.start - spare)
  let to = Math.min(end, Math.max(place.end + spare, from + most))
  while (from > start && from < place.start && text[from - 1] !== ' ') from++
  while (to < end && to > place.end && text[to] !== ' ') to--
  return [from, to]
}

/** Where the rows of a wrapped text begin and end; widths count terminal cells. */
function rows(text: string, columns: number): [number, number][] {
  const found: [number, number][] = []
  let start = 0
  let last = 0
  for (const word of text.matchAll(/\S+\s*/g)) {
    const end = word.index + word[0].length
    if (last > start && stringWidth(text.slice(start, end).trimEnd()) > columns) {
      found.push([start, last])
      start = last
    }
    last = end
  }
  if (last > start) found.push([start, last])
  return found
}

function wrap(text: string, columns: number): string {
  return rows(text, columns)
    .map(([a, b]) => `  ${text.slice(a, b).trimEnd()}`)
    .join('\n')
}

function summaryLine(report: Report): string {
  const { files, words, levels, values } = summarise(report)
  const conflicts = levels.error + levels.warning
  const counts = [count(levels.error, 'error'), count(levels.warning, 'warning'), count(levels.note, 'note')].filter(
    (part) => !part.startsWith('0'),
  )
  const where = `${count(words, 'word')} in ${count(files, 'file')}`
  if (!files) return 'No draft was checked.\n'
  if (!conflicts && !levels.note) return `No conflict with the values found in ${where}.\n`
  const list = Object.entries(values).map(([value, n]) => `${value} (${n})`)
  return `${counts.join(', ')} in ${where}; by value: ${list.join(', ')}.\n`
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString('en')} ${noun}${n === 1 ? '' : 's'}`
}
