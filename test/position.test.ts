import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lines } from '../src/core/position.ts'

test('LF, CRLF and a lone CR end a line; columns count UTF-16 units', () => {
  const lines = new Lines('a\r\nb\rc\n😀d')
  const at = (offset: number): number[] => [lines.at(offset).line, lines.at(offset).column]
  expect([0, 1, 3, 5, 7, 9].map(at)).toEqual([
    [1, 1],
    [1, 2],
    [2, 1],
    [3, 1],
    [4, 1],
    [4, 3],
  ])
  expect(lines.count).toBe(4)
})

test('a place leads back to its offset', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '\n', '\r', '\r\n', '😀') })
  fc.assert(
    fc.property(text, (source) => {
      const lines = new Lines(source)
      for (let offset = 0; offset <= source.length; offset++) expect(lines.offset(lines.at(offset))).toBe(offset)
    }),
  )
})

test('what lies beyond a line or the text is at its end', () => {
  const lines = new Lines('ab\ncd')
  expect(lines.offset({ line: 1, column: 99 })).toBe(3)
  expect(lines.offset({ line: 9, column: 1 })).toBe(5)
})
