import { didYouMean } from '../core/closest.ts'
import { thawPack } from '../core/frozen.ts'
import type { Pack } from '../core/pack.ts'
import { fingerprintBuilt, InputError, packBytes, readCompiled } from '../files.ts'

/** A pack by name or folder; `broken` where it has mistakes, which were said. The compiler is loaded only for one that the build has not compiled. */
export async function packNamed(nameOrPath: string): Promise<{ pack: Pack; broken: boolean }> {
  const print = await fingerprintOf(nameOrPath)
  if (last?.print === print) return { pack: last.pack, broken: false }
  const built = packBuilt(print)
  if (built) return { pack: built, broken: false }
  const loaded = (await import('./load.ts')).compiledHere(nameOrPath)
  if (!loaded.broken) last = { print, pack: loaded.pack }
  return loaded
}

/** The pack that the build compiled from files with this fingerprint, if there is one. */
export function packBuilt(print: string): Pack | undefined {
  if (last?.print === print) return last.pack
  const compiled = readCompiled(print)
  const pack = compiled && thawPack(compiled.first, compiled.rest)
  if (pack) last = { print, pack }
  return pack
}

/** A name for the content of a pack's files. Throws an InputError where there is no pack. */
export async function fingerprintOf(nameOrPath: string): Promise<string> {
  const built = fingerprintBuilt(nameOrPath)
  if (built !== undefined) return built
  const { fingerprint } = await import('../fingerprint.ts')
  return fingerprint(packBytes(nameOrPath))
}

/**
 * The pack that was loaded last, with what names its files: the language server loads its settings again and again, and where
 * a run began the pack may be thawed already (see `clean.ts`).
 */
let last: { print: string; pack: Pack } | undefined

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
