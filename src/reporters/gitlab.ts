import type { Level } from '../core/types.ts'
import { digest, fingerprints } from './fingerprint.ts'
import { type Report, reported } from './report.ts'
import { oneLine, said, weight } from './said.ts'
import { whereIn } from './where.ts'

const severities: Readonly<Record<Level, 'major' | 'minor' | 'info'>> = {
  error: 'major',
  warning: 'minor',
  note: 'info',
}

/** GitLab's code quality report. Two entries with one fingerprint would be shown as one, so the path counts too. */
export function gitlab(report: Report): string {
  const entries = report.files.flatMap((file) => {
    const where = whereIn(file)
    const findings = reported(file, report)
    const names = fingerprints(file, findings)
    // GitLab matches paths as git writes them.
    const path = oneLine(file.path).replace(/^(?:\.\/)+/, '')
    return findings.map((finding, i) => {
      const { start, end } = where(finding)
      return {
        description: said(finding, file.draft).message,
        check_name: finding.rule.id,
        fingerprint: digest(`${path}\n${names[i]}`),
        severity: severities[weight(finding)],
        location: { path, lines: { begin: start.line, end: end.line } },
      }
    })
  })
  return `${JSON.stringify(entries, null, 2)}\n`
}
