/** For Node: packs from the disk, and PDFs read where they cannot hang the program. */
import { thawPack } from './core/frozen.ts'
import { compilePack, type Pack } from './core/pack.ts'
import type { Problem } from './core/source.ts'
import { fingerprintBuilt, packBytes, readCompiled, readPack } from './files.ts'
import { fingerprint } from './fingerprint.ts'

export { readPdfApart as readPdf } from './commands/pdf-apart.ts'

/**
 * Reads and compiles a pack, by name (one that ships) or by the path of its folder. Mistakes in its files are `problems`; the
 * other rules work. Throws an Error where there is no pack.
 */
export function loadPack(nameOrPath = 'nsn-2022'): { pack: Pack; problems: Problem[] } {
  const compiled = readCompiled(fingerprintBuilt(nameOrPath) ?? fingerprint(packBytes(nameOrPath)))
  const pack = compiled && thawPack(compiled.first, compiled.rest)
  return pack ? { pack, problems: [] } : compilePack(readPack(nameOrPath))
}
