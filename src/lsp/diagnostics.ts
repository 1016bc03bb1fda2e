import type { TextDocument } from 'vscode-languageserver-textdocument'
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types'
import type { Finding, Level, Span } from '../core/types.ts'
import { oneLine, said } from '../reporters/said.ts'
import type { Reviewed } from './reviewed.ts'

const source = 'values-lint'

const severities: Readonly<Record<Level, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  note: DiagnosticSeverity.Information,
}

/** What an editor underlines: findings, and directives that do not work or have nothing to keep. */
export function diagnosticsOf(document: TextDocument, { draft, findings, problems }: Reviewed): Diagnostic[] {
  const found = findings.map((finding) => diagnosticOf(document, finding, said(finding, draft).message))
  const directives = problems.map(
    ({ kind, message, ...span }): Diagnostic => ({
      range: rangeOf(document, span),
      severity: kind === 'mistake' ? DiagnosticSeverity.Warning : DiagnosticSeverity.Information,
      source,
      code: 'directive',
      message: oneLine(message),
      ...(kind === 'unused' && { tags: [DiagnosticTag.Unnecessary] }),
    }),
  )
  return [...found, ...directives]
}

export function diagnosticOf(document: TextDocument, finding: Finding, message: string): Diagnostic {
  const { rule, level } = finding
  const href = rule.sources.find((text) => URL.canParse(text) && text.startsWith('https:'))
  return {
    range: rangeOf(document, finding),
    severity: severities[level],
    source,
    code: rule.id,
    ...(href !== undefined && { codeDescription: { href } }),
    message,
  }
}

/** Why a draft could not be checked, at its first line: silence would look like a clean draft. */
export function refusal(message: string): Diagnostic[] {
  const start = { line: 0, character: 0 }
  return [
    {
      range: { start, end: start },
      severity: DiagnosticSeverity.Error,
      source,
      code: 'not-checked',
      message: `Not checked: ${oneLine(message.replace(/\s+/g, ' '))}`,
    },
  ]
}

export function rangeOf(document: TextDocument, { start, end }: Span): Diagnostic['range'] {
  return { start: document.positionAt(start), end: document.positionAt(end) }
}
