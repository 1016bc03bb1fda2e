import { Lines, type Position } from '../core/position.ts'
import type { DirectiveProblem, Draft, Finding, Level, Span } from '../core/types.ts'
import { oneLine, said } from './said.ts'
import { wordingsFor } from './wordings.ts'

/** What is used of a vfile, the file of unified, remark, retext and rehype. */
export interface FileLike {
  path?: string | undefined
  toString(): string
  message(
    reason: string,
    options: { place: { start: Position; end: Position }; ruleId: string; source: string },
  ): object
}

/** As unified understands it: true is an error, false a warning, none an information. */
const fatal: Readonly<Record<Level, boolean | undefined>> = { error: true, warning: false, note: undefined }

/** Reports findings, and what is wrong with directives, as messages of a file. Offsets are those of the file's text. */
export function addMessages(
  file: FileLike,
  draft: Draft,
  findings: readonly Finding[],
  problems: readonly DirectiveProblem[],
): void {
  const lines = new Lines(draft.source)
  const placeOf = ({ start, end }: Span): { start: Position; end: Position } => ({
    start: lines.at(start),
    end: lines.at(end),
  })
  const source = 'values-lint'
  for (const finding of findings) {
    const { rule, level, text } = finding
    const { message, why, here, instead } = said(finding, draft)
    const advice = instead.length ? `Instead: ${instead.join(' · ')}` : ''
    const value = `Value ${rule.value.number}, ${oneLine(rule.value.title)}.`
    const url = rule.sources.find((one) => URL.canParse(one) && one.startsWith('https:'))
    Object.assign(file.message(message, { place: placeOf(finding), ruleId: rule.id, source }), {
      fatal: fatal[level],
      actual: text,
      expected: wordingsFor(finding),
      note: [why, here, advice, value].filter(Boolean).join('\n'),
      ...(url !== undefined && { url }),
    })
  }
  for (const { kind, message, ...span } of problems) {
    Object.assign(file.message(oneLine(message), { place: placeOf(span), ruleId: 'directive', source }), {
      fatal: kind === 'mistake' ? false : undefined,
    })
  }
}
