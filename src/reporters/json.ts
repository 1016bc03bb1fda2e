import { messageOf, whyOf } from '../core/explain.ts'
import { Lines, type Position } from '../core/position.ts'
import type { DirectiveProblem, Draft, Finding, Level, MarkKind, Outcome } from '../core/types.ts'
import { type FindingPlace, placeOf } from './place.ts'
import { type Report, reported, standings, summarise } from './report.ts'

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
  /** In Word and OpenDocument files, mails and PDFs, whose source has one line a paragraph. */
  place?: FindingPlace
  context: { kind: MarkKind; cue: string; start: number; end: number }[]
  excusedBy?: { kind: MarkKind; cue: string }
  /** The directive that keeps the finding on purpose; it is only given where excused findings are asked for. */
  suppressedBy?: { reason: string; start: number; end: number }
  /** Known from the baseline; it is only given where excused findings are asked for. */
  baselined?: true
}

/** The findings of a draft as plain data, with lines and columns. */
export function jsonFindings(findings: readonly Finding[], draft: Draft): JsonFinding[] {
  const lines = new Lines(draft.source)
  return findings.map((finding) => jsonFinding(finding, draft, lines))
}

function jsonFinding(finding: Finding, draft: Draft, lines: Lines): JsonFinding {
  const { rule, level, outcome, text, context, excusedBy, suppressedBy, baselined } = finding
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
    ...(suppressedBy ? { suppressedBy } : {}),
    ...(baselined ? { baselined } : {}),
  }
}

/** What is wrong with the directives of a draft, as plain data. */
export function jsonDirectives(problems: readonly DirectiveProblem[], { source }: Draft): object[] {
  const lines = new Lines(source)
  return problems.map(({ kind, message, start, end }) => ({
    kind,
    message,
    start: lines.at(start),
    end: lines.at(end),
  }))
}

export function json(report: Report): string {
  const files = report.files.map((file) => ({
    path: file.path,
    findings: jsonFindings(reported(file, report), file.draft),
    ...(file.directives?.length ? { directives: jsonDirectives(file.directives, file.draft) } : {}),
  }))
  const { version, pack, errors, baseline, shard } = report
  const alignment = alignmentJson(report)
  const output = {
    version,
    pack,
    files,
    summary: summarise(report),
    ...(alignment.length ? { alignment } : {}),
    ...(baseline ? { baseline } : {}),
    ...(shard ? { shard } : {}),
    ...(errors.length ? { errors } : {}),
  }
  return `${JSON.stringify(output, null, 2)}\n`
}

function alignmentJson(report: Report) {
  return standings(report).map(({ value, conflicts, notes, affirmations }) => ({
    value: value.number,
    title: value.title,
    conflicts,
    notes,
    affirmations: affirmations.map(({ file, finding }) => ({
      path: file.path,
      text: finding.text,
      start: new Lines(file.draft.source).at(finding.start),
    })),
  }))
}
