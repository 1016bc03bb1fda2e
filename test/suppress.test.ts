/** Directives: what they keep, what they do not, and that they are never linted. */

import { describe, expect, test } from 'vitest'
import { type CheckOptions, reviewDraft } from '../src/core/check.ts'
import { Lines } from '../src/core/position.ts'
import type { Reader } from '../src/core/types.ts'
import { readHtml } from '../src/formats/html.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'
import { loadPack } from '../src/node.ts'

const { pack } = loadPack()
const phrase = 'We fight modern-day slavery.'

/** Lines of the findings that are reported, those that are kept with the reason, and the problems with their lines. */
function outcome(text: string, read: Reader = readMarkdown, options: CheckOptions = {}) {
  const draft = read(text)
  const lines = new Lines(draft.source)
  const { findings, problems } = reviewDraft(draft, pack, options)
  const live = findings.filter((finding) => finding.outcome !== 'excused')
  return {
    reported: live.filter((finding) => !finding.suppressedBy).map(({ start }) => lines.at(start).line),
    kept: live.flatMap(({ start, suppressedBy }) =>
      suppressedBy ? [`${lines.at(start).line} ${suppressedBy.reason}`] : [],
    ),
    problems: problems.map(({ kind, message, start }) => `${lines.at(start).line} ${kind}: ${message}`),
  }
}

const clean = { reported: [], problems: [] }

describe('what a directive keeps', () => {
  test('the next line that says something, and no other', () => {
    const text = `<!-- values-lint-disable-next-line modern-slavery -- a title -->\n\n${phrase}\n${phrase}\n`
    expect(outcome(text)).toEqual({ reported: [4], kept: ['3 a title'], problems: [] })
  })

  test('directives may stand one below another, in a block quotation and in a list', () => {
    const next = (reason: string) => `<!-- values-lint-disable-next-line value-4 -- ${reason} -->`
    expect(outcome(`${next('one')}\n${next('two')}\n${phrase}\n`)).toEqual({ ...clean, kept: ['3 one'] })
    expect(outcome(`> ${next('one')}\n>\n> ${phrase}\n`)).toEqual({ ...clean, kept: ['3 one'] })
    expect(outcome(`- ${next('one')}\n\n  ${phrase}\n`)).toEqual({ ...clean, kept: ['3 one'] })
  })

  test('its own line, inside a paragraph', () => {
    const text = `We work with\n${phrase} <!-- values-lint-disable-line value-4 -- the deed's words -->\n${phrase}\n`
    expect(outcome(text)).toEqual({ reported: [3], kept: ["2 the deed's words"], problems: [] })
  })

  test('its own line, in a heading, a table and a list', () => {
    const keep = '<!-- values-lint-disable-line value-4 -- a name -->'
    const text = `# Modern-day slavery today ${keep}\n\n| a | b |\n| - | - |\n| ${phrase} ${keep} | c |\n\n- ${phrase}${keep}\n`
    expect(outcome(text)).toEqual({ ...clean, kept: ['1 a name', '5 a name', '7 a name'] })
  })

  test('a range, to its end or to the end of the draft', () => {
    const [on, off] = ['<!-- values-lint-disable value-4 -- a glossary -->', '<!-- values-lint-enable value-4 -->']
    expect(outcome(`${phrase}\n\n${on}\n\n${phrase}\n\n${off}\n\n${phrase}\n`)).toEqual({
      reported: [1, 9],
      kept: ['5 a glossary'],
      problems: [],
    })
    const byId = '<!-- values-lint-disable slavery-abolition/modern-slavery -- why -->\n\n'
    const byName = '\n<!-- values-lint-enable modern-slavery -->\n\n'
    expect(outcome(`${byId}${phrase}\n${byName}${phrase}\n`)).toEqual({ reported: [7], kept: ['3 why'], problems: [] })
    expect(outcome(`${on}\n\n${phrase}\n\n${phrase}\n`)).toEqual({ ...clean, kept: ['3 a glossary', '5 a glossary'] })
  })

  test('enable ends one rule of several and leaves the others', () => {
    const text =
      '<!-- values-lint-disable value-4, value-14 -- a glossary -->\n\nHooker: see below.\n\n' +
      `<!-- values-lint-enable value-14 -->\n\n${phrase}\n\n<!-- values-lint-enable -->\n\n${phrase}\n`
    expect(outcome(text)).toEqual({ reported: [11], kept: ['3 a glossary', '7 a glossary'], problems: [] })
  })

  test('the whole draft, wherever it stands; without a rule, every rule', () => {
    const text = `${phrase}\n\n<!-- values-lint-disable-file -- words to avoid -->\n\nHookers wait there.\n`
    expect(outcome(text)).toEqual({ ...clean, kept: ['1 words to avoid', '5 words to avoid'] })
  })

  test.each(['slavery-abolition/modern-slavery', 'modern-slavery', 'slavery-abolition', 'value-4'])(
    'a rule by %s',
    (name) => {
      const text = `<!-- values-lint-disable-next-line ${name} -- why -->\n${phrase}\n`
      expect(outcome(text, readMarkdown)).toEqual({ ...clean, kept: ['2 why'] })
    },
  )

  test('HTML: comments, over several lines too', () => {
    const text = `<p>${phrase}</p>\n<!--\n  values-lint-disable-next-line value-4\n  -- a name\n-->\n<p>${phrase}</p>\n`
    expect(outcome(text, readHtml)).toEqual({ reported: [1], kept: ['6 a name'], problems: [] })
  })

  test('plain text: a line in brackets, which does not part the paragraph', () => {
    const text = 'We fight\n[values-lint-disable-next-line value-4 -- a title]\nmodern-day slavery\nin every county.\n'
    expect(outcome(text, readText)).toEqual({ ...clean, kept: ['3 a title'] })
    expect(readText(text).blocks.map((block) => block.text)).toEqual(['We fight modern-day slavery in every county.'])
    expect(outcome(`[values-lint-disable-file value-4 – a word processor's dash]\r\n${phrase}`, readText).kept).toEqual(
      ["2 a word processor's dash"],
    )
  })

  test('the words of a directive are never linted', () => {
    expect(outcome(`<!-- values-lint-disable-file value-4 -- ${phrase} -->\n\nNews.\n`).reported).toEqual([])
    expect(outcome(`[values-lint-disable-file value-4 -- ${phrase}]\n\nNews.\n`, readText).reported).toEqual([])
  })
})

describe('what is wrong with a directive', () => {
  test.each([
    ['disable-next-line value-4', '1 mistake: a directive needs a reason, after "--", and keeps nothing without one'],
    [
      'disable-next-line value-4 --',
      '1 mistake: a directive needs a reason, after "--", and keeps nothing without one',
    ],
    [
      'disable-next-line modern-slavry -- why',
      '1 mistake: no rule is called "modern-slavry". Did you mean "modern-slavery"?',
    ],
    [
      'disable-nextline value-4 -- why',
      '1 mistake: there is no directive values-lint-disable-nextline. Did you mean "values-lint-disable-next-line"?',
    ],
  ])('%s', (directive, problem) => {
    expect(outcome(`<!-- values-lint-${directive} -->\n${phrase}\n`)).toEqual({
      reported: [2],
      kept: [],
      problems: [problem],
    })
  })

  test('unused: what finds nothing, rule by rule', () => {
    const text = `<!-- values-lint-disable-next-line value-4, value-12 -- why -->\n${phrase}\n\n<!-- values-lint-enable -->\n`
    expect(outcome(text)).toEqual({
      reported: [],
      kept: ['2 why'],
      problems: [
        '1 unused: unused directive: value-12 finds nothing here any more; it can go',
        '4 unused: unused directive: nothing of that name is disabled here; it can go',
      ],
    })
  })

  test('a passage that its context excuses needs no directive', () => {
    const text =
      '<!-- values-lint-disable-next-line value-4 -- why -->\nWe never call trafficking modern-day slavery.\n'
    expect(outcome(text).problems).toEqual([
      '1 unused: unused directive: value-4 finds nothing here any more; it can go',
    ])
  })

  test('a directive for rules that were not run is not unused', () => {
    const text = '<!-- values-lint-disable-file value-12 -- why -->\n\nNews.\n'
    expect(outcome(text).problems).toHaveLength(1)
    expect(outcome(text, readMarkdown, { values: [4] }).problems).toEqual([])
  })

  test('examples in code are no directives', () => {
    const text = `\`<!-- values-lint-disable-file -- why -->\`\n\n    <!-- values-lint-disable-file -- why -->\n\n${phrase}\n`
    expect(outcome(text)).toEqual({ reported: [5], kept: [], problems: [] })
  })

  test('many directives cost no more than they weigh', () => {
    const many = '[values-lint-disable-next-line value-4 -- why]\n'.repeat(5000)
    const started = performance.now()
    expect(outcome(`${many}${phrase}\n`, readText).kept).toEqual(['5001 why'])
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

test('levels and notes: a rule is off or re-levelled, reported speech stays a note, notes can be left out', () => {
  const rule = 'slavery-abolition/modern-slavery'
  const text = `${phrase}\n\n> ${phrase}\n`
  const levels = (options: CheckOptions) =>
    reviewDraft(readMarkdown(text), pack, options)
      .findings.filter((finding) => finding.rule.id === rule)
      .map(({ level }) => level)
  expect(levels({})).toEqual(['warning', 'note'])
  expect(levels({ levels: { [rule]: 'error' } })).toEqual(['error', 'note'])
  expect(levels({ levels: { [rule]: 'off' } })).toEqual([])
  expect(levels({ notes: false })).toEqual(['warning'])
})
