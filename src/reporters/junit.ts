import type { Finding } from '../core/types.ts'
import { type FileError, type FileReport, type Report, reported } from './report.ts'
import { escaped, excerpt, oneLine, said, saidInFull, weight } from './said.ts'
import { whereIn } from './where.ts'

/**
 * JUnit's XML, as Jenkins reads it: a file is a suite, a finding a case. Errors and warnings fail; a note is a case that passes
 * and says something; a draft without findings is one case that passes; a file that could not be read is an error.
 */
export function junit(report: Report): string {
  const suites = [...report.files.map((file) => suite(file, report)), ...report.errors.map(unread)]
  const sum = (pick: (one: Suite) => number): number => suites.reduce((total, one) => total + pick(one), 0)
  const counts = `tests="${sum(({ cases }) => cases.length)}" failures="${sum(({ failures }) => failures)}" errors="${report.errors.length}"`
  const body = suites.map(({ xml }) => xml).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="values-lint" ${counts}>\n${body}</testsuites>\n`
}

interface Suite {
  xml: string
  cases: readonly string[]
  failures: number
}

function suite(file: FileReport, report: Report): Suite {
  const findings = reported(file, report)
  const where = whereIn(file)
  const cases = findings.map((finding) => {
    const { line, column } = where(finding).start
    return testcase(file.path, `${finding.rule.id} (${line}:${column})`, outcome(finding, file))
  })
  const failures = findings.filter(fails).length
  return framed(file.path, cases.length ? cases : [testcase(file.path, 'no conflict with the values', '')], failures, 0)
}

function unread({ path, message }: FileError): Suite {
  const error = `<error type="input" message="${escaped(oneLine(message))}"/>`
  return framed(path, [testcase(path, 'can be checked', error)], 0, 1)
}

function framed(path: string, cases: readonly string[], failures: number, errors: number): Suite {
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}"`
  const xml = `  <testsuite name="${escaped(oneLine(path))}" ${counts}>\n${cases.join('')}  </testsuite>\n`
  return { xml, cases, failures }
}

function testcase(path: string, name: string, inside: string): string {
  const open = `    <testcase classname="${escaped(oneLine(path))}" name="${escaped(name)}"`
  return inside ? `${open}>${inside}</testcase>\n` : `${open}/>\n`
}

function fails(finding: Finding): boolean {
  return weight(finding) !== 'note'
}

function outcome(finding: Finding, { draft }: FileReport): string {
  const { before, passage, after } = excerpt(finding, draft, 200)
  const text = [`${before}[[${passage}]]${after}`, ...saidInFull(finding, draft)].map(escaped).join('\n')
  if (!fails(finding)) return `<system-out>${text}</system-out>`
  const { message } = said(finding, draft)
  return `<failure type="${finding.level}" message="${escaped(message)}">${text}</failure>`
}
