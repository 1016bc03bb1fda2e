import { checkDraft } from '../core/check.ts'
import { didYouMean } from '../core/closest.ts'
import { chain } from '../core/explain.ts'
import type { Pack } from '../core/pack.ts'
import { Lines } from '../core/position.ts'
import type { Finding, Rule } from '../core/types.ts'
import { InputError, readDraft } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { readMarkdown } from '../formats/markdown.ts'
import { messageOf } from '../reporters/json.ts'
import { loadPack } from './load.ts'

/** Explains a rule, or every rule that met a line of a draft: `explain RULE`, `explain FILE:LINE`. Gives the exit code. */
export function explain(subject: string, flags: { pack: string; own: string[]; accept: string[] }): number {
  const { pack, broken } = loadPack(flags.pack)
  const place = /^(.+):(\d+)$/.exec(subject)
  const text = place ? explainLine(place[1] as string, Number(place[2]), pack, flags) : explainRule(subject, pack)
  process.stdout.write(text)
  return broken ? 2 : 0
}

function explainRule(id: string, pack: Pack): string {
  const rule = pack.rules.find((one) => one.id === id || one.id.endsWith(`/${id}`))
  const ids = pack.rules.map((one) => one.id)
  if (!rule)
    throw new InputError(`no rule is called "${id}"${didYouMean(id, ids) || '; `values-lint rules` lists them'}`)
  return ruleCard(rule)
}

function ruleCard(rule: Rule): string {
  const { value, examples } = rule
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length ? ['', title, ...lines.map((line) => `  ${line}`)] : []
  return [
    `${rule.id}  ${rule.level}, a rule about ${kinds[rule.kind]}`,
    '',
    rule.message,
    rule.why.trim(),
    ...list('Instead:', rule.instead),
    ...list('Found (between the brackets):', examples.fail),
    ...list('Left alone:', examples.pass),
    ...list('Known to be wrong today:', examples.gap),
    ...list('Excused where the words around it make it:', [[...rule.unless].join(', ')].filter(Boolean)),
    '',
    `Value ${value.number}, ${value.title} (${value.source})`,
    '',
  ].join('\n')
}

const kinds: Readonly<Record<Rule['kind'], string>> = {
  language: 'an expression',
  claim: 'what a draft says is so',
  position: 'what a draft stands for',
  frame: 'things that together make a conflict',
  document: 'the draft as a whole',
}

function explainLine(path: string, line: number, pack: Pack, flags: { own: string[]; accept: string[] }): string {
  const reader = readerFor(path)
  if (!reader) throw new InputError(`${path} has an extension that values-lint does not read`)
  const draft = reader(readDraft(path))
  const lines = new Lines(draft.source)
  const here = checkDraft(draft, pack, { own: flags.own, accepted: flags.accept }).filter(
    (finding) => lines.at(finding.start).line <= line && lines.at(finding.end).line >= line,
  )
  if (!here.length) return `${path}:${line}: no rule met this line.\n`
  return here.map((finding) => verdict(finding, lines)).join('\n')
}

/** What every rule says about a text given on the command line: for those who write rules. Gives the exit code. */
export function attempt(text: string, flags: { pack: string; own: string[]; accept: string[] }): number {
  const { pack, broken } = loadPack(flags.pack)
  const draft = readMarkdown(text.replaceAll('\\n', '\n'))
  const lines = new Lines(draft.source)
  const findings = checkDraft(draft, pack, { own: flags.own, accepted: flags.accept })
  process.stdout.write(findings.map((finding) => verdict(finding, lines)).join('') || 'no rule met this text\n')
  return broken ? 2 : 0
}

function verdict(finding: Finding, lines: Lines): string {
  const { line, column } = lines.at(finding.start)
  const state = {
    conflict: `is reported as ${finding.level}`,
    reported: 'is noted, not counted against the draft',
    excused: 'was left alone',
  }
  const reasons = chain(finding).map((reason) => `      ${reason}`)
  const nothing =
    finding.outcome === 'reported' && !reasons.length ? ['      no word around it shows where the draft stands'] : []
  return [
    `${line}:${column}  “${finding.text}” ${state[finding.outcome]} (value ${finding.rule.value.number}, ${finding.rule.id}):`,
    `      ${messageOf(finding)}`,
    ...reasons,
    ...nothing,
    '',
  ].join('\n')
}
