import { z } from 'zod'

/**
 * The shape of rule files. It is also the JSON Schema that editors check against (`npm run schema` writes it), so every
 * field says what it is for. Lists of language are literal blocks, one item a line: a YAML list would mangle "- He said: go".
 */

const lines = z.string().describe('one item a line')
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'use lower-case words joined by hyphens')

export const level = z.enum(['error', 'warning', 'note'])

export const ruleKind = z
  .enum(['language', 'claim', 'position', 'frame', 'document'])
  .describe(
    'language: an expression to avoid. claim: something asserted that is not so. position: support for a policy or practice. ' +
      'frame: things that together make a conflict. document: a judgement on the whole text.',
  )

const example = lines.describe('one example a line; [[ ]] around the place in a fail example; \\n for a line end')

export const ruleShape = z.strictObject({
  id: slug.describe('names the pattern; reads well after "allow"'),
  kind: ruleKind,
  level,
  find: lines.describe('patterns, one a line; see rules/README.md for the language'),
  except: lines.optional().describe('patterns of innocent senses: a find that overlaps one is left alone'),
  without: lines.optional().describe('patterns that, anywhere in the same sentence, make the find innocent'),
  topic: lines.optional().describe('concepts, as @name, of which one must occur near'),
  'off-topic': lines.optional().describe('concepts, as @name, of which none may occur near'),
  'topic-in': z
    .enum(['sentence', 'block', 'document'])
    .optional()
    .describe('how near, for topic and off-topic; the block unless said otherwise'),
  absent: lines.optional().describe('document rules: patterns of which none occurs in the whole text'),
  least: z.number().int().positive().optional().describe('document rules: how often the find must occur'),
  unless: z.array(z.string()).optional().describe('marks that excuse the rule, instead of those of its kind'),
  'also-unless': z.array(z.string()).optional().describe('marks that excuse the rule, besides those of its kind'),
  despite: z.array(z.string()).optional().describe('marks of its kind that do not excuse this rule'),
  only: z.array(z.string()).optional().describe('marks of which one must cover the find'),
  message: z.string().describe('what is the matter, one sentence about the text; {match} is the passage'),
  why: z.string().describe('why it matters: who is affected, and what the value protects'),
  instead: lines.describe('wordings that fit, or a way to recast'),
  fix: z
    .union([z.boolean(), z.record(z.string().regex(/^[^A-Z]+$/), z.string().min(1))])
    .optional()
    .describe(
      'true: the first line of instead can replace the passage as it stands; or pairs, the passage in small letters: what can replace it',
    ),
  profile: slug.optional().describe('the rule counts only where this profile of the pack is chosen'),
  source: lines.optional(),
  fail: example,
  pass: example,
  gap: example
    .optional()
    .describe('known to be wrong today: a [[place]] that is missed, or a clean line that is flagged'),
})

export const affirmsShape = z
  .strictObject({
    find: lines.describe('patterns, one a line, of what a draft says in favour of the value'),
    yes: example,
    no: example.describe('lines that do not speak for the value'),
  })
  .describe('what `check --alignment` counts for the value')

export const valueShape = z.strictObject({
  value: z.number().int().positive(),
  slug,
  title: z.string(),
  means: z.string().describe('the value in our own words'),
  source: z.string().describe('where the organisation publishes it'),
  concepts: z.record(slug, lines).optional().describe('concepts of this file; other files may use them'),
  rules: z.array(ruleShape).min(1),
  affirms: affirmsShape.optional(),
})

export const packShape = z.strictObject({
  name: slug,
  title: z.string(),
  organisation: z.string(),
  statement: z.string().describe('where the values are published'),
  description: z.string().optional(),
  profiles: z
    .record(slug, z.string())
    .optional()
    .describe('situations of a draft that some rules are for, by name, each in one sentence'),
})

export const conceptsShape = z.record(slug, lines)

export const cueShape = z.strictObject({
  mark: slug.describe('the kind of mark that these cues make'),
  about: z.string(),
  before: lines.optional().describe('cues that stand before what they govern'),
  after: lines.optional().describe('cues that stand after what they govern'),
  around: lines.optional().describe('cues that colour the whole sentence'),
  block: lines.optional().describe('cues that colour the whole block'),
  pseudo: lines.optional().describe('look like cues and are none'),
})

export type RuleSource = z.infer<typeof ruleShape>
export type ValueSource = z.infer<typeof valueShape>
export type AffirmsSource = z.infer<typeof affirmsShape>
export type PackSource = z.infer<typeof packShape>
export type CueSource = z.infer<typeof cueShape>

const position = z.strictObject({ line: z.int().min(1), column: z.int().min(1), offset: z.int().min(0) })

export const findingShape = z.strictObject({
  rule: z.string(),
  value: z.int().min(1),
  level,
  outcome: z.enum(['conflict', 'reported', 'excused', 'affirmed']),
  message: z.string(),
  why: z.string(),
  instead: z.array(z.string()),
  text: z.string().describe('the passage as the reader sees it, without markup'),
  start: position,
  end: position,
  place: z
    .strictObject({
      part: z.enum(['body', 'text box', 'footnote', 'endnote', 'header', 'footer', 'subject']),
      heading: z.string().optional().describe('the heading above it'),
      paragraph: z.int().min(1).describe('in reading order, empty ones not counted; the line is the same number'),
      page: z.int().min(1).optional().describe('where the document says on which page its text last stood'),
      offset: z.int().min(0).describe('from the beginning of the paragraph'),
    })
    .optional()
    .describe('in Word and OpenDocument files, mails and PDFs'),
  context: z.array(z.strictObject({ kind: z.string(), cue: z.string(), start: z.int(), end: z.int() })),
  excusedBy: z.strictObject({ kind: z.string(), cue: z.string() }).optional(),
  suppressedBy: z
    .strictObject({ reason: z.string(), start: z.int(), end: z.int() })
    .optional()
    .describe('the directive that keeps the finding on purpose'),
  baselined: z.literal(true).optional().describe('known from the baseline of the repository'),
})

/** What `check --format json` prints. Offsets are UTF-16 code units from 0, lines and columns from 1. */
export const reportShape = z.strictObject({
  version: z.string(),
  pack: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      findings: z.array(findingShape),
      directives: z
        .array(
          z.strictObject({
            kind: z.enum(['mistake', 'unused']),
            message: z.string(),
            start: position,
            end: position,
          }),
        )
        .optional()
        .describe('what is wrong with the directives of the draft'),
    }),
  ),
  summary: z.strictObject({
    files: z.int(),
    words: z.int(),
    levels: z.strictObject({ error: z.int(), warning: z.int(), note: z.int() }),
    excused: z.int().describe('passages that met a rule and were left alone in their context'),
    suppressed: z.int().describe('findings that directives in the drafts keep on purpose'),
    values: z.record(z.string(), z.int()),
  }),
  alignment: z
    .array(
      z.strictObject({
        value: z.int(),
        title: z.string(),
        conflicts: z.int(),
        notes: z.int(),
        affirmations: z.array(z.strictObject({ path: z.string(), text: z.string(), start: position })),
      }),
    )
    .optional()
    .describe('with --alignment: how the drafts stand to every value'),
  baseline: z
    .strictObject({ known: z.int(), fixed: z.int(), new: z.int() })
    .optional()
    .describe('findings that the baseline knows, entries of it that are no longer met, findings that it does not know'),
  shard: z
    .strictObject({ index: z.int().min(1), of: z.int().min(1), exitCode: z.int().min(0).max(2) })
    .optional()
    .describe('which part of the drafts this is a report of (--shard); values-lint merge joins the parts'),
  errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
})

/** The JSON Schemas that the repository keeps, by name. */
export function schemas(): Record<string, unknown> {
  const shapes = { value: valueShape, pack: packShape, concepts: conceptsShape, cues: cueShape, findings: reportShape }
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, z.toJSONSchema(shape, { io: 'input' })]),
  )
}
