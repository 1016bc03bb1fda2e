import { compilePack } from '../src/core/pack.ts'
import { readPack } from '../src/files.ts'

/** The shipped pack, compiled once for a test file. */
export const { pack, problems } = compilePack(readPack('nsn-2022'))
