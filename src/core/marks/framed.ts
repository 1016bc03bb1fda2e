import { add } from '../lines.ts'
import type { Meaning, Pack } from '../pack.ts'
import type { Reading } from '../reading.ts'
import type { Block, Mark, MarkKind } from '../types.ts'
import type { Marker } from './situation.ts'

/**
 * A heading or a line ending in a colon frames what follows: items under "Myths", "Words to avoid", "We oppose:". Cues of
 * direction `block` in the framing line colour every block it frames.
 */
export const framed: Marker = ({ readings, index, pack }) => {
  const reading = readings[index]
  if (!reading) return []
  const end = reading.block.text.length
  const outer = framing(readings, index).flatMap((frame) =>
    colours(frame, pack).map(({ kind, cue }): Mark => {
      return { kind, start: 0, end, cue, cueStart: 0, cueEnd: 0 }
    }),
  )
  return [...outer, ...runIn(reading, pack), ...rowMates(readings, reading)]
}

/** A short cell that says "Oppose" or "Against" speaks of the other cells of its row. */
function rowMates(readings: readonly Reading[], { block, tokens }: Reading): Mark[] {
  if (block.row === undefined || tokens.length === 0) return []
  const mates = groupOf(readings, block).filter((other) => other.block !== block && other.block.row === block.row)
  return mates
    .filter((mate) => mate.tokens.length <= longestVerdict)
    .flatMap(verdicts)
    .map((cue): Mark => ({ kind: 'opposed', start: 0, end: block.text.length, cue, cueStart: 0, cueEnd: 0 }))
}

const longestVerdict = 6
const against = new Set('oppose opposed against no repeal reject rejected'.split(' '))

function verdicts({ tokens, block }: Reading): string[] {
  return against.has(tokens[0]?.norm ?? '') ? [block.text] : []
}

/** A heading run into its own paragraph: emphasised words at its start, or words up to a colon ("Words to avoid: …"). */
function runIn(reading: Reading, pack: Pack): Mark[] {
  const { text, emphasis } = reading.block
  const bold = emphasis?.find(({ start }) => start === 0)?.end ?? 0
  const head = Math.max(bold < text.length ? bold : 0, /^[^:.!?]{3,60}:/.exec(text)?.[0].length ?? 0)
  if (!head) return []
  return colours(reading, pack)
    .filter(({ end }) => end <= head)
    .map(
      ({ kind, cue, start, end }): Mark => ({ kind, start: head, end: text.length, cue, cueStart: start, cueEnd: end }),
    )
}

/** How far up a lead-in is looked for, in blocks. */
const reach = 40

/** The lines that frame block `index`: its lead-in, the head of its column, the headings above it. */
function framing(readings: readonly Reading[], index: number): Reading[] {
  const { block: cell } = readings[index] as Reading
  if (cell.column === undefined || cell.header) return above(readings, index)
  const heads = groupOf(readings, cell).filter(({ block }) => block.header && block.column === cell.column)
  return [...heads, ...above(readings, index)]
}

function above(readings: readonly Reading[], index: number): Reading[] {
  const frames: Reading[] = []
  const { levels } = outlineOf(readings)
  const grouped = (readings[index] as Reading).block.group !== undefined
  const own = levels[index] as number
  let level = own < 0 ? noHeading : own
  for (let i = index - 1; i >= 0 && index - i <= reach; i--) {
    const rank = levels[i] as number
    if (rank >= 0) {
      if (rank < level) frames.push(readings[i] as Reading)
      level = Math.min(level, rank)
      if (level === 1) break
    } else if ((grouped || i === index - 1) && leads(readings, i, index)) frames.push(readings[i] as Reading)
  }
  return frames
}

/** Lower than any heading. */
const noHeading = 7

/** What every block of a draft asks of the others. */
interface Outline {
  /** By block its level as a heading, or -1. */
  levels: Int8Array
  /** The blocks of each list and table. */
  groups: ReadonlyMap<number, readonly Reading[]>
}

const known = new WeakMap<readonly Reading[], Outline>()

function outlineOf(readings: readonly Reading[]): Outline {
  let outline = known.get(readings)
  if (!outline) {
    const groups = new Map<number, Reading[]>()
    for (const reading of readings) if (reading.block.group !== undefined) add(groups, reading.block.group, reading)
    outline = { levels: Int8Array.from(readings, (reading) => headingLevel(reading) ?? -1), groups }
    known.set(readings, outline)
  }
  return outline
}

function groupOf(readings: readonly Reading[], { group = -1 }: Block): readonly Reading[] {
  return outlineOf(readings).groups.get(group) ?? []
}

/** A paragraph that is all emphasis serves as the lowest heading. */
function headingLevel({ block }: Reading): number | undefined {
  if (block.kind === 'heading') return block.level ?? 1
  const whole =
    block.kind === 'paragraph' && block.emphasis?.some((span) => span.start === 0 && span.end >= block.text.length)
  return whole ? 6 : undefined
}

/** A lead-in frames the list or table right after it; with a colon, any block right after it. */
function leads(readings: readonly Reading[], lead: number, index: number): boolean {
  const first = (readings[lead + 1] as Reading).block
  const { block } = readings[index] as Reading
  const { text, group } = (readings[lead] as Reading).block
  if (index === lead + 1 && text.trimEnd().endsWith(':')) return true
  return group === undefined && block.group !== undefined && block.group === first.group
}

/** The block cues of a line: their kind, words and place. */
function colours(frame: Reading, pack: Pack): { kind: MarkKind; cue: string; start: number; end: number }[] {
  return frame.sentences.flatMap((sentence) =>
    sentence.words.cues.flatMap((match) => {
      const meaning = pack.meanings.at(match.pattern) as Meaning
      if (meaning.type !== 'cue' || meaning.direction !== 'block') return []
      const [first, last] = [frame.tokens[match.from], frame.tokens[match.to - 1]]
      if (!first || !last) return []
      const [start, end] = [first.start, last.end]
      return [{ kind: meaning.kind, cue: frame.block.text.slice(start, end), start, end }]
    }),
  )
}
