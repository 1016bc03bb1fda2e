import { createHash } from 'node:crypto'

/** A name for the content of files. */
export function fingerprint(files: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const bytes of files) hash.update(`${bytes.length}\n`).update(bytes)
  return hash.digest('hex').slice(0, 32)
}
