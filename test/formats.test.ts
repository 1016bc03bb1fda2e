/** What each reader makes of a draft: one line a block, `kind level >depth #group text {emphasis}`. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Block, Reader } from '../src/core/types.ts'
import { readHtml } from '../src/formats/html.ts'
import { readerFor } from '../src/formats/index.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'

function show(block: Block): string {
  const { kind, level, quoteDepth, group, text, emphasis = [] } = block
  const parts = [
    kind + (level ?? ''),
    '>'.repeat(quoteDepth),
    group === undefined ? '' : `#${group}`,
    text.replaceAll('\uFFFC', '@'),
    ...emphasis.map(({ start, end }) => `{${text.slice(start, end)}}`),
  ]
  return parts.filter((part) => part !== '').join(' ')
}

function check(read: Reader, source: string, expected: string[]): void {
  expect(read(source).blocks.map(show), source).toEqual(expected)
}

/** Each character of the first block that matters, with the source from there to the next character. */
function pieces(read: Reader, source: string): string[] {
  const { text = '', source: places = [] } = read(source).blocks[0] ?? {}
  return [...text].map((char, i) => `${char}=${source.slice(places[i], places[i + 1])}`)
}

test('the eighteen situations of the probe', () => {
  const found = readMarkdown(readFileSync(new URL('../fixtures/formats/probe.md', import.meta.url), 'utf8')).blocks
  const label = (text: string): string => /^[A-Z]{2,}/.exec(text)?.[0] ?? ''
  const withPhrase = found.filter(({ text }) => text.includes('PHRASE-A PHRASE-B'))
  expect(withPhrase.map(({ kind, quoteDepth, text }) => `${kind} ${quoteDepth} ${label(text)}`)).toEqual([
    'paragraph 0 PLAIN',
    'paragraph 0 NEGATED',
    'paragraph 0 QUOTED',
    'paragraph 0 STRAIGHT',
    'paragraph 1 BLOCKQUOTE',
    'paragraph 0 STRONG',
    'paragraph 0 LINK',
    'paragraph 0 WRAP',
    'paragraph 0 NBSP',
    'table-cell 0 ',
    'list-item 0 LIST',
    'html 0 HTMLBLOCK',
    'image-text 0 ALT',
    'title 0 PHRASE',
    'footnote 0 ',
  ])
  const texts = found.map(({ text }) => text)
  expect(texts).toContain('CODE. Use \uFFFC here.')
  expect(texts).toContain('URL. See \uFFFC.')
  expect(texts.join()).not.toContain('FENCE')
})

test('Markdown: kinds, in reading order', () => {
  check(readMarkdown, '# One\n\nTwo\n===\n\nThree\n---\n', ['heading1 One', 'heading1 Two', 'heading2 Three'])
  check(readMarkdown, '- a\n\n  more\n  - b\n- c\n\n1. d', [
    'list-item #0 a',
    'list-item #0 more',
    'list-item #1 b',
    'list-item #0 c',
    'list-item #2 d',
  ])
  check(readMarkdown, '- [ ] to do\n- [x] done', ['list-item #0 to do', 'list-item #0 done'])
  check(readMarkdown, '> a\n>\n> > b\n\nc', ['paragraph > a', 'paragraph >> b', 'paragraph c'])
  check(readMarkdown, '> - a\n>   # b', ['list-item > #0 a', 'heading1 > b'])
  check(readMarkdown, '|a|b|\n|-|-|\n|*c*|d \\| e|', [
    'table-cell #0 a',
    'table-cell #0 b',
    'table-cell #0 c {c}',
    'table-cell #0 d | e',
  ])
  check(readMarkdown, 'a[^1] b[^1].\n\n[^1]: note\n\n    > more', [
    'paragraph a b.',
    'footnote note',
    'footnote > more',
  ])
  check(readMarkdown, '![alt *text*](x "tip") after', ['paragraph @ after', 'image-text alt text {text}', 'title tip'])
  check(readMarkdown, '![x][r] ![y](z)\n\n[r]: u "t"', ['image-text x', 'image-text y', 'title t'])
  check(readMarkdown, '![a ![b](c) d](e)', ['image-text a b d'])
  check(readMarkdown, '```\ncode\n```\n\n    indented\n\n***\n', [])
})

test('Markdown: what is inside a line', () => {
  check(readMarkdown, 'a `b` c <https://d.e> f https://g.h. i@j.kl!', ['paragraph a @ c @ f @. @!'])
  check(readMarkdown, '**a** *b* ~~c~~ [d *e*](f) [g][r] [h]\n\n[r]: u', [
    'paragraph a b c d e g [h] {a} {b} {c} {d e} {e} {g}',
  ])
  check(readMarkdown, '[x][undefined] [y] [z](not a link', ['paragraph [x][undefined] [y] [z](not a link'])
  check(readMarkdown, 'a<b>c</b><!-- d -->e<br>f<br/>g', ['paragraph ace f g'])
  check(readMarkdown, 'a <img src=x alt="b"> c <abbr title="d&amp;e">f</abbr>', [
    'paragraph a @ c f',
    'image-text b',
    'title d&e',
  ])
  check(readMarkdown, 'soft\nhard  \nback\\\nend', ['paragraph soft hard back end'])
  check(readMarkdown, 'co&shy;op\u00ADera\u200Btion\uFEFF a\u00A0b&nbsp;c non\u2011stop “q” &copy;', [
    'paragraph cooperation a b c non-stop “q” ©',
  ])
  check(readMarkdown, '[https://a.b/(c)_d_](https://a.b)', [])
  check(readMarkdown, 'See www.a.b/c(d), *http://a_b_.c* (https://e.f).', ['paragraph See @, @ (@).'])
})

test('Markdown: odd characters', () => {
  check(readMarkdown, '\uFEFF# a\r\n\r\nb\r\nc\r\rd', ['heading1 a', 'paragraph b c', 'paragraph d'])
  check(readMarkdown, 'a\0b\tc', ['paragraph a\uFFFDb c'])
  check(readMarkdown, '', [])
  check(readMarkdown, '\uFEFF', [])
})

test('Markdown: front matter', () => {
  check(readMarkdown, '---\ntitle: A # no\ntags: [b]\nsubtitle: "c \\"d\\" \\u00e9\\\n  e"\n---\nf', [
    'front-matter A',
    'front-matter c "d" ée',
    'paragraph f',
  ])
  check(
    readMarkdown,
    "\uFEFF---\r\nsummary: >-\r\n  a\r\n  b\r\ndescription: |2 # c\r\n  d\r\ntitle: 'e''s\r\n  f'\r\n---\r\n",
    ['front-matter a b', 'front-matter d', "front-matter e's f"],
  )
  check(readMarkdown, '---\ntitle: [a]\nsummary: 3\ndescription:\n---\n', [])
  check(readMarkdown, '---\ntitle: "\\UFFFFFFFF"\n---\n\na', ['front-matter \uFFFD', 'paragraph a'])
  check(readMarkdown, '+++\ntitle = "a"\n+++\nb', ['paragraph b'])
})

test('Markdown: HTML blocks', () => {
  check(readMarkdown, '<div title="a">b <i>c</i><p>d</div>\n', ['html b c {c}', 'title a', 'html d'])
  check(readMarkdown, '> <p>a\n> b</p>\n', ['html > a b'])
  check(readMarkdown, '- x\n\n  <ul>\n  <li>a\n  <li>b\n  </ul>\n', [
    'list-item #0 x',
    'list-item #1 a',
    'list-item #1 b',
  ])
  check(readMarkdown, '<blockquote>\n\na\n\n</blockquote>\n\nb', ['paragraph > a', 'paragraph b'])
  check(readMarkdown, '<!-- a\n\nb -->\n\n<script>\nc\n\n</script>\n\n<style>d</style>\n', [])
})

test('Markdown: the map', () => {
  expect(pieces(readMarkdown, 'a\\*&amp;**b**\r\n  c')).toEqual([
    'a=a',
    '*=\\*',
    '&=&amp;**',
    'b=b**',
    ' =\r\n  ',
    'c=c',
  ])
  expect(pieces(readMarkdown, '\uFEFF> [a](b)c\n> d')).toEqual(['a=a](b)', 'c=c', ' =\n> ', 'd=d'])
  expect(pieces(readMarkdown, '- a\n  b')).toEqual(['a=a', ' =\n  ', 'b=b'])
  expect(pieces(readMarkdown, 'a\u00ADb&shy;c')).toEqual(['a=a\u00AD', 'b=b&shy;', 'c=c'])
  expect(pieces(readMarkdown, '> <p>a&lt;\n> b</p>')).toEqual(['a=a', '<=&lt;', ' =\n> ', 'b=b'])
  expect(pieces(readMarkdown, '[](x "a&amp;\n b")')).toEqual(['a=a', '&=&amp;', ' =\n ', 'b=b'])
  expect(pieces(readMarkdown, '---\ntitle: "\\x41b"\n---')).toEqual(['A=\\x41', 'b=b'])
  expect(pieces(readHtml, '<p>a&eacute;<b>b</b><q>c</q>')).toEqual([
    'a=a',
    'é=&eacute;<b>',
    'b=b</b>',
    '“=<q>',
    'c=c',
    '”=</q>',
  ])
  expect(pieces(readText, '> a\r\n> b')).toEqual(['a=a', ' =\r\n> ', 'b=b'])
  const { text, source } = readMarkdown('see `x`').blocks[0] as Block
  expect([text.length, source.at(-1)]).toEqual([5, 7])
})

test('plain text', () => {
  check(readText, 'Title\n=====\n\nOne\ntwo.\n\n\nShort line\n\nA sentence.\n', [
    'heading2 Title',
    'paragraph One two.',
    'heading2 Short line',
    'paragraph A sentence.',
  ])
  check(readText, 'We offer\n- a\n  b\n• c\n– d\n\n1. e\n(a) f\n\ng.\n\n* h', [
    'paragraph We offer',
    'list-item #0 a b',
    'list-item #0 c',
    'list-item #0 d',
    'list-item #0 e',
    'list-item #0 f',
    'paragraph g.',
    'list-item #1 h',
  ])
  check(readText, 'Hi.\n> a\n> b\n>> c\nd.', ['paragraph Hi.', 'paragraph > a b', 'paragraph >> c', 'paragraph d.'])
  check(readText, '\uFEFFSee https://a.b/c, or d@e.fg\rco\u00ADop.', ['paragraph See @, or @ coop.'])
  check(readText, 'one two three four five six seven eight nine ten eleven twelve thirteen', [
    'paragraph one two three four five six seven eight nine ten eleven twelve thirteen',
  ])
})

test('HTML', () => {
  check(readHtml, '<!doctype html><title>a &amp; b</title><h2>c</h2><p>d<p>e <em>f</em><br>g', [
    'title a & b',
    'heading2 c',
    'paragraph d',
    'paragraph e f g {f}',
  ])
  check(readHtml, '<ul><li>a<li>b<p>c</ul><table><caption>d</caption><tr><th>e<td>f<tr><td>g</table>h', [
    'list-item #0 a',
    'list-item #0 b',
    'list-item #0 c',
    'caption d',
    'table-cell #1 e',
    'table-cell #1 f',
    'table-cell #1 g',
    'paragraph h',
  ])
  check(readHtml, '<blockquote>a<blockquote>b</blockquote></blockquote>c', [
    'paragraph > a',
    'paragraph >> b',
    'paragraph c',
  ])
  check(readHtml, 'a<code>b</code> <pre>c</pre><script>d</script><style>e</style><template>f</template>g', [
    'paragraph a@',
    'paragraph g',
  ])
  check(readHtml, '<p hidden>a<p>b<span hidden>c</span><svg><text>d</text><path/></svg><!-- e -->f<![CDATA[g]]>', [
    'paragraph b@f',
  ])
  check(readHtml, '<figure><img src=x alt="a&lt;b" title=c><figcaption>d</figcaption></figure>', [
    'image-text a<b',
    'title c',
    'caption d',
  ])
  check(readHtml, 'a < b &unknown; &amp</p>c</i>d<', ['paragraph a < b &unknown; &', 'paragraph cd<'])
  check(readHtml, '<a href=x>https://a.b</a> <a>c</a> d@e.fg', ['paragraph @ c @ {c}'])
})

test('readers by path and by name', () => {
  const names = ['a.md', 'a.b/C.MARKDOWN', 'a.mdown', 'a.mkd', 'markdown'].map(readerFor)
  expect(new Set(names)).toEqual(new Set([readMarkdown]))
  expect(new Set(['a.txt', 'a.text', 'README', 'a.b/c', 'text', '.env', 'C:\\a.b\\c'].map(readerFor))).toEqual(
    new Set([readText]),
  )
  expect(new Set(['html', 'a.html', 'a.htm'].map(readerFor))).toEqual(new Set([readHtml]))
  expect([readerFor('a.docx'), readerFor('a.constructor'), readerFor('a.')]).toEqual([undefined, undefined, undefined])
})
