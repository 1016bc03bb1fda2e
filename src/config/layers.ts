import type { CheckOptions } from '../core/check.ts'
import { didYouMean } from '../core/closest.ts'
import type { Pack } from '../core/pack.ts'
import { closestRule, rulesNamed } from '../core/suppress.ts'
import type { Level } from '../core/types.ts'
import { type LevelProfile, levelProfiles } from './profiles.ts'
import type { FailOn, SettingsSource } from './shape.ts'

/** Settings that one place makes: a file, an override in it, or the command line. Of two layers the later one wins. */
export interface Layer {
  /** Tells it from every other layer. */
  id: string
  settings: SettingsSource
  /** The folder that a pack's path is relative to. */
  folder?: string
  /** Where a setting is made, in a few words: `values-lint.yaml:4`, `--pack`. */
  from: (path: readonly (string | number)[]) => string
  /** An error to throw about a setting. */
  fault: (path: readonly (string | number)[], message: string) => Error
}

/** A setting, and where it is made. */
export interface Setting<T> {
  value: T
  from: string
}

/** What holds for a draft. Lists add up over the layers; of everything else the last word counts. */
export interface Effective {
  failOn: Setting<FailOn>
  notes: Setting<boolean>
  failUnused: boolean
  profiles: Setting<string>[]
  /** The organisation's names and people. */
  own: Setting<string>[]
  accepted: Setting<string>[]
  /** By rule id. */
  levels: Map<string, Setting<Level | 'off'>>
}

const byDefault = 'the default'

/** The settings of all layers together. Throws the layer's fault where it names a value, a rule or a profile that is not there. */
export function merged(layers: readonly Layer[], pack: Pack): Effective {
  const result: Effective = {
    failOn: { value: 'warning', from: byDefault },
    notes: { value: true, from: byDefault },
    failUnused: false,
    profiles: [],
    own: [],
    accepted: [],
    levels: new Map(),
  }
  for (const layer of layers) {
    // What a place says outright is more particular than what its profile means.
    applyProfiles(layer, pack, result)
    apply(layer, pack, result)
  }
  raise(result, pack)
  return result
}

/** Under a profile that raises, warnings are errors. */
function raise({ profiles, levels }: Effective, pack: Pack): void {
  const raising = profiles.find(({ value }) => levelProfile(value)?.raise)
  if (!raising) return
  const from = `${raising.from} (${raising.value})`
  for (const { id, level } of pack.rules) {
    if ((levels.get(id)?.value ?? level) === 'warning') levels.set(id, { value: 'error', from })
  }
}

function levelProfile(name: string): LevelProfile | undefined {
  return Object.hasOwn(levelProfiles, name) ? levelProfiles[name] : undefined
}

function applyProfiles({ settings, from, fault }: Layer, pack: Pack, result: Effective): void {
  for (const { value: name, path } of named(settings, ['profile', 'profiles'])) {
    const where = from(path)
    const level = levelProfile(name)
    const known = [...Object.keys(levelProfiles), ...Object.keys(pack.profiles)]
    if (!known.includes(name)) {
      const others = didYouMean(name, known) || `; there are ${known.join(', ')}`
      throw fault(path, `no profile is called "${name}"${others}`)
    }
    if (level) {
      // One profile of level takes the place of another.
      result.profiles = result.profiles.filter(({ value }) => !levelProfile(value))
      const by = `${where} (${name})`
      result.failOn = { value: level.failOn, from: by }
      result.notes = { value: level.notes, from: by }
      result.failUnused = level.failUnused
    }
    add(result.profiles, name, where)
  }
}

function apply({ settings, from, fault }: Layer, pack: Pack, result: Effective): void {
  if (settings['fail-on']) result.failOn = { value: settings['fail-on'], from: from(['fail-on']) }
  if (settings.notes !== undefined) result.notes = { value: settings.notes, from: from(['notes']) }
  for (const { value, path } of named(settings, ['names', 'people'])) add(result.own, value, from(path))
  for (const { value, path } of named(settings, ['names', 'programmes', 'accepted']))
    add(result.accepted, value, from(path))
  for (const [word, level] of Object.entries(settings.values ?? {})) {
    const rules = pack.rules.filter(({ value }) => String(value.number) === word || value.slug === word)
    if (!rules.length) {
      const slugs = pack.values.map(({ slug }) => slug)
      const range = `it has 1 to ${pack.values.at(-1)?.number}`
      throw fault(['values', word], `the pack ${pack.name} has no value "${word}"; ${range}${didYouMean(word, slugs)}`)
    }
    set(result, rules, level, from(['values', word]))
  }
  for (const [word, level] of Object.entries(settings.rules ?? {})) {
    const rules = rulesNamed(word, pack)
    if (!rules.length) throw fault(['rules', word], `no rule is called "${word}"${closestRule(word, pack)}`)
    set(result, rules, level, from(['rules', word]))
  }
}

function set(
  { levels }: Effective,
  rules: readonly { id: string; level: Level }[],
  level: Level | 'off' | 'on',
  from: string,
): void {
  for (const rule of rules) levels.set(rule.id, { value: level === 'on' ? rule.level : level, from })
}

function add(list: Setting<string>[], value: string, from: string): void {
  if (!list.some((one) => one.value === value)) list.push({ value, from })
}

type ListField = 'profile' | 'profiles' | 'names' | 'people' | 'programmes' | 'accepted'

/** The texts of some fields, each with its path. */
function named(
  settings: SettingsSource,
  fields: readonly ListField[],
): { value: string; path: readonly (string | number)[] }[] {
  return fields.flatMap((field) => {
    const given = settings[field] ?? []
    if (typeof given === 'string') return [{ value: given, path: [field] }]
    return given.map((value, i) => ({ value, path: [field, i] }))
  })
}

/** The options of a check under some settings; `values` are those that the command line asks for, also where they are off. */
export function optionsOf(
  { own, accepted, profiles, levels, notes }: Effective,
  values?: readonly number[],
): CheckOptions {
  const list = (settings: readonly Setting<string>[]): string[] => settings.map(({ value }) => value)
  return {
    own: list(own),
    accepted: list(accepted),
    profiles: list(profiles),
    levels: Object.fromEntries([...levels].map(([id, { value }]) => [id, value])),
    notes: notes.value,
    ...(values ? { values } : {}),
  }
}
