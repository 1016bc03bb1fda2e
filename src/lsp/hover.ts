import type { TextDocument } from 'vscode-languageserver-textdocument'
import type { Hover, Position } from 'vscode-languageserver-types'
import type { Draft, Finding } from '../core/types.ts'
import { said } from '../reporters/said.ts'
import { rangeOf } from './diagnostics.ts'
import type { Reviewed } from './reviewed.ts'

/** What is the matter with the passage under the pointer, why here, and what to write instead. `markdown`: whether the client shows it. */
export function hoverAt(
  document: TextDocument,
  { draft, findings }: Reviewed,
  position: Position,
  markdown: boolean,
): Hover | null {
  const at = document.offsetAt(position)
  const here = findings.filter(({ start, end }) => start <= at && at <= end)
  const [first] = here
  if (!first) return null
  const parts = here.map((finding) => explained(finding, draft, markdown))
  const value = parts.join(markdown ? '\n\n---\n\n' : '\n\n')
  return { contents: { kind: markdown ? 'markdown' : 'plaintext', value }, range: rangeOf(document, first) }
}

function explained(finding: Finding, draft: Draft, markdown: boolean): string {
  const { message, why, here, instead } = said(finding, draft)
  const { value, id } = finding.rule
  const text = markdown ? inMarkdown : (words: string): string => words
  const strong = (words: string): string => (markdown ? `**${words}**` : words)
  return [
    strong(text(message)),
    text(why),
    text(here),
    instead.length ? ['Instead:', ...instead.map((words) => `- ${text(words)}`)].join('\n') : '',
    `${text(`Value ${value.number}, ${value.title}`)} · ${markdown ? `\`${id}\`` : id}`,
  ]
    .filter(Boolean)
    .join('\n\n')
}

/** Words of a draft or a rule, so that nothing of them becomes markup; no more escapes than that, since some editors show them. */
function inMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>&~|]/g, '\\$&').replace(/^(\d*)([#+=.)-])/, '$1\\$2')
}
