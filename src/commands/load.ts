import { compilePack, type Pack } from '../core/pack.ts'
import type { Problem } from '../core/source.ts'
import { readPack } from '../files.ts'

/** Reads and compiles a pack; its mistakes are printed, and make the exit code 2, but the other rules still run. */
export function compiledHere(nameOrPath: string): { pack: Pack; broken: boolean } {
  const { pack, problems } = compilePack(readPack(nameOrPath))
  for (const problem of problems) process.stderr.write(`${described(problem)}\n`)
  return { pack, broken: problems.length > 0 }
}

function described({ path, line, column, message, excerpt }: Problem): string {
  return `${path}:${line}:${column}  ${message}\n    ${excerpt.trim()}`
}
