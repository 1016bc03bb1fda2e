import type { Meaning, Pack } from './pack.ts'
import type { Patterns } from './patterns.ts'
import type { Lists } from './table.ts'
import type { Rule } from './types.ts'

/**
 * A compiled pack as bytes, so that a run parses no YAML and builds no patterns: a line of JSON, then the arrays of the
 * patterns as they lie in memory, each at a multiple of four bytes. They are read in place, by a machine of the same byte
 * order only.
 */

/** `sections`: by path of the array, its offset in bytes after the head, its length and the bytes of an entry. */
interface Head extends Omit<Pack, 'rules' | 'patterns'> {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
  bigEndian: boolean
  sections: [path: string, offset: number, length: number, bytes: 2 | 4][]
}

type Flat = Int32Array | Uint16Array

const bigEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 0

/** The arrays of the patterns by name. */
function arraysOf({ keys, ...patterns }: Patterns): [string, Flat][] {
  const entries = Object.entries(patterns) as [string, Flat | Lists][]
  return [
    ['keys.chars', keys.chars],
    ['keys.starts', keys.starts],
    ['keys.slots', keys.slots],
    ...entries.flatMap(([name, value]): [string, Flat][] =>
      'list' in value
        ? [
            [`${name}.starts`, value.starts],
            [`${name}.list`, value.list],
          ]
        : [[name, value]],
    ),
  ]
}

export function freezePack({ rules, patterns, ...rest }: Pack): Uint8Array {
  const sections: Head['sections'] = []
  const arrays = arraysOf(patterns)
  let size = 0
  for (const [path, array] of arrays) {
    sections.push([path, size, array.length, array.BYTES_PER_ELEMENT as 2 | 4])
    size += (array.byteLength + 3) & ~3
  }
  const head: Head = {
    ...rest,
    rules: rules.map((rule) => ({ ...rule, unless: [...rule.unless], only: [...rule.only], value: rule.value.number })),
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
  const { rules, bigEndian: _, sections, ...rest } = head
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
    patterns: {
      keys: {
        chars: arrays.get('keys.chars') as Uint16Array,
        starts: array('keys.starts'),
        slots: array('keys.slots'),
      },
      sets: lists('sets'),
      code: array('code'),
      programs: array('programs'),
      patternOf: array('patternOf'),
      byKey: lists('byKey'),
      byConcept: lists('byConcept'),
      laterByKey: lists('laterByKey'),
      laterByConcept: lists('laterByConcept'),
      needs: lists('needs'),
      needsByKey: lists('needsByKey'),
      needConcepts: lists('needConcepts'),
      beginSets: array('beginSets'),
      beginConcepts: lists('beginConcepts'),
    },
  }
}
