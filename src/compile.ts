import { freezePack } from './core/frozen.ts'
import { compilePack } from './core/pack.ts'
import { fingerprint, readPack, shippedPacks } from './files.ts'

/** For the build: every shipped pack, compiled, by the name of its file. A pack with a mistake is left for the command to report. */
export function compiledPacks(): { name: string; bytes: Uint8Array }[] {
  return shippedPacks().flatMap((name) => {
    const files = readPack(name)
    const { pack, problems } = compilePack(files)
    return problems.length ? [] : [{ name: `${fingerprint(files)}.pack.gz`, bytes: freezePack(pack) }]
  })
}
