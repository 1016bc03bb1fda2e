import type { Position } from '../core/position.ts'
import type { Level } from '../core/types.ts'
import { type Report, reported } from './report.ts'
import { oneLine, saidInFull, weight } from './said.ts'
import { whereIn } from './where.ts'

const severities: Readonly<Record<Level, string>> = { error: 'ERROR', warning: 'WARNING', note: 'INFO' }

/** reviewdog's Diagnostic Format. Its columns count bytes of UTF-8, from 1, and an end is exclusive. */
export function rdjson(report: Report): string {
  const diagnostics = report.files.flatMap((file) => {
    const findings = reported(file, report)
    if (!findings.length) return []
    const where = whereIn(file)
    const bytes = bytesBefore(file.draft.source)
    const inBytes = ({ line, column, offset }: Position): { line: number; column: number } => ({
      line,
      column: (bytes[offset] as number) - (bytes[offset - column + 1] as number) + 1,
    })
    return findings.map((finding) => {
      const { start, end } = where(finding)
      return {
        message: saidInFull(finding, file.draft).join('\n'),
        location: { path: oneLine(file.path), range: { start: inBytes(start), end: inBytes(end) } },
        severity: severities[weight(finding)],
        code: { value: finding.rule.id },
      }
    })
  })
  const unread = report.errors.map(({ path, message }) => ({
    message: oneLine(message),
    location: { path: oneLine(path) },
    severity: 'ERROR',
  }))
  return `${JSON.stringify({ source: { name: 'values-lint' }, diagnostics: [...unread, ...diagnostics] }, null, 2)}\n`
}

/** How many bytes of UTF-8 stand before each UTF-16 unit, and at the end: one pass, since a line may be megabytes long. */
function bytesBefore(source: string): Uint32Array {
  const before = new Uint32Array(source.length + 1)
  for (let i = 0; i < source.length; i++) before[i + 1] = (before[i] as number) + bytesOf(source, i)
  return before
}

/** Bytes that the unit at `i` takes; a pair takes four, counted at its second half. */
function bytesOf(source: string, i: number): number {
  const unit = source.charCodeAt(i)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  if (isLow(unit) && isHigh(source.charCodeAt(i - 1))) return 4
  return isHigh(unit) && isLow(source.charCodeAt(i + 1)) ? 0 : 3
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000
}
