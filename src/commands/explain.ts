import { checkDraft } from '../core/check.ts'
import { didYouMean } from '../core/closest.ts'
import { chain, messageOf, quote } from '../core/explain.ts'
import { type NearMiss, nearMisses } from '../core/near.ts'
import { isOn } from '../core/options.ts'
import type { Pack } from '../core/pack.ts'
import { Lines } from '../core/position.ts'
import { valueShape } from '../core/schema.ts'
import { items, parseSource } from '../core/source.ts'
import type { Draft, Finding, Rule, Span } from '../core/types.ts'
import { InputError, readPack, rulePage } from '../files.ts'
import { readMarkdown } from '../formats/markdown.ts'
import { plain } from '../reporters/layout.ts'
import { openDraft } from './draft.ts'
import { type FileSettings, Settings, type SettingsFlags } from './settings.ts'

/** Explains a rule, or every rule that met a line of a draft: `explain RULE`, `explain FILE:LINE`. Gives the exit code. */
export async function explain(subject: string, flags: SettingsFlags): Promise<number> {
  const place = /^(.+?):(\d+)(?::\d+)?$/.exec(subject)
  const settings = await new Settings(flags).for(place?.[1] ?? 'draft.md')
  const text = place
    ? await explainLine(place[1] as string, Number(place[2]), settings)
    : explainRule(subject, settings.pack, settings.packName)
  process.stdout.write(text)
  return settings.broken ? 2 : 0
}

/** A rule in full: why, what to write, its examples. Throws an InputError where there is none of that name. */
export function explainRule(id: string, pack: Pack, packName: string): string {
  const rule = pack.rules.find((one) => one.id === id || one.id.endsWith(`/${id}`))
  if (rule) return ruleCard(rule, patternsOf(rule, packName), rulePage(rule, packName))
  const names = pack.rules.flatMap((one) => [one.id, one.id.slice(one.id.indexOf('/') + 1)])
  throw new InputError(
    `no rule is called "${id}"${didYouMean(id, names) || '; `values-lint rules` lists them, and a line of a draft is FILE:LINE'}`,
  )
}

/** The patterns of a rule as its file writes them: the compiled pack holds them as numbers. */
function patternsOf(rule: Rule, packName: string): string[] {
  for (const file of readPack(packName).values) {
    if (!file.text.includes(rule.value.slug)) continue
    const parsed = parseSource(file, valueShape)
    if (Array.isArray(parsed) || parsed.data.slug !== rule.value.slug) continue
    const source = parsed.data.rules.find(({ id }) => rule.id === `${rule.value.slug}/${id}`)
    return items(source?.find).map(({ text }) => text)
  }
  return []
}

function ruleCard(rule: Rule, patterns: readonly string[], page?: string): string {
  const { value, examples } = rule
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length ? ['', title, ...lines.map((line) => `  ${line}`)] : []
  return [
    `${rule.id}  ${rule.level}, a rule about ${kinds[rule.kind]}`,
    '',
    rule.message,
    rule.why.trim(),
    ...(rule.profile ? ['', `It counts only under --profile ${rule.profile}.`] : []),
    ...list('Instead:', rule.instead),
    ...list('Looks for (rules/README.md explains the signs):', patterns),
    ...list('Found (between the brackets):', examples.fail),
    ...list('Left alone:', examples.pass),
    ...list('Known to be wrong today:', examples.gap),
    ...list('Excused where the words around it make it:', [[...rule.unless].join(', ')].filter(Boolean)),
    '',
    `Value ${value.number}, ${value.title} (${value.source})`,
    `  ${value.means.replace(/\s+/g, ' ').trim()}`,
    ...(page ? [`  ${page}`] : []),
    '',
  ].join('\n')
}

const kinds: Readonly<Record<Rule['kind'], string>> = {
  language: 'an expression',
  claim: 'what a draft says is so',
  position: 'what a draft stands for',
  frame: 'things that together make a conflict',
  document: 'the draft as a whole',
  affirmation: 'what a draft says for the value',
}

async function explainLine(path: string, line: number, settings: FileSettings): Promise<string> {
  const draft = await draftAt(path)
  const lines = new Lines(draft.source)
  // A line of a Word or OpenDocument draft is a paragraph.
  const unit = draft.places ? 'paragraph' : 'line'
  if (line < 1 || line > lines.count) throw new InputError(`${path} has no ${unit} ${line}; it has ${lines.count}`)
  const range = { start: lines.offset({ line, column: 1 }), end: lines.offset({ line: line + 1, column: 1 }) }
  return verdicts(draft, settings, range) || `${path}:${line}: no rule met this ${unit}.\n`
}

async function draftAt(path: string): Promise<Draft> {
  try {
    return (await openDraft(path)).draft
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${path}: ${error.message}`) : error
  }
}

/** What every rule says about a text given on the command line: for those who write rules. Gives the exit code. */
export async function attempt(text: string, flags: SettingsFlags): Promise<number> {
  const settings = await new Settings({ ...flags, config: false }).for('text')
  const draft = readMarkdown(text.replaceAll('\\n', '\n'))
  process.stdout.write(verdicts(draft, settings, { start: 0, end: draft.source.length }) || 'no rule met this text\n')
  return settings.broken ? 2 : 0
}

/** Every rule that met the range or nearly did, in the order of the draft. */
function verdicts(draft: Draft, { pack, options }: FileSettings, range: Span): string {
  const all = checkDraft(draft, pack, options)
  const lines = new Lines(draft.source)
  const here = all.filter(({ start, end }) => start < range.end && end > range.start)
  const found = here.map((finding) => ({ start: finding.start, text: verdict(finding, draft, lines) }))
  const near = nearMisses(draft, pack, all, range, (rule) => isOn(rule, options)).map((miss) => ({
    start: miss.start,
    text: almost(miss, lines),
  }))
  return [...found, ...near]
    .sort((a, b) => a.start - b.start)
    .map(({ text }) => text)
    .join('\n')
}

const states = {
  conflict: 'is reported as',
  reported: 'is noted, not counted against the draft',
  excused: 'was left alone',
  affirmed: 'speaks for the value',
} as const

function verdict(finding: Finding, draft: Draft, lines: Lines): string {
  const { outcome, level, rule, text, excusedBy } = finding
  const kept = finding.suppressedBy && `is kept on purpose (${finding.suppressedBy.reason})`
  const state = kept ?? (outcome === 'conflict' ? `${states.conflict} ${level}` : states[outcome])
  const [first, ...others] = chain(finding, draft)
  // The words that decided, where they stand; a mark from a heading or a lead-in stands elsewhere.
  const where = excusedBy && excusedBy.end > excusedBy.start ? ` (${spot(excusedBy, lines)})` : ''
  const reasons = [`${first?.replace(/\.$/, where ? '' : '.')}${where && `${where}.`}`, ...others]
  return entry(`${place(finding, lines)}  ${quote(text)} ${state} (value ${rule.value.number}, ${rule.id}):`, [
    ...(outcome === 'excused' ? [] : [messageOf(finding)]),
    ...reasons,
  ])
}

function almost({ rule, text, reason, ...span }: NearMiss, lines: Lines): string {
  return entry(`${place(span, lines)}  ${quote(text)} did not count (value ${rule.value.number}, ${rule.id}):`, [
    `${reason}.`,
  ])
}

function entry(head: string, lines: readonly string[]): string {
  return [head, ...lines.map((line) => `      ${line}`), ''].map(plain).join('\n')
}

function place({ start }: Span, lines: Lines): string {
  const { line, column } = lines.at(start)
  return `${line}:${column}`
}

/** `line 51, columns 26-61`. */
function spot({ start, end }: Span, lines: Lines): string {
  const [from, to] = [lines.at(start), lines.at(end - 1)]
  if (from.line !== to.line) return `lines ${from.line}-${to.line}`
  return `line ${from.line}, ${from.column === to.column ? `column ${from.column}` : `columns ${from.column}-${to.column}`}`
}
