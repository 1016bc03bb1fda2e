import type { Settings } from './marks/situation.ts'
import type { Level, Rule } from './types.ts'

/** A file of its own: what asks only whether a rule counts loads no tagger. */

export interface CheckOptions extends Partial<Settings> {
  /** Only these values, by number. */
  values?: readonly number[]
  /** Only these rules, by id. */
  rules?: readonly string[]
  /** The profiles that are chosen: rules of other profiles do not count. */
  profiles?: readonly string[]
  /** Rules, by id, that are off or have another level than their own. */
  levels?: Readonly<Record<string, Level | 'off'>>
  /** False: no finding of the level `note`. */
  notes?: boolean
  /** Also find where the draft says what a value asks: findings with the outcome `affirmed`. */
  affirmations?: boolean
}

/** Whether a rule counts in a check. */
export function isOn({ id, value, kind, profile }: Rule, options: CheckOptions): boolean {
  const { values, rules, profiles, levels, affirmations = false } = options
  return (
    (kind !== 'affirmation' || affirmations) &&
    (!values || values.includes(value.number)) &&
    (!rules || rules.includes(id)) &&
    (!profile || (profiles?.includes(profile) ?? false)) &&
    levels?.[id] !== 'off'
  )
}
