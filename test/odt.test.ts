/** OpenDocument texts, in and out. */

import { readFileSync } from 'node:fs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { openOdt } from '../src/formats/odt/index.ts'
import { readOdt } from '../src/formats/odt/read.ts'
import type { Note } from '../src/formats/package/document.ts'
import { readZip } from '../src/formats/package/zip.ts'
import { annotations, odt, suggested } from './odt.ts'

const office = readFileSync('fixtures/documents/libreoffice.odt')
const notesOn = (source: string, ...words: string[]): Note[] =>
  words.map((text) => {
    const start = source.indexOf(text)
    if (start < 0) throw new Error(`no “${text}”`)
    return { start, end: start + text.length, paragraphs: [`On ${text}`, 'With <&> signs.'] }
  })
const commented = (bytes: Uint8Array, ...words: string[]): Uint8Array => {
  const document = openOdt(bytes)
  return document.comment(notesOn(document.draft.source, ...words), { date: '2024-05-06T07:08:09Z' }).bytes
}

describe('a letter by LibreOffice', () => {
  const { draft } = readOdt(office)

  test('every word, as it would be with all changes accepted, and what it is', () => {
    expect(
      draft.blocks.map(
        ({ kind, level, quoteDepth, text }) => `${kind}${level ?? ''}${quoteDepth ? ' quoted' : ''}: ${text}`,
      ),
    ).toEqual([
      'heading1: What we see',
      'paragraph: We fight modern-day slavery in every county. One two three four.',
      'footnote: Figures of the county, 2023.',
      'paragraph quoted: We must end demand in this state.',
      'paragraph: The county should now adopt the Equality Model, as our page says struck & “café” 😀.',
      'list-item: Housing first',
      'list-item: Legal help',
      'table-cell: Avoid',
      'table-cell: Say',
      'table-cell: modern-day slavery',
      'table-cell: human trafficking',
      'paragraph: Beside the box.',
      'paragraph: Inside the box.',
      'paragraph: Riverside Network',
    ])
    const cells = draft.blocks.filter(({ kind }) => kind === 'table-cell')
    expect(cells.map(({ row, column, header }) => [row, column, header ?? false])).toEqual([
      [0, 0, true],
      [0, 1, true],
      [1, 0, false],
      [1, 1, false],
    ])
    expect(draft.places?.at(-1)).toMatchObject({ part: 'header', paragraph: 14 })
    expect(draft.places?.[4]).toMatchObject({ part: 'body', heading: 'What we see', paragraph: 5 })
  })

  test('emphasis, from the styles that LibreOffice makes', () => {
    const block = draft.blocks[4]
    expect(block?.emphasis?.map(({ start, end, struck }) => [block.text.slice(start, end), struck ?? false])).toEqual([
      ['Equality Model', false],
      ['our page', false],
      ['struck', true],
    ])
  })
})

test('a letter by pandoc: the words that LibreOffice reads in it', () => {
  const words = (text: string): string[] => text.match(/[\p{L}\p{N}€😀]+/gu)?.sort() ?? []
  const { draft } = readOdt(readFileSync('fixtures/documents/pandoc.odt'))
  expect(draft.blocks.slice(0, 2).map(({ kind, level }) => [kind, level])).toEqual([
    ['heading', 1],
    ['heading', 1],
  ])
  expect(draft.blocks[4]).toMatchObject({ text: 'We must end demand in this state.', quoteDepth: 1 })
  const parts = draft.blocks.filter(({ kind }, index) => kind !== 'footnote' && draft.places?.[index]?.part === 'body')
  // LibreOffice writes the numbers of items and notes too, and leaves the notes out.
  const expected = readFileSync('fixtures/documents/pandoc.odt.txt', 'utf8').replace(/county\.1|^\s*\d\./gm, (found) =>
    found.startsWith('county') ? 'county.' : '',
  )
  expect(words(parts.map(({ text }) => text).join(' '))).toEqual(words(expected))
})

describe('comments', () => {
  const wanted = [
    'modern-day slavery in',
    'slav',
    'two\u2028three',
    'now adopt the Equality',
    'our',
    '“café” 😀',
    'Avoid',
    'Figures',
    'Inside',
    'Riverside',
  ]
  const out = commented(office, ...wanted)

  test('stand on exactly the words', () => {
    const hung = { Figures: '', Inside: '', Riverside: 'What we see' }
    const ours = annotations(out).filter(({ creator }) => creator === 'values-lint')
    expect(Object.fromEntries(ours.map(({ says, range }) => [says.split('\n')[0]?.slice(3), range]))).toEqual({
      ...Object.fromEntries(wanted.map((text) => [text, text.replace('\u2028', '')])),
      ...hung,
    })
    expect(ours[0]?.says).toContain('With <&> signs.')
  })

  test('change no word and no other entry; the first stays first and stored', () => {
    expect(openOdt(out).draft.source).toBe(openOdt(office).draft.source)
    const [before, after] = [readZip(office), readZip(out)]
    for (const [name, entry] of before.entries) {
      const copy = after.entries.get(name) as typeof entry
      if (name !== 'content.xml')
        expect(out.subarray(copy.start, copy.end)).toEqual(new Uint8Array(office.subarray(entry.start, entry.end)))
    }
    expect([...after.entries.values()][0]).toMatchObject({ name: 'mimetype', method: 0, start: 0 })
  })

  test('a second run replaces ours and keeps those of others', () => {
    const twice = commented(out, 'county')
    expect(annotations(twice).map(({ creator, range }) => [creator, range])).toEqual(
      [
        ['values-lint', 'county'],
        ['A. Reader', 'every county'],
      ].sort(
        (a, b) =>
          annotations(twice).findIndex(({ range }) => range === a[1]) -
          annotations(twice).findIndex(({ range }) => range === b[1]),
      ),
    )
    expect(openOdt(out).comment([]).bytes.length).toBeLessThan(out.length)
    expect(annotations(openOdt(out).comment([]).bytes)).toEqual(annotations(office))
  })

  test('resolved ones stay, and are not said again', () => {
    const once = commented(office, 'Avoid')
    const files = unzipSync(once)
    const resolved = strFromU8(files['content.xml'] as Uint8Array).replace(
      'office:name="values-lint-1"><dc:creator>',
      'office:name="values-lint-1" loext:resolved="true"><dc:creator>',
    )
    const bytes = zipSync({ ...files, 'content.xml': strToU8(resolved) })
    const again = openOdt(bytes)
    const result = again.comment(notesOn(again.draft.source, 'Avoid', 'Say'))
    expect(result.comments).toBe(1)
    expect(
      annotations(result.bytes)
        .filter(({ creator }) => creator === 'values-lint')
        .map(({ range }) => range),
    ).toEqual(['Avoid', 'Say'])
  })

  test('fields, CDATA, pictures and other prefixes', () => {
    const bytes = odt(
      '<text:p>On page <text:page-number>3</text:page-number> of<![CDATA[ the <report> ]]>we say&#160;no.</text:p><text:p>A <draw:frame text:anchor-type="as-char"><draw:image/><svg:desc>Two people talk</svg:desc></draw:frame> picture</text:p>',
    )
    const document = openOdt(bytes)
    expect(document.draft.blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['paragraph', 'On page 3 of the <report> we say no.'],
      ['paragraph', 'A \uFFFC picture'],
      ['image-text', 'Two people talk'],
    ])
    const out = commented(bytes, '3', 'report', 'say', 'picture', 'people')
    expect(annotations(out).map(({ says, range }) => [says.split('\n')[0], range])).toEqual([
      ['On 3', '3'],
      ['On report', ' the <report> '],
      ['On say', 'say'],
      ['On people', ''],
      ['On picture', 'picture'],
    ])
  })
})

describe('suggestions', () => {
  const suggest = (bytes: Uint8Array, text: string, replacement: string) => {
    const document = openOdt(bytes)
    return document.comment(
      notesOn(document.draft.source, text).map((note) => ({ ...note, replacement })),
      { date: '2024-05-06T07:08:09Z' },
    )
  }
  const body = (bytes: Uint8Array): string => strFromU8(unzipSync(bytes)['content.xml'] as Uint8Array)
  const plain = odt(
    '<text:p>We fight <text:span text:style-name="A">mod</text:span><text:span text:style-name="B">ern-day slav</text:span>ery &amp; more.</text:p>',
  )

  test('strike the passage and set the wording after it, in its look, under one comment', () => {
    const { bytes, comments, suggestions } = suggest(plain, 'fight modern-day', 'end human')
    expect([comments, suggestions]).toEqual([1, 1])
    expect(suggested(bytes)).toEqual({ struck: ['fight modern-day'], inserted: ['end human'] })
    expect(annotations(bytes)[0]?.range).toBe('fight modern-day')
    expect(body(bytes)).toContain('<text:span text:style-name="B">end human</text:span><text:change-end')
    expect(body(bytes)).toContain('text:track-changes="false"')
    new SaxesParser({ xmlns: true }).write(body(bytes)).close()
  })

  test('that nobody accepted are no part of the draft; without findings they go', () => {
    for (const text of ['modern-day slavery', 'slav', 'We', 'slavery & more']) {
      const { bytes, suggestions } = suggest(plain, text, 'x < y')
      expect([text, suggestions]).toEqual([text, 1])
      expect(openOdt(bytes).draft).toEqual({ ...openOdt(plain).draft })
      const cleaned = openOdt(bytes).comment([]).bytes
      expect(openOdt(cleaned).draft.source).toBe('We fight modern-day slavery & more.')
      expect(body(cleaned)).not.toContain('tracked-changes')
      expect(suggested(suggest(bytes, text, 'z').bytes)).toEqual({ struck: [text], inserted: ['z'] })
    }
  })

  test('stand beside the changes of others, which stay', () => {
    const { bytes, suggestions } = suggest(office, 'modern-day slavery', 'human trafficking')
    expect(suggestions).toBe(1)
    expect(body(bytes).match(/<text:tracked-changes/g)).toHaveLength(1)
    expect(openOdt(bytes).draft.source).toBe(openOdt(office).draft.source)
    expect(body(openOdt(bytes).comment([]).bytes)).toBe(body(office))
  })

  test('are left out where they would touch a change, a tab, a link, a note or a comment of somebody else', () => {
    for (const text of ['now adopt', 'One\ttwo', 'our page', 'as our', 'in every', 'Figures', 'Inside', 'Riverside'])
      expect([text, suggest(office, text, 'x').suggestions]).toEqual([text, 0])
  })

  test('overlap no other suggestion, and strike no place where another comment begins', () => {
    const document = openOdt(plain)
    const notes = notesOn(document.draft.source, 'fight modern', 'modern-day', 'more', 'more').map((note) => ({
      ...note,
      replacement: 'x',
    }))
    const { bytes, comments, suggestions } = document.comment(notes)
    expect([comments, suggestions]).toEqual([4, 1])
    expect(annotations(bytes).map(({ range }) => range)).toEqual(['fight modern', 'modern-day', 'more', 'more'])
  })

  test('that somebody took up in part stay as they are', () => {
    const { bytes } = suggest(plain, 'slavery', 'trafficking')
    const files = unzipSync(bytes)
    const changed = (from: RegExp, to: string): Uint8Array =>
      zipSync({ ...files, 'content.xml': strToU8(body(bytes).replace(from, to)) })
    // The deletion was accepted, the insertion not yet; something was written into the insertion; its paragraph was parted.
    expect(openOdt(changed(/<text:change [^>]*>/, '')).draft.source).toContain('day trafficking &')
    const inside = changed(/trafficking<text:change-end/, 'traf<text:tab/>ficking<text:change-end')
    expect(openOdt(inside).draft.source).toContain('day traf\tficking &')
    const parted = changed(/trafficking(?=.*<text:change-end)/, 'traf</text:p><text:p>ficking')
    expect(openOdt(parted).draft.source).toContain('traf\nficking')
    for (const file of [inside, parted]) {
      const again = openOdt(file).comment([])
      new SaxesParser({ xmlns: true }).write(body(again.bytes)).close()
      expect(openOdt(again.bytes).draft.source).toBe(openOdt(file).draft.source)
    }
  })
})

test('headers that say the same are read once', () => {
  const header = (text: string): string => `<style:header><text:p>${text}</text:p></style:header>`
  const styles = `<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">${header('A house')}${header('A house')}${header('Page two')}</office:document-styles>`
  const bytes = zipSync({ ...unzipSync(odt('<text:p>Hello</text:p>')), 'styles.xml': strToU8(styles) })
  expect(openOdt(bytes).draft.source).toBe('Hello\nA house\nPage two')
})

test('a box in a header is commented at the first words of the body', () => {
  const styles = `<office:document-styles xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"><style:header><text:p><draw:frame><draw:text-box><text:p>A house</text:p></draw:text-box></draw:frame></text:p></style:header></office:document-styles>`
  const bytes = zipSync({ ...unzipSync(odt('<text:p>Hello there</text:p>')), 'styles.xml': strToU8(styles) })
  expect(annotations(commented(bytes, 'house')).map(({ range }) => range)).toEqual(['Hello there'])
})

test.each([
  ['a password', { 'META-INF/manifest.xml': '<m><encryption-data/></m>' }, /protected by a password/],
  ['a spreadsheet', { mimetype: 'application/vnd.oasis.opendocument.spreadsheet' }, /is no OpenDocument text/],
  ['a DOCTYPE', { 'content.xml': '<!DOCTYPE a><a/>' }, /document type declaration/],
  ['broken XML', { 'content.xml': '<a><b></a>' }, /XML is broken/],
])('%s is said in one line', (_, parts, message) => {
  const changed = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))
  expect(() => openOdt(zipSync({ ...unzipSync(office), ...changed }))).toThrow(message)
})

test('what is written is well-formed', () => {
  for (const name of ['libreoffice', 'pandoc']) {
    const bytes = readFileSync(`fixtures/documents/${name}.odt`)
    const out = unzipSync(commented(bytes, 'modern-day slavery', 'Equality'))
    new SaxesParser({ xmlns: true }).write(strFromU8(out['content.xml'] as Uint8Array)).close()
  }
})
