import type { CheckOptions } from './check.ts'
import { isOn } from './options.ts'
import type { Pack } from './pack.ts'
import { affirms } from './stance.ts'
import type { Alignment, Finding } from './types.ts'

/** How a draft stands to every value of a pack, in their order; `findings` come from a check with `affirmations`. */
export function alignmentOf(findings: readonly Finding[], pack: Pack, options: CheckOptions = {}): Alignment[] {
  const counted = new Set(pack.rules.filter((rule) => isOn(rule, options)).map(({ value }) => value))
  return pack.values
    .filter((value) => counted.has(value))
    .map((value) => {
      const own = findings.filter(({ rule }) => rule.value === value)
      const live = own.filter(
        ({ outcome, suppressedBy }) => (outcome === 'conflict' || outcome === 'reported') && !suppressedBy,
      )
      return {
        value,
        conflicts: live.filter(({ level }) => level !== 'note'),
        notes: live.filter(({ level }) => level === 'note'),
        affirmations: own.filter(affirms),
      }
    })
}
