import type { Pack } from '../core/pack.ts'
import { defaultPack } from '../files.ts'
import { chosenValues, packNamed } from './compiled.ts'

interface ListFlags {
  pack?: string
  values?: string
  format: string
}

/** Lists the rules of a pack. */
export async function rules(flags: ListFlags): Promise<number> {
  const { pack, broken } = await packNamed(flags.pack ?? defaultPack)
  const chosen = chosenValues(flags.values, pack)
  const list = pack.rules.filter(
    ({ value, kind }) => kind !== 'affirmation' && (!chosen || chosen.includes(value.number)),
  )
  const rows = list.map(({ id, level, kind, value, message, profile }) => ({
    id,
    value: value.number,
    level,
    kind,
    message,
    ...(profile ? { profile } : {}),
  }))
  if (flags.format === 'json') process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`)
  else
    for (const row of rows) {
      const only = row.profile ? ` (only under --profile ${row.profile})` : ''
      process.stdout.write(`${row.id.padEnd(46)} ${row.level.padEnd(8)} ${row.message}${only}\n`)
    }
  return broken ? 2 : 0
}

/** Lists the values: what each means, how it is covered, and what is known to be missed. */
export async function values(flags: ListFlags): Promise<number> {
  const { pack, broken } = await packNamed(flags.pack ?? defaultPack)
  const chosen = chosenValues(flags.values, pack)
  const cards = pack.values
    .filter(({ number }) => !chosen || chosen.includes(number))
    .map(({ number }) => card(number, pack))
  process.stdout.write(flags.format === 'json' ? `${JSON.stringify(cards, null, 2)}\n` : cards.map(shown).join('\n'))
  return broken ? 2 : 0
}

interface Card {
  value: number
  title: string
  means: string
  rules: string[]
  example: string
  gaps: string[]
}

function card(number: number, pack: Pack): Card {
  const own = pack.rules.filter((rule) => rule.value.number === number && rule.kind !== 'affirmation')
  const value = own[0]?.value ?? pack.values.find((one) => one.number === number)
  return {
    value: number,
    title: value?.title ?? '',
    means: (value?.means ?? '').trim(),
    rules: own.map(({ id }) => id),
    example: own[0]?.examples.fail[0] ?? '',
    gaps: own.flatMap(({ examples }) => examples.gap),
  }
}

function shown({ value, title, means, rules: ids, example, gaps }: Card): string {
  const names = ids.map((id) => id.slice(id.indexOf('/') + 1))
  return [
    `Value ${value}, ${title}`,
    `  ${means.replace(/\s+/g, ' ')}`,
    `  ${ids.length} rules: ${names.join(', ')}`,
    `  For example: ${example}`,
    ...(gaps.length
      ? [`  Known to be missed or wrong (${gaps.length}):`, ...gaps.map((gap) => `    ${gap}`)]
      : ['  No gap is written down yet.']),
    '',
  ].join('\n')
}
