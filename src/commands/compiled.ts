import { thawPack } from '../core/frozen.ts'
import type { Pack } from '../core/pack.ts'
import { readCompiled, readPack } from '../files.ts'

/** As `loadPack`, without loading the compiler where the build has compiled the pack already. */
export async function packNamed(nameOrPath: string): Promise<{ pack: Pack; broken: boolean }> {
  const compiled = readCompiled(readPack(nameOrPath))
  const pack = compiled && thawPack(compiled)
  return pack ? { pack, broken: false } : (await import('./load.ts')).loadPack(nameOrPath)
}

/** As `chosenValues`, which is seldom asked for. */
export async function valuesNamed(list: string | undefined, pack: Pack): Promise<number[] | undefined> {
  return list === undefined ? undefined : (await import('./load.ts')).chosenValues(list, pack)
}
