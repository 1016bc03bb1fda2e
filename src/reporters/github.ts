import type { Finding, Level } from '../core/types.ts'
import { conciseLine } from './concise.ts'
import { type FileReport, type Report, reported } from './report.ts'
import { count, oneLine, saidInFull, weight } from './said.ts'
import { type Where, whereIn } from './where.ts'

/** GitHub shows so many annotations of each level of a step, and drops the rest without a word. */
const shownOfEach = 10

const commands: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'notice' }

interface Entry {
  finding: Finding
  where: Where
  file: FileReport
}

/**
 * Workflow commands, which GitHub Actions shows as annotations on the changed lines: errors first, then warnings, then notes.
 * What it would not show is listed below them, one line each, so that the log has it.
 */
export function github(report: Report): string {
  const entries = report.files.flatMap((file) => {
    const where = whereIn(file)
    return reported(file, report).map((finding): Entry => ({ finding, where: where(finding), file }))
  })
  const of = (level: Level): Entry[] => entries.filter(({ finding }) => weight(finding) === level)
  const levels = [of('error'), of('warning'), of('note')]
  // Files that could not be read are errors too.
  const room = [Math.max(shownOfEach - report.errors.length, 0), shownOfEach, shownOfEach]
  const shown = levels.flatMap((list, i) => list.slice(0, room[i]))
  const rest = levels.flatMap((list, i) => list.slice(room[i]))
  const lines = [
    ...report.errors.map(
      ({ path, message }) => `::error file=${property(path)},title=values-lint::${data(oneLine(message))}`,
    ),
    ...shown.map(command),
    ...(rest.length ? [`${count(rest.length, 'more finding')}, which GitHub does not show as annotations:`] : []),
    ...rest.map(({ finding, where, file }) => harmless(`- ${conciseLine(finding, where, file)}`)),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

function command({ finding, where: { path, start, end }, file }: Entry): string {
  const { value, id } = finding.rule
  // GitHub takes columns only where the passage stands on one line; its last column counts as part of it.
  const columns =
    start.line === end.line ? { col: start.column, endColumn: Math.max(end.column - 1, start.column) } : {}
  const properties = {
    file: path,
    line: start.line,
    endLine: end.line,
    ...columns,
    title: `Value ${value.number}, ${value.title} (${id})`,
  }
  const list = Object.entries(properties).map(([name, text]) => `${name}=${property(String(text))}`)
  return `::${commands[weight(finding)]} ${list.join(',')}::${data(saidInFull(finding, file.draft).join('\n'))}`
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(oneLine(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')
}

/** A plain line of the log; `##[` anywhere in it would be a command too. */
function harmless(line: string): string {
  return line.replaceAll('##[', '## [')
}
