/** What is not read because it cannot give a finding gives none when it is read all the same. */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkSource } from '../src/commands/check-source.ts'
import { pack } from './pack.ts'

const passages = readdirSync('fixtures/passages/open').flatMap((name) =>
  readFileSync(`fixtures/passages/open/${name}`, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { text: string }).text),
)
const drafts = ['drafts', 'values', 'formats'].flatMap((folder) =>
  readdirSync(`fixtures/${folder}`)
    .filter((name) => /\.(md|txt)$/.test(name) && !name.endsWith('.findings.txt'))
    .map((name) => readFileSync(`fixtures/${folder}/${name}`, 'utf8')),
)

async function found(text: string, format: 'markdown' | 'text', shortcut: boolean): Promise<unknown[]> {
  return (await checkSource(text, format, pack, {}, shortcut)).findings
}

/** Fails where the shortcut leaves a draft out that has a finding. */
async function same(text: string, format: 'markdown' | 'text'): Promise<void> {
  if ((await found(text, format, true)).length === 0) expect(await found(text, format, false), text).toEqual([])
}

test('drafts, values and some of the passages, as Markdown and as text', async () => {
  for (const text of [...drafts, ...passages.filter((_, i) => i % 25 === 0)]) {
    await same(text, 'markdown')
    await same(text, 'text')
  }
})

test.skipIf(!existsSync('../shared/bench/onepage.md'))('a page of other prose is left out', async () => {
  const text = readFileSync('../shared/bench/onepage.md', 'utf8')
  expect((await checkSource(text, 'markdown', pack, {})).draft.blocks).toEqual([])
})

const corpus = '../shared/bench/corpus'

test.skipIf(!existsSync(corpus))('every eighth page of general prose', async () => {
  const names = readdirSync(corpus).filter((_, i) => i % 8 === 0)
  for (const name of names) await same(readFileSync(`${corpus}/${name}`, 'utf8'), 'markdown')
})

const phrases = [
  'modern slavery',
  'end demand',
  'the Nordic Model',
  'rescued women',
  'we must',
  'shackles',
  'prostitutes',
]
const word = fc.constantFrom(...phrases, 'a', 'of', 'and', 'We support', 'the report', 'Dr.', 'said.')
const wrapped = fc.tuple(
  word,
  fc.constantFrom(
    '_',
    '*_*',
    '**_**',
    '[_](/a/b)',
    '[_](/a "b")',
    '[x](/_)',
    '[_\n](/a)',
    "*_*'s",
    '"*_*"',
    '[_][x]',
    '[^1]_',
    '`_`',
    '<b>_</b>',
    '<p>_</p>',
    '![_](i.png)',
    '\\*_',
    '<!-- x -->_',
    '<!-- _ -->',
    '<!-- x\n\ny --> _',
    '_<!-- ',
    ' -->_',
  ),
)
const piece = wrapped.map(([text, frame]) => {
  const [before = '', after = ''] = frame.split('_')
  // Markup in the midst of a word, too.
  return text.length % 2 ? before + text + after : text.slice(0, 3) + before + text.slice(3) + after
})
const joint = fc.constantFrom(
  ' ',
  ' ',
  ' ',
  '\n',
  '\n\n',
  '. ',
  '&nbsp;',
  '&shy;',
  '\u00ad',
  '\n- ',
  '\n1. ',
  '\n> ',
  ' | ',
  '; ',
)
const document = fc.array(fc.tuple(piece, joint), { minLength: 1, maxLength: 12 }).map((parts) => parts.flat().join(''))

test('made-up Markdown, with markup in the midst of everything', async () => {
  await fc.assert(
    fc.asyncProperty(document, fc.boolean(), async (text, defined) => {
      await same(defined ? `${text}\n\n[x]: /y "The end"\n\n[^1]: A note.\n` : text, 'markdown')
    }),
    { numRuns: 200 },
  )
})

/** What may stand between two words: of some of it a reader sees nothing. */
const between = fc.constantFrom(
  '\n',
  '\n\n',
  '  \n',
  '\u00a0',
  ' &nbsp; ',
  ' &amp; ',
  ' &#59; ',
  '<br>',
  ' <b title="a; b">',
  ' <!-- a; b --> ',
  ' [](/a:b) ',
  ' [x](/a "b; c") ',
  '[^1] ',
  ' **',
  '** ',
  ' _',
  '_ ',
  ' `',
  '` ',
  ' [x] ',
  ' ![](a.png) ',
  ' | ',
  ' \\; ',
  '; ',
  ': ',
  '. ',
  '… ',
  ', ',
  ' (',
  ') ',
  ' — ',
  '\n- ',
  '\n  1. ',
  '\n2. ',
  '\n> ',
  '\n# ',
  ' https://example.org/a:b;c ',
  ' a@example.org ',
  ' :x: ',
)
const opening = fc.constantFrom('', '', '- ', '- [ ] ', '1. ', '1) ', '> ', '# ', '| ', '<p>', '**', '[^1]: ', ': ')

test('passages with something between their words', async () => {
  const changes = fc.array(fc.tuple(fc.nat(), between), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...passages), opening, changes, fc.boolean(), async (text, first, all, asText) => {
      const words = text.split(' ')
      for (const [at, sign] of all) words[at % words.length] += sign
      await same(first + words.join(' ').replaceAll(/(?<=[^\w\s]) /g, ''), asText ? 'text' : 'markdown')
    }),
    { numRuns: Number(process.env.RUNS ?? 200) },
  )
})
