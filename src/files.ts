import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackFiles } from './core/pack.ts'
import type { SourceFile } from './core/source.ts'

/** The rule packs that ship with the program: `rules/` beside `dist/` or `src/`. */
export const shippedRules = join(dirname(fileURLToPath(import.meta.url)), '..', 'rules')

/** Reads the files of a pack, by name (one that ships) or by path of its folder. Throws an Error that says what is missing. */
export function readPack(nameOrPath: string): PackFiles {
  const folder = [nameOrPath, join(shippedRules, nameOrPath)].find((path) => existsSync(join(path, 'pack.yaml')))
  if (!folder) throw new Error(`no rule pack at "${nameOrPath}": a pack is a folder with a pack.yaml in it`)
  const files = yamlIn(folder)
  const isConcepts = (path: string): boolean =>
    basename(path) === 'concepts.yaml' || basename(dirname(path)) === 'concepts'
  return {
    pack: read(join(folder, 'pack.yaml')),
    concepts: [...files.filter(isConcepts), join(shippedRules, 'english', 'concepts.yaml')].map(read),
    values: files.filter((path) => /^\d/.test(basename(path))).map(read),
    cues: yamlIn(join(shippedRules, 'english'))
      .filter((path) => basename(path) !== 'concepts.yaml')
      .map(read),
  }
}

function yamlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name))
}

function read(path: string): SourceFile {
  return { path, text: readFileSync(path, 'utf8') }
}
