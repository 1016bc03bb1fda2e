import type { Finding, Level, Rule } from '../core/types.ts'
import { fingerprints } from './fingerprint.ts'
import { type FileReport, isLive, type Report } from './report.ts'
import { count, keptBecause, oneLine, said, weight } from './said.ts'
import { inWords, type Where, whereIn } from './where.ts'

/** What GitHub's code scanning takes in one run; it refuses a file with more. */
const mostResults = 25_000

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

interface Entry {
  finding: Finding
  file: FileReport
  where: Where
  fingerprint: string
}

/** SARIF 2.1.0. What is kept on purpose is in it as suppressed, what was left alone (on demand) as passed. */
export function sarif(report: Report): string {
  const all = report.files.flatMap((file): Entry[] => {
    const where = whereIn(file)
    const findings = file.findings.filter(
      (finding) => isLive(finding) || report.showExcused || keptBecause(finding) !== undefined,
    )
    const names = fingerprints(file, findings)
    return findings.map((finding, i) => ({ finding, file, where: where(finding), fingerprint: names[i] as string }))
  })
  const entries = heaviest(all)
  const rules = [...new Set(entries.map(({ finding }) => finding.rule))]
  const indices = new Map(rules.map((rule, index) => [rule, index]))
  const left = all.length - entries.length
  const notes = [
    ...report.errors.map(({ path, message }) => ({
      level: 'error',
      message: { text: oneLine(message) },
      locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
    })),
    ...(left ? [{ level: 'warning', message: { text: leftOut(left) } }] : []),
  ]
  const run = {
    tool: {
      driver: {
        name: 'values-lint',
        version: report.version,
        semanticVersion: report.version,
        rules: rules.map(described),
      },
    },
    invocations: [{ executionSuccessful: !report.errors.length, toolExecutionNotifications: notes }],
    originalUriBaseIds: { SRCROOT: { description: { text: 'The folder that values-lint ran in.' } } },
    columnKind: 'utf16CodeUnits',
    results: entries.map((entry) => ({ ruleIndex: indices.get(entry.finding.rule), ...result(entry) })),
  }
  return `${JSON.stringify({ $schema: schema, version: '2.1.0', runs: [run] }, null, 2)}\n`
}

/** All findings, or those that weigh most, in their order. */
function heaviest(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length <= mostResults) return entries
  const of = (level: Level): Entry[] => entries.filter(({ finding }) => weight(finding) === level)
  const kept = new Set([...of('error'), ...of('warning'), ...of('note')].slice(0, mostResults))
  return entries.filter((entry) => kept.has(entry))
}

function leftOut(left: number): string {
  return `${count(left, 'more finding')}, of the lowest levels, ${left === 1 ? 'is' : 'are'} left out: ${mostResults} are as many as GitHub takes.`
}

function described({ id, level, message, why, instead, value }: Rule): object {
  const commitment = `Value ${value.number}, ${oneLine(value.title)} (${oneLine(value.source)})`
  const what = oneLine(message.replaceAll('{match}', '…'))
  const reason = oneLine(why.replaceAll('{match}', '…'))
  const wordings = instead.map(oneLine)
  return {
    id,
    name: id,
    shortDescription: { text: what },
    fullDescription: { text: reason },
    help: {
      text: [what, reason, `Instead: ${wordings.join(' · ')}`, commitment].join('\n\n'),
      markdown: [what, reason, wordings.map((one) => `- ${one}`).join('\n'), commitment].join('\n\n'),
    },
    defaultConfiguration: { level },
    properties: { tags: [`value-${value.number}`, value.slug] },
  }
}

function result({ finding, file, where, fingerprint }: Entry): object {
  const { rule, outcome, text } = finding
  const reason = keptBecause(finding)
  const { message, here, instead } = said(finding, file.draft)
  const lines = [message, here, instead.length ? `Instead: ${instead.join(' · ')}` : '']
  const { start, end } = where
  const place = oneLine(inWords(where))
  return {
    ruleId: rule.id,
    // A result that is no failure has no level.
    ...(outcome === 'excused' ? { kind: 'pass', level: 'none' } : { kind: 'fail', level: finding.level }),
    message: { text: unlinked(lines.filter(Boolean).join('\n')) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: artifact(where.path),
          region: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: end.column,
            charOffset: start.offset,
            charLength: end.offset - start.offset,
            snippet: { text: oneLine(text) },
          },
        },
        ...(place ? { logicalLocations: [{ name: `paragraph ${where.paragraph}`, fullyQualifiedName: place }] } : {}),
      },
    ],
    partialFingerprints: { 'valuesLint/v1': fingerprint },
    ...(reason === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: oneLine(reason) }] }),
    properties: { value: rule.value.number, outcome },
  }
}

/** `[a](b)` in a message would be read as a link. */
function unlinked(text: string): string {
  return text.replaceAll('](', '] (')
}

/** A path as a URI: under the folder that was checked, or on its own where it is absolute. */
function artifact(path: string): object {
  const windows = /^[A-Za-z]:[\\/]/.test(path)
  const parts = oneLine(windows ? path.replaceAll('\\', '/') : path).split('/')
  const encoded = parts.map(encodeURIComponent).join('/')
  if (windows) return { uri: `file:///${encoded.replace('%3A', ':')}` }
  if (path.startsWith('/')) return { uri: `file://${encoded}` }
  return { uri: encoded.replace(/^(?:\.\/)+/, ''), uriBaseId: 'SRCROOT' }
}
