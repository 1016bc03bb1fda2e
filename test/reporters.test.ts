/** What people read, and how it is laid out. The rules here are made up, so that work on the real ones changes nothing. */

import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { underlined, wrap } from '../src/reporters/layout.ts'
import { pretty } from '../src/reporters/pretty.ts'
import type { Report } from '../src/reporters/report.ts'
import { linesOf, smallPack } from './small-pack.ts'

function report(drafts: Record<string, string>, showExcused = false): Report {
  const files = Object.entries(drafts).map(([path, text]) => {
    const draft = readMarkdown(text)
    return { path, draft, findings: checkDraft(draft, smallPack) }
  })
  return { version: '1.0.0', pack: 'small', files, errors: [], showExcused }
}

const plain = { width: 80, colour: false }

describe('pretty', () => {
  test('a conflict: what was written, what is the matter, why, why here, what to write instead', () => {
    expect(pretty(report({ 'news.md': '# News\n\nAll guests at the *party* sat on shiny chairs.\n' }), plain)).toBe(
      linesOf(`
        news.md:3:34  warning

          All guests at the party sat on shiny chairs.
                                         ~~~~~~~~~~~~

          “shiny chairs” puts the shine first.
          A chair is for sitting, and the word turns guests away.
          Read as the author's own voice: “… the party sat on …”; no quotation, law or
          history around it.
          Instead: chairs · clean chairs

          Value 3, No shine · no-shine/shiny-chair

        1 conflict (1 warning) in 10 words; by value: 3 (1).
      `),
    )
  })

  test("somebody else's words are a note that says what to do, and judges nothing", () => {
    const out = pretty(report({ 'a.md': '“We love our shiny chairs,” said Ms. Pond of the Guild.' }), plain)
    expect(out).toContain('a.md:1:14  note, reported')
    expect(out).toMatch(/Somebody else is quoted\. Nothing to change if the draft answers it;/)
    expect(out).not.toContain('puts the shine first')
    expect(out).toMatch(/1 note in 11 words; by value: 3 \(1\)\.\n$/)
  })

  test('what is excused is shown on demand, with the words that excused it', () => {
    const drafts = { 'a.md': 'We avoid the word shiny chairs.' }
    expect(pretty(report(drafts), plain)).toBe(
      'No conflict with the values in 6 words; 1 passage left alone in context\n(--show-excused).\n',
    )
    const shown = pretty(report(drafts, true), plain)
    expect(shown).toContain('a.md:1:19  left alone')
    expect(shown).toContain('Under discussion, not used: “word”.')
  })

  test('several drafts are grouped, each under its name; only those with findings', () => {
    const out = pretty(report({ 'a.md': 'Shiny chairs.', 'b.md': 'Tables.', 'c.md': 'Shiny chairs.' }), plain)
    expect(out.match(/^── .*/gm)).toEqual([`── a.md ${'─'.repeat(72)}`, `── c.md ${'─'.repeat(72)}`])
    expect(out).toMatch(/2 conflicts \(2 warnings\) in 5 words of 3 drafts; by value: 3 \(2\)\.\n$/)
  })

  test('colour only where the caller says so', () => {
    const drafts = { 'a.md': 'Shiny chairs.' }
    expect(pretty(report(drafts), plain)).not.toContain('\u001b')
    expect(pretty(report(drafts), { width: 80, colour: true })).toContain('\u001b[33m')
  })

  test.each([40, 80, 120])('no line is wider than %i columns', (width) => {
    const long = `${'Many words come before it, '.repeat(20)}our shiny chairs, ${'and many words come after. '.repeat(20)}`
    const rows = pretty(report({ 'a.md': long, 'b.md': '客人坐在 shiny chairs 上。'.repeat(9) }), {
      width,
      colour: false,
    }).split('\n')
    for (const row of rows) expect(stringWidth(row), row).toBeLessThanOrEqual(width)
  })

  test('a draft cannot move or recolour the terminal', () => {
    const out = pretty(report({ 'a.md': 'A \u001b[31mshiny\u202e chair\u0007 here.' }), plain)
    for (const sign of ['\u001b', '\u202e', '\u0007']) expect(out).not.toContain(sign)
  })
})

/** Lays a sentence out; `[[ ]]` stand around the passage. */
function laidOut(marked: string, width: number, most?: number): string {
  const [before = '', passage = '', after = ''] = marked.split(/\[\[|\]\]/)
  const rows = underlined(before + passage + after, before.length, before.length + passage.length, width, most)
  return rows.map(({ text, underline }) => (underline ? `${text}\n${underline}` : text)).join('\n')
}

describe('layout', () => {
  test('the line under the passage counts columns, not UTF-16 units', () => {
    expect(laidOut('客人 [[坐在]] here', 40)).toBe('客人 坐在 here\n     ~~~~')
    expect(laidOut('👩‍👩‍👧 and [[cafe\u0301]] x', 40)).toBe('👩‍👩‍👧 and cafe\u0301 x\n       ~~~~')
  })

  test('a passage over two lines is underlined in both', () => {
    expect(laidOut('one two [[three four]] five', 13)).toBe('one two three\n        ~~~~~\nfour five\n~~~~')
  })

  test('a long sentence is cut between words, around the passage', () => {
    expect(laidOut(`${'before '.repeat(30)}[[it]]${' after'.repeat(30)}`, 30, 2)).toBe(
      '… before it after after …\n         ~~',
    )
  })

  test('a long passage is cut in its middle', () => {
    const shown = laidOut(`A [[start ${'middle '.repeat(60)}end]] b`, 30, 3)
    expect(shown).toContain('start')
    expect(shown).toMatch(/ …\n/)
    expect(shown).toMatch(/end/)
    expect(shown.split('\n').length).toBeLessThanOrEqual(8)
  })

  test('a sentence of megabytes is laid out at once', () => {
    const long = 'word '.repeat(1_000_000)
    const [first] = underlined(`${long}here ${long}`, long.length, long.length + 4, 80)
    expect(first?.text).toMatch(/^… word/)
  })

  test('a word that is longer than a line is broken', () => {
    expect(wrap(`${'x'.repeat(25)} y`, 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'xxxxx y'])
  })
})
