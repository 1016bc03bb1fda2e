import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { checkDraft } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import { Lines } from '../core/position.ts'
import { readerFor } from '../formats/index.ts'
import { jsonFinding } from '../reporters/json.ts'
import { loadPack } from './load.ts'

/** Reads JSON Lines from standard input and writes one line of findings for each, in order, no faster than they are taken. */
export async function stream(flags: { pack: string; showExcused?: boolean }): Promise<number> {
  const { pack, broken } = loadPack(flags.pack)
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (!line.trim()) continue
    const written = process.stdout.write(`${JSON.stringify(answer(line, pack, flags.showExcused ?? false))}\n`)
    if (!written) await once(process.stdout, 'drain')
  }
  return broken ? 2 : 0
}

const formats = new Set(['markdown', 'text', 'html'])

function answer(line: string, pack: Pack, excused: boolean): object {
  let request: { id?: unknown; text?: unknown; format?: unknown; path?: unknown }
  try {
    request = JSON.parse(line)
  } catch (error) {
    return { id: null, error: `not a line of JSON: ${(error as Error).message}` }
  }
  const { id = null, text, format, path } = request ?? {}
  if (typeof text !== 'string') return { id, error: 'the line needs a "text" that is a string' }
  const name = typeof format === 'string' ? format : typeof path === 'string' ? path : 'markdown'
  const reader = typeof format !== 'string' || formats.has(format) ? readerFor(name) : undefined
  if (!reader) return { id, error: `no reader for "${name}"; format is markdown, text or html` }
  const draft = reader(text)
  const lines = new Lines(draft.source)
  const findings = checkDraft(draft, pack).filter(({ outcome }) => excused || outcome !== 'excused')
  return { id, findings: findings.map((finding) => jsonFinding(finding, lines)) }
}
