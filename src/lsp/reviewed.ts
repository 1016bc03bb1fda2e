import type { CheckOptions } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Readings } from '../core/reading.ts'
import type { DirectiveProblem, Draft, Finding, Reader } from '../core/types.ts'
import { readerFor } from '../formats/index.ts'

/** An open draft as it was checked. */
export interface Reviewed {
  draft: Draft
  /** What is reported, in the order of the draft. */
  findings: Finding[]
  problems: DirectiveProblem[]
  language: Language
  /** How it was checked, and what makes the next check fast. */
  read: Reader
  pack: Pack
  options: CheckOptions
  readings: Readings
}

export type Language = 'markdown' | 'text' | 'html'

/** Names that editors give to the languages of drafts. */
const languages: Readonly<Record<string, Language>> = {
  markdown: 'markdown',
  gfm: 'markdown',
  html: 'html',
  mhtml: 'html',
  plaintext: 'text',
  text: 'text',
  gitcommit: 'text',
  'git-commit': 'text',
  mail: 'text',
}

/** The language of a draft by the editor's name for it, else by its path; undefined where it is no draft. */
export function languageOf(languageId: string, path: string): Language | undefined {
  if (Object.hasOwn(languages, languageId)) return languages[languageId]
  const reader = /\.[^./\\]+$/.test(path) ? readerFor(path) : undefined
  return (['markdown', 'text', 'html'] as const).find((language) => readerFor(language) === reader)
}
