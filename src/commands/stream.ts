import { once } from 'node:events'
import type { CheckOptions } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import { decode, largestFile } from '../files.ts'
import { formatOf } from '../formats/names.ts'
import { jsonDirectives, jsonFindings } from '../reporters/json.ts'
import { isLive } from '../reporters/report.ts'
import { checkSource } from './check-source.ts'
import { Settings, type SettingsFlags } from './settings.ts'

export interface StreamFlags extends SettingsFlags {
  showExcused?: boolean
}

/**
 * Reads JSON Lines from standard input and writes one line of findings for each, in order, no faster than they are taken.
 * A line that cannot be checked is answered with an error, and the rest goes on.
 */
export async function stream(flags: StreamFlags): Promise<number> {
  // What comes in has no place on the disk where a configuration could lie.
  const { pack, broken, options } = await new Settings({ ...flags, config: false }).for('stream')
  for await (const line of linesFrom(process.stdin)) {
    const given = await answer(line, pack, options, flags.showExcused ?? false)
    if (!process.stdout.write(`${JSON.stringify(given)}\n`)) await once(process.stdout, 'drain')
  }
  return broken ? 2 : 0
}

/** A line as bytes; of one that is too long only the fact is kept, so that memory is bounded. */
class Line {
  #parts: Uint8Array[] = []
  #size = 0

  add(part: Uint8Array): void {
    this.#size += part.length
    if (this.tooLong) this.#parts = []
    else this.#parts.push(part)
  }

  get tooLong(): boolean {
    return this.#size > largestFile
  }

  get bytes(): Uint8Array {
    return Buffer.concat(this.#parts)
  }

  get blank(): boolean {
    return !this.tooLong && this.bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d)
  }
}

/** The lines of a stream that are not blank. */
async function* linesFrom(input: AsyncIterable<Uint8Array>): AsyncGenerator<Line> {
  let line = new Line()
  for await (const chunk of input) {
    let start = 0
    for (let feed = chunk.indexOf(0x0a); feed >= 0; feed = chunk.indexOf(0x0a, start)) {
      line.add(chunk.subarray(start, feed))
      if (!line.blank) yield line
      line = new Line()
      start = feed + 1
    }
    line.add(chunk.subarray(start))
  }
  if (!line.blank) yield line
}

const formats = new Set(['markdown', 'text', 'html'])

type Answer = { id: unknown; findings: object[]; directives?: object[] } | { id: unknown; error: string }

async function answer(line: Line, pack: Pack, options: CheckOptions, excused: boolean): Promise<Answer> {
  if (line.tooLong) return { id: null, error: `the line is longer than ${largestFile / 1024 / 1024} MiB` }
  let request: { id?: unknown; text?: unknown; format?: unknown; path?: unknown } | null
  try {
    request = JSON.parse(decode(line.bytes).replace(/^\uFEFF/, ''))
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
