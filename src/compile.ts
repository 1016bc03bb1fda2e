import { freezePack, partsOf } from './core/frozen.ts'

export { freezeLexicon } from './core/lexicon.ts'

import { compilePack } from './core/pack.ts'
import { packBytes, readPack, shippedPacks } from './files.ts'
import { fingerprint } from './fingerprint.ts'

/** A pack as the build keeps it: whole, and in its two parts; the sizes are those of its files. */
export interface CompiledPack {
  name: string
  fingerprint: string
  sizes: number[]
  bytes: Uint8Array
  first: Uint8Array
  rest: Uint8Array
}

/** For the build: every shipped pack, compiled. A pack with a mistake is left for the command to report. */
export function compiledPacks(): CompiledPack[] {
  return shippedPacks().flatMap((name) => {
    const { pack, problems } = compilePack(readPack(name))
    if (problems.length) return []
    const sources = packBytes(name)
    const bytes = freezePack(pack)
    return [
      { name, fingerprint: fingerprint(sources), sizes: sources.map(({ length }) => length), bytes, ...partsOf(bytes) },
    ]
  })
}
