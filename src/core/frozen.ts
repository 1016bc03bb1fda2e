import type { Meaning, Pack } from './pack.ts'
import type { Automaton } from './table.ts'
import type { Rule } from './types.ts'

/**
 * A compiled pack as bytes, so that a run parses no YAML and builds no automaton: a line of JSON, then the arrays of the
 * automaton as they lie in memory, each at a multiple of four bytes. They are read in place, by a machine of the same byte
 * order only.
 */

/** `sections`: by path of the array, its offset in bytes after the head, its length and the bytes of an entry. */
interface Head extends Omit<Pack, 'rules' | 'automaton'> {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
  names: string[]
  setCount: number
  bigEndian: boolean
  sections: [path: string, offset: number, length: number, bytes: 2 | 4][]
}

type Flat = Int32Array | Uint16Array

const bigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

/** The arrays of an automaton by name. */
function arraysOf({
  keys,
  words,
  concepts,
  skip,
  ends,
  accept,
  epsilon,
  wide,
  needs,
  gates,
}: Automaton): [string, Flat][] {
  const lists = {
    words,
    concepts,
    skip,
    ends,
    accept,
    epsilon,
    sets: needs.setsOfKey,
    leaves: gates.leaves,
    children: gates.children,
    watchers: gates.watchers,
  }
  return [
    ['chars', keys.chars],
    ['starts', keys.starts],
    ['slots', keys.slots],
    ...Object.entries(lists).flatMap(([name, { starts, list }]): [string, Flat][] => [
      [`${name}.starts`, starts],
      [`${name}.list`, list],
    ]),
    ['wide', wide],
    ['needs', needs.ofState],
    ['kinds', gates.kinds],
    ['whole', gates.whole],
  ]
}

export function freezePack({ rules, automaton, ...rest }: Pack): Uint8Array {
  const sections: Head['sections'] = []
  const arrays = arraysOf(automaton)
  let size = 0
  for (const [path, array] of arrays) {
    sections.push([path, size, array.length, array.BYTES_PER_ELEMENT as 2 | 4])
    size += (array.byteLength + 3) & ~3
  }
  const head: Head = {
    ...rest,
    rules: rules.map((rule) => ({ ...rule, unless: [...rule.unless], only: [...rule.only], value: rule.value.number })),
    names: automaton.names,
    setCount: automaton.needs.count,
    bigEndian,
    sections,
  }
  const text = new TextEncoder().encode(JSON.stringify(head))
  const start = startOf(text.length)
  const bytes = new Uint8Array(start + size)
  new DataView(bytes.buffer).setUint32(0, text.length)
  bytes.set(text, 4)
  arrays.forEach(([, array], i) => {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + (sections[i]?.[1] ?? 0))
  })
  return bytes
}

/** Where the arrays begin, after the length of the head and the head. */
function startOf(headLength: number): number {
  return (4 + headLength + 3) & ~3
}

/** The pack that was frozen, reading in the given bytes; undefined where another kind of machine froze it. */
export function thawPack(frozen: Uint8Array): Pack | undefined {
  const bytes = frozen.byteOffset % 4 ? frozen.slice() : frozen
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const head: Head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)))
  if (head.bigEndian !== bigEndian) return undefined
  const { rules, names, setCount, bigEndian: _, sections, ...rest } = head
  const start = bytes.byteOffset + startOf(length)
  const arrays = new Map<string, Flat>(
    sections.map(([path, offset, count, size]) => [
      path,
      new (size === 2 ? Uint16Array : Int32Array)(bytes.buffer as ArrayBuffer, start + offset, count),
    ]),
  )
  const array = (path: string): Int32Array => arrays.get(path) as Int32Array
  const lists = (path: string) => ({ starts: array(`${path}.starts`), list: array(`${path}.list`) })
  const values = new Map(rest.values.map((value) => [value.number, value]))
  return {
    ...rest,
    meanings: rest.meanings as Meaning[],
    rules: rules.map(
      (rule) =>
        ({ ...rule, value: values.get(rule.value), unless: new Set(rule.unless), only: new Set(rule.only) }) as Rule,
    ),
    automaton: {
      names,
      keys: { chars: arrays.get('chars') as Uint16Array, starts: array('starts'), slots: array('slots') },
      words: lists('words'),
      concepts: lists('concepts'),
      skip: lists('skip'),
      ends: lists('ends'),
      accept: lists('accept'),
      epsilon: lists('epsilon'),
      wide: array('wide'),
      needs: { ofState: array('needs'), setsOfKey: lists('sets'), count: setCount },
      gates: {
        leaves: lists('leaves'),
        kinds: array('kinds'),
        children: lists('children'),
        watchers: lists('watchers'),
        whole: array('whole'),
      },
    },
  }
}
