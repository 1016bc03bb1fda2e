import { type Arrays, flattened, type Head, type Named, pair, unflattened } from './flat.ts'
import type { Meaning, Pack } from './pack.ts'
import type { Automaton } from './table.ts'
import type { Rule } from './types.ts'

/**
 * A compiled pack as bytes, so that a run parses no YAML and builds no automaton. It has two parts: the first holds what tells
 * whether a draft can conflict at all; the rest is thawed when something of it is asked for.
 */

type FirstHead = Head & Omit<Pack, 'rules' | 'automaton' | 'meanings' | 'parts'>

interface RestHead extends Head, Pick<Pack, 'meanings' | 'parts'> {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
  names: string[]
  setCount: number
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
  const first = flattened(firstArrays(automaton), false, rest)
  const second = flattened(restArrays(automaton), true, {
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

/**
 * The pack that was frozen, reading in the given bytes; undefined where another kind of machine froze it. Where the bytes are
 * only the first part, `rest` gives the other, at most once.
 */
export function thawPack(frozen: Uint8Array, rest = () => partsOf(frozen).rest): Pack | undefined {
  const first = unflattened<FirstHead>(frozen)
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
  const { head, arrays } = unflattened<RestHead>(part) as { head: RestHead; arrays: Arrays }
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
