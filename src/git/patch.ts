import type { Span } from '../core/types.ts'

/** A stretch of a new text that a change made, in offsets; where it is empty, `removed` stood there. */
export interface Change extends Span {
  removed: string
}

/** The sections of a patch, one a file, in order. */
export function sectionsOf(patch: string): string[] {
  return patch.split(/^(?=diff --git )/m).filter((section) => section.startsWith('diff --git '))
}

/**
 * What one section of `git diff -U0` changed, as offsets into the new text. What the old and new lines of a hunk begin and end
 * with alike is no change: a paragraph is often one long line.
 */
export function changesIn(section: string, text: string): Change[] {
  const starts = [0]
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) starts.push(feed + 1)
  const offset = (line: number): number => starts[line - 1] ?? text.length
  return section.split(/^(?=@@ )/m).flatMap((hunk) => {
    const head = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(hunk)
    if (!head) return []
    const [, line, count = '1'] = head
    const before = linesOf(hunk, '-')
    const after = linesOf(hunk, '+')
    // Where nothing was added, git names the line before.
    const first = Number(line) + (count === '0' ? 1 : 0)
    const start = alike(before, after)
    const end = Math.min(alikeAtEnd(before, after), before.length - start, after.length - start)
    const at = (place: number): number => {
      const rows = after.slice(0, place).split('\n')
      return Math.min(offset(first + rows.length - 1) + (rows.at(-1) as string).length, text.length)
    }
    return [{ start: at(start), end: at(after.length - end), removed: before.slice(start, before.length - end) }]
  })
}

/** The lines of a hunk with a sign, without it. A hunk's lines end with a line feed. */
function linesOf(hunk: string, sign: '-' | '+'): string {
  const lines = hunk.split('\n').slice(1)
  return lines
    .filter((line) => line.startsWith(sign))
    .map((line) => `${line.slice(1)}\n`)
    .join('')
}

function alike(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length && a[i] === b[i]) i++
  return i
}

function alikeAtEnd(a: string, b: string): number {
  let i = 0
  while (i < a.length && i < b.length && a[a.length - 1 - i] === b[b.length - 1 - i]) i++
  return i
}

/** Whether a change touches a passage. What was cut off at its edge does, unless a paragraph ended there. */
export function touches({ start, end, removed }: Change, passage: Span): boolean {
  if (end > start) return start < passage.end && end > passage.start
  if (start > passage.start && start < passage.end) return true
  const lines = removed.split('\n')
  if (start === passage.start) return lines.length < 2 || (lines.at(-2) as string).trim() !== ''
  return start === passage.end && (lines[0] as string).trim() !== ''
}
