import type { Pack, Value } from '../src/index.ts'

export function pageName(value: Pick<Value, 'number' | 'slug'>): string
export function valuePages(pack: Pack): Map<string, string>
export function accuracyPage(source: string, results: unknown, rounds: string, pack: Pack): string
