import { sourceSpan } from './position.ts'
import type { Block, Draft, Finding } from './types.ts'
import { editOf, safeWording, saysAlready } from './wording.ts'

/** A draft and what was found in it. */
export interface Looked {
  draft: Draft
  findings: Finding[]
}

/** Reads a source and checks it. */
export type Look = (source: string) => Looked

/** What became of a draft: the source, the findings that were answered, and those that were not, with why. */
export interface Fixes {
  after: Looked
  applied: Finding[]
  refused: { finding: Finding; why: string }[]
}

/** Puts the wording that its rule declares safe in place of each finding that has one, where it is safe here too. */
export function fixAll(before: Looked, look: Look): Fixes {
  const fixes: Fixes = { after: before, applied: [], refused: [] }
  // From the end, so that what stands before keeps its place.
  for (const was of before.findings.filter(isFixable).reverse()) {
    const { rule, start } = was
    const wording = safeWording(was) as string
    const block = before.draft.blocks[was.block]
    if (block && saysAlready(was, wording, block)) {
      fixes.refused.unshift({ finding: was, why: `its sentence says “${wording}” already` })
      continue
    }
    const finding = fixes.after.findings.find((one) => one.start === start && one.rule === rule)
    // Another replacement has answered it.
    if (!finding || !isFixable(finding)) continue
    const result = replaced(finding, wording, fixes.after, look)
    if (typeof result === 'string') fixes.refused.unshift({ finding, why: result })
    else {
      fixes.applied.unshift(finding)
      fixes.after = result
    }
  }
  return fixes
}

function isFixable(finding: Finding): boolean {
  return safeWording(finding) !== undefined && !finding.suppressedBy
}

/** A draft with a wording in place of a finding; or, in a few words, why that must not be. */
export function replaced(finding: Finding, wording: string, { draft, findings }: Looked, look: Look): Looked | string {
  const block = draft.blocks[finding.block]
  if (!block) return 'its paragraph is not there'
  const edit = editOf(finding, wording, block)
  const span = sourceSpan(block, draft.source, edit.start, edit.end)
  const plain = block.text.slice(edit.start, edit.end)
  if (inOneLine(draft.source.slice(span.start, span.end)) !== inOneLine(plain)) return 'markup stands in the passage'
  const after = look(draft.source.slice(0, span.start) + edit.text + draft.source.slice(span.end))
  const text = block.text.slice(0, edit.start) + edit.text + block.text.slice(edit.end)
  if (!sameBut(draft, after.draft, finding.block, text)) return 'the draft would be read differently'
  const fresh = newIn(after.findings, findings)
  if (fresh) return `it would raise ${fresh.rule.id}`
  return after
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}

/** Whether a draft has the same blocks as another, but for the text of one; -1: for none. */
export function sameBut(before: Draft, after: Draft, changed: number, text: string): boolean {
  return (
    before.blocks.length === after.blocks.length &&
    before.blocks.every((block, i) => {
      const other = after.blocks[i] as Block
      return frameOf(block) === frameOf(other) && other.text === (i === changed ? text : block.text)
    })
  )
}

/** All of a block but its words. */
function frameOf({ kind, quoteDepth, level, emphasis, group, row, column, header }: Block): string {
  return JSON.stringify([kind, quoteDepth, level, emphasis?.map(({ struck }) => struck), group, row, column, header])
}

/** A finding that counts and was not there before. */
export function newIn(after: readonly Finding[], before: readonly Finding[]): Finding | undefined {
  const counts = new Map<string, number>()
  for (const finding of before.filter(counted)) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1)
  return after.filter(counted).find((finding) => {
    const left = counts.get(keyOf(finding)) ?? 0
    counts.set(keyOf(finding), left - 1)
    return left < 1
  })
}

/** Whether a person has to look at a finding. */
export function counted({ outcome, suppressedBy }: Finding): boolean {
  return outcome !== 'excused' && !suppressedBy
}

function keyOf({ rule, outcome, block, text }: Finding): string {
  return `${rule.id}\n${outcome}\n${block}\n${text}`
}
