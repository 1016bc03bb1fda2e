import type { Finding, Level } from '../core/types.ts'
import { type FileReport, type Report, reported, summarise } from './report.ts'
import { byValue, count, excerpt, oneLine, said, state, tally, weight } from './said.ts'
import { inWords, type Where, whereIn } from './where.ts'

/** GitHub drops a job summary of 1 MiB or more without a word; this leaves room for what others add to it. In bytes. */
const room = 900_000

const signs: Readonly<Record<Level, string>> = { error: '🔴', warning: '🟠', note: '🔵' }

/** A summary for a job or a pull request: what was found by value, then each finding, as many as there is room for. */
export function markdown(report: Report): string {
  const head = [
    '## Values check',
    `${tally(summarise(report))}${report.files.length > 1 ? ` of ${report.files.length} drafts` : ''}.`,
    ...report.errors.map(({ path, message }) => `⚠️ \`${code(path)}\` could not be checked: ${prose(message)}`),
    ...table(report),
  ].map((part) => `${part}\n`)
  const entries = report.files.flatMap((file) => {
    const where = whereIn(file)
    return reported(file, report).map((finding, i) => {
      const title = i === 0 ? `### \`${code(file.path)}\`\n\n` : ''
      return `${title}${entry(finding, where(finding), file)}\n`
    })
  })
  return fitted(head, entries).join('\n')
}

/** Parts as long as there is room, and then how many more there are. */
function fitted(head: readonly string[], entries: readonly string[]): string[] {
  const fits: string[] = []
  let used = 0
  for (const part of [...head, ...entries]) {
    used += bytes.encode(part).length + 1
    if (used > room) break
    fits.push(part)
  }
  const left = head.length + entries.length - fits.length
  return left ? [...fits, `… and ${count(left, 'more part')} of this report, which GitHub has no room for.\n`] : fits
}

const bytes = new TextEncoder()

function table(report: Report): string[] {
  const values = byValue(report.files.flatMap(({ findings }) => findings))
  if (!values.length) return []
  const rows = values.map(([{ number, title }, list]) => {
    const of = (level: Level): string => String(list.filter((one) => weight(one) === level).length)
    return `| ${number}. ${prose(title)} | ${of('error')} | ${of('warning')} | ${of('note')} |`
  })
  return [['| Value | errors | warnings | notes |', '| --- | ---: | ---: | ---: |', ...rows].join('\n')]
}

function entry(finding: Finding, where: Where, { draft }: FileReport): string {
  const { message, why, here, instead } = said(finding, draft)
  const { before, passage, after } = excerpt(finding, draft, 160)
  const { value, id } = finding.rule
  const place = [`line ${where.start.line}`, inWords(where)].filter(Boolean).join(', ')
  return [
    `**${signs[weight(finding)]} ${state(finding)}** · ${prose(place)}`,
    // Spaces at the start of a line would make it code.
    `> ${prose(before.trimStart())}<strong>${prose(passage)}</strong>${prose(after)}`,
    [message, why, here].filter(Boolean).map(prose).join(' ').trimStart(),
    ...(instead.length ? [`Instead: ${instead.map(prose).join(' · ')}`] : []),
    `<sub>Value ${value.number}, ${prose(value.title)} · \`${code(id)}\`</sub>`,
  ].join('\n\n')
}

/** Text that Markdown leaves as it is. A name after an @ would be told of it, so that the sign stands alone. */
function prose(text: string): string {
  return oneLine(text)
    .replace(/[\\`*_[\]<>&|~#$@:{}]|(?<=www)\./gi, '\\$&')
    .replace(/^(\s*\d*)([-+=]|(?<=\d)[.)])/, '$1\\$2') // What begins a list, an underline or a number.
    .replaceAll('\\@', '&#64;<!-- -->')
}

/** Text for a span of code, which knows no escapes. */
function code(text: string): string {
  return oneLine(text).replaceAll('`', "'")
}
