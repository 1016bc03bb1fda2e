/** The kernel finds what a plain reading of the patterns finds, whatever leads to it. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Matcher, Words } from '../src/core/matcher.ts'
import type { Meaning } from '../src/core/pack.ts'
import type { Node } from '../src/core/pattern.ts'
import { Builder } from '../src/core/patterns.ts'
import { sentences } from '../src/core/sentences.ts'
import { type Token, tokenise } from '../src/core/tokens.ts'

const concepts = ['one', 'two'] as const
/** What the concepts stand for: the second uses the first. */
const meant: Record<(typeof concepts)[number], Node> = {
  one: { kind: 'either', nodes: [exact('arm'), { kind: 'sequence', nodes: [exact('bed'), exact('cot')] }] },
  two: {
    kind: 'sequence',
    nodes: [
      { kind: 'concept', name: 'one' },
      { kind: 'optional', node: exact('dog') },
    ],
  },
}

function exact(word: string, pos?: 'n' | 'v'): Node {
  return { kind: 'word', word, match: 'exact', ...(pos ? { pos } : {}) }
}

const words = ['arm', 'bed', 'cot', 'dog', 'the']
/** Every third letter of a word makes it a verb here: what matters is that the kernel asks. */
const posOf = ({ norm }: Token): 'n' | 'v' => ((norm.length + norm.charCodeAt(0)) % 2 ? 'n' : 'v')

/** Where a node ends that begins with a token. */
function ends(node: Node, tokens: readonly Token[], at: number, start: number): number[] {
  const token = tokens[at]
  const parted = at > start && token?.breakBefore === 'strong'
  switch (node.kind) {
    case 'word':
      if (!token || parted || (node.match !== 'any' && token.norm !== node.word)) return []
      return !node.pos || posOf(token) === node.pos ? [at + 1] : []
    case 'concept': {
      if (!token || parted) return []
      return ends(meant[node.name as 'one'], tokens, at, at)
    }
    case 'gap': {
      const all = [at]
      for (let to = at; at > start && to < at + node.most; to++) {
        if (to >= tokens.length || (to > start && tokens[to]?.breakBefore === 'strong')) break
        all.push(to + 1)
      }
      return all
    }
    case 'start':
      return at === 0 ? [at] : []
    case 'end':
      return token?.breakBefore === 'none' ? [] : [at]
    case 'sequence':
      return node.nodes.reduce<number[]>(
        (froms, part) => [...new Set(froms.flatMap((from) => ends(part, tokens, from, start)))],
        [at],
      )
    case 'either':
      return [...new Set(node.nodes.flatMap((option) => ends(option, tokens, at, start)))]
    case 'optional':
      return [...new Set([at, ...ends(node.node, tokens, at, start)])]
  }
}

const leaf: fc.Arbitrary<Node> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...words).map((word) => exact(word)) },
  fc
    .tuple(fc.constantFrom(...words), fc.constantFrom('n', 'v') as fc.Arbitrary<'n' | 'v'>)
    .map(([w, p]) => exact(w, p)),
  fc.constantFrom<Node>({ kind: 'word', word: '', match: 'any' }, { kind: 'start' }, { kind: 'end' }),
  fc.integer({ min: 1, max: 3 }).map((most): Node => ({ kind: 'gap', most })),
  fc.constantFrom(...concepts).map((name): Node => ({ kind: 'concept', name })),
)
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('node'), { minLength: 2, maxLength: 4 }).map((nodes): Node => ({ kind: 'sequence', nodes })),
    fc.array(tie('node'), { minLength: 2, maxLength: 3 }).map((nodes): Node => ({ kind: 'either', nodes })),
    tie('node').map((inner): Node => ({ kind: 'optional', node: inner })),
  ),
}))
const text = fc
  .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', ' ', ', ', '; ')), { maxLength: 9 })
  .map((parts) => parts.flat().join(''))

function matcherOf(nodes: readonly Node[], sought: 'find' | 'asked'): Matcher {
  const builder = new Builder()
  const meanings: Meaning[] = []
  for (const name of concepts) {
    builder.add(`@${name}`, meant[name], { together: [meant[name]], sought: 'asked' })
    meanings[builder.id(`@${name}`)] = { type: 'concept', name }
  }
  nodes.forEach((each, line) => {
    builder.add(`line ${line}`, each, { together: [each], sought })
    const pattern = builder.id(`line ${line}`)
    meanings[pattern] = sought === 'find' ? { type: 'find', rule: 0, line, part: 0 } : { type: 'none', rule: 0, line }
  })
  return new Matcher({ patterns: builder.finish(), meanings })
}

function wordsOf(matcher: Matcher, tokens: readonly Token[]): Words {
  const keys = tokens.map(({ norm }) => matcher.wordOf(norm))
  return new Words(matcher, { keys, tokens, posOf: (at) => posOf(tokens[at] as Token) })
}

test('find lines and patterns that are asked for, whatever they are', () => {
  fc.assert(
    fc.property(
      fc.array(node, { minLength: 1, maxLength: 4 }),
      fc.array(text, { minLength: 1, maxLength: 3 }),
      (nodes, texts) => {
        const [finds, asked] = [matcherOf(nodes, 'find'), matcherOf(nodes, 'asked')]
        for (const tokens of texts.map(tokenise)) {
          const expected = nodes.flatMap((each, line) =>
            tokens.flatMap((_, from) =>
              ends(each, tokens, from, from)
                .filter((to) => to > from)
                .map((to) => `${line}: ${from}-${to}`),
            ),
          )
          const sentence = wordsOf(finds, tokens)
          const found = sentence.finds.map(({ pattern, from, to }) => `${pattern - concepts.length}: ${from}-${to}`)
          expect(found.sort()).toEqual(expected.sort())
          const one = wordsOf(asked, tokens)
          const given = nodes.flatMap((_, line) =>
            one.guard('none', 0, line).map(({ from, to }) => `${line}: ${from}-${to}`),
          )
          expect(given.sort()).toEqual(expected)
        }
      },
    ),
    { numRuns: Number(process.env.RUNS ?? 500) },
  )
})

test('matches come as they end, the shortest first; what they pass over is no piece of them', () => {
  const [arm, cot] = [exact('arm'), exact('cot')]
  const matcher = matcherOf([{ kind: 'sequence', nodes: [arm, { kind: 'gap', most: 3 }, cot] }], 'find')
  const found = wordsOf(matcher, tokenise('arm arm the cot')).finds
  expect(found.map(({ from, to, pieces }) => [from, to, pieces])).toEqual([
    [
      1,
      4,
      [
        { from: 1, to: 2 },
        { from: 3, to: 4 },
      ],
    ],
    [
      0,
      4,
      [
        { from: 0, to: 1 },
        { from: 3, to: 4 },
      ],
    ],
  ])
})

test('a sentence of many words, and more sentences than are told apart by a byte', () => {
  const matcher = matcherOf([{ kind: 'sequence', nodes: [exact('arm'), exact('bed')] }, exact('dog')], 'find')
  const long = tokenise('arm bed the '.repeat(20_000))
  expect(wordsOf(matcher, long).finds.length).toBe(20_000)
  for (let i = 0; i < 300; i++) {
    expect(wordsOf(matcher, tokenise('arm bed')).finds.length).toBe(1)
    expect(wordsOf(matcher, tokenise('bed arm')).finds.length).toBe(0)
  }
})

/** What a text is made of: words, and signs that join, part or hide them. */
const bit = fc.constantFrom(
  ...[
    'arm',
    'Bed',
    'cot',
    'No',
    'no',
    'dog',
    'u',
    'A',
    'organise',
    'é',
    "n't",
    "'s",
    '12',
    '3',
    'th',
    '%',
    '&',
    '/',
    '=',
  ],
  ...[
    ' ',
    ' ',
    ' ',
    '\n',
    '.',
    '. ',
    ', ',
    '; ',
    ': ',
    '!',
    '?',
    '…',
    '-',
    '--',
    '—',
    '*',
    '**',
    '_',
    '`',
    '|',
    '#',
    '$',
  ],
  ...['"', "'", '’', '“', '(', ')', '[', ']', '@', '://', 'www.', '\u00a0', '\uFFFC', '\\', '<', '>'],
)

test('a text that is split as it stands: no word is lost, and whatever its sentences match is found', () => {
  const [arm, bed, cot, no] = [exact('arm'), exact('bed'), exact('cot'), exact('no')]
  const lines: Node[] = [
    ...[arm, bed, cot, no, exact('and'), exact('organize'), exact('you'), exact('not'), exact('/')],
    { kind: 'word', word: '', match: 'number' },
    { kind: 'sequence', nodes: [{ kind: 'start' }, { kind: 'either', nodes: [arm, no] }] },
    { kind: 'sequence', nodes: [{ kind: 'either', nodes: [bed, no] }, { kind: 'end' }] },
    { kind: 'sequence', nodes: [arm, { kind: 'gap', most: 2 }, { kind: 'either', nodes: [bed, cot, no] }] },
  ]
  const matcher = matcherOf(lines, 'find')
  const texts = fc.array(bit, { maxLength: 24 }).map((bits) => bits.join(''))
  fc.assert(
    fc.property(texts, (all) => {
      // What takes several words for one is for the gate to read both ways.
      const read = all.replaceAll(/\S*(?::\/\/|www\.|@)\S*/gi, '\uFFFC')
      const tokens = tokenise(read)
      const found = new Set<number>()
      for (let i = 0, count = matcher.split(read); i < count; i++)
        for (const { pattern } of matcher.findsIn(i)) found.add(pattern)
      const keys = tokens.map(({ norm }) => matcher.wordOf(norm))
      for (const span of sentences(read)) {
        const from = tokens.findIndex(({ start }) => start >= span.start)
        const to = tokens.findLastIndex(({ start }) => start < span.end) + 1
        if (from < 0 || to <= from) continue
        const strict = new Words(matcher, { keys, tokens, posOf: () => undefined }, from, to)
        for (const { pattern } of strict.finds) expect(found, JSON.stringify(read)).toContain(pattern)
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 1000) },
  )
})
