import { type Arrays, flattened, type Head, type Named, pair, unflattened } from './flat.ts'
import type { Tree } from './needs.ts'
import type { Direction, Meaning, Meanings, Pack } from './pack.ts'
import type { Patterns } from './patterns.ts'
import type { Ints, Lists } from './table.ts'
import type { MarkKind, Rule } from './types.ts'

/**
 * A compiled pack as bytes, so that a run parses no YAML and builds no patterns. It has two parts: the first holds what tells
 * whether a draft can conflict at all; the rules with their texts are thawed when somebody asks for them.
 */

interface FirstHead extends Head, Omit<Pack, 'rules' | 'patterns' | 'meanings'> {
  names: string[]
}

interface RestHead extends Head {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
}

/** The arrays of the patterns by name. */
function arraysOf({ keys, finds, cues, ...patterns }: Patterns): Named[] {
  return [
    ['keys.chars', keys.chars],
    ['keys.starts', keys.starts],
    ['keys.slots', keys.slots],
    ...branchesOf('finds', finds),
    ...branchesOf('cues', cues),
    ...(Object.entries(patterns) as [string, Ints | Lists][]).flatMap(([name, value]): Named[] =>
      'list' in value ? pair(name, value) : [[name, value]],
    ),
  ]
}

function branchesOf(name: string, { roots, needs, branches, ways }: Tree): Named[] {
  return [
    ...pair(`${name}.roots`, roots),
    [`${name}.needs`, needs],
    [`${name}.branches`, branches],
    ...pair(`${name}.ways`, ways),
  ]
}

export function freezePack({ rules, patterns, meanings, ...rest }: Pack): Uint8Array {
  const { numbers, names } = packed(Array.from({ length: meanings.length }, (_, i) => meanings.at(i) as Meaning))
  const arrays: Named[] = [...arraysOf(patterns), ['meanings', numbers]]
  const first = flattened(arrays, false, { ...rest, names })
  const second = flattened([], true, {
    rules: rules.map((rule) => ({ ...rule, unless: [...rule.unless], only: [...rule.only], value: rule.value.number })),
  })
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

const types = ['find', 'concept', 'cue', 'none', 'except', 'without', 'absent'] as const

/** Four numbers a meaning: its type and what else it says, strings by their place among the names. */
function packed(meanings: readonly Meaning[]): { numbers: Int32Array; names: string[] } {
  const names: string[] = []
  const numberOf = (said: string | number): number => {
    if (typeof said === 'number') return said
    if (!names.includes(said)) names.push(said)
    return names.indexOf(said)
  }
  const numbers = new Int32Array(meanings.length * 4)
  meanings.forEach(({ type, ...rest }, pattern) => {
    numbers.set([types.indexOf(type), ...Object.values(rest).map(numberOf)], pattern * 4)
  })
  return { numbers, names }
}

/** Unpacks what is asked for: a draft meets few of the patterns. */
class Unpacked implements Meanings {
  readonly length: number
  readonly #numbers: Ints
  readonly #names: readonly string[]
  readonly #known: (Meaning | undefined)[]

  constructor(numbers: Ints, names: readonly string[]) {
    this.length = numbers.length / 4
    this.#known = new Array(this.length)
    this.#numbers = numbers
    this.#names = names
  }

  at(pattern: number): Meaning | undefined {
    if (pattern < this.length) this.#known[pattern] ??= this.#unpacked(pattern * 4)
    return this.#known[pattern]
  }

  #unpacked(at: number): Meaning {
    const [numbers, names] = [this.#numbers, this.#names]
    const type = types[numbers[at] as number] as Meaning['type']
    const [a, b, part] = [numbers[at + 1] as number, numbers[at + 2] as number, numbers[at + 3] as number]
    if (type === 'find') return { type, rule: a, line: b, part }
    if (type === 'none') return { type, rule: a, line: b }
    if (type === 'concept') return { type, name: names[a] as string }
    if (type === 'cue') return { type, kind: names[a] as MarkKind, direction: names[b] as Direction }
    return { type, rule: a }
  }
}

/** The two parts of a frozen pack. */
export function partsOf(bytes: Uint8Array): { first: Uint8Array; rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const size = view.getUint32(0)
  return { first: bytes.subarray(0, size), rest: bytes.subarray(size) }
}

/**
 * The pack that was frozen, reading in the given bytes; undefined where another kind of machine froze it. Where the bytes are
 * only the first part, `rest` gives the other, at most once.
 */
export function thawPack(frozen: Uint8Array, rest = () => partsOf(frozen).rest): Pack | undefined {
  const first = unflattened<FirstHead>(frozen)
  if (!first) return undefined
  const { bigEndian: _, sections: __, names, ...head } = first.head
  let rules: Rule[] | undefined
  return {
    ...head,
    meanings: new Unpacked(first.arrays.ints('meanings'), names),
    get rules() {
      rules ??= rulesOf(rest(), head.values)
      return rules
    },
    patterns: patternsOf(first.arrays),
  }
}

function patternsOf(arrays: Arrays): Patterns {
  return {
    keys: { chars: arrays.ints('keys.chars'), starts: arrays.ints('keys.starts'), slots: arrays.ints('keys.slots') },
    familyStarts: arrays.ints('familyStarts'),
    familyByKey: arrays.ints('familyByKey'),
    sets: arrays.lists('sets'),
    code: arrays.ints('code'),
    programs: arrays.ints('programs'),
    patternOf: arrays.ints('patternOf'),
    finds: treeIn(arrays, 'finds'),
    cues: treeIn(arrays, 'cues'),
    ways: arrays.lists('ways'),
    signs: arrays.ints('signs'),
    needs: arrays.lists('needs'),
    needsByKey: arrays.lists('needsByKey'),
    leadsByKey: arrays.ints('leadsByKey'),
    needWords: arrays.ints('needWords'),
    needConcepts: arrays.lists('needConcepts'),
    beginSets: arrays.ints('beginSets'),
    beginConcepts: arrays.lists('beginConcepts'),
  }
}

function treeIn(arrays: Arrays, name: string): Tree {
  return {
    roots: arrays.lists(`${name}.roots`),
    needs: arrays.ints(`${name}.needs`),
    branches: arrays.ints(`${name}.branches`),
    ways: arrays.lists(`${name}.ways`),
  }
}

function rulesOf(part: Uint8Array, values: Pack['values']): Rule[] {
  const { rules } = (unflattened<RestHead>(part) as { head: RestHead }).head
  const byNumber = new Map(values.map((value) => [value.number, value]))
  return rules.map(
    (rule) =>
      ({ ...rule, value: byNumber.get(rule.value), unless: new Set(rule.unless), only: new Set(rule.only) }) as Rule,
  )
}
