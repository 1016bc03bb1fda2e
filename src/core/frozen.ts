import type { Meaning, Pack } from './pack.ts'
import type { Automaton, Lists } from './table.ts'
import type { Rule } from './types.ts'

/**
 * A compiled pack as bytes, so that a run parses no YAML and builds no automaton. It has two parts: the first holds what tells
 * whether a draft can conflict at all; the rest is thawed when something of it is asked for. Each part is its size, the length
 * of a head, the head in JSON, and arrays as they lie in memory, for machines of one byte order.
 */

/** An array: its entries have so many bytes; with `steps` they are the differences to the entry before. */
interface Section {
  path: string
  offset: number
  length: number
  bytes: 1 | 2 | 4
  steps: boolean
}

interface Head {
  bigEndian: boolean
  sections: Section[]
}

type FirstHead = Head & Omit<Pack, 'rules' | 'automaton' | 'meanings' | 'parts'>

interface RestHead extends Head, Pick<Pack, 'meanings' | 'parts'> {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
  names: string[]
  setCount: number
}

type Flat = Int32Array | Uint16Array

const bigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

type Named = [path: string, array: Flat]

function pair(path: string, { starts, list }: Lists): Named[] {
  return [
    [`${path}.starts`, starts],
    [`${path}.list`, list],
  ]
}

/** The arrays by which it is told whether a draft can conflict. */
function firstArrays({ keys, gates }: Automaton): Named[] {
  return [
    ['chars', keys.chars],
    ['starts', keys.starts],
    ['slots', keys.slots],
    ...pair('leaves', gates.leaves),
    ...pair('children', gates.children),
    ...pair('watchers', gates.watchers),
    ['kinds', gates.kinds],
    ['whole', gates.whole],
  ]
}

function restArrays({ words, concepts, skip, ends, accept, epsilon, wide, needs }: Automaton): Named[] {
  return [
    ...Object.entries({ words, concepts, skip, ends, accept, epsilon, sets: needs.setsOfKey }).flatMap(
      ([name, lists]) => pair(name, lists),
    ),
    ['wide', wide],
    ['needs', needs.ofState],
  ]
}

export function freezePack({ rules, automaton, meanings, parts, ...rest }: Pack): Uint8Array {
  const first = frozen(firstArrays(automaton), false, rest)
  const second = frozen(restArrays(automaton), true, {
    rules: rules.map((rule) => ({ ...rule, unless: [...rule.unless], only: [...rule.only], value: rule.value.number })),
    meanings,
    parts,
    names: automaton.names,
    setCount: automaton.needs.count,
  })
  const bytes = new Uint8Array(first.length + second.length)
  bytes.set(first)
  bytes.set(second, first.length)
  return bytes
}

/** The two parts of a frozen pack. */
export function partsOf(bytes: Uint8Array): { first: Uint8Array; rest: Uint8Array } {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const size = view.getUint32(0)
  return { first: bytes.subarray(0, size), rest: bytes.subarray(size) }
}

/** One part: its size and the length of its head (4 bytes each), the head, the arrays at multiples of four bytes. */
function frozen(arrays: readonly Named[], steps: boolean, head: object): Uint8Array {
  const written: Uint8Array[] = []
  const sections: Section[] = []
  let size = 0
  for (const [path, array] of arrays) {
    const asSteps = steps && path.endsWith('.starts')
    const entries = narrowed(asSteps ? array.map((entry, i) => entry - (array[i - 1] ?? 0)) : array)
    sections.push({ path, offset: size, length: array.length, bytes: entries.BYTES_PER_ELEMENT as 1, steps: asSteps })
    written.push(new Uint8Array(entries.buffer, entries.byteOffset, entries.byteLength))
    size += upToFour(entries.byteLength)
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...head, bigEndian, sections }))
  const start = upToFour(8 + text.length)
  const bytes = new Uint8Array(start + size)
  new DataView(bytes.buffer).setUint32(0, bytes.length)
  new DataView(bytes.buffer).setUint32(4, text.length)
  bytes.set(text, 8)
  written.forEach((entries, i) => {
    bytes.set(entries, start + (sections[i]?.offset ?? 0))
  })
  return bytes
}

/** The same entries in as few bytes as they fit into. */
function narrowed(array: Flat): Flat | Uint8Array {
  let [least, most] = [0, 0]
  for (const entry of array) {
    if (entry < least) least = entry
    if (entry > most) most = entry
  }
  if (least < 0 || most >= 2 ** 16) return array
  return most < 2 ** 8 ? Uint8Array.from(array) : Uint16Array.from(array)
}

function upToFour(size: number): number {
  return (size + 3) & ~3
}

/** One part as it was frozen; undefined where another kind of machine froze it. */
function thawed<H extends Head>(part: Uint8Array): { head: H; arrays: Arrays } | undefined {
  const bytes = part.byteOffset % 4 ? part.slice() : part
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4)
  const head: H = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
  if (head.bigEndian !== bigEndian) return undefined
  const start = bytes.byteOffset + upToFour(8 + length)
  const stored = new Map(
    head.sections.map((section) => {
      const Type = { 1: Uint8Array, 2: Uint16Array, 4: Int32Array }[section.bytes]
      const entries = new Type(bytes.buffer as ArrayBuffer, start + section.offset, section.length)
      return [section.path, { entries, steps: section.steps }]
    }),
  )
  return { head, arrays: new Arrays(stored) }
}

class Arrays {
  readonly #stored: ReadonlyMap<string, { entries: Flat | Uint8Array; steps: boolean }>

  constructor(stored: ReadonlyMap<string, { entries: Flat | Uint8Array; steps: boolean }>) {
    this.#stored = stored
  }

  ints(path: string): Int32Array {
    const { entries = new Int32Array(0), steps } = this.#stored.get(path) ?? {}
    if (!steps) return entries instanceof Int32Array ? entries : new Int32Array(entries)
    const whole = new Int32Array(entries.length)
    let sum = 0
    for (let i = 0; i < entries.length; i++) {
      sum += entries[i] as number
      whole[i] = sum
    }
    return whole
  }

  chars(path: string): Uint16Array {
    return new Uint16Array(this.#stored.get(path)?.entries ?? [])
  }

  lists(path: string): Lists {
    return { starts: this.ints(`${path}.starts`), list: this.ints(`${path}.list`) }
  }
}

/**
 * The pack that was frozen, reading in the given bytes; undefined where another kind of machine froze it. Where the bytes are
 * only the first part, `rest` gives the other, at most once.
 */
export function thawPack(frozen: Uint8Array, rest = () => partsOf(frozen).rest): Pack | undefined {
  const first = thawed<FirstHead>(frozen)
  if (!first) return undefined
  const { name, title, organisation, statement, profiles, values } = first.head
  let known: ReturnType<typeof restOf> | undefined
  const late = () => {
    known ??= restOf(rest(), values)
    return known
  }
  return {
    name,
    title,
    organisation,
    statement,
    profiles,
    values,
    get rules() {
      return late().rules
    },
    get meanings() {
      return late().meanings
    },
    get parts() {
      return late().parts
    },
    automaton: automatonOf(first.arrays, () => late().automaton),
  }
}

type Late = Pick<Automaton, 'names' | 'words' | 'concepts' | 'skip' | 'ends' | 'accept' | 'epsilon' | 'wide' | 'needs'>

function automatonOf(arrays: Arrays, late: () => Late): Automaton {
  return {
    keys: { chars: arrays.chars('chars'), starts: arrays.ints('starts'), slots: arrays.ints('slots') },
    gates: {
      leaves: arrays.lists('leaves'),
      kinds: arrays.ints('kinds'),
      children: arrays.lists('children'),
      watchers: arrays.lists('watchers'),
      whole: arrays.ints('whole'),
    },
    get names() {
      return late().names
    },
    get words() {
      return late().words
    },
    get concepts() {
      return late().concepts
    },
    get skip() {
      return late().skip
    },
    get ends() {
      return late().ends
    },
    get accept() {
      return late().accept
    },
    get epsilon() {
      return late().epsilon
    },
    get wide() {
      return late().wide
    },
    get needs() {
      return late().needs
    },
  }
}

function restOf(
  part: Uint8Array,
  values: Pack['values'],
): Pick<Pack, 'rules' | 'meanings' | 'parts'> & { automaton: Late } {
  const { head, arrays } = thawed<RestHead>(part) as { head: RestHead; arrays: Arrays }
  const { rules, names, setCount, meanings, parts } = head
  const byNumber = new Map(values.map((value) => [value.number, value]))
  return {
    rules: rules.map(
      (rule) =>
        ({ ...rule, value: byNumber.get(rule.value), unless: new Set(rule.unless), only: new Set(rule.only) }) as Rule,
    ),
    meanings: meanings as Meaning[],
    parts,
    automaton: {
      names,
      words: arrays.lists('words'),
      concepts: arrays.lists('concepts'),
      skip: arrays.lists('skip'),
      ends: arrays.lists('ends'),
      accept: arrays.lists('accept'),
      epsilon: arrays.lists('epsilon'),
      wide: arrays.ints('wide'),
      needs: { ofState: arrays.ints('needs'), setsOfKey: arrays.lists('sets'), count: setCount },
    },
  }
}
