import type { Directive } from '../core/types.ts'

/** The directive that a comment gives, if it speaks to values-lint. `start` and `end` are those of the whole comment. */
export function directiveIn(comment: string, start: number, end: number): Directive[] {
  const text = comment.trim()
  return text.startsWith('values-lint-') ? [{ text, start, end }] : []
}
