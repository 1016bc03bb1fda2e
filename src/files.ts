import { createHash } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ignore, { type Ignore } from 'ignore'
import type { FrozenPack } from './core/frozen.ts'
import type { PackFiles } from './core/pack.ts'
import type { SourceFile } from './core/source.ts'
import { extensions } from './formats/index.ts'

/** The one file that touches the disk. */

/** A mistake of the user or of their files: printed as one line, without a stack trace; exit code 2. */
export class InputError extends Error {}

/** The rule packs that ship with the program: `rules/` beside `dist/` or `src/`. */
export const shippedRules = join(dirname(fileURLToPath(import.meta.url)), '..', 'rules')

/** Files larger than this are refused: no draft has 600,000 words, and memory grows with the text. */
export const largestFile = 4 * 1024 * 1024

/** Names of the packs that ship with the program. */
export function shippedPacks(): string[] {
  return readdirSync(shippedRules).filter((name) => existsSync(join(shippedRules, name, 'pack.yaml')))
}

/** Reads the files of a pack, by name (one that ships) or by path of its folder. Throws an InputError that says what is missing. */
export function readPack(nameOrPath: string): PackFiles {
  const folder = [nameOrPath, join(shippedRules, nameOrPath)].find((path) => existsSync(join(path, 'pack.yaml')))
  if (!folder) {
    throw new InputError(
      `no rule pack at "${nameOrPath}": a pack is a folder with a pack.yaml; these ship: ${shippedPacks().join(', ')}`,
    )
  }
  const files = yamlIn(folder)
  const isConcepts = (path: string): boolean =>
    basename(path) === 'concepts.yaml' || basename(dirname(path)) === 'concepts'
  const english = join(shippedRules, 'english')
  return {
    pack: read(join(folder, 'pack.yaml')),
    concepts: [...files.filter(isConcepts), join(english, 'concepts.yaml')].map(read),
    values: files.filter((path) => /^\d/.test(basename(path))).map(read),
    cues: yamlIn(english)
      .filter((path) => basename(path) !== 'concepts.yaml')
      .map(read),
  }
}

/** Where the build keeps its compiled packs, each under the fingerprint of its sources. */
const compiledPacks = join(shippedRules, '..', 'dist', 'packs')

/** A name for the content of a pack's files. */
export function fingerprint({ pack, concepts, values, cues }: PackFiles): string {
  const hash = createHash('sha256')
  for (const { text } of [pack, ...concepts, ...values, ...cues]) hash.update(`${text.length}\n${text}`)
  return hash.digest('hex').slice(0, 32)
}

/** The compiled pack that was built from exactly these files, if there is one. */
export function readCompiled(files: PackFiles): FrozenPack | undefined {
  const path = join(compiledPacks, `${fingerprint(files)}.json`)
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
}

function yamlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name))
}

function read(path: string): SourceFile {
  return { path: shown(path), text: readFileSync(path, 'utf8') }
}

/** A path as the user would write it: relative to the working folder where it lies below it. */
function shown(path: string): string {
  const below = relative(process.cwd(), path)
  return below.startsWith('..') ? path : below
}

/** What a folder walk found, or why a path gave nothing. */
export interface Collected {
  paths: string[]
  errors: { path: string; message: string }[]
}

/**
 * The drafts under the given files and folders, in a fixed order. Folders are walked with their .gitignore files respected,
 * without node_modules, hidden folders and symbolic links; a file named outright is always taken.
 */
export function collect(arguments_: readonly string[]): Collected {
  const found: Collected = { paths: [], errors: [] }
  for (const path of arguments_) {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) found.errors.push({ path, message: 'there is no such file or folder' })
    else if (!stat.isDirectory()) found.paths.push(path)
    else {
      const before = found.paths.length
      walk(path, [], found)
      if (found.paths.length === before)
        found.errors.push({ path, message: `holds no draft (${extensions.join(' ')})` })
    }
  }
  return { ...found, paths: unique(found.paths) }
}

/** Each file once, also when it is named in two ways. */
function unique(paths: readonly string[]): string[] {
  const seen = new Set<string>()
  return paths.filter((path) => {
    const real = realpathSync(path)
    return !seen.has(real) && seen.add(real)
  })
}

interface Rules {
  folder: string
  rules: Ignore
}

function walk(folder: string, above: readonly Rules[], found: Collected): void {
  const file = join(folder, '.gitignore')
  const here = existsSync(file) ? [...above, { folder, rules: ignore().add(readFileSync(file, 'utf8')) }] : above
  let names: string[]
  try {
    names = readdirSync(folder).sort()
  } catch (error) {
    found.errors.push({ path: folder, message: reason(error) })
    return
  }
  for (const name of names) {
    const path = join(folder, name)
    const stat = lstatSync(path, { throwIfNoEntry: false })
    if (!stat || name.startsWith('.') || name === 'node_modules') continue
    if (ignored(path, stat.isDirectory(), here)) continue
    if (stat.isDirectory()) walk(path, here, found)
    else if (stat.isFile() && extensions.some((extension) => name.toLowerCase().endsWith(extension)))
      found.paths.push(path)
  }
}

function ignored(path: string, folder: boolean, all: readonly Rules[]): boolean {
  return all.some(({ folder: root, rules }) => {
    const below = relative(root, path).split(sep).join('/')
    return rules.ignores(folder ? `${below}/` : below)
  })
}

/** Reads a draft as text. Throws an InputError that says in one line why it cannot be read and what to do. */
export function readDraft(path: string): string {
  try {
    const stat = statSync(path)
    if (stat.size > largestFile)
      throw new InputError(`is larger than ${largestFile / 1024 / 1024} MiB; split it, or check the text alone`)
    return decode(readFileSync(path))
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(reason(error))
  }
}

/** Bytes to text: UTF-8, or UTF-16 with a byte order mark. Throws an InputError on anything else. */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.subarray(0, 8192).includes(0)) throw new InputError('is not a text file; drafts are Markdown or plain text')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new InputError('is not in UTF-8; save it as UTF-8 (it may be in an older encoding such as Latin-1)')
  }
}

/** Writes a file whole or not at all. Throws an InputError where the place cannot be written. */
export function writeWhole(path: string, text: string): void {
  const scratch = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    writeFileSync(scratch, text)
    renameSync(scratch, path)
  } catch (error) {
    throw new InputError(`cannot write ${path}: ${reason(error)}`)
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'is a folder',
    ENOTDIR: 'part of the path is not a folder',
    ELOOP: 'the symbolic links go round in a circle',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  }
  return (code && known[code]) ?? (error as Error).message
}
