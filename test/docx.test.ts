/** Word files in: what is read of them, what it is, and where it stands. */

import { readFileSync } from 'node:fs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { Block } from '../src/core/types.ts'
import { readDocx } from '../src/formats/docx/read.ts'
import { letter, p, r, word } from './word.ts'

const blocks = (body: string): Block[] => readDocx(word({ body })).draft.blocks
const texts = (body: string): string[] => blocks(body).map(({ text }) => text)

describe('a letter with every feature', () => {
  const { draft, paragraphs, parts } = readDocx(word(letter))

  test('every word once, apart, and as it would be with all changes accepted', () => {
    expect(draft.blocks.map(({ text }) => text)).toEqual([
      'Annual report',
      'We fight modern-day slavery in every county.',
      'What we do',
      'One two three fourhard-ware software & “café” <😀> \uFFFC end',
      'Kept inserted moved here shown',
      'This paragraph goes on after its deleted end.',
      'See the first point, page 3 and our website.',
      'In a block control.',
      'An inline control, a smart tag.',
      'Beside the box it goes on.',
      'Inside the box',
      'Somebody else said this.',
      'First of a list',
      'Second of a list',
      'Avoid',
      'Say',
      'victims',
      'survivors',
      'both',
      'Table 1. Words',
      'The end.',
      'Riverside Network',
      'A note on the figures.',
    ])
  })

  test('what each paragraph is', () => {
    const kinds = draft.blocks.map(
      ({ kind, level, quoteDepth }) => `${kind}${level ?? ''}${quoteDepth ? ' quoted' : ''}`,
    )
    expect(kinds).toEqual([
      'heading1',
      'paragraph',
      'heading1',
      ...Array(8).fill('paragraph'),
      'paragraph quoted',
      'list-item',
      'list-item',
      ...Array(5).fill('table-cell'),
      'caption',
      'paragraph',
      'paragraph',
      'footnote',
    ])
    const cells = draft.blocks.filter(({ kind }) => kind === 'table-cell')
    expect(cells.map(({ row, column, header }) => [row, column, header ?? false])).toEqual([
      [0, 0, true],
      [0, 1, true],
      [1, 0, false],
      [1, 1, false],
      [2, 0, false],
    ])
    expect(new Set(cells.map(({ group }) => group)).size).toBe(1)
    const [first, second] = draft.blocks.filter(({ kind }) => kind === 'list-item')
    expect(first?.group).toBe(second?.group)
    expect(first?.group).not.toBe(cells[0]?.group)
  })

  test('where people find it', () => {
    const at = (text: string) => draft.places?.[draft.blocks.findIndex((block) => block.text.startsWith(text))]
    expect(at('We fight')).toEqual({ part: 'body', heading: 'Annual report', paragraph: 2, start: 14 })
    expect(at('Inside')).toMatchObject({ part: 'text box', heading: 'What we do', paragraph: 11 })
    expect(at('A note')).toMatchObject({ part: 'footnote', paragraph: 23 })
    expect(at('Riverside')).toMatchObject({ part: 'header', paragraph: 22 })
    // A line of the source is a paragraph.
    expect(draft.source.split('\n')).toHaveLength(23)
  })

  test('every letter leads to its place in the XML', () => {
    let letters = 0
    for (const { text, pieces } of paragraphs) {
      for (const piece of pieces.filter(({ divisible }) => divisible)) {
        const { xml } = parts[piece.run.part] as { xml: string }
        for (let i = piece.start; i < piece.end; i++) {
          const at = piece.rawStart + (piece.places?.[i - piece.start] ?? i - piece.start)
          if (xml[at] !== '&') expect(xml[at]).toBe(text[i])
          letters++
        }
      }
    }
    expect(letters).toBeGreaterThan(400)
  })

  test('emphasis is kept: it may name a term', () => {
    const block = draft.blocks[1] as Block
    expect(block.emphasis?.map(({ start, end }) => block.text.slice(start, end))).toEqual(['ern-day slav'])
    expect(blocks(p(r('gone', '<w:strike/>') + r(' kept')))[0]?.emphasis).toEqual([{ start: 0, end: 4, struck: true }])
  })
})

test('pages, where Word has noted them', () => {
  const body = p('One') + p(`<w:r><w:lastRenderedPageBreak/><w:t>Two</w:t></w:r>`)
  expect(readDocx(word({ body })).draft.places?.map(({ page }) => page)).toEqual([1, 2])
})

test('of paragraphs joined by a deleted mark the last says what they are', () => {
  const deleted = '<w:pStyle w:val="berschrift1"/><w:rPr><w:del w:id="1" w:author="A" /></w:rPr>'
  expect(blocks(p('One', deleted) + p(' and two.')).map(({ kind, text }) => [kind, text])).toEqual([
    ['paragraph', 'One and two.'],
  ])
})

test('an equation keeps the words around it apart', () => {
  expect(texts(p(`${r('so')}<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>${r('that')}`))).toEqual(['so\uFFFCthat'])
})

test('two line breaks in a row part a paragraph', () => {
  expect(texts(p(`${r('One')}<w:r><w:br/><w:br/></w:r>${r('two')}<w:r><w:br/></w:r>${r('three')}`))).toEqual([
    'One',
    'two three',
  ])
})

test('a field without an end does not swallow the draft', () => {
  expect(texts(p(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>${r('lost')}`) + p('Found'))).toEqual(['Found'])
})

test('CDATA, comments in text, and other prefixes are read', () => {
  expect(texts('<w:p><w:r><w:t>a<!-- no -->b<![CDATA[ & c]]></w:t></w:r></w:p>')).toEqual(['ab & c'])
  const other = rewritten(word({ body: p('Hello') }), 'word/document.xml', (xml) =>
    xml.replaceAll('w:', 'ns0:').replace('xmlns:w=', 'xmlns:ns0='),
  )
  expect(readDocx(other).draft.source).toBe('Hello')
  const strict = rewritten(word({ body: p('Hello') }), 'word/document.xml', (xml) =>
    xml.replace(
      'http://schemas.openxmlformats.org/wordprocessingml/2006/main',
      'http://purl.oclc.org/ooxml/wordprocessingml/main',
    ),
  )
  expect(readDocx(strict).draft.source).toBe('Hello')
})

function rewritten(bytes: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const files = unzipSync(bytes)
  return zipSync({ ...files, [part]: strToU8(change(strFromU8(files[part] as Uint8Array))) })
}

/** Words as a multiset; marks by which other programs write lists, notes and struck text are none. */
const words = (text: string): string[] =>
  text
    .replace(/\[\d+\]|~~/g, '')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word) && !/^\d+\.$/.test(word))
    .sort()

test.each([
  ['pandoc.docx', ['Spring', 'letter']],
  ['docx-package.docx', ['Network', 'Riverside']],
  ['libreoffice.docx', ['Inside', 'Network', 'Riverside', 'box.', 'the']],
])('%s: the words that pandoc reads, and titles, headers and boxes that it leaves out', (name, more) => {
  const { draft } = readDocx(readFileSync(`fixtures/documents/${name}`))
  const expected = words(readFileSync(`fixtures/documents/${name}.txt`, 'utf8'))
  expect(words(draft.blocks.map(({ text }) => text).join(' '))).toEqual([...expected, ...more].sort())
})

describe('what cannot be read says so in one line', () => {
  const good = word({ body: p('Hello') })
  const xml = (change: (xml: string) => string): Uint8Array => rewritten(good, 'word/document.xml', change)
  // In the packed bytes of the body.
  const wrong = strFromU8(good, true).indexOf('word/document.xml') + 100
  const ole = (name: string): Uint8Array =>
    Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, ...Array(600).fill(0), ...[...name].flatMap((c) => [c.charCodeAt(0), 0])])
  test.each([
    ['old .doc', ole('WordDocument'), /is an old Word file \(\.doc\); save it as \.docx/],
    ['a password', ole('EncryptedPackage'), /protected by a password/],
    ['nothing', new Uint8Array(), /is no Word or OpenDocument file/],
    ['text', strToU8('Dear all'), /is no Word or OpenDocument file/],
    ['half of it', good.subarray(0, good.length / 2), /damaged or not complete/],
    ['a wrong byte', good.map((byte, i) => (i === wrong ? byte ^ 0xff : byte)), /damaged/],
    ['another zip', zipSync({ 'a.txt': strToU8('a') }), /no Word file, though it is named like one/],
    [
      'a bomb',
      zipSync({ ...unzipSync(good), 'word/document.xml': new Uint8Array(40_000_000) }),
      /unpacks to more than 32 MiB/,
    ],
    [
      'a DOCTYPE',
      xml((text) => text.replace('<w:document', '<!DOCTYPE w [<!ENTITY a "b">]><w:document')),
      /document type declaration/,
    ],
    ['wrong nesting', xml((text) => text.replace('</w:t></w:r>', '</w:r></w:t>')), /XML is broken/],
    ['XML that stops', xml((text) => text.slice(0, -20)), /XML is broken/],
    [
      'deep nesting',
      xml((text) => text.replace('<w:sectPr>', `${'<w:a>'.repeat(600)}${'</w:a>'.repeat(600)}<w:sectPr>`)),
      /XML is broken/,
    ],
    [
      'UTF-16',
      zipSync({ ...unzipSync(good), 'word/document.xml': Uint8Array.from([0xff, 0xfe, 0x3c, 0]) }),
      /not in UTF-8/,
    ],
  ])('%s', (_, bytes, message) => {
    expect(() => readDocx(bytes)).toThrow(message)
    expect(() => readDocx(bytes)).toThrow(expect.objectContaining({ name: 'Unreadable' }))
  })
})
