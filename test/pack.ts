import { loadPack } from '../src/node.ts'

/** The shipped pack, as the build compiled it; compiled here where it has mistakes. */
export const { pack, problems } = loadPack('nsn-2022')
