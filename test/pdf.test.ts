/** PDFs: paragraphs of their lines, and what is said of those that cannot be read. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPdf } from '../src/formats/pdf/index.ts'
import { createJoin } from '../src/formats/pdf/join.ts'
import { type PdfLine, pdf } from './pdf.ts'

const at = (text: string, y: number, more: Partial<PdfLine> = {}): PdfLine => ({ text, x: 72, y, size: 12, ...more })

async function told(pages: readonly (readonly PdfLine[])[]): Promise<string[]> {
  const { blocks, places } = await readPdf(pdf(pages))
  return blocks.map(({ kind, text }, i) => `${places?.[i]?.page} ${kind}: ${text}`)
}

test('lines are joined to paragraphs, words that were divided to words; headings and lists are told by their look', async () => {
  const long = 'We ask the county for homes, for legal help and for the traf-'
  expect(
    await told([
      [
        at('What we ask for', 740, { size: 18 }),
        at(long, 700),
        at('ficking survivors who decide what is offered.', 686),
        at('A new paragraph begins here, after a gap that is larger.', 660),
        at('• Housing first', 640),
        at('• Legal help', 626),
        at('Small print.', 600, { size: 8 }),
      ],
    ]),
  ).toEqual([
    '1 heading: What we ask for',
    '1 paragraph: We ask the county for homes, for legal help and for the trafficking survivors who decide what is offered.',
    '1 paragraph: A new paragraph begins here, after a gap that is larger.',
    '1 list-item: Housing first',
    '1 list-item: Legal help',
    '1 paragraph: Small print.',
  ])
})

test('paragraphs go on over the end of a page; page numbers and lines that repeat are left out', async () => {
  const page = (number: number, ...lines: PdfLine[]): PdfLine[] => [
    at('Riverside Network', 780, { size: 9 }),
    ...lines,
    at(`Page ${number}`, 40, { size: 9 }),
  ]
  expect(
    await told([page(1, at('First of all.', 700), at('We ask that the', 600)), page(2, at('county acts now.', 700))]),
  ).toEqual(['1 paragraph: First of all.', '1 paragraph: We ask that the county acts now.'])
})

test('a hyphen at the end of a line stays where it belongs to the word', () => {
  const join = (...lines: string[]): string => createJoin([lines])(lines)
  expect(join('We fight modern-', 'day slavery.')).toBe('We fight modern-day slavery.')
  expect(join('an end-', 'demand law')).toBe('an end-demand law')
  expect(join('It is end-', 'ing now')).toBe('It is ending now')
  expect(join('sex traf-', 'ficking')).toBe('sex trafficking')
  expect(join('a wit-', 'ness of drop-in wit and', 'ness')).toBe('a witness of drop-in wit and ness')
  expect(join('the drop-', 'in, a drop-in')).toBe('the drop-in, a drop-in')
  expect(join('soft hy\u00AD', 'phen')).toBe('soft hy\u00ADphen')
  expect(join('pages 3-', '5 of it')).toBe('pages 3-5 of it')
})

test('what cannot be read is said in one line', async () => {
  const said = async (bytes: Uint8Array): Promise<string> => {
    const error = await readPdf(bytes).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ name: 'Unreadable' })
    return (error as Error).message
  }
  const whole = pdf([[at('We ask for homes.', 700)]])
  expect(await said(pdf([[]]))).toMatch(/^has no text layer: its pages are pictures; /)
  expect(await said(whole.subarray(0, whole.length - 40))).toMatch(/^is a PDF whose end is missing/)
  expect(await said(new TextEncoder().encode('Dear friends,'))).toMatch(/^is no PDF/)
  expect(await said(new TextEncoder().encode('%PDF-1.7\nnothing\n%%EOF\n'))).toMatch(/^is a damaged PDF/)
  const many = Array.from({ length: 501 }, () => [])
  expect(await said(pdf(many))).toBe('has more than 500 pages; split it')
  const dense = Array.from({ length: 8 }, () =>
    Array.from({ length: 8 }, () => at('homes '.repeat(4000), 700, { size: 0.03 })),
  )
  expect(await said(pdf(dense))).toBe('holds more text than 500 pages do; split it')
  expect(await said(new Uint8Array(64 * 1024 * 1024 + 1))).toMatch(/^is larger than 64 MiB; /)
  expect(await said(readFileSync('fixtures/documents/protected.pdf'))).toMatch(/^is protected by a password/)
})
