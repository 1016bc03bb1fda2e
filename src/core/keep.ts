import { counted, type Look, type Looked, newIn, sameBut } from './fix.ts'
import { Lines } from './position.ts'
import type { Finding } from './types.ts'

/** A draft with a directive that keeps a finding on purpose; or, in a few words, why there is no place for one. */
export function kept(finding: Finding, reason: string, before: Looked, look: Look): Looked | string {
  // What would end the directive cannot stand in it.
  const words = reason
    .replace(/-{2,}>?|[\][]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (!words) return 'a reason is needed'
  const { source } = before.draft
  const forms = [(text: string) => `[${text}]`, (text: string) => `<!-- ${text} -->`]
  const tries = places.flatMap((place) =>
    forms.map((form) => {
      const said = (verb: string): string => form(`values-lint-${verb} ${finding.rule.id} -- ${words}`)
      return look(place(source, finding.start, said))
    }),
  )
  const good = tries.filter((after) => keeps(finding, before, after))
  const alone = good.find((after) => size(after) === size(before) - 1)
  // Of several findings of the rule on one line, all are kept or none.
  const result = alone ?? good[0]
  if (result) return result
  return 'a directive has no place here; change the text, or put one in by hand'
}

type Place = (source: string, at: number, directive: (verb: string) => string) => string

/** Where a directive may stand, the nearest first: above the line, at its end, at the top of the draft. */
const places: readonly Place[] = [
  (source, at, directive) => {
    const line = lineAt(source, at)
    const lead = /^[ \t>]*/.exec(source.slice(line.start))?.[0] ?? ''
    return `${source.slice(0, line.start)}${lead}${directive('disable-next-line')}${line.feed}${source.slice(line.start)}`
  },
  (source, at, directive) => {
    const { end } = lineAt(source, at)
    return `${source.slice(0, end)} ${directive('disable-line')}${source.slice(end)}`
  },
  (source, at, directive) => {
    const { feed } = lineAt(source, at)
    const mark = source.startsWith('\uFEFF') ? 1 : 0
    return `${source.slice(0, mark)}${directive('disable-file')}${feed}${feed}${source.slice(mark)}`
  },
]

/** The line around an offset, without its line end; and the line end that the draft uses. */
function lineAt(source: string, offset: number): { start: number; end: number; feed: string } {
  const lines = new Lines(source)
  const { line } = lines.at(offset)
  const start = lines.offset({ line, column: 1 })
  const whole = source.slice(start, lines.offset({ line: line + 1, column: 1 }))
  return {
    start: line === 1 && source.startsWith('\uFEFF') ? 1 : start,
    end: start + whole.replace(/[\r\n]+$/, '').length,
    feed: /\r\n|\n|\r/.exec(source)?.[0] ?? '\n',
  }
}

/** Whether the finding is kept now, the draft is read as before, and nothing else is found. */
function keeps(finding: Finding, before: Looked, after: Looked): boolean {
  return (
    after.findings.some(({ rule, block, place, suppressedBy }) => {
      return suppressedBy && rule === finding.rule && block === finding.block && place.start === finding.place.start
    }) &&
    sameBut(before.draft, after.draft, -1, '') &&
    !newIn(after.findings, before.findings)
  )
}

function size({ findings }: Looked): number {
  return findings.filter(counted).length
}
