import { dirname, join, relative, resolve, sep } from 'node:path'
import { type Effective, type Layer, merged, optionsOf } from '../config/layers.ts'
import type { Config, Disk } from '../config/read.ts'
import type { FailOn, SettingsSource } from '../config/shape.ts'
import type { CheckOptions } from '../core/check.ts'
import type { Pack } from '../core/pack.ts'
import type { Problem } from '../core/source.ts'
import { configFor, defaultPack, InputError, isPack, readSource, shown } from '../files.ts'
import { chosenValues, packNamed } from './compiled.ts'

/** What the command line says about settings; what it says wins over a configuration, and its lists add to those of one. */
export interface SettingsFlags {
  /** A configuration to use for all drafts; false: none. */
  config?: string | false
  pack?: string
  values?: string
  profile?: string[]
  failOn?: FailOn
  own?: string[]
  accept?: string[]
}

/** How a draft is checked. */
export interface FileSettings {
  pack: Pack
  /** The pack has mistakes, which were said. */
  broken: boolean
  options: CheckOptions
  effective: Effective
  /** The configuration that holds, as the user would write its path. */
  config?: string
  /** The pack by its name or folder, and where it is chosen. */
  packName: string
  packFrom: string
  /** The values that --values asks for. */
  flagValues?: number[]
  /** The configuration leaves the draft out. */
  ignored: boolean
}

/** Finds out how drafts are checked. A configuration and a pack are read once, however many drafts there are. */
export class Settings {
  readonly #flags: SettingsFlags
  readonly #configs = new Map<string, Promise<Config>>()
  readonly #folders = new Map<string, string | undefined>()
  readonly #packs = new Map<string, ReturnType<typeof packNamed>>()
  readonly #known = new Map<string, FileSettings>()

  constructor(flags: SettingsFlags) {
    this.#flags = flags
  }

  /** The settings for a draft at a path; the draft need not be there. Throws an InputError for a mistake in a configuration or a flag. */
  async for(path: string): Promise<FileSettings> {
    const file = this.#file(path)
    if (file === undefined) return this.#settings([], undefined)
    // The parser and the shapes are loaded only where there is a configuration.
    const { layersOf, leavesOut, readConfig } = await import('../config/read.ts')
    const config = this.#configs.get(file) ?? Promise.resolve().then(() => readConfig(file, disk))
    this.#configs.set(file, config)
    const root = typeof this.#flags.config === 'string' ? '.' : dirname(file)
    const below = relative(resolve(root), resolve(path)).split(sep).join('/')
    const inside = below.startsWith('../') ? undefined : below
    const found = await config
    return { ...(await this.#settings(layersOf(found, inside, disk.fault), file)), ignored: leavesOut(found, inside) }
  }

  /** The configuration that holds for a path. */
  #file(path: string): string | undefined {
    const { config } = this.#flags
    if (config === false) return undefined
    if (config !== undefined) return resolve(config)
    const folder = dirname(resolve(path))
    if (!this.#folders.has(folder)) this.#folders.set(folder, configFor(folder))
    return this.#folders.get(folder)
  }

  async #settings(fromFile: readonly Layer[], file: string | undefined): Promise<FileSettings> {
    const layers = [...fromFile, flagLayer(this.#flags)]
    // Drafts under the same layers share their settings.
    const key = layers.map(({ id }) => id).join('\n')
    const known = this.#known.get(key)
    if (known) return known
    const { layer, name } = packOf(layers)
    const { pack, broken } = await this.#load(name, layer)
    const effective = merged(layers, pack)
    const values = chosenValues(this.#flags.values, pack)
    for (const { id, value } of values ? pack.rules : []) {
      if (values?.includes(value.number) && effective.levels.get(id)?.value === 'off') effective.levels.delete(id)
    }
    const settings: FileSettings = {
      pack,
      broken,
      options: optionsOf(effective, values),
      effective,
      packName: name,
      packFrom: layer?.from(['pack']) ?? 'the default',
      ignored: false,
      ...(values ? { flagValues: values } : {}),
      ...(file === undefined ? {} : { config: shown(file) }),
    }
    this.#known.set(key, settings)
    return settings
  }

  async #load(name: string, layer: Layer | undefined): ReturnType<typeof packNamed> {
    const known = this.#packs.get(name)
    if (known) return known
    try {
      const loaded = packNamed(name)
      this.#packs.set(name, loaded)
      return await loaded
    } catch (error) {
      throw layer && error instanceof InputError ? layer.fault(['pack'], error.message) : error
    }
  }
}

/** The pack that the last word names: a folder relative to the configuration, or one that ships. */
function packOf(layers: readonly Layer[]): { name: string; layer?: Layer } {
  const layer = layers.findLast(({ settings }) => settings.pack !== undefined)
  const name = layer?.settings.pack
  if (!layer || name === undefined) return { name: defaultPack }
  const folder = layer.folder === undefined ? name : join(layer.folder, name)
  return { name: isPack(folder) ? folder : name, layer }
}

const disk: Disk = { read: readSource, fault: faultOf }

function faultOf(problems: readonly Problem[]): InputError {
  const [first] = problems
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : ''
  return new InputError(first ? `${first.path}:${first.line}:${first.column}  ${first.message}${more}` : '')
}

/** The command line as a layer; its values are chosen apart. */
function flagLayer({ pack, profile, failOn, own, accept }: SettingsFlags): Layer {
  const settings: SettingsSource = {
    ...(pack === undefined ? {} : { pack }),
    ...(profile?.length ? { profiles: profile } : {}),
    ...(failOn === undefined ? {} : { 'fail-on': failOn }),
    ...(own?.length ? { people: own } : {}),
    ...(accept?.length ? { accepted: accept } : {}),
  }
  const flagOf = (path: readonly (string | number)[]): string => flagNames[String(path[0])] ?? `--${path[0]}`
  return {
    id: 'flags',
    settings,
    from: flagOf,
    fault: (path, message) => new InputError(path[0] === 'pack' ? message : `${flagOf(path)}: ${message}`),
  }
}

const flagNames: Readonly<Record<string, string>> = { profiles: '--profile', people: '--own', accepted: '--accept' }
