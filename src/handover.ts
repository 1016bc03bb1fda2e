import type { Pack } from './core/pack.ts'

/** `clean.ts` is built apart from the whole program; what it has thawed of a pack is handed over here. */

interface Handed {
  print: string
  pack: Pack
}

const place = Symbol.for('values-lint.pack')
const all = globalThis as unknown as Record<symbol, Handed | undefined>

export function handOver(print: string, pack: Pack): void {
  all[place] = { print, pack }
}

export function handedOver(): Handed | undefined {
  return all[place]
}
