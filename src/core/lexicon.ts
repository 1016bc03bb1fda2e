import { type Arrays, flattened, type Head, unflattened } from './flat.ts'
import { hash, type Ints } from './table.ts'

/** The lexicon of the tagger's model: packed by the build, read as it lies. */

/** What wink-nlp keeps of a feature: its values, and their numbers. `find` and `word` are ours; see `scripts/tagger.mjs`. */
interface Feature {
  list: unknown[]
  hash: Record<string, number>
  intrinsicSize: number
  index: number
  maxIndex?: number
  find?: (value: string) => number | undefined
  word?: (index: number) => string
}

/** [word of the entry, mask, shift, 0 for a feature with a list of values, 1 for one that is told from the text, …] */
type Layout = readonly [number, number, number, number, number, number]

/** The model as its package stores it. */
export interface StoredModel {
  packing: { size: number; layout: Record<string, Layout>; efList?: string[] }
  features: Record<string, { list: string[] }>
  pos: { hash: Record<string, number> }
  /** In base 64, as is `xpansions`. */
  lexicon: string
  xpansions: string
}

type PackedHead = Head & Omit<StoredModel, 'lexicon' | 'xpansions'>

/** For the build. */
export function freezeLexicon({ lexicon, xpansions, features: all, ...rest }: StoredModel): Uint8Array {
  const { lexeme, ...features } = all
  const words = (lexeme?.list ?? []).map((word) => new TextEncoder().encode(word))
  const slots = new Int32Array(2 ** Math.ceil(Math.log2(words.length * 1.3)))
  const starts: number[] = []
  let size = 0
  words.forEach((word, i) => {
    if (i % stretch === 0) starts.push(size)
    size += word.length
    let slot = hash(lexeme?.list[i] as string) & (slots.length - 1)
    while (slots[slot]) slot = (slot + 1) & (slots.length - 1)
    slots[slot] = i + 1
  })
  const { entries, rows } = deduplicated(numbers(lexicon), rest.packing)
  return flattened(
    [
      ['lexicon', entries],
      ['rows', rows],
      ['xpansions', numbers(xpansions)],
      ['words', Uint8Array.from(words.flatMap((word) => [...word]))],
      ['lengths', Int32Array.from(words, ({ length }) => length)],
      ['stretches', Int32Array.from(starts)],
      ['slots', slots],
    ],
    false,
    { ...rest, features: { ...features, ...unasked } },
  )
}

/** What the tagger asks of every word, and of those that stand for others. */
const ASKED = ['pos', 'lexemeCID', 'tokenType', 'posHint', 'isContraction', 'isSpellingMapped']
const STANDS_FOR_OTHERS = ['isContraction', 'isSpellingMapped']

/** Features of which the tagger only makes entries for new words. */
const unasked = { prefix: { list: [] }, suffix: { list: [] }, shape: { list: [] } }

/** The different entries of the lexicon, and which one each word has: a 30th of the words, once they hold only what is asked. */
function deduplicated(
  lexicon: Int32Array,
  { size, layout }: StoredModel['packing'],
): { entries: Int32Array; rows: Int32Array } {
  const mask = (features: readonly string[], column: number): number =>
    features.reduce((all, name) => (layout[name]?.[0] === column ? all | layout[name][1] : all), 0)
  const rows = new Int32Array(lexicon.length / size)
  const known = new Map<string, number>()
  for (let word = 0; word < rows.length; word++) {
    const entry = lexicon.subarray(word * size, (word + 1) * size)
    const whole = entry.some((number, column) => number & mask(STANDS_FOR_OTHERS, column))
    const kept = whole ? [...entry] : Array.from(entry, (number, column) => number & mask(ASKED, column))
    const key = kept.join()
    const row = known.get(key) ?? known.size
    known.set(key, row)
    rows[word] = row
  }
  return { entries: Int32Array.from([...known.keys()].flatMap((key) => key.split(',').map(Number))), rows }
}

function numbers(base64: string): Int32Array {
  return new Int32Array(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer)
}

/** The model as wink-nlp works with it. Throws where the bytes are of another kind of machine. */
export function thawLexicon(bytes: Uint8Array): object {
  const thawed = unflattened<PackedHead>(bytes)
  if (!thawed) throw new Error('the model of the tagger was packed for another kind of machine')
  const { bigEndian: _, sections: __, ...model } = thawed.head
  const { arrays } = thawed
  const features: Record<string, Feature> = Object.fromEntries(
    Object.entries(model.features).map(([name, { list }]) => [name, feature(list)]),
  )
  const { layout } = model.packing
  for (const [name, [, most, shift, listed]] of Object.entries(layout)) {
    const found = features[name]
    if (listed === 0 && found) found.maxIndex = most >>> shift
  }
  model.packing.efList = Object.keys(layout).filter((name) => layout[name]?.[4] === 1)
  const clusters = features.posClusters as Feature
  clusters.list = clusters.list.map((cluster) => {
    return new Set(
      String(cluster)
        .split('_')
        .map((name) => model.pos.hash[name] || 0),
    )
  })
  features.lexeme = lexemes(arrays)
  const unsigned = (path: string): Uint32Array => new Uint32Array(arrays.ints(path))
  return {
    ...model,
    features,
    lexicon: unsigned('lexicon'),
    rows: arrays.ints('rows'),
    xpansions: unsigned('xpansions'),
  }
}

function feature(list: string[]): Feature {
  const hash: Record<string, number> = Object.create(null)
  list.forEach((value, i) => {
    hash[value] = i
  })
  return { list, hash, intrinsicSize: list.length, index: list.length }
}

/** Words, of which the file says where the first begins; adding up all their lengths takes 5 ms. */
const stretch = 64

/** The words of the lexicon, each made when it is asked for; new ones are added behind them, as wink-nlp does. */
function lexemes(arrays: Arrays): Feature {
  const [words, lengths, stretches, slots] = ['words', 'lengths', 'stretches', 'slots'].map((path) =>
    arrays.ints(path),
  ) as [Ints, Ints, Ints, Ints]
  const size = lengths.length
  const list: (string | undefined)[] = new Array(size)
  const added: Record<string, number> = Object.create(null)
  const mask = slots.length - 1
  const decoder = new TextDecoder()
  const word = (index: number): string => {
    list[index] ??= decode(index)
    return list[index] as string
  }
  const decode = (index: number): string => {
    let start = stretches[Math.floor(index / stretch)] as number
    for (let i = index - (index % stretch); i < index; i++) start += lengths[i] as number
    return decoder.decode(words.subarray(start, start + (lengths[index] as number)))
  }
  const find = (value: string): number | undefined => {
    for (let slot = hash(value) & mask; slots[slot]; slot = (slot + 1) & mask) {
      const index = (slots[slot] as number) - 1
      if (word(index) === value) return index
    }
    return added[value]
  }
  return { list, hash: added, intrinsicSize: size, index: size, find, word }
}
