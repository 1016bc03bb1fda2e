import { didYouMean } from '../core/closest.ts'
import { thawPack } from '../core/frozen.ts'
import { compilePack, type Pack } from '../core/pack.ts'
import type { Problem } from '../core/source.ts'
import { fingerprint, InputError, readCompiled, readPack } from '../files.ts'

export const defaultPack = 'nsn-2022'

/** The pack that was loaded last, with what names its files: the language server loads its settings again and again. */
let last: { print: string; pack: Pack } | undefined

/** Reads and compiles a pack; its mistakes are printed, and make the exit code 2, but the other rules still run. */
export function loadPack(nameOrPath: string): { pack: Pack; broken: boolean } {
  const files = readPack(nameOrPath)
  const print = fingerprint(files)
  if (last?.print === print) return { pack: last.pack, broken: false }
  const compiled = readCompiled(files)
  const { pack, problems } = compiled ? { pack: thawPack(compiled), problems: [] } : compilePack(files)
  for (const problem of problems) process.stderr.write(`${described(problem)}\n`)
  if (!problems.length) last = { print, pack }
  return { pack, broken: problems.length > 0 }
}

function described({ path, line, column, message, excerpt }: Problem): string {
  return `${path}:${line}:${column}  ${message}\n    ${excerpt.trim()}`
}

/** The values chosen by number or slug: "4,12". Throws an InputError that names the one that is not there. */
export function chosenValues(list: string | undefined, pack: Pack): number[] | undefined {
  if (list === undefined) return undefined
  return list.split(',').map((part) => {
    const wanted = part.trim()
    const value = pack.values.find(({ number, slug }) => String(number) === wanted || slug === wanted)
    if (value) return value.number
    const slugs = pack.values.map(({ slug }) => slug)
    throw new InputError(
      `the pack ${pack.name} has no value "${wanted}"; it has 1 to ${pack.values.at(-1)?.number}${didYouMean(wanted, slugs)}`,
    )
  })
}
