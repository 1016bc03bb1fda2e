import { Lines, type Position } from '../core/position.ts'
import type { Finding, Level, MarkKind, Outcome } from '../core/types.ts'
import { type Report, summarise } from './report.ts'

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
  context: { kind: MarkKind; cue: string; start: number; end: number }[]
  excusedBy?: { kind: MarkKind; cue: string }
}

export function jsonFinding(finding: Finding, lines: Lines): JsonFinding {
  const { rule, level, outcome, text, context, excusedBy } = finding
  return {
    rule: rule.id,
    value: rule.value.number,
    level,
    outcome,
    message: messageOf(finding),
    why: rule.why,
    instead: [...rule.instead],
    text,
    start: lines.at(finding.start),
    end: lines.at(finding.end),
    context: context.map(({ kind, cue, start, end }) => ({ kind, cue, start, end })),
    ...(excusedBy ? { excusedBy: { kind: excusedBy.kind, cue: excusedBy.cue } } : {}),
  }
}

/** The rule's message about this passage. */
export function messageOf({ rule, text }: Finding): string {
  return rule.message.replaceAll('{match}', text)
}

export function json(report: Report): string {
  const files = report.files.map(({ path, draft, findings }) => {
    const lines = new Lines(draft.source)
    return { path, findings: findings.map((finding) => jsonFinding(finding, lines)) }
  })
  const { version, pack, errors } = report
  const output = { version, pack, files, summary: summarise(report), ...(errors.length ? { errors } : {}) }
  return `${JSON.stringify(output, null, 2)}\n`
}
