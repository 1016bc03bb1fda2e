import type { Finding } from '../core/types.ts'
import { type FileReport, type Report, reported } from './report.ts'
import { oneLine, said, weight } from './said.ts'
import { spot, type Where, whereIn } from './where.ts'

/** One line a finding: `news.md:3:10 warning slavery-abolition/modern-slavery Slavery's name is used …`. */
export function concise(report: Report): string {
  return report.files
    .flatMap((file) => {
      const where = whereIn(file)
      return reported(file, report).map((finding) => `${conciseLine(finding, where(finding), file)}\n`)
    })
    .join('')
}

export function conciseLine(finding: Finding, where: Where, { draft }: FileReport): string {
  const { message } = said(finding, draft)
  return `${oneLine(spot(where))} ${weight(finding)} ${finding.rule.id} ${message}`
}
