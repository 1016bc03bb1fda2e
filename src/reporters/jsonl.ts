import { jsonFindings } from './json.ts'
import { type Report, reported } from './report.ts'

/** JSON Lines: one finding a line, as in the JSON report, with the path of its file. */
export function jsonl(report: Report): string {
  return report.files
    .flatMap((file) =>
      jsonFindings(reported(file, report), file.draft).map((finding) => ({ path: file.path, ...finding })),
    )
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
}
