/**
 * The library: a pack and a draft in, findings out. No file system, no network, no clock; it runs in Node, in a worker and in
 * a browser alike.
 */
export { type CheckOptions, checkDraft } from './core/check.ts'
export { compilePack, type Pack, type PackFiles } from './core/pack.ts'
export type { Problem, SourceFile } from './core/source.ts'
export type * from './core/types.ts'
