import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { surrounding } from '../src/core/check.ts'
import { marksOf } from '../src/core/marks/index.ts'
import { excuses } from '../src/core/pack.ts'
import { Reading } from '../src/core/reading.ts'
import { stanceOf } from '../src/core/stance.ts'
import type { Mark, Rule } from '../src/core/types.ts'
import { readText } from '../src/formats/text.ts'
import { pack } from './pack.ts'

// The shared set: invented documents with the author's stance to each target, by hand.
const set = '../shared/values/stance-dev.json'
const words = { endorses: 'endorse', opposes: 'oppose', reports: 'report' } as const
const kinds = { term: 'language', policy: 'position', claim: 'claim' } as const

interface Target {
  kind: keyof typeof kinds
  stance: string
  anchors: { start: number; end: number }[]
}

interface Labelled {
  text: string
  sentences: { start: number; targets: Target[] }[]
}

test.skipIf(!existsSync(set))('the stance is right for nine targets in ten of the shared set', () => {
  const { docs } = JSON.parse(readFileSync(set, 'utf8')) as { docs: Labelled[] }
  const judged = docs.flatMap(judge)
  const right = judged.filter(Boolean).length
  expect(judged.length).toBe(137)
  expect(right / judged.length).toBeGreaterThanOrEqual(0.9)
})

function judge({ text, sentences }: Labelled): boolean[] {
  const readings = readText(text).blocks.map((block) => new Reading(block, pack))
  return sentences.flatMap(({ start, targets }) =>
    targets.map(({ kind, stance, anchors }) => {
      const [anchor] = anchors
      const [from, to] = [start + (anchor?.start ?? 0), start + (anchor?.end ?? 0)]
      const index = readings.findIndex(({ block: { source, text } }) => {
        return (source[0] ?? 0) <= from && (source[text.length] ?? 0) >= to
      })
      return words[stanceOf(ruleOf(kind), covering(readings, index, from, to))] === stance
    }),
  )
}

function ruleOf(kind: keyof typeof kinds): Rule {
  return { kind: kinds[kind], unless: new Set(excuses[kinds[kind]]) } as Partial<Rule> as Rule
}

/** The marks over the words at `from`..`to` of the source, as they would cover a match of just these words. */
function covering(readings: Reading[], index: number, from: number, to: number): Mark[] {
  const reading = readings[index] as Reading
  const tokens = reading.tokens.filter(({ start }) => {
    const at = reading.block.source[start] ?? 0
    return at >= from && at < to
  })
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  const marks = marksOf({ readings, index, reading, pack, settings: { own: [], accepted: [] } })
  return marks.filter(
    (mark) =>
      mark.start < end &&
      mark.end > start &&
      (surrounding.has(mark.kind) || !(mark.cueStart < end && mark.cueEnd > start)),
  )
}
