/**
 * The nouns of values-lint. Offsets are UTF-16 code units from 0, half-open; lines and columns count from 1.
 * Everything here is plain data, so that a finding can cross a worker, a socket or a file unchanged.
 */

/** Half-open range of UTF-16 offsets. */
export interface Span {
  start: number
  end: number
}

export type Level = 'error' | 'warning' | 'note'

/** What a stretch of prose is in the draft. */
export type BlockKind =
  | 'paragraph'
  | 'heading'
  | 'list-item'
  | 'table-cell'
  | 'caption'
  | 'image-text'
  | 'title'
  | 'footnote'
  | 'front-matter'
  | 'html'

/** One paragraph, heading, list item, table cell …: as a reader sees it, without markup. */
export interface Block {
  kind: BlockKind
  /** The prose: escapes and entities decoded, soft line breaks as spaces, code, URLs and images as U+FFFC. */
  text: string
  /** `source[i]` is where `text[i]` starts in the draft's source; `source[text.length]` is where the last one ends. */
  source: Uint32Array
  /** Depth of block quotation around the block: 0 is the author's own text. */
  quoteDepth: number
  /** Heading level (1 to 6), for headings only. */
  level?: number
  /** Stretches of `text` that are emphasised, strong, struck or link text: they may name a term or a title. */
  emphasis?: Emphasis[]
  /** Index of the list the item belongs to, or of the table its cell belongs to; blocks of one list share it. */
  group?: number
  /** Table cells: row and column, from 0, and whether the cell heads its column. */
  row?: number
  column?: number
  header?: boolean
}

/** Emphasised text; `struck` text is crossed out. */
export interface Emphasis extends Span {
  struck?: boolean
}

/** A draft as read: the source text and its prose, in reading order. */
export interface Draft {
  /** The whole source text that offsets of findings point into. */
  source: string
  blocks: Block[]
  /** In the order of the draft. */
  directives?: Directive[]
  /** Word and OpenDocument files, mails and PDFs: where people find each block, by its index. The source has one line a paragraph. */
  places?: DocumentPlace[]
}

/** Where a block stands in a document that has no lines. */
export interface DocumentPlace {
  part: 'body' | 'text box' | 'footnote' | 'endnote' | 'header' | 'footer' | 'subject'
  /** The heading above it. */
  heading?: string
  /** Number of the paragraph in reading order, from 1; empty paragraphs are not counted. */
  paragraph: number
  /** The page, where the document says on which page its text last stood. */
  page?: number
  /** Where the paragraph begins in the draft's source. */
  start: number
}

/** A comment in the draft that speaks to values-lint: `text` is what it says, from `values-lint-` on. Offsets into the source. */
export interface Directive extends Span {
  text: string
}

/** Something the author of a draft should know of a directive. Offsets are those of the directive. */
export interface DirectiveProblem extends Span {
  /** A `mistake` keeps a directive from working; an `unused` one has nothing to keep any more. */
  kind: 'mistake' | 'unused'
  message: string
}

/** A reader turns source text into a draft. It never throws on odd text. */
export type Reader = (source: string) => Draft

/** What the language around a passage does to it. A kind is one file under `marks/`. */
export type MarkKind =
  | 'quoted'
  | 'attributed'
  | 'own-voice'
  | 'negated'
  | 'denied'
  | 'opposed'
  | 'endorsed'
  | 'name'
  | 'legal'
  | 'historical'
  | 'mention'
  | 'irony'
  | 'question'
  | 'hypothetical'
  | 'myth'
  | 'reported'

/** A stretch of a block under the influence of some words, the cue. All offsets are offsets into the block's text. */
export interface Mark extends Span {
  kind: MarkKind
  /** The words that gave the mark, as written. */
  cue: string
  cueStart: number
  cueEnd: number
  /** Given by another sentence: a verdict on what this one describes. */
  apart?: true
}

export type RuleKind = 'language' | 'claim' | 'position' | 'frame' | 'document' | 'affirmation'

/** One way in which a draft can conflict with a value. */
export interface Rule {
  /** `value-slug/pattern-name`. */
  id: string
  value: Value
  kind: RuleKind
  level: Level
  /** Marks that excuse a match. */
  unless: ReadonlySet<MarkKind>
  /** Marks of which one must cover a match; none if empty. */
  only: ReadonlySet<MarkKind>
  topic: readonly string[]
  /** Concepts that make a match innocent where one occurs as near as a topic would have to. */
  offTopic: readonly string[]
  topicIn: 'sentence' | 'block' | 'document'
  /** Document rules: how often the find must occur. */
  least: number
  message: string
  why: string
  instead: readonly string[]
  /** Whether the first wording of `instead` can replace the passage as it stands; or which words can replace which forms of it. */
  fix: boolean | Readonly<Record<string, string>>
  /** The rule only counts where this profile is chosen. */
  profile?: string
  sources: readonly string[]
  examples: { fail: readonly string[]; pass: readonly string[]; gap: readonly string[] }
}

/** One commitment of the organisation. */
export interface Value {
  number: number
  slug: string
  title: string
  means: string
  source: string
}

/** A mark as a finding carries it: offsets are those of the cue in the source. */
export interface Context extends Span {
  kind: MarkKind
  cue: string
}

/** What became of a passage that a rule met; `affirmed` is a passage that says what the value asks. */
export type Outcome = 'conflict' | 'reported' | 'excused' | 'affirmed'

/** What the author holds of a thing that the draft names. */
export type Stance = 'endorses' | 'opposes' | 'reports'

/** A rule met a passage. Offsets are into the draft's source. */
export interface Finding extends Span {
  rule: Rule
  /** `note` where the passage is reported speech, else the rule's own level. */
  level: Level
  outcome: Outcome
  /** What the author holds of what the rule is about. */
  stance: Stance
  /** The passage as the reader sees it, without markup. */
  text: string
  /** The passage as it was read, where it holds a short form of a name that the draft has given in full before. */
  spelledOut?: string
  /** Index of the block it stands in. */
  block: number
  /** The sentence around it, and the passage in it: offsets into the block's text. */
  sentence: Span
  place: Span
  /** Marks that cover the passage, the deciding one first. */
  context: Context[]
  excusedBy?: Context
  /** Kept on purpose: the finding is not reported and does not fail a run. */
  suppressedBy?: Suppression
  /** Known from the repository's baseline: the finding is not reported and does not fail a run. */
  baselined?: true
}

/** A directive that keeps a finding; offsets are those of the directive in the source. */
export interface Suppression extends Span {
  reason: string
}

/** How a draft stands to one value. A value that is neither met nor affirmed is one that the draft is silent on. */
export interface Alignment {
  value: Value
  conflicts: Finding[]
  notes: Finding[]
  /** Passages that say what the value asks, or turn against what it rejects. */
  affirmations: Finding[]
}
