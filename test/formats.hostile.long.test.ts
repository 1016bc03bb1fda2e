/** Text made to hurt: readers neither throw nor take long, and time grows with length, not with its square. */

import { expect, test, vi } from 'vitest'
import type { Reader } from '../src/core/types.ts'
import { readHtml } from '../src/formats/html.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'

/** UTF-16 units of each draft. */
const LENGTH = 200_000
/** Milliseconds of processor time a reader may take for one: generous, as the machine may be slow. Quadratic is a minute. */
const BOUND = 3000

// The bounds are on processor time; a busy machine may take longer.
vi.setConfig({ testTimeout: 60_000 })

const fill = (unit: string, length = LENGTH): string => unit.repeat(Math.ceil(length / unit.length))

/** Processor time of a call, in milliseconds; that of other processes does not count. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** Growing runs: none closes another. */
function backtickRuns(): string {
  let runs = ''
  for (let length = 1; runs.length < LENGTH; length++) runs += `${'`'.repeat(length)}a`
  return runs
}

/** A list in a list in a list …, one line each. */
function staircase(): string {
  let lines = ''
  for (let depth = 0; lines.length < LENGTH; depth++) lines += `${'  '.repeat(depth)}- a\n`
  return lines
}

const MARKDOWN: Record<string, string> = {
  '[': fill('['),
  ']': fill(']'),
  '[ then ]': `a ${'['.repeat(LENGTH / 2)}${']'.repeat(LENGTH / 2)}`,
  '>': fill('>'),
  '*': fill('*'),
  '*a then a*': '*a '.repeat(LENGTH / 6) + 'a* '.repeat(LENGTH / 6),
  '`': fill('`'),
  'runs of `': backtickRuns(),
  '<': fill('<'),
  'a <!--': fill('a <!--'),
  '- - -': fill('- '),
  'list in list': staircase(),
  'front matter': `---\ntitle: ${fill('[')}\n---\n`,
  'one long line': fill('The quick brown fox jumps over the lazy dog. ', 2_000_000),
}

test.each(Object.entries(MARKDOWN))('Markdown: %s', (_, source) => {
  expect(cost(() => readMarkdown(source))).toBeLessThan(BOUND)
})

const HTML = [
  '<',
  '<b>',
  '<p>',
  '<li>',
  '<blockquote>',
  '<b><p>',
  '<div>x</p></i>',
  '<!--',
  '<p title="',
  '&',
  '&amp',
  '<td>a@',
]

test.each(HTML)('HTML: %s', (unit) => {
  expect(cost(() => readHtml(fill(unit)))).toBeLessThan(BOUND)
})

test.each(['>', '- ', 'a@', 'a\n\n', '((', 'www.', 'http://a.b!', '\r', ' '])('plain text: %j', (unit) => {
  expect(cost(() => readText(fill(unit)))).toBeLessThan(BOUND)
})

test.each(['> a\n\n', 'a\n---\n', '* a\n  * b\n', 'a! b\n'])('Markdown: %j is read in linear time', (unit) => {
  const best = (length: number): number => Math.min(...[1, 2].map(() => cost(() => readMarkdown(fill(unit, length)))))
  best(1500)
  // Eight times as long: 8 if linear, 64 if quadratic.
  expect(best(12_000) / best(1500)).toBeLessThan(28)
})

const DEEP: [string, Reader, string][] = [
  ['quotes', readMarkdown, `${'>'.repeat(10_000)} a`],
  ['items', readMarkdown, `${'- '.repeat(10_000)}a`],
  ['numbered items', readMarkdown, `x\n\n${'1) '.repeat(10_000)}a`],
  ['items by indentation', readMarkdown, `- a\n${' '.repeat(10_000)}- b`],
]

test.each(DEEP)('beyond 50 %s on a line, or 200 units of indentation, Markdown is plain text', (_, read, source) => {
  expect(read(source)).toEqual(readText(source))
})

test('up to 50 quotes on a line are quotes', () => {
  expect(readMarkdown(`${'> '.repeat(50)}a *b*`).blocks).toMatchObject([{ text: 'a b', quoteDepth: 50 }])
})

test('a URL with 200,000 marks after it', () => {
  expect(cost(() => readText(`http://a.b${fill('!')}x`))).toBeLessThan(BOUND)
})

test('what is beyond the allowance is text, line by line', () => {
  const [block] = readMarkdown(fill('a! [b *c\n', 30_000)).blocks
  expect(block?.text).toBe(fill('a! [b *c ', 30_000).trim())
})

test('a paragraph of 600 links and emphases uses up no allowance', () => {
  const [block] = readMarkdown(fill('*a* [b](c) ', 3300)).blocks
  expect(block?.text).toBe(fill('a b ', 1200).trim())
})
