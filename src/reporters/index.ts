import { json } from './json.ts'
import { type PrettyOptions, pretty } from './pretty.ts'
import type { Report } from './report.ts'

/** Report formats by name. A reporter turns a report into text and prints nothing. */
export const reporters: Readonly<Record<string, (report: Report, options: PrettyOptions) => string>> = {
  pretty,
  json: (report) => json(report),
}
