/** Replacements that a rule declares safe, and what they must not do. */

import { spawnSync } from 'node:child_process'
import { chmodSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reviewDraft } from '../src/core/check.ts'
import { runExamples } from '../src/core/examples.ts'
import { fixAll, type Looked } from '../src/core/fix.ts'
import { compilePack } from '../src/core/pack.ts'
import { inCaseOf } from '../src/core/wording.ts'
import { readPack } from '../src/files.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { notesFor } from '../src/reporters/notes.ts'
import { Scratch } from './scratch.ts'
import { linesOf } from './small-pack.ts'

const packText = 'name: small\ntitle: Small\norganisation: The house\nstatement: the house rules\n'
const rule = (id: string, find: string, instead: string, fix = true): string =>
  linesOf(`
    - id: ${id}
      kind: language
      level: warning
      find: |
        ${find}
      message: m
      why: w
      instead: |
        ${instead}
      fix: ${fix}
      fail: |
        [[${find}]]
      pass: |
        nothing
  `).replace(/^(?=.)/gm, '  ')
const valueText = `value: 3
slug: no-shine
title: No shine
means: m
source: s
rules:
${rule('shiny-chair', 'shiny chair', 'old chair')}${rule('red-door', 'red door', 'old chair by a green door')}${rule('green-door', 'green door', 'a door', false)}`

const { pack, problems } = compilePack({
  ...readPack('nsn-2022'),
  pack: { path: 'pack.yaml', text: packText },
  values: [{ path: '03-no-shine.yaml', text: valueText }],
})

function look(source: string): Looked {
  const draft = readMarkdown(source)
  return { draft, findings: reviewDraft(draft, pack).findings }
}

/** What becomes of a text, and why findings stay. */
function fixed(source: string): [string, ...string[]] {
  const { after, refused } = fixAll(look(source), look)
  return [after.draft.source, ...refused.map(({ why }) => why)]
}

test('the pack of these tests is sound', () => expect(problems).toEqual([]))

describe('a replacement', () => {
  test('is made at every place, the article made to fit', () => {
    expect(fixed('A shiny chair and the shiny chair; *a shiny chair*.\n')).toEqual([
      'An old chair and the old chair; *an old chair*.\n',
    ])
  })

  test('keeps the case', () => {
    expect(fixed('Shiny chair here. SHINY CHAIR! The Shiny Chair.')).toEqual([
      'Old chair here. OLD CHAIR! The Old Chair.',
    ])
    expect(inCaseOf('Modern Slavery', 'trafficking of people')).toBe('Trafficking of People')
    expect(inCaseOf('modern slavery', 'NSN’s own words')).toBe('NSN’s own words')
  })

  test('may join a line that was broken', () => expect(fixed('One shiny\nchair.')).toEqual(['One old chair.']))

  test('is not made where it would touch markup', () => {
    const kept = ['One shiny *chair*.', 'One [shiny](a.md) chair.', 'One shiny&nbsp;chair.']
    for (const text of kept) expect(fixed(text), text).toEqual([text, 'markup stands in the passage'])
  })

  test('is not made where it raises a finding', () => {
    expect(fixed('One red door.')).toEqual(['One red door.', 'it would raise no-shine/green-door'])
  })

  test('is not made where the draft would be read differently', () => {
    const reader = (source: string): Looked => look(source.replace('old chair', '\n\n# old chair'))
    const { after, refused } = fixAll(look('One shiny chair.'), reader)
    expect([after.draft.source, refused[0]?.why]).toEqual(['One shiny chair.', 'the draft would be read differently'])
  })

  test('is not made in quotations, code and what a directive keeps', () => {
    for (const text of [
      '“A shiny chair,” said Ms. Ruiz.',
      'One `shiny chair`.',
      '<!-- values-lint-disable-file -- ours -->\n\nA shiny chair.',
    ])
      expect(fixed(text), text).toEqual([text])
  })
})

describe('pairs of forms', () => {
  const pairs = `  - id: blue-cup
    kind: language
    level: warning
    find: |
      blue cup
      blue mug
    message: m
    why: w
    instead: a cup of their own
    fix:
      blue cup: old cup
      blue cups: old cups
    fail: |
      A [[blue cup]] and a [[blue mug]].
      Two [[blue cups]].
    pass: nothing
`
  const compiled = compilePack({
    ...readPack('nsn-2022'),
    pack: { path: 'pack.yaml', text: packText },
    values: [{ path: '03-no-shine.yaml', text: valueText + pairs }],
  })
  const lookFor = (source: string): Looked => {
    const draft = readMarkdown(source)
    return { draft, findings: reviewDraft(draft, compiled.pack).findings }
  }
  const written = (source: string): string => fixAll(lookFor(source), lookFor).after.draft.source

  test('are sound, and each form is shown by an example', () => {
    expect(compiled.problems).toEqual([])
    const rule = compiled.pack.rules.find(({ id }) => id.endsWith('blue-cup'))
    if (!rule) throw new Error('no rule')
    const wrong = (one: typeof rule): unknown =>
      runExamples(one, compiled.pack, readMarkdown).flatMap(({ text, wrong: said }) => (said ? [[text, said]] : []))
    expect(wrong(rule)).toEqual([])
    expect(wrong({ ...rule, fix: { 'blue jug': 'old jug' } })).toEqual([
      ['blue jug', 'is replaced by fix, and no [[place]] of fail shows it'],
    ])
  })

  test('replace the form that stands there, in its case, and no other', () => {
    expect(written('A blue cup, two blue\ncups, Blue cups and a blue mug.')).toBe(
      'An old cup, two old cups, Old cups and a blue mug.',
    )
  })

  test('are left where the sentence says the wording already', () => {
    const before = 'An old cup and a blue cup. A blue cup.'
    expect(written(before)).toBe('An old cup and a blue cup. An old cup.')
  })

  test('are suggested in comments, with an article that has to change', () => {
    const { draft, findings } = lookFor('We hold a blue cup, and blue mugs. An old cup is like a blue cup.')
    const notes = notesFor(findings, draft, { suggest: true, showExcused: false })
    expect(notes.map(({ start, end, replacement }) => [draft.source.slice(start, end), replacement])).toEqual([
      ['a blue cup', 'an old cup'],
      ['blue mugs', undefined],
      ['blue cup', undefined],
    ])
  })
})

describe('the command', () => {
  const folder = new Scratch()
  afterAll(() => folder.remove())
  const before = '# News\r\n\r\nA shiny chair.\r\n\r\nOne shiny *chair*.\r\n'
  beforeAll(() => {
    folder.write('pack/pack.yaml', packText)
    folder.write('pack/03-no-shine.yaml', valueText)
    folder.write('wide.md', Buffer.from('\uFEFFA shiny chair.\n', 'utf16le'))
    folder.write('news.md', before)
    chmodSync(join(folder.folder, 'news.md'), 0o640)
  })

  test('shows a patch that git applies, and writes nothing', () => {
    const { code, out } = folder.run('fix', 'news.md', '--pack', 'pack')
    expect(code).toBe(1)
    expect(out).toContain('-A shiny chair.\r\n+An old chair.\r\n')
    expect(out).toContain('news.md:5:5  left as it is: markup stands in the passage (no-shine/shiny-chair)\n')
    expect(out).toMatch(/Would replace 1 passage in 1 draft; --write does\.\n$/)
    expect(folder.read('news.md')).toBe(before)
    const { status, stderr } = spawnSync('git', ['apply', '--check', '-'], {
      cwd: folder.folder,
      input: out.slice(0, out.indexOf('news.md:5')),
      encoding: 'utf8',
    })
    expect([status, stderr]).toEqual([0, ''])
  })

  test('--write keeps line ends, encoding and permissions', () => {
    const { code, out } = folder.run('fix', 'news.md', 'wide.md', '--pack', 'pack', '--write')
    expect([code, out]).toEqual([0, expect.stringContaining('Replaced 2 passages in 2 drafts.')])
    expect(folder.read('news.md')).toBe(before.replace('A shiny', 'An old'))
    expect(statSync(join(folder.folder, 'news.md')).mode & 0o777).toBe(0o640)
    expect(readFileSync(join(folder.folder, 'wide.md'))).toEqual(Buffer.from('\uFEFFAn old chair.\n', 'utf16le'))
  })

  test('a folder that cannot be written to: one line, exit 2, the draft as it was', () => {
    const shut = new Scratch()
    shut.write('news.md', before)
    shut.write('pack/pack.yaml', packText)
    shut.write('pack/03-no-shine.yaml', valueText)
    const fix = shut.runReadOnly('fix', 'news.md', '--pack', 'pack', '--write')
    expect([fix.code, fix.err]).toEqual([2, 'cannot write news.md: permission denied\n'])
    const baseline = shut.runReadOnly('baseline', 'write', '--pack', 'pack')
    expect(baseline.code).toBe(2)
    expect(baseline.err).toMatch(/^values-lint: cannot write \.values-lint-baseline\.json: permission denied\n$/)
    expect([shut.read('news.md'), readdirSync(shut.folder)]).toEqual([before, ['news.md', 'pack']])
    shut.remove()
  })
})
