import type { PrettyOptions } from './pretty.ts'
import type { Report } from './report.ts'

/** A reporter turns a report into text and prints nothing. Only `pretty` heeds the options. */
export type Reporter = (report: Report, options: PrettyOptions) => string

/** Report formats by name; each is loaded when it is asked for. */
const reporters = {
  pretty: async (): Promise<Reporter> => (await import('./pretty.ts')).pretty,
  concise: async (): Promise<Reporter> => (await import('./concise.ts')).concise,
  json: async (): Promise<Reporter> => (await import('./json.ts')).json,
  jsonl: async (): Promise<Reporter> => (await import('./jsonl.ts')).jsonl,
  sarif: async (): Promise<Reporter> => (await import('./sarif.ts')).sarif,
  github: async (): Promise<Reporter> => (await import('./github.ts')).github,
  gitlab: async (): Promise<Reporter> => (await import('./gitlab.ts')).gitlab,
  junit: async (): Promise<Reporter> => (await import('./junit.ts')).junit,
  checkstyle: async (): Promise<Reporter> => (await import('./checkstyle.ts')).checkstyle,
  rdjson: async (): Promise<Reporter> => (await import('./rdjson.ts')).rdjson,
  html: async (): Promise<Reporter> => (await import('./html.ts')).html,
  markdown: async (): Promise<Reporter> => (await import('./markdown.ts')).markdown,
}

export type Format = keyof typeof reporters

export const formats = Object.keys(reporters) as readonly Format[]

export function reporterFor(format: Format): Promise<Reporter> {
  return reporters[format]()
}
