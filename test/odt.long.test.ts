/** Long runs over OpenDocument texts: random comments, and hostile files. */

import { readFileSync } from 'node:fs'
import { strFromU8, unzipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { expect, test } from 'vitest'
import { openOdt } from '../src/formats/odt/index.ts'
import { type Note, wholeCharacters } from '../src/formats/package/document.ts'
import { attempt, mutations } from './hostile.ts'
import { annotations, suggested } from './odt.ts'
import { random } from './random.ts'

const files = ['libreoffice', 'pandoc'].map(
  (name) => [name, new Uint8Array(readFileSync(`fixtures/documents/${name}.odt`))] as const,
)

/** White space is one space to a reader, and breaks have no letters. */
const visible = (text: string): string => text.replace(/\s+/g, '')

test.each(files)('%s: 100 rounds of 12 random, overlapping ranges', (_, bytes) => {
  const next = random(5)
  const { source, places = [] } = openOdt(bytes).draft
  const lines = source.split('\n')
  const body = [...new Set(places.filter(({ part }) => part === 'body').map(({ paragraph }) => paragraph - 1))]
  const before = annotations(bytes)
  let all = 0
  for (let round = 0; round < 100; round++) {
    const wanted = Array.from({ length: 12 }, (_, index): { note: Note; expected: string } => {
      const number = body[Math.floor(next() * body.length)] as number
      const line = lines[number] as string
      const at = lines.slice(0, number).reduce((sum, { length }) => sum + length + 1, 0)
      const from = Math.floor(next() * line.length)
      const to = Math.min(from + 1 + Math.floor(next() * 40), line.length)
      const whole = wholeCharacters(line, from, to)
      return {
        note: {
          start: at + from,
          end: at + to,
          paragraphs: [`Number ${index}`],
          ...(next() < 0.5 && { replacement: 'other words' }),
        },
        expected: line.slice(whole.start, whole.end),
      }
    })
    const { bytes: out, suggestions } = openOdt(bytes).comment(wanted.map(({ note }) => note))
    expect(suggested(out).inserted).toEqual(Array.from({ length: suggestions }, () => 'other words'))
    all += suggestions
    new SaxesParser({ xmlns: true }).write(strFromU8(unzipSync(out)['content.xml'] as Uint8Array)).close()
    expect(openOdt(out).draft.source).toBe(source)
    const after = annotations(out)
    for (const [index, { expected }] of wanted.entries()) {
      const mine = after.find(({ says }) => says === `Number ${index}\n`)
      expect(visible(mine?.range ?? '')).toBe(visible(expected))
    }
    expect(after.filter(({ creator }) => creator !== 'values-lint')).toEqual(before)
    expect(openOdt(out).comment([]).bytes.length).toBeLessThan(out.length)
    expect(annotations(openOdt(out).comment([]).bytes)).toEqual(before)
  }
  expect(all).toBeGreaterThan(50)
})

test('4,000 hostile files: read or refused, each within two seconds', () => {
  const next = random(6)
  let [slowest, read] = [0, 0]
  for (let i = 0; i < 4_000; i++) {
    const [, bytes] = files[i % files.length] as (typeof files)[number]
    const mutate = mutations[(i >> 1) % mutations.length] as (typeof mutations)[number]
    const result = attempt(openOdt, mutate(bytes, next, 'content.xml'))
    slowest = Math.max(slowest, result.seconds)
    if (result.read) read++
  }
  console.log(`slowest ${slowest.toFixed(2)} s, ${read} read`)
  expect(slowest).toBeLessThan(2)
  expect(read).toBeGreaterThan(200)
})
