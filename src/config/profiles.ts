import type { Level } from '../core/types.ts'

/** A profile of level: how much weighs how much, whatever the pack. The pack's own profiles add rules. */
export interface LevelProfile {
  about: string
  failOn: Level
  /** Warnings count as errors; what is only reported stays a note. */
  raise: boolean
  /** Notes are shown. */
  notes: boolean
  /** A directive that keeps nothing any more fails the run. */
  failUnused: boolean
}

export const levelProfiles: Readonly<Record<string, LevelProfile>> = {
  strict: {
    about: 'Warnings count as errors, and a directive that keeps nothing any more fails the run.',
    failOn: 'warning',
    raise: true,
    notes: true,
    failUnused: true,
  },
  lenient: {
    about: 'Only errors fail the run, and notes are not shown.',
    failOn: 'error',
    raise: false,
    notes: false,
    failUnused: false,
  },
}
