import { messageOf, whyOf } from '../core/explain.ts'
import { Lines, type Position } from '../core/position.ts'
import type { Draft, Finding, Level, MarkKind, Outcome } from '../core/types.ts'
import { type FindingPlace, placeOf } from './place.ts'
import { type Report, reported, summarise } from './report.ts'

/** A finding as other programs read it; `schema/findings.schema.json` describes it. */
export interface JsonFinding {
  rule: string
  value: number
  level: Level
  outcome: Outcome
  message: string
  why: string
  instead: string[]
  text: string
  start: Position
  end: Position
  /** In Word and OpenDocument files, whose source has one line a paragraph. */
  place?: FindingPlace
  context: { kind: MarkKind; cue: string; start: number; end: number }[]
  excusedBy?: { kind: MarkKind; cue: string }
}

/** The findings of a draft as plain data, with lines and columns. */
export function jsonFindings(findings: readonly Finding[], draft: Draft): JsonFinding[] {
  const lines = new Lines(draft.source)
  return findings.map((finding) => jsonFinding(finding, draft, lines))
}

function jsonFinding(finding: Finding, draft: Draft, lines: Lines): JsonFinding {
  const { rule, level, outcome, text, context, excusedBy } = finding
  const place = placeOf(finding, draft)
  return {
    rule: rule.id,
    value: rule.value.number,
    level,
    outcome,
    message: messageOf(finding),
    why: whyOf(finding),
    instead: [...rule.instead],
    text,
    start: lines.at(finding.start),
    end: lines.at(finding.end),
    ...(place && { place }),
    context: context.map(({ kind, cue, start, end }) => ({ kind, cue, start, end })),
    ...(excusedBy ? { excusedBy: { kind: excusedBy.kind, cue: excusedBy.cue } } : {}),
  }
}

export function json(report: Report): string {
  const files = report.files.map((file) => ({
    path: file.path,
    findings: jsonFindings(reported(file, report), file.draft),
  }))
  const { version, pack, errors } = report
  const output = { version, pack, files, summary: summarise(report), ...(errors.length ? { errors } : {}) }
  return `${JSON.stringify(output, null, 2)}\n`
}
