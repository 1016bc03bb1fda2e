import { basename, dirname, resolve } from 'node:path'
import ignore from 'ignore'
import { type Problem, parseSource, type SourceFile } from '../core/source.ts'
import type { Layer } from './layers.ts'
import { type ConfigSource, configShape, packageShape } from './shape.ts'

/** A configuration as read, with those that it builds on. */
export interface Config {
  file: string
  source: ConfigSource
  bases: Config[]
  problem: (path: readonly (string | number)[], message: string) => Problem
  /** As `problem`, where the last key of the path is written. */
  keyProblem: (path: readonly (string | number)[], message: string) => Problem
}

/** What reading needs from whoever has a file system. */
export interface Disk {
  /** Throws where there is no such file. */
  read: (path: string) => SourceFile
  /** The error to throw for problems in files. */
  fault: (problems: readonly Problem[]) => Error
}

/** More files than this are a mistake: each that extends two that extend two more doubles their number. */
const mostFiles = 50

/** Reads a configuration and all that it extends. Throws the disk's fault for anything wrong in one of them. */
export function readConfig(path: string, disk: Disk, above: readonly string[] = [], count = { files: 0 }): Config {
  const file = resolve(path)
  const source = disk.read(file)
  const inPackage = basename(file) === 'package.json'
  const parsed = inPackage ? parseSource(source, packageShape) : parseSource(source, configShape)
  if (Array.isArray(parsed)) throw disk.fault(parsed)
  const root = inPackage ? ['values-lint'] : []
  const data = (inPackage ? (parsed.data as Record<string, unknown>)['values-lint'] : parsed.data) as ConfigSource
  const problem: Config['problem'] = (at, message) => parsed.problem([...root, ...at], message)
  const keyProblem: Config['keyProblem'] = (at, message) => parsed.keyProblem([...root, ...at], message)
  const chain = [...above, file]
  const bases = listOf(data.extends).map((name, i) => {
    const base = resolve(dirname(file), name)
    const where = typeof data.extends === 'string' ? ['extends'] : ['extends', i]
    if (chain.includes(base)) {
      const round = [...chain.slice(chain.indexOf(base)), base].map((one) => basename(one)).join(' → ')
      throw disk.fault([problem(where, `these extend each other in a circle: ${round}`)])
    }
    if (++count.files >= mostFiles) throw disk.fault([problem(where, `more than ${mostFiles} files extend each other`)])
    try {
      disk.read(base)
    } catch (error) {
      throw disk.fault([problem(where, `this cannot be extended: ${(error as Error).message}`)])
    }
    return readConfig(base, disk, chain, count)
  })
  return { file, source: data, bases, problem, keyProblem }
}

export function listOf(given: string | readonly string[] | undefined): readonly string[] {
  return given === undefined ? [] : typeof given === 'string' ? [given] : given
}

/**
 * The layers of a configuration for a draft: what it extends, itself, then the overrides that fit. `below` is the draft's path,
 * relative to the folder of the configuration that was found; none if it lies elsewhere.
 */
export function layersOf(config: Config, below: string | undefined, fault: Disk['fault']): Layer[] {
  const { source, problem, keyProblem } = config
  const layer = (settings: Layer['settings'], at: readonly (string | number)[]): Layer => ({
    id: [config.file, ...at].join('#'),
    settings,
    folder: dirname(config.file),
    from: (path) => {
      const { path: file, line } = problem([...at, ...path], '')
      return `${file}:${line}`
    },
    fault: (path, message) => {
      const inMap = path[0] === 'values' || path[0] === 'rules'
      return fault([(inMap ? keyProblem : problem)([...at, ...path], message)])
    },
  })
  const overrides = (source.overrides ?? []).flatMap((override, i) =>
    matches(listOf(override.files), below) ? [layer(override, ['overrides', i])] : [],
  )
  return [...config.bases.flatMap((base) => layersOf(base, below, fault)), layer(source, []), ...overrides]
}

/** Whether a configuration leaves a draft out. */
export function leavesOut(config: Config, below: string | undefined): boolean {
  return matches(patterns(config), below)
}

function patterns({ source, bases }: Config): string[] {
  return [...bases.flatMap(patterns), ...(source.ignore ?? [])]
}

function matches(globs: readonly string[], below: string | undefined): boolean {
  return (
    below !== undefined &&
    globs.length > 0 &&
    ignore()
      .add([...globs])
      .ignores(below)
  )
}
