import type { Level, Value } from '../core/types.ts'
import type { JsonFinding } from '../reporters/json.ts'
import type { Summary } from '../reporters/report.ts'

/** What the page and its worker say to each other: plain data. */

/** A `document` is a Word or OpenDocument file: the worker holds it, and the page shows its text. */
export type Format = 'text' | 'markdown' | 'html' | 'document'

/** A draft as it stands in the page, and how to check it. */
export interface Task {
  text: string
  format: Format
  /** Whose words are the author's own, and which names are accepted. */
  own: string[]
  accepted: string[]
  /** The profiles of the pack that are chosen. */
  profiles: string[]
}

/** A finding with what its card says. */
export interface PageFinding extends JsonFinding {
  /** The value's title. */
  title: string
  /** A level, or what became of the passage, for people. */
  state: string
  /** How it is coloured; `alone` is what its context excuses or a directive keeps. */
  shade: Level | 'alone'
  /** Why it came out so in this place, one sentence each. */
  here: string[]
  /** Words that can stand in place of the passage. */
  wordings: string[]
}

/** How the draft stands to one value. */
export interface Stand {
  value: number
  title: string
  errors: number
  warnings: number
  notes: number
  /** Passages that say what the value asks. */
  affirmed: number
  alone: number
}

export interface Checked {
  /** The first of them, in the order of the draft. */
  findings: PageFinding[]
  /** How many more there are. */
  more: number
  /** Of all findings, as what follows. */
  summary: Summary
  stands: Stand[]
  /** What is wrong with the directives in the draft, in words with their lines. */
  directives: string[]
}

/** A rule pack, as far as the page shows it. */
export interface PackFacts {
  name: string
  title: string
  organisation: string
  values: Value[]
  /** Names and descriptions of its profiles. */
  profiles: Readonly<Record<string, string>>
}

/** A file that was opened, or why it could not be, in words to go after its name. */
export type Opened = { text: string; format: Format } | { refused: string }

/** What the page can ask, and what it gets for an answer. */
export interface Questions {
  /** The pack as the page holds it: JSON, gzipped, in base 64. */
  start: { ask: { pack: string }; answer: PackFacts }
  check: { ask: Task; answer: Checked }
  open: { ask: { name: string; bytes: Uint8Array }; answer: Opened }
  /** The document that was opened last, with a comment at each finding. */
  comment: { ask: Task & { showExcused: boolean; date: string }; answer: Uint8Array }
  report: { ask: Task & { name: string; showExcused: boolean }; answer: string }
}

export type Kind = keyof Questions
export type Ask<K extends Kind> = Questions[K]['ask']
export type Answer<K extends Kind> = Questions[K]['answer']

export type Question = { [K in Kind]: { id: number; kind: K; ask: Ask<K> } }[Kind]
export type Reply = { id: number; answer: Answer<Kind> } | { id: number; fault: string }
