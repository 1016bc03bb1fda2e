import type { Meaning, Pack } from '../pack.ts'
import type { Reading } from '../reading.ts'
import type { Mark, MarkKind } from '../types.ts'
import type { Marker } from './situation.ts'

/**
 * A heading or a line ending in a colon frames what follows: items under "Myths", "Words to avoid", "We oppose:". Cues of
 * direction `block` in the framing line colour every block it frames.
 */
export const framed: Marker = ({ readings, index, pack }) => {
  const reading = readings[index]
  if (!reading) return []
  return framing(readings, index).flatMap((frame) =>
    colours(frame, pack).map(({ kind, cue }): Mark => {
      return { kind, start: 0, end: reading.block.text.length, cue, cueStart: 0, cueEnd: 0 }
    }),
  )
}

/** How far up a lead-in is looked for, in blocks. */
const reach = 40

/** The lines that frame block `index`: its lead-in, the head of its column, the headings above it. */
function framing(readings: readonly Reading[], index: number): Reading[] {
  const { group, column, header } = (readings[index] as Reading).block
  const heads = readings.filter(
    ({ block }) => column !== undefined && !header && block.header && block.group === group && block.column === column,
  )
  return [...heads, ...above(readings, index)]
}

function above(readings: readonly Reading[], index: number): Reading[] {
  const frames: Reading[] = []
  let level = headingLevel(readings[index] as Reading) ?? 7
  for (let i = index - 1; i >= 0 && index - i <= reach; i--) {
    const other = readings[i] as Reading
    const lead = other.block.text.trimEnd().endsWith(':')
    const rank = headingLevel(other)
    if (rank !== undefined) {
      if (rank < level) frames.push(other)
      level = Math.min(level, rank)
      if (level === 1) break
    } else if (lead && leads(readings, i, index)) frames.push(other)
  }
  return frames
}

/** A paragraph that is all emphasis serves as the lowest heading. */
function headingLevel({ block }: Reading): number | undefined {
  if (block.kind === 'heading') return block.level ?? 1
  const whole =
    block.kind === 'paragraph' && block.emphasis?.some((span) => span.start === 0 && span.end >= block.text.length)
  return whole ? 6 : undefined
}

/** A lead-in frames the list, table or paragraph right after it. */
function leads(readings: readonly Reading[], lead: number, index: number): boolean {
  const first = readings[lead + 1] as Reading
  const block = (readings[index] as Reading).block
  return index === lead + 1 || (block.group !== undefined && block.group === first.block.group)
}

function colours(frame: Reading, pack: Pack): { kind: MarkKind; cue: string }[] {
  return frame.sentences.flatMap((sentence) =>
    sentence.matches.flatMap((match) => {
      const meaning = pack.meanings[match.pattern] as Meaning
      if (meaning.type !== 'cue' || meaning.direction !== 'block') return []
      const [first, last] = [frame.tokens[match.from], frame.tokens[match.to - 1]]
      return first && last ? [{ kind: meaning.kind, cue: frame.block.text.slice(first.start, last.end) }] : []
    }),
  )
}
