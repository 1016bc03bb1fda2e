import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types'
import { reviewDraft } from '../core/check.ts'
import { rulesNamed } from '../core/suppress.ts'
import type { Finding, Span } from '../core/types.ts'
import { safeWording } from '../core/wording.ts'
import { isLive } from '../reporters/report.ts'
import { said } from '../reporters/said.ts'
import { wordingsFor } from '../reporters/wordings.ts'
import { diagnosticOf, rangeOf } from './diagnostics.ts'
import type { Reviewed } from './reviewed.ts'

/** The command that shows a rule; its arguments are the draft's URI and the rule's id. */
export const explainCommand = 'values-lint.explain'

/** What can be done about the findings in a range. `snippets`: the client puts the cursor where the reason goes. */
export function actionsIn(document: TextDocument, reviewed: Reviewed, range: Range, snippets: boolean): CodeAction[] {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)]
  const here = reviewed.findings.filter(({ start, end }) => start <= to && end >= from)
  return here.flatMap((finding) => {
    const diagnostics = [diagnosticOf(document, finding, said(finding, reviewed.draft).message)]
    return actionsFor(document, reviewed, finding, snippets).map((action) => ({
      ...action,
      kind: 'quickfix',
      diagnostics,
    }))
  })
}

function actionsFor(
  document: TextDocument,
  reviewed: Reviewed,
  finding: Finding,
  snippets: boolean,
): Omit<CodeAction, 'kind'>[] {
  const { rule } = finding
  const replace = replacements(reviewed, finding).map((words, i) => ({
    title: `Write “${words}”`,
    edit: { changes: { [document.uri]: [{ range: rangeOf(document, finding), newText: words }] } },
    ...(i === 0 && safeWording(finding) !== undefined && { isPreferred: true }),
  }))
  const keep = keepingPlace(reviewed, finding)
  const explain = `About this rule: value ${rule.value.number}, ${rule.value.title}`
  return [
    ...replace,
    ...(keep
      ? [{ title: `Keep “${shortened(finding.text)}” and write a reason`, edit: edited(document, keep, snippets) }]
      : []),
    { title: explain, command: { title: explain, command: explainCommand, arguments: [document.uri, rule.id] } },
  ]
}

/** Wordings for a passage that the source holds as it is read; markup, entities and quote signs inside it would be lost. */
function replacements({ draft, language }: Reviewed, finding: Finding): string[] {
  const inOneLine = (text: string): string => text.replace(/\s+/g, ' ')
  if (inOneLine(draft.source.slice(finding.start, finding.end)) !== inOneLine(finding.text)) return []
  const markup = language === 'text' ? /[\n\r]/ : /[\n\r<>&*_`[\]\\|]/
  return wordingsFor(finding).filter((words) => !markup.test(words))
}

/** A directive without its reason: it is written `before`, then the reason, then `after`. */
interface Place {
  at: number
  before: string
  after: string
}

/** Where a directive keeps a finding and changes nothing else; undefined where there is no such place. */
function keepingPlace(reviewed: Reviewed, finding: Finding): Place | undefined {
  return places(reviewed, finding).find((place) => works(reviewed, finding, place))
}

/** On the line above; in Markdown, where that would part a paragraph, list or table, at the end of the line or of the block's text. */
function places({ draft, pack, language }: Reviewed, { start, rule, block }: Finding): Place[] {
  const { source, blocks } = draft
  const short = rule.id.slice(rule.id.indexOf('/') + 1)
  const name = rulesNamed(short, pack).length === 1 ? short : rule.id
  const [open, close] = language === 'text' ? ['[', ']'] : ['<!-- ', ' -->']
  const lineStart = Math.max(source.lastIndexOf('\n', start - 1), source.lastIndexOf('\r', start - 1)) + 1
  const line = /^[^\n\r]*/.exec(source.slice(lineStart))?.[0] ?? ''
  const margin = /^\uFEFF?[> \t]*/.exec(line)?.[0] ?? ''
  const eol = /\r\n|\n|\r/.exec(source)?.[0] ?? '\n'
  const above = {
    at: lineStart + margin.length,
    before: `${open}values-lint-disable-next-line ${name} -- `,
    after: `${close}${eol}${margin.replace('\uFEFF', '')}`,
  }
  if (language === 'text') return [above]
  const text = blocks[block]
  const beside = { before: ` ${open}values-lint-disable-line ${name} -- `, after: close }
  const ends = [text?.source[text.text.length] ?? start, lineStart + line.replace(/[\s\\]+$/, '').length]
  return [above, ...ends.map((at) => ({ at, ...beside }))]
}

/** Whether the draft with the directive, and a reason in it, says the same of everything but the passage, which is kept. */
function works({ read, pack, options, readings, findings, draft }: Reviewed, kept: Finding, place: Place): boolean {
  const { at, before, after } = place
  const directive = `${before}reason${after}`
  const changed = read(draft.source.slice(0, at) + directive + draft.source.slice(at))
  const moved = (offset: number): number => (offset >= at ? offset + directive.length : offset)
  const was = findings.map(({ start, rule, outcome }) => `${moved(start)} ${rule.id} ${outcome}`)
  const now = reviewDraft(changed, pack, options, readings).findings.filter(({ outcome }) => outcome !== 'excused')
  const told = now.map(({ start, rule, outcome }) => `${start} ${rule.id} ${outcome}`)
  const isKept = ({ start, rule, suppressedBy }: Finding): boolean =>
    start === moved(kept.start) && rule === kept.rule && suppressedBy !== undefined
  // Passages that other directives keep are told too.
  return now.some(isKept) && was.every((one) => told.includes(one)) && now.filter(isLive).length < findings.length
}

/** The directive without a reason: until somebody writes one, it keeps nothing, and its own diagnostic says so. */
function edited(document: TextDocument, { at, before, after }: Place, snippets: boolean): WorkspaceEdit {
  const range = rangeOf(document, { start: at, end: at } satisfies Span)
  if (!snippets) return { changes: { [document.uri]: [{ range, newText: before + after }] } }
  const snippet = { kind: 'snippet' as const, value: `${escaped(before)}\${1}${escaped(after)}` }
  // The protocol's own type of an edit with a snippet is newer than that of plain edits.
  const edits = [{ range, snippet }] as unknown as TextEdit[]
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] }
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&')
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 38).trimEnd()} …` : text
}
