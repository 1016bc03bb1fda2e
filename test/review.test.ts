/** review: a walk through the findings of a draft, and a draft that is whole at every moment. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ReviewFlags, review } from '../src/commands/review.ts'
import { reviewDraft } from '../src/core/check.ts'
import { Session } from '../src/core/session.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'
import { Scratch } from './scratch.ts'
import { smallPack } from './small-pack.ts'

/** A walk through a text. */
function session(source: string, read = readMarkdown): Session {
  const look = (text: string) => {
    const draft = read(text)
    return { draft, findings: reviewDraft(draft, smallPack).findings }
  }
  return new Session(look(source), look)
}

/** What a text becomes where its first finding is kept, and how many findings are left. */
function kept(source: string, read = readMarkdown): [string | undefined, number] {
  const walk = session(source, read)
  const complaint = walk.left[0] ? walk.keep(walk.left[0], 'a title -->') : 'nothing found'
  return [complaint ?? walk.draft.source, walk.left.length]
}

const directive = (verb: string): string => `values-lint-${verb} no-shine/shiny-chair -- a title`

describe('a directive is put', () => {
  test('above the line, at its end inside a paragraph or a list, in the marks of plain text', () => {
    expect(kept('A shiny chair.\r\n')).toEqual([`<!-- ${directive('disable-next-line')} -->\r\nA shiny chair.\r\n`, 0])
    expect(kept('One.\nA shiny chair.\n')).toEqual([`One.\nA shiny chair. <!-- ${directive('disable-line')} -->\n`, 0])
    expect(kept('A shiny chair.\n', readText)).toEqual([`[${directive('disable-next-line')}]\nA shiny chair.\n`, 0])
  })

  test('so that only the one is kept, or all of its rule on a line', () => {
    expect(kept('A shiny chair.\n\nA shiny chair.\n')[1]).toBe(1)
    expect(kept('A shiny chair and a shiny chair.\n\nA shiny chair.\n')[1]).toBe(1)
  })

  test('nowhere where it would change how the draft is read', () => {
    const [text] = kept('| a | b |\n| - | - |\n| x | y |\n| A shiny chair | z |\n')
    expect(text).toMatch(/^<!-- values-lint-disable-file|^\| a/)
  })
})

test('undo takes back every kind of step', () => {
  const source = 'A shiny chair.\n\nThe shiny chairs.\n\nOur shiny chairs.\n'
  const walk = session(source)
  const [first] = walk.left
  if (!first) throw new Error('nothing found')
  expect(walk.replace(first, 'chairs')).toBeUndefined()
  walk.skip(walk.left[0] as typeof first)
  walk.edit(walk.left[0] as typeof first, 'red chairs')
  expect([walk.left.length, walk.draft.source.includes('red')]).toEqual([0, true])
  expect([walk.undo(), walk.undo(), walk.undo(), walk.undo()]).toEqual([true, true, true, false])
  expect([walk.draft.source, walk.left.length]).toEqual([source, 3])
})

describe('on a terminal', () => {
  const folder = new Scratch()
  const draft = join(folder.folder, 'news.md')
  const source = 'We fight modern-day slavery.\n\nModern-day slavery is here.\n\nWe end modern-day slavery.\n'
  const home = process.env.XDG_STATE_HOME
  beforeAll(() => {
    process.env.XDG_STATE_HOME = join(folder.folder, 'state')
  })
  afterAll(() => {
    if (home === undefined) delete process.env.XDG_STATE_HOME
    else process.env.XDG_STATE_HOME = home
    folder.remove()
  })

  /** Types lines, one at each question. Gives the exit code and all that was shown. */
  async function typed(
    lines: readonly (string | (() => string))[],
    flags: ReviewFlags = {},
  ): Promise<{ code: number; shown: string }> {
    const [input, output] = [new PassThrough(), new PassThrough()]
    const left = [...lines]
    let shown = ''
    output.on('data', (part: Buffer) => {
      const text = part.toString()
      shown += text
      // A question ends with a space, and the cursor stands behind it.
      if (/(?:> |kept\? |instead: )$/.test(stripVTControlCharacters(shown))) {
        const next = left.shift()
        if (next !== undefined) setImmediate(() => input.write(typeof next === 'string' ? next : next()))
      }
    })
    const code = await review(draft, { config: false, ...flags }, { input, output, width: 80, colour: false })
    return { code, shown }
  }

  test('replace, quit, and go on where it ended; what was skipped is passed over', async () => {
    writeFileSync(draft, source)
    const first = await typed(['s\r', '1\r', 'q\r'], { backup: true })
    expect(first.code).toBe(0)
    expect(first.shown).toContain('1 left; values-lint review')
    expect(readFileSync(draft, 'utf8')).toBe(source.replace('Modern-day slavery is', 'Human trafficking is'))
    expect(readFileSync(`${draft}.bak`, 'utf8')).toBe(source)
    const second = await typed(['k\r', 'a title\r'])
    expect(second.shown).toMatch(/1 skipped before is passed over[\s\S]*Nothing left to look at in .*; 1 skipped\./)
    expect(readFileSync(draft, 'utf8')).toContain('modern-slavery -- a title -->\nWe end modern-day slavery.')
  })

  test('Ctrl-C: 130, and the draft holds what was decided', async () => {
    writeFileSync(draft, source)
    const { code, shown } = await typed(['1\r', 'x\r', '\u0003'])
    expect(code).toBe(130)
    expect(shown).toContain('Answer with a number or one of the letters above')
    expect(readFileSync(draft, 'utf8')).toBe(source.replace('fight modern-day slavery', 'fight human trafficking'))
    expect(readdirSync(folder.folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  test('a draft that another program changed in the meantime is not written over', async () => {
    writeFileSync(draft, source)
    const meanwhile = (): string => {
      writeFileSync(draft, 'Other words.\n')
      return '1\r'
    }
    await expect(typed([meanwhile])).rejects.toThrow(/news\.md has changed in the meantime/)
    expect(readFileSync(draft, 'utf8')).toBe('Other words.\n')
  })

  test('without a terminal: one line, exit 2', () => {
    const { code, err } = folder.run('review', 'news.md')
    expect([code, err]).toEqual([
      2,
      'values-lint: review asks at every finding and needs a terminal; values-lint check reports without one\n',
    ])
  })
})
