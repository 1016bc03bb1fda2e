/** The pieces of the engine: words, forms, patterns, one pass over a sentence. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freezePack, thawPack } from '../src/core/frozen.ts'
import { forms } from '../src/core/inflect.ts'
import { Matcher, Words } from '../src/core/matcher.ts'
import { compilePack, type Meaning, type Pack } from '../src/core/pack.ts'
import { type Node, parsePattern } from '../src/core/pattern.ts'
import { Builder } from '../src/core/patterns.ts'
import { Lines } from '../src/core/position.ts'
import { Recent } from '../src/core/recent.ts'
import { isPlain, plainSegments, sentences } from '../src/core/sentences.ts'
import { tokenise } from '../src/core/tokens.ts'
import { readPack } from '../src/files.ts'
import { check } from '../src/index.ts'

describe('words', () => {
  test.each([
    ["We don't criminalise", 'we do not criminalize'],
    ['Survivors’ stories, the labour programme', 'survivors stories the labor program'],
    ['#BreakTheShackles now', 'break the shackles now'],
    ['dont rescue', 'do not rescue'],
    ['trafficking & slavery = 50%', 'trafficking and slavery equals 50 percent'],
  ])('%s', (text, norms) => {
    const tokens = tokenise(text)
    expect(tokens.map(({ norm }) => norm).join(' ')).toBe(norms)
    for (const { start, end, text: word } of tokens) expect(text.slice(start, end)).toBe(word)
  })

  test.each([
    ['woman', ['woman', 'women']],
    ['traffic', ['traffic', 'trafficked', 'trafficking']],
    ['buy', ['buy', 'buys', 'bought', 'buying']],
    ['stop', ['stopped', 'stopping']],
    ['business', ['businesses']],
  ])('forms of %s', (word, some) => {
    expect(forms(word)).toEqual(expect.arrayContaining(some))
  })

  test('sentences are not cut after abbreviations', () => {
    const text = 'Sen. Ruiz spoke at 5 p.m. on Tuesday. We left.'
    expect(sentences(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Sen. Ruiz spoke at 5 p.m. on Tuesday.',
      'We left.',
    ])
  })

  test('what is plain to see is what the segmenter says', () => {
    const segmenter = new Intl.Segmenter('en', { granularity: 'sentence' })
    const signs = [
      ...'abAB1 .?!,;:-–—‘’“”"\'()[]{}·•$%/@&\\~*',
      'é',
      '\uFFFC',
      '…',
      '\n',
      ' ',
      '. ',
      '.” ',
      'U.S. ',
      'a.m. ',
      '3.5',
      'Mr. ',
    ]
    const text = fc.array(fc.constantFrom(...signs), { maxLength: 16 }).map((all) => all.join(''))
    const check = (all: string): void => {
      fc.pre(isPlain(all))
      expect([...plainSegments(all)]).toEqual(
        [...segmenter.segment(all)].map(({ segment, index }) => ({ segment, index })),
      )
    }
    fc.assert(fc.property(text, check), { numRuns: 20_000 })
  })
})

describe('patterns', () => {
  const matches = (pattern: string, text: string): string[] => {
    const builder = new Builder()
    const add = (name: string, node: Node): void => builder.add(name, node, { together: [node], sought: 'asked' })
    add('@buyer', { kind: 'word', word: 'buyer', match: 'lemma' })
    for (const node of parsePattern(pattern).all) add('found', node)
    const meanings: Meaning[] = [{ type: 'concept', name: 'buyer' }]
    const found = builder.id('found')
    meanings[found] = { type: 'find', rule: 0, line: 0, part: 0 }
    const matcher = new Matcher({ patterns: builder.finish(), meanings })
    const tokens = tokenise(text)
    const keys = tokens.map(({ norm }) => matcher.wordOf(norm))
    return new Words(matcher, { keys, tokens, posOf: () => undefined })
      .of(found)
      .map(({ from, to }) => text.slice(tokens[from]?.start, tokens[to - 1]?.end))
  }

  test.each([
    ['modern-day slavery', 'Modern day slavery, modernday slavery', ['Modern day slavery', 'modernday slavery']],
    ['=aliens', 'alien aliens', ['aliens']],
    ['~enslave', 'their enslavement', ['enslavement']],
    ['arrest|charge @buyer', 'They charged the buyers and arrested buyers', ['arrested buyers']],
    ['(sex worker|hooker) ...2 jail', 'sex workers go to jail', ['sex workers go to jail']],
    ['arrest ...2 @buyer', 'arrest; the buyers', []],
    ['the? @buyer $', 'the buyers, buyers pay', ['buyers', 'the buyers']],
    ['rescue # woman', 'We rescued 14 women', ['rescued 14 women']],
  ])('%s in “%s”', (pattern, text, found) => {
    expect(matches(pattern, text)).toEqual(found)
  })

  test.each([
    ['(a b', 'this parenthesis is never closed', 1],
    ['a |', 'a word is missing here', 4],
    ['a ...99 b', 'a gap spans 1 to 15 words', 3],
    ['@ x', 'a concept needs a name, as in @buyer', 1],
  ])('%s is refused', (pattern, message, column) => {
    expect(() => parsePattern(pattern)).toThrow(expect.objectContaining({ message, column }))
  })
})

test('lines and columns count from 1, over LF, CRLF and CR', () => {
  const lines = new Lines('a\r\nbc\rd\n\ne')
  expect([0, 3, 4, 6, 9].map((offset) => lines.at(offset))).toEqual([
    { line: 1, column: 1, offset: 0 },
    { line: 2, column: 1, offset: 3 },
    { line: 2, column: 2, offset: 4 },
    { line: 3, column: 1, offset: 6 },
    { line: 5, column: 1, offset: 9 },
  ])
})

describe('context decides', () => {
  const { pack } = compilePack(readPack('nsn-2022'))
  const thawed = thawPack(freezePack(pack)) as Pack

  test.each([
    ['We support the Nordic Model.', 'error', undefined],
    ['The Nordic Model puts people in danger.', undefined, 'opposed'],
    ['Should the state adopt the Equality Model?', 'note', 'question'],
    ['“We must end demand,” said Sen. Ruiz.', 'note', 'quoted'],
    ['“We are modern abolitionists,” said our director.', 'warning', undefined],
    ['We do not call trafficking modern slavery.', undefined, 'denied'],
    ['If the state adopts the Nordic Model, migrants will be arrested.', undefined, 'hypothetical'],
  ])('%s', (text, level, excuse) => {
    const findings = check(text, { pack, showExcused: true })
    const shown = findings.filter(({ outcome }) => outcome !== 'excused')
    expect(shown[0]?.level).toBe(level)
    if (excuse) expect(findings.map(({ excusedBy }) => excusedBy?.kind)).toContain(excuse)
    expect(check(text, { pack: thawed, showExcused: true })).toEqual(findings)
  })
})

test('words that every object of JavaScript has are words like others', () => {
  const norms = tokenise('The constructor of toString & __proto__').map(({ norm }) => norm)
  expect(norms).toEqual(['the', 'constructor', 'of', 'tostring', 'and', 'proto'])
})

test('what was met lately is known, what comes again and again stays, and no more is kept than twice the most', () => {
  const known = new Recent<number>(10)
  for (let i = 0; i < 1000; i++) {
    known.set(`word ${i}`, i)
    if (i === 0) known.set('the', -1)
    expect(known.get('the')).toBe(-1)
    expect(known.get(`word ${i}`)).toBe(i)
  }
  expect(
    Array.from({ length: 1000 }, (_, i) => known.get(`word ${i}`)).filter((one) => one !== undefined).length,
  ).toBeLessThan(21)
})
