import { isUtf8 } from 'node:buffer'
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { didYouMean } from './core/closest.ts'
import type { PackFiles } from './core/pack.ts'
import type { SourceFile } from './core/source.ts'
import type { Rule } from './core/types.ts'
import { extensions } from './formats/names.ts'

/** The file that touches the disk, with `cache.ts`. */

/** A mistake of the user or of their files: printed as one line, without a stack trace; exit code 2. */
export class InputError extends Error {
  // The command tells it by its name, so that --help need not load this file.
  override readonly name = 'InputError'
}

/** The rule packs that ship with the program: `rules/` beside `dist/` or `src/`. */
export const shippedRules = join(import.meta.dirname, '..', 'rules')

/** The pack that is used where none is named. */
export const defaultPack = 'nsn-2022'

/** Files larger than this are refused: no draft has 600,000 words, and memory grows with the text. */
export const largestFile = 4 * 1024 * 1024

/** Word and OpenDocument files hold pictures too; of their text and markup they may unpack to less (src/formats/package/zip.ts). */
export const largestDocument = 64 * 1024 * 1024

/** Names of the packs that ship with the program. */
export function shippedPacks(): string[] {
  return readdirSync(shippedRules).filter((name) => existsSync(join(shippedRules, name, 'pack.yaml')))
}

/** The files of a pack by kind, as paths. Throws an InputError that says what is missing. */
function packPaths(nameOrPath: string): { [K in keyof PackFiles]: string[] } {
  const folder = [nameOrPath, join(shippedRules, nameOrPath)].find(isPack)
  if (!folder) {
    const shipped = shippedPacks()
    throw new InputError(
      `no rule pack at "${nameOrPath}": a pack is a folder with a pack.yaml; these ship: ${shipped.join(', ')}${didYouMean(nameOrPath, shipped)}`,
    )
  }
  const files = yamlIn(folder)
  const isConcepts = (path: string): boolean =>
    basename(path) === 'concepts.yaml' || basename(dirname(path)) === 'concepts'
  const english = join(shippedRules, 'english')
  return {
    pack: [join(folder, 'pack.yaml')],
    concepts: [...files.filter(isConcepts), join(english, 'concepts.yaml')],
    values: files.filter((path) => /^\d/.test(basename(path))),
    cues: yamlIn(english).filter((path) => basename(path) !== 'concepts.yaml'),
  }
}

/** Reads the files of a pack, by name (one that ships) or by path of its folder. Throws an InputError that says what is missing. */
export function readPack(nameOrPath: string): PackFiles {
  const { pack, concepts, values, cues } = packPaths(nameOrPath)
  return { pack: read(pack[0] as string), concepts: concepts.map(read), values: values.map(read), cues: cues.map(read) }
}

/** The content of a pack's files, in a fixed order. Throws an InputError as `readPack` does. */
export function packBytes(nameOrPath: string): Uint8Array[] {
  return Object.values(packPaths(nameOrPath))
    .flat()
    .map((path) => readFileSync(path))
}

/** The page about a rule of a pack that ships, `docs/values/12-end-demand.md#model-promoted`, where it is there. */
export function rulePage({ id, value }: Rule, packName: string): string | undefined {
  if (!shippedPacks().includes(packName)) return undefined
  const file = `${String(value.number).padStart(2, '0')}-${value.slug}.md`
  const path = join(shippedRules, '..', 'docs', 'values', file)
  return existsSync(path) ? `${shown(path)}#${id.slice(id.indexOf('/') + 1)}` : undefined
}

/** Whether a folder holds a rule pack. */
export function isPack(folder: string): boolean {
  return existsSync(join(folder, 'pack.yaml'))
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Where the build keeps its compiled packs, each under the fingerprint of its sources, and a note of what they were made from. */
const compiledPacks = join(shippedRules, '..', 'dist', 'packs')
const noteOfBuild = join(compiledPacks, 'built.json')

/** What the build notes of a pack: the fingerprint and the sizes of its files, in the order of `packBytes`. */
export type BuildNote = Readonly<Record<string, { fingerprint: string; sizes: readonly number[] }>>

/**
 * The fingerprint of a pack that the build compiled, where none of its files has another size since, or is newer: to look at
 * them takes 3 ms, to read them 12. Undefined in doubt. Throws an InputError as `readPack` does.
 */
export function fingerprintBuilt(name: string): string | undefined {
  const paths = Object.values(packPaths(name)).flat()
  const built = statSync(noteOfBuild, { throwIfNoEntry: false })
  if (!built || isPack(name)) return undefined
  const { [name]: note } = JSON.parse(readFileSync(noteOfBuild, 'utf8')) as BuildNote
  const same = (path: string, i: number): boolean => {
    const { size, mtimeMs } = statSync(path)
    return size === note?.sizes[i] && mtimeMs <= built.mtimeMs
  }
  return note?.sizes.length === paths.length && paths.every(same) ? note.fingerprint : undefined
}

/** The pack that the build compiled under a fingerprint, for `thawPack`, if there is one. */
export function readCompiled(fingerprint: string): { first: Uint8Array; rest: () => Uint8Array } | undefined {
  const path = join(compiledPacks, fingerprint)
  if (!existsSync(`${path}.first`)) return undefined
  return {
    first: readFileSync(`${path}.first`),
    // Loaded only here: most drafts do not need it.
    rest: () => readFileSync(`${path}.rest`),
  }
}

function yamlIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => join(folder, name))
}

const configNames = ['values-lint.yaml', 'values-lint.yml'] as const

/** The configuration that holds in a folder: the nearest one upward, up to the top of its repository. */
export function configFor(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const found = configNames.map((name) => join(at, name)).find((path) => existsSync(path))
    if (found) return found
    const manifest = join(at, 'package.json')
    if (hasConfig(manifest)) return manifest
    if (existsSync(join(at, '.git')) || dirname(at) === at) return undefined
  }
}

/** The top of the repository that holds a folder. */
export function topOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
  }
}

const baselineName = '.values-lint-baseline.json'

/** Where the baseline for a draft would be: at the top of its repository; outside of one, in the working folder. */
export function baselineFor(draft: string): string {
  return join(topOf(dirname(resolve(draft))) ?? process.cwd(), baselineName)
}

/** Whether a package.json has our key; one that is broken is not ours to complain of. */
function hasConfig(manifest: string): boolean {
  try {
    const text = readFileSync(manifest, 'utf8')
    return text.includes('"values-lint"') && Object.hasOwn(JSON.parse(text), 'values-lint')
  } catch {
    return false
  }
}

/** A text file as a source. Throws an InputError where it cannot be read. */
export function readSource(path: string): SourceFile {
  try {
    return { path: shown(path), text: readDraft(path) }
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${shown(path)}: ${error.message}`) : error
  }
}

function read(path: string): SourceFile {
  return { path: shown(path), text: readFileSync(path, 'utf8') }
}

/** A path as the user would write it: relative to the working folder where it lies below it. */
export function shown(path: string): string {
  const below = relative(process.cwd(), path)
  return below.startsWith('..') ? path : below
}

/** A path without links; as it is where nothing is there. */
export function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : resolve(path)
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
    try {
      if (statSync(path).isDirectory()) collectFolder(path, found)
      else found.paths.push(path)
    } catch (error) {
      found.errors.push({ path, message: reason(error) })
    }
  }
  return { ...found, paths: unique(found.paths) }
}

function collectFolder(path: string, found: Collected): void {
  const before = found.paths.length + found.errors.length
  walk(path, rulesAbove(path), found)
  if (found.paths.length + found.errors.length > before) return
  found.errors.push({ path, message: `holds no draft (${extensions.join(' ')})` })
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
  const here = [...above, ...rulesIn(folder)]
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
    if (!stat || name.startsWith('.') || name === 'node_modules' || leftByPrograms.test(name)) continue
    if (ignored(path, stat.isDirectory(), here)) continue
    if (stat.isDirectory()) walk(path, here, found)
    else if (stat.isFile() && extensions.some((extension) => name.toLowerCase().endsWith(extension)))
      found.paths.push(path)
  }
}

/** What Word leaves beside a file that is open, and drafts that values-lint has commented. */
const leftByPrograms = /^~\$|\.checked\.(?:docx|odt)$/i

function rulesIn(folder: string): Rules[] {
  const file = join(folder, '.gitignore')
  return existsSync(file) ? [{ folder, rules: ignore().add(readFileSync(file, 'utf8')) }] : []
}

/** What the .gitignore files above a folder say, up to the top of its repository; nothing where they leave out the folder that is named. */
function rulesAbove(folder: string): Rules[] {
  const above: Rules[] = []
  for (let at = resolve(folder); !existsSync(join(at, '.git')); at = dirname(at)) {
    if (dirname(at) === at) return []
    above.unshift(...rulesIn(dirname(at)))
  }
  return ignored(folder, true, above) ? [] : above
}

/** The deepest .gitignore that says something of a path decides. */
function ignored(path: string, folder: boolean, all: readonly Rules[]): boolean {
  return all.reduce((before, { folder: root, rules }) => {
    const below = relative(root, path).split(sep).join('/')
    const said = rules.test(folder ? `${below}/` : below)
    return said.ignored || (before && !said.unignored)
  }, false)
}

/** Reads a draft as text. Throws an InputError that says in one line why it cannot be read and what to do. */
export function readDraft(path: string): string {
  return decode(readBytes(path))
}

/** Reads a file whole. Throws an InputError as `readDraft` does. */
export function readBytes(path: string, largest = largestFile): Uint8Array {
  try {
    const stat = statSync(path)
    // A pipe or a device may never end.
    if (!stat.isFile()) throw new InputError('is no ordinary file; name - to check standard input')
    if (stat.size > largest) throw tooLarge(largest)
    return readFileSync(path)
  } catch (error) {
    if (error instanceof InputError) throw error
    throw new InputError(reason(error))
  }
}

/** Reads a draft from a stream, such as standard input. Throws an InputError as `readDraft` does. */
export async function readDraftFrom(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > largestFile) throw tooLarge()
    chunks.push(chunk)
  }
  return decode(Buffer.concat(chunks))
}

function tooLarge(largest = largestFile): InputError {
  return new InputError(`is larger than ${largest / 1024 / 1024} MiB; split it, or check the text alone`)
}

/** What people hand over as drafts, by its first bytes. */
const otherFormats: readonly [start: string, name: string][] = [
  ['%PDF-', 'a PDF'],
  ['PK\x03\x04', 'a zip file, as Word and OpenDocument files are'],
  ['\xd0\xcf\x11\xe0', 'an old Word file'],
  ['{\\rtf', 'rich text (RTF)'],
]

/**
 * Bytes to text: UTF-8, or UTF-16 with a byte order mark; the mark stays, so that offsets count it. Throws an InputError on
 * anything else: a guess at an encoding would garble the quotation marks by which quotations are known.
 */
export function decode(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return utf16(bytes, 'utf-16le')
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return utf16(bytes, 'utf-16be')
  const start = String.fromCharCode(...bytes.subarray(0, 5))
  const other = otherFormats.find(([signature]) => start.startsWith(signature))
  if (other) throw new InputError(`is ${other[1]}, whatever its name says; give it its own ending, or export its text`)
  if (bytes.includes(0)) throw new InputError('is not a text file; drafts are Markdown, plain text or HTML')
  if (!isUtf8(bytes)) {
    throw new InputError(
      `is not in UTF-8 (line ${lineOfFault(bytes)}); save it as UTF-8, or convert it: iconv -f latin1 -t utf-8`,
    )
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function utf16(bytes: Uint8Array, encoding: 'utf-16le' | 'utf-16be'): string {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true, fatal: true }).decode(bytes)
  } catch {
    throw new InputError('begins like UTF-16 text but does not go on so; save it as UTF-8')
  }
}

/** The first line that is not UTF-8; no character holds the byte of a line feed, so lines can be looked at apart. */
function lineOfFault(bytes: Uint8Array): number {
  let line = 1
  for (let start = 0; start < bytes.length; line++) {
    const feed = bytes.indexOf(0x0a, start)
    const end = feed < 0 ? bytes.length : feed
    if (!isUtf8(bytes.subarray(start, end))) break
    start = end + 1
  }
  return line
}

/**
 * Writes a file whole or not at all; what is no ordinary file (a pipe, /dev/stdout) is written to, never replaced. Throws an
 * InputError where the place cannot be written.
 */
export function writeWhole(path: string, text: string | Uint8Array): void {
  const scratch = join(dirname(path), `.${basename(path)}.${process.pid}.part`)
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() === false) writeFileSync(path, text)
    else {
      writeFileSync(scratch, text)
      renameSync(scratch, path)
    }
  } catch (error) {
    rmSync(scratch, { force: true })
    throw new InputError(`cannot write ${path}: ${reason(error)}`)
  }
}

/** Columns of standard output. Its stream takes 5 ms to load, and is asked only where it may be a terminal. */
export function columnsOfOutput(): number {
  const out = fstatSync(1)
  const terminal = out.isCharacterDevice() && out.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
  return (terminal && process.stdout.columns) || Number(process.env.COLUMNS) || 80
}

/** Writes a line to standard output without its stream, which takes 5 ms to load. False where it cannot be written so. */
export function writeLine(line: string): boolean {
  try {
    return writeSync(1, `${line}\n`) > 0
  } catch {
    return false
  }
}

/**
 * Writes a draft again that was read as `before`: whole or not at all, in its encoding and with its permissions; a link is
 * followed. Throws an InputError where it cannot be written or has changed since.
 */
export function rewriteDraft(path: string, before: string, after: string): void {
  const real = realPath(path)
  if (readDraft(real) !== before) throw new InputError(`${path} has changed in the meantime; nothing was written`)
  const scratch = join(dirname(real), `.${basename(real)}.${process.pid}.part`)
  try {
    // To rename over a file, its folder must be writable; what the file itself allows is respected too.
    accessSync(real, constants.W_OK)
    writeFileSync(scratch, encoded(after, readFileSync(real)), { mode: statSync(real).mode })
    renameSync(scratch, real)
  } catch (error) {
    rmSync(scratch, { force: true })
    throw new InputError(`cannot write ${path}: ${reason(error)}`)
  }
}

/** A text in the encoding of some bytes: UTF-16 with their byte order mark, which stands in the text, or UTF-8. */
function encoded(text: string, like: Uint8Array): Buffer {
  if (like[0] === 0xff && like[1] === 0xfe) return Buffer.from(text, 'utf16le')
  if (like[0] === 0xfe && like[1] === 0xff) return Buffer.from(text, 'utf16le').swap16()
  return Buffer.from(text)
}

/** A text of any size. Throws an InputError where it cannot be read. */
export function readWhole(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new InputError(`${path}: ${reason(error)}`)
  }
}

/** What was kept at a path for later runs, if anything was. */
export function readKept(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

/** Keeps a text for later runs; where that cannot be, it is not kept. */
export function writeKept(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeWhole(path, text)
  } catch {
    // A home that cannot be written to is no reason to stop.
  }
}

export function removeKept(path: string): void {
  rmSync(path, { force: true })
}

/** The page that the build made. Throws an InputError where it did not. */
export function readPage(): string {
  const path = join(shippedRules, '..', 'dist', 'web.html')
  if (!existsSync(path)) throw new InputError('the page is not built; run npm run build')
  return readFileSync(path, 'utf8')
}

/** Whether anything stands at a path, a link to nothing too. */
export function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Writes a file that is not there yet, whole or not at all. False where there is one. Throws an InputError where it cannot be written. */
export function writeNew(path: string, text: string): boolean {
  try {
    mkdirSync(dirname(path), { recursive: true })
    if (isThere(path)) return false
    const file = openSync(path, 'wx')
    try {
      writeFileSync(file, text)
    } catch (error) {
      rmSync(path, { force: true })
      throw error
    } finally {
      closeSync(file)
    }
    return true
  } catch (error) {
    throw new InputError(`cannot write ${path}: ${reason(error)}`)
  }
}

/** Whether two paths lead to one file, by whatever links. */
export function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }))
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code
  const known: Record<string, string> = {
    ENOENT: 'there is no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EISDIR: 'is a folder',
    ENOTDIR: 'part of the path is not a folder',
    EEXIST: 'a file stands where a folder should be',
    ELOOP: 'the symbolic links go round in a circle',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  }
  return (code && known[code]) || ((error as Error).message.split('\n')[0] ?? '')
}
