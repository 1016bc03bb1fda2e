/** Word files out: comments on exactly the right words, suggestions, and nothing else touched. */

import { readFileSync } from 'node:fs'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { openDocx } from '../src/formats/docx/index.ts'
import type { Note, OpenDocument } from '../src/formats/package/document.ts'
import { readZip } from '../src/formats/package/zip.ts'
import { seen, wellFormed } from './comments.ts'
import { letter, p, r, word } from './word.ts'

/** Notes on the first place of each of these words. */
const notesOn = ({ draft }: OpenDocument, ...words: string[]): Note[] =>
  words.map((text) => {
    const start = draft.source.indexOf(text)
    if (start < 0) throw new Error(`no “${text}”`)
    return { start, end: start + text.length, paragraphs: [`On ${text}`, 'Second paragraph, with <&> "signs".'] }
  })

const commented = (bytes: Uint8Array, ...words: string[]): Uint8Array => {
  const document = openDocx(bytes)
  return document.comment(notesOn(document, ...words), { date: '2024-05-06T07:08:09Z' }).bytes
}

const letterBytes = word(letter)

describe('comments', () => {
  const words = [
    'modern-day slav',
    'ern-day',
    'slavery in',
    'cé two',
    'day',
    'two\u2028three',
    '“café”',
    '😀',
    'inserted moved',
    'goes on after',
    'first point',
    'our web',
    'inline control',
    'survivors',
    'Inside',
    'note on',
    'Riverside',
  ]
  const document = openDocx(letterBytes)
  const wanted = words.filter((text) => document.draft.source.includes(text))
  const out = commented(letterBytes, ...wanted)
  const { comments, text } = seen(out)

  test('stand on exactly the words, over runs, changes, fields and breaks', () => {
    wellFormed(out)
    const ranges = Object.fromEntries(comments.map(({ says, range }) => [says.split('\n')[0]?.slice(3), range]))
    // A field is commented as a whole: LibreOffice would take a comment inside it for a part of its result.
    const hung = {
      'first point': 'the first point',
      Inside: 'Inside the box',
      'note on': '',
      Riverside: 'Annual report',
    }
    expect(ranges).toEqual({ ...Object.fromEntries(wanted.map((one) => [one, one])), ...hung })
  })

  test('change no word', () => {
    expect(text).toBe(seen(letterBytes).text)
    const again = openDocx(out).draft
    expect(again.source).toBe(document.draft.source)
    expect(again.blocks.map(({ kind, text: words }) => [kind, words])).toEqual(
      document.draft.blocks.map(({ kind, text: words }) => [kind, words]),
    )
  })

  test('say who, when and what, in paragraphs', () => {
    const xml = strFromU8(unzipSync(out)['word/comments.xml'] as Uint8Array)
    expect(xml).toContain('w:author="values-lint" w:date="2024-05-06T07:08:09Z" w:initials="vl"')
    expect(comments[0]?.says).toBe('On modern-day slav\nSecond paragraph, with <&> "signs".\n')
  })

  test('leave every other part as it is, byte for byte', () => {
    const [before, after] = [readZip(letterBytes), readZip(out)]
    const touched = ['[Content_Types].xml', 'word/document.xml', 'word/_rels/document.xml.rels', 'word/comments.xml']
    for (const [name, entry] of before.entries) {
      const copy = after.entries.get(name)
      const bytes = copy && out.subarray(copy.start, copy.end)
      if (!touched.includes(name)) expect(bytes).toEqual(letterBytes.subarray(entry.start, entry.end))
    }
    expect([...after.entries.keys()]).toEqual([...before.entries.keys(), 'word/comments.xml'])
  })

  test('nothing to say: the same file', () => {
    expect(openDocx(letterBytes).comment([]).bytes).toEqual(letterBytes)
  })

  test('white space that is cut stays', () => {
    const body = '<w:p><w:r><w:t>one two three</w:t></w:r></w:p>'
    const out = commented(word({ body }), 'two')
    expect(strFromU8(unzipSync(out)['word/document.xml'] as Uint8Array)).toContain(
      '<w:t xml:space="preserve">one </w:t>',
    )
  })

  test('an emoji of several parts is not cut', () => {
    const body = p('A 👩‍👩‍👧 here')
    const document = openDocx(word({ body }))
    const start = document.draft.source.indexOf('👩') + 2
    const { comments } = seen(document.comment([{ start, end: start + 3, paragraphs: ['x'] }]).bytes)
    expect(comments[0]?.range).toBe('👩‍👩‍👧')
  })
})

describe('fields and tags around words are commented as a whole, from outside', () => {
  // LibreOffice drops a range that begins or ends inside one of these.
  const smart = '<w:smartTag w:uri="u" w:element="e"><w:smartTagPr><w:attr w:name="a" w:val="b"/></w:smartTagPr>'
  const wraps = {
    'a smart tag': (content: string) => `${smart}${content}</w:smartTag>`,
    'a smart tag in another': (content: string) => `${smart}${smart}${content}</w:smartTag></w:smartTag>`,
    'custom XML': (content: string) => `<w:customXml w:uri="u" w:element="e">${content}</w:customXml>`,
    'a simple field': (content: string) => `<w:fldSimple w:instr=" TITLE ">${content}</w:fldSimple>`,
  }
  /** The tags around the comment's marks, and the words between these. */
  const between = (bytes: Uint8Array): string => {
    const xml = strFromU8(unzipSync(bytes)['word/document.xml'] as Uint8Array)
    return /<w:commentRangeStart[^>]*>(.*)<w:commentRangeEnd/s.exec(xml)?.[1] as string
  }

  test.each(Object.entries(wraps))('%s', (_, wrap) => {
    const inside = wrap(r('alpha beta') + r(' gamma', '<w:b/>'))
    const bytes = word({ body: p(r('One two ') + inside + r(' three four.')) })
    const ranges = (text: string) => seen(commented(bytes, text)).comments.map(({ range }) => range)
    for (const text of ['alpha', 'beta', 'gamma', 'alpha beta gamma']) {
      expect(between(commented(bytes, text))).toBe(inside)
      expect(ranges(text)).toEqual(['alpha beta gamma'])
    }
    expect(ranges('two alpha')).toEqual(['two alpha beta gamma'])
    expect(ranges('gamma three')).toEqual(['alpha beta gamma three'])
    expect(ranges('two')).toEqual(['two'])
    expect(ranges('three')).toEqual(['three'])
  })

  test('a suggestion in a smart tag takes its own words only', () => {
    const body = p(r('One two ') + wraps['a smart tag'](r('alpha beta gamma')) + r(' three.'))
    const document = openDocx(word({ body }))
    const { bytes, suggestions } = document.comment(
      notesOn(document, 'beta').map((note) => ({ ...note, replacement: 'delta' })),
    )
    wellFormed(bytes)
    expect(suggestions).toBe(1)
    expect(seen(bytes)).toMatchObject({ struck: ['beta'], inserted: ['delta'] })
    expect(between(bytes)).toMatch(/^<w:smartTag .*<\/w:smartTag>$/)
    expect(seen(openDocx(bytes).comment([]).bytes).text).toBe('One two alpha beta gamma three.')
  })

  test('custom XML around paragraphs is none of these', () => {
    const body = `<w:customXml w:uri="u" w:element="e">${p('One two three.')}</w:customXml>`
    expect(seen(commented(word({ body }), 'two')).comments.map(({ range }) => range)).toEqual(['two'])
  })

  test('a note that is called from a smart tag hangs on the tag', () => {
    const call = wraps['a smart tag']('<w:r><w:footnoteReference w:id="2"/></w:r>')
    const out = commented(word({ ...letter, body: p(r('One') + call) }), 'note on')
    expect(between(out)).toBe(call)
  })
})

describe('a second run', () => {
  const others = {
    comments: `<w:comment w:id="4" w:author="A. Reader" w:initials="AR">${p('Is this so?')}</w:comment>`,
    body: p(
      `${r('We fight ')}<w:commentRangeStart w:id="4"/>${r('modern-day slavery')}<w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r>${r(' in every county.')}`,
    ),
  }

  test('replaces our comments and keeps those of others', () => {
    const once = commented(word(others), 'modern-day slavery', 'county')
    const twice = commented(once, 'every county')
    wellFormed(twice)
    expect(seen(twice).comments.map(({ author, range }) => [author, range])).toEqual([
      ['A. Reader', 'modern-day slavery'],
      ['values-lint', 'every county'],
    ])
    expect(seen(twice).text).toBe('We fight modern-day slavery in every county.')
  })

  test('takes ours away where nothing is found any more', () => {
    const once = commented(word(others), 'county')
    const { bytes } = openDocx(once).comment([])
    expect(seen(bytes).comments.map(({ author }) => author)).toEqual(['A. Reader'])
    expect(readZip(bytes).entries.has('word/comments.xml')).toBe(true)
  })

  test('keeps those of ours that somebody answered or resolved, and says nothing twice', () => {
    const mine = (id: number, paragraph: string, says: string): string =>
      `<w:comment w:id="${id}" w:author="values-lint" w:initials="vl">${p(says).replace('<w:p ', `<w:p w14:paraId="${paragraph}" `)}</w:comment>`
    const range = (id: number, text: string): string =>
      `<w:commentRangeStart w:id="${id}"/>${r(text)}<w:commentRangeEnd w:id="${id}"/><w:r><w:commentReference w:id="${id}"/></w:r>`
    const bytes = word({
      body: p(range(1, 'one') + range(2, 'two') + range(3, 'three')),
      comments: mine(1, '0000000A', 'On one') + mine(2, '0000000B', 'On two') + mine(3, '0000000C', 'On three'),
      commentsExtended:
        '<w15:commentEx w15:paraId="0000000A" w15:done="1"/><w15:commentEx w15:paraId="0000000B" w15:done="0"/><w15:commentEx w15:paraId="0000000C" w15:done="0"/><w15:commentEx w15:paraId="0000000D" w15:paraIdParent="0000000C" w15:done="0"/>',
    })
    const document = openDocx(bytes)
    const notes = ['one', 'two'].map((text) => {
      const start = document.draft.source.indexOf(text)
      return { start, end: start + text.length, paragraphs: [`On ${text}`] }
    })
    const result = document.comment(notes)
    expect(result.comments).toBe(1)
    expect(seen(result.bytes).comments.map(({ says, range }) => [says, range])).toEqual([
      ['On one\n', 'one'],
      ['On three\n', 'three'],
      ['On two\n', 'two'],
    ])
    const extended = strFromU8(unzipSync(result.bytes)['word/commentsExtended.xml'] as Uint8Array)
    expect(extended).not.toContain('0000000B')
    expect(extended).toContain('w15:paraIdParent="0000000C"')
  })
})

describe('suggestions', () => {
  const suggest = (bytes: Uint8Array, text: string, replacement: string) => {
    const document = openDocx(bytes)
    return document.comment(
      notesOn(document, text).map((note) => ({ ...note, replacement })),
      { date: '2024-05-06T07:08:09Z' },
    )
  }
  const body = p(`${r('We fight mod')}${r('ern-day', '<w:b/>')}${r(' slavery in every county.')}`)

  test('strike the passage and set the wording after it, in its look', () => {
    const { bytes, suggestions } = suggest(word({ body }), 'modern-day slavery', 'human trafficking')
    wellFormed(bytes)
    expect(suggestions).toBe(1)
    const after = seen(bytes)
    expect([after.struck, after.inserted]).toEqual([['modern-day slavery'], ['human trafficking']])
    expect(after.comments[0]?.range).toBe('modern-day slavery')
    expect(after.text).toBe('We fight modern-day slavery in every county.')
  })

  test('that nobody accepted are no part of the draft; a second run makes the same', () => {
    const once = suggest(word({ body }), 'modern-day', 'human').bytes
    expect(openDocx(once).draft.source).toBe('We fight modern-day slavery in every county.')
    const twice = suggest(once, 'modern-day', 'human').bytes
    expect(seen(twice)).toEqual(seen(once))
    expect(seen(openDocx(once).comment([]).bytes)).toMatchObject({ struck: [], inserted: [], comments: [] })
  })

  test('of which only the striking was accepted keep their new words', () => {
    const { bytes } = suggest(word({ body }), 'modern-day slavery', 'human trafficking')
    const parts = unzipSync(bytes)
    const xml = strFromU8(parts['word/document.xml'] as Uint8Array).replace(/<w:del .*?<\/w:del>/gs, '')
    const accepted = zipSync({ ...parts, 'word/document.xml': strToU8(xml) })
    expect(openDocx(accepted).draft.source).toBe('We fight human trafficking in every county.')
    const again = openDocx(accepted).comment([]).bytes
    expect(seen(again)).toMatchObject({ inserted: ['human trafficking'], comments: [] })
  })

  test('are left out where they would touch a change, a field, a link or a bound control of somebody else', () => {
    const bytes = word(letter)
    for (const text of [
      'inserted',
      'Kept inserted',
      'first point',
      'See the',
      'block control',
      'website.',
      'two\u2028three',
      'county.',
    ]) {
      expect([text, suggest(bytes, text, 'x').suggestions]).toEqual([text, 0])
    }
    expect(suggest(bytes, 'our web', 'x').suggestions).toBe(1)
  })

  test('overlap no other suggestion, and other comments may begin inside one', () => {
    const document = openDocx(word({ body }))
    const notes = notesOn(document, 'fight modern', 'modern-day', 'day slav').map((note) => ({
      ...note,
      replacement: 'x',
    }))
    const { bytes, suggestions } = document.comment(notes)
    wellFormed(bytes)
    expect(suggestions).toBe(2)
    expect(seen(bytes).comments.map(({ range }) => range)).toEqual(['fight modern', 'modern-day', 'day slav'])
    expect(seen(bytes).struck.join('')).toBe('fight modernday slav')
  })
})

test('files of other programs hold comments on their words too', () => {
  for (const name of ['libreoffice', 'pandoc', 'docx-package']) {
    const bytes = readFileSync(`fixtures/documents/${name}.docx`)
    const out = commented(bytes, 'modern-day slavery', 'Equality Model', 'human')
    wellFormed(out)
    expect(
      seen(out)
        .comments.filter(({ author }) => author === 'values-lint')
        .map(({ range }) => range),
    ).toEqual(['modern-day slavery', 'Equality Model', 'human'])
  }
})

test('a package without relationships of its body gets them', () => {
  const { 'word/_rels/document.xml.rels': _, ...rest } = unzipSync(word({ body: p('Hello there') }))
  const out = commented(zipSync({ ...rest, 'word/comments.xml': strToU8('<odd/>') }), 'there')
  wellFormed(out)
  expect(openDocx(out).draft.source).toBe('Hello there')
  expect(strFromU8(unzipSync(out)['word/_rels/document.xml.rels'] as Uint8Array)).toContain('Target="comments1.xml"')
})
