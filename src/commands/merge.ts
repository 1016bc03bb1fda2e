import { reportShape } from '../core/schema.ts'
import { InputError, readWhole, writeWhole } from '../files.ts'

type JsonReport = ReturnType<typeof reportShape.parse>
type Shard = JsonReport & { shard: NonNullable<JsonReport['shard']> }

/** Joins the JSON reports of all shards into the one that a check without shards gives. Gives the exit code of that check. */
export function merge(paths: readonly string[], flags: { output?: string }): number {
  const shards = paths.map(read).sort((a, b) => a.shard.index - b.shard.index)
  complain(shards)
  const text = `${JSON.stringify(merged(shards), null, 2)}\n`
  if (flags.output) writeWhole(flags.output, text)
  else process.stdout.write(text)
  return Math.max(...shards.map(({ shard }) => shard.exitCode))
}

function read(path: string): Shard {
  const text = readWhole(path)
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    throw new InputError(`${path}: is not JSON; merge takes what check --format json --shard wrote`)
  }
  const { success, data } = reportShape.safeParse(content)
  if (!success) throw new InputError(`${path}: is not a report of values-lint check --format json`)
  const { shard } = data
  if (!shard) throw new InputError(`${path}: is a report without --shard; there is nothing to merge it with`)
  return { ...data, shard }
}

/** Throws an InputError where a shard is missing or there twice, or the shards are not of one check. */
function complain(shards: readonly Shard[]): void {
  const { version, shard } = shards[0] as Shard
  const other = shards.find((one) => one.version !== version || one.shard.of !== shard.of)
  if (other) throw new InputError('the reports are not of one check: their versions or their numbers of shards differ')
  for (let index = 1; index <= shard.of; index++) {
    const times = shards.filter((one) => one.shard.index === index).length
    if (times !== 1) throw new InputError(`shard ${index} of ${shard.of} is ${times ? 'there twice' : 'missing'}`)
  }
}

function merged(shards: readonly Shard[]): Omit<JsonReport, 'shard'> {
  const withDrafts = shards.filter(({ files }) => files.length)
  const packs = (withDrafts.length ? withDrafts : shards.slice(0, 1)).flatMap(({ pack }) => pack.split(', '))
  const errors = shards.flatMap((shard) => shard.errors ?? [])
  const alignment = aligned(shards.flatMap((shard) => shard.alignment ?? []))
  const baselines = shards.flatMap(({ baseline }) => baseline ?? [])
  return {
    version: (shards[0] as Shard).version,
    pack: [...new Set(packs)].join(', '),
    files: shards.flatMap(({ files }) => files),
    summary: summed(shards.map(({ summary }) => summary)),
    ...(alignment.length ? { alignment } : {}),
    ...(baselines.length ? { baseline: added(baselines) } : {}),
    // A path that is not there is said by every shard.
    ...(errors.length
      ? { errors: [...new Map(errors.map((one) => [`${one.path}\n${one.message}`, one])).values()] }
      : {}),
  }
}

function summed(summaries: readonly JsonReport['summary'][]): JsonReport['summary'] {
  const { levels, values } = { levels: summaries.map((one) => one.levels), values: summaries.map((one) => one.values) }
  const counts = added(
    summaries.map(({ files, words, excused, suppressed }) => ({ files, words, excused, suppressed })),
  )
  const { files, words, excused, suppressed } = counts
  return { files, words, levels: added(levels), excused, suppressed, values: added(values) }
}

type Alignment = NonNullable<JsonReport['alignment']>

function aligned(all: Alignment): Alignment {
  const byValue = new Map<number, Alignment[number]>()
  for (const { value, title, conflicts, notes, affirmations } of all) {
    const one = byValue.get(value) ?? { value, title, conflicts: 0, notes: 0, affirmations: [] }
    one.conflicts += conflicts
    one.notes += notes
    one.affirmations.push(...affirmations)
    byValue.set(value, one)
  }
  return [...byValue.values()].sort((a, b) => a.value - b.value)
}

/** The sums of numbers by name. */
function added<T extends Record<string, number>>(list: readonly T[]): T {
  const sums: Record<string, number> = {}
  for (const one of list) for (const [name, count] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count
  return sums as T
}
