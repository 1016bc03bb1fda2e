/** The baseline: what it knows through edits, and what it does not. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Entry, entriesOf, recognised } from '../src/baseline/entries.ts'
import { parsed, written } from '../src/baseline/text.ts'
import { checkDraft } from '../src/core/check.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { Scratch } from './scratch.ts'
import { smallPack } from './small-pack.ts'

/** The entries of a draft. */
function entries(text: string): Entry[] {
  const draft = readMarkdown(text)
  return entriesOf(draft, checkDraft(draft, smallPack))
}

/** Which findings of a draft a baseline of another knows. */
function known(before: string, after: string): boolean[] {
  return recognised(entries(after), entries(before)).map((one) => one !== undefined)
}

describe('a finding is known', () => {
  const draft = 'We met. Our shiny chairs are here. It rained.\n\nThey left. A shiny chair stood there.\n'

  test('where nothing changed, and where text above, line breaks, case, quotes or markup did', () => {
    expect(known(draft, draft)).toEqual([true, true])
    expect(known(draft, `# New\n\nMore.\n\n${draft}`)).toEqual([true, true])
    expect(known(draft, draft.replace('are here', 'are\nHERE'))).toEqual([true, true])
    expect(known(draft, draft.replace('shiny chairs', '*shiny chairs*'))).toEqual([true, true])
    expect(known('A “shiny chair” it is.', 'A "shiny chair" it is.')).toEqual([true])
  })

  test('where its paragraph moved, and where one of its neighbours was edited', () => {
    expect(known(draft, draft.split('\n\n').reverse().join('\n\n'))).toEqual([true, true])
    expect(known(draft, draft.replace('It rained', 'The sun shone'))).toEqual([true, true])
  })
})

describe('a finding is new', () => {
  test('where its sentence changed', () => {
    expect(known('Our shiny chairs are here.', 'Our shiny chairs are gone.')).toEqual([false])
  })

  test('where there is one more of the same', () => {
    expect(known('A shiny chair.', 'A shiny chair.\n\nA shiny chair.')).toEqual([true, false])
  })

  test('where the same words were put right in one place and written in another', () => {
    const before = 'One. A shiny chair. Two.\n\nThree. Four.\n'
    expect(known(before, 'One. A chair. Two.\n\nThree. A shiny chair. Four.\n')).toEqual([false])
  })
})

test('the text is the same however the draft is ordered, and reads back', () => {
  const draft = 'One shiny chair.\n\nTwo shiny chairs.\n'
  const turned = draft.split('\n\n').reverse().join('\n\n')
  const text = written(new Map([['b.md', entries(draft)]]))
  expect(written(new Map([['b.md', entries(turned)]]))).toBe(text)
  expect(written(parsed(text))).toBe(text)
  expect(JSON.parse(text).findings['b.md']).toHaveLength(2)
  for (const broken of ['[]', '{"version":2}', '{"version":1,"findings":{"a":[{}]}}', '<<<<<<< HEAD\n']) {
    expect(() => parsed(broken)).toThrow(/has /)
  }
})

test('20,000 findings alike are told apart in linear time', () => {
  const [one] = entries('A shiny chair.')
  const many = Array.from({ length: 20_000 }, () => one as Entry)
  const start = performance.now()
  expect(recognised(many, many).every((partner) => partner !== undefined)).toBe(true)
  expect(performance.now() - start).toBeLessThan(2000)
})

describe('the command, in a repository', () => {
  const repo = new Scratch()
  afterAll(() => repo.remove())
  beforeAll(() => {
    repo.git('init', '-q')
    repo.write('docs/a.md', '# News\n\nWe met. We fight modern-day slavery in every county.\n')
    repo.write('docs/b.md', 'The county should adopt the Equality Model.\n')
  })

  test('write, and check passes; the findings are counted', () => {
    expect(repo.run('baseline', 'write')).toEqual({
      code: 0,
      out: '.values-lint-baseline.json: 2 findings in 2 drafts; 2 new, 0 taken out.\n',
      err: '',
    })
    const { code, out } = repo.run('check', 'docs')
    expect(code).toBe(0)
    expect(out).toMatch(/^No new conflict .*2 in the\s+baseline:\s+fixed 0,\s+new 0\.\n$/s)
    expect(repo.run('check', '--no-baseline').code).toBe(1)
    expect(repo.run('baseline', 'check').out).toBe('.values-lint-baseline.json: 2 entries, all still met.\n')
  })

  test('fix one, break one: seen; the stale entry is listed and taken out', () => {
    repo.write('docs/b.md', 'We support the Nordic Model.\n')
    const { code, out } = repo.run('check')
    expect(code).toBe(1)
    expect(out).toMatch(/1 in the\s+baseline:\s+fixed 1,\s+new 1\.\n$/)
    const stale = repo.run('baseline', 'check')
    expect(stale.code).toBe(1)
    expect(stale.out).toMatch(/^docs\/b\.md {2}end-demand\/model-promoted {2}“.*”\n\n.*1 of 2 entries is no longer met/)
    expect(repo.run('baseline', 'prune').out).toContain('1 entry taken out, 1 left.')
  })

  test('a rule that was not asked is not fixed', () => {
    const { baseline } = JSON.parse(repo.run('check', '--values', '12', '--format', 'json').out)
    expect(baseline).toEqual({ known: 0, fixed: 0, new: 1 })
  })

  test('a draft that moves takes its entries along', () => {
    repo.write('news/2014.md', repo.read('docs/a.md'))
    rmSync(join(repo.folder, 'docs/a.md'))
    expect(repo.run('check', 'news').code).toBe(0)
    expect(repo.run('baseline', 'prune').out).toContain('0 entries taken out, 1 left.')
    expect(Object.keys(JSON.parse(repo.read('.values-lint-baseline.json')).findings)).toEqual(['news/2014.md'])
  })

  test('a baseline that is broken, and a word that is no action: one line, exit 2', () => {
    repo.write('.values-lint-baseline.json', '{"version": 1, "findings": {')
    for (const args of [['check'], ['baseline', 'check'], ['baseline', 'wirte']]) {
      const { code, err } = repo.run(...args)
      expect(code).toBe(2)
      expect(err.trim().split('\n')).toHaveLength(1)
      expect(err).toMatch(/\.values-lint-baseline\.json: .*write it again|Allowed choices are write, check, prune/)
    }
  })
})
