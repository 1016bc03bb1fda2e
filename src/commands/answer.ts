import type { CheckOptions } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import { decode } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import { jsonDirectives, jsonFindings } from '../reporters/json.ts'
import { isLive } from '../reporters/report.ts'
import { checkSource } from './check-source.ts'

const formats = new Set(['markdown', 'text', 'html'])

type Answer = { id: unknown; findings: object[]; directives?: object[] } | { id: unknown; error: string }

/** The answer of `stream` to one line of JSON. */
export async function answer(line: Uint8Array, pack: Pack, options: CheckOptions, excused: boolean): Promise<Answer> {
  let request: { id?: unknown; text?: unknown; format?: unknown; path?: unknown } | null
  try {
    request = JSON.parse(decode(line).replace(/^\uFEFF/, ''))
  } catch (error) {
    return { id: null, error: `not a line of JSON: ${(error as Error).message}` }
  }
  const { id = null, text, format, path } = request ?? {}
  if (typeof text !== 'string') return { id, error: 'the line needs a "text" that is a string' }
  const name = typeof format === 'string' ? format : typeof path === 'string' ? path : 'markdown'
  // A word that is no format would pass for a path without extension.
  const known = typeof format !== 'string' || formats.has(format) ? formatOf(name) : undefined
  if (!known) return { id, error: `no reader for "${name}"; format is markdown, text or html` }
  const { draft, findings, problems } = await checkSource(text, known, pack, options)
  const wanted = findings.filter((finding) => excused || isLive(finding))
  const directives = problems.length ? { directives: jsonDirectives(problems, draft) } : {}
  return { id, findings: jsonFindings(wanted, draft), ...directives }
}
