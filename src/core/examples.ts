import { type CheckOptions, checkDraft } from './check.ts'
import type { Pack } from './pack.ts'
import type { Draft, Finding, Reader, Rule, Span } from './types.ts'
import { formOf } from './wording.ts'

/** What an example of a rule showed. `wrong` says in one sentence what differs from what the rule's file promises. */
export interface ExampleResult {
  rule: Rule
  list: 'fail' | 'pass' | 'gap'
  text: string
  wrong?: string
}

/** Runs the examples of a rule: each `fail` place is found exactly, each `pass` is left alone, each `gap` still fails. */
export function runExamples(rule: Rule, pack: Pack, read: Reader): ExampleResult[] {
  const result = (list: ExampleResult['list'], text: string, wrong: string | undefined): ExampleResult => ({
    rule,
    list,
    text,
    ...(wrong ? { wrong } : {}),
  })
  return [
    ...unshown(rule).map((form) => result('fail', form, 'is replaced by fix, and no [[place]] of fail shows it')),
    ...rule.examples.fail.map((text) => result('fail', text, missed(rule, pack, read, text))),
    ...rule.examples.pass.map((text) => result('pass', text, alarmed(rule, pack, read, text))),
    ...rule.examples.gap.map((text) => result('gap', text, stillOpen(rule, pack, read, text))),
  ]
}

/** Forms that `fix` replaces, but that no example shows to be found whole. */
function unshown({ fix, examples }: Rule): string[] {
  const shown = new Set(
    examples.fail.flatMap((example) => {
      const { text, places: found } = places(example)
      return found.map(({ start, end }) => formOf(text.slice(start, end)))
    }),
  )
  return typeof fix === 'boolean' ? [] : Object.keys(fix).filter((form) => !shown.has(form))
}

/** Takes the `[[ ]]` out of an example and says where they stood, as offsets into what is left. `\n` is a line end. */
export function places(example: string): { text: string; places: Span[] } {
  const found: Span[] = []
  let text = ''
  for (const part of example.replaceAll('\\n', '\n').split(/(\[\[|\]\])/)) {
    if (part === '[[') found.push({ start: text.length, end: text.length })
    else if (part === ']]') (found.at(-1) ?? { end: 0 }).end = text.length
    else text += part
  }
  return { text, places: found }
}

/** A check by one rule, under its profile. */
function alone({ id, profile }: Rule): CheckOptions {
  return { rules: [id], affirmations: true, ...(profile ? { profiles: [profile] } : {}) }
}

function conflicts(rule: Rule, pack: Pack, draft: Draft): Finding[] {
  return checkDraft(draft, pack, alone(rule)).filter(({ outcome }) => outcome === 'conflict' || outcome === 'affirmed')
}

function missed(rule: Rule, pack: Pack, read: Reader, example: string): string | undefined {
  const { text, places: wanted } = places(example)
  if (!wanted.length) return 'has no [[place]]'
  const found = conflicts(rule, pack, read(text))
  for (const place of wanted) {
    if (found.some((f) => f.start === place.start && f.end === place.end)) continue
    const near = found.find((f) => f.start < place.end && f.end > place.start)
    return near
      ? `found "${text.slice(near.start, near.end)}" instead of "${text.slice(place.start, place.end)}"`
      : `"${text.slice(place.start, place.end)}" is not found${excuse(rule, pack, read(text))}`
  }
  return undefined
}

function excuse(rule: Rule, pack: Pack, draft: Draft): string {
  const mark = checkDraft(draft, pack, alone(rule)).find((f) => f.excusedBy)?.excusedBy
  return mark ? ` (excused: ${mark.kind} by “${mark.cue}”)` : ''
}

function alarmed(rule: Rule, pack: Pack, read: Reader, example: string): string | undefined {
  const { text } = places(example)
  const [first] = conflicts(rule, pack, read(text))
  return first && `"${text.slice(first.start, first.end)}" is flagged`
}

function stillOpen(rule: Rule, pack: Pack, read: Reader, example: string): string | undefined {
  const works = example.includes('[[') ? !missed(rule, pack, read, example) : !alarmed(rule, pack, read, example)
  return works ? `works now: move it to ${example.includes('[[') ? 'fail' : 'pass'}` : undefined
}
