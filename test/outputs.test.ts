/** Every report format, held against its schema or read as its consumer reads it, on plain and on hostile drafts. */

import { readFileSync } from 'node:fs'
import * as rdformat from '@umbrelladocs/rdformat-validator'
import Ajv from 'ajv-draft-04'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { checkDraft } from '../src/core/check.ts'
import type { Finding } from '../src/core/types.ts'
import { readHtml } from '../src/formats/html.ts'
import { readMarkdown } from '../src/formats/markdown.ts'
import { readText } from '../src/formats/text.ts'
import { type Format, reporterFor } from '../src/reporters/index.ts'
import { type Report, reported } from '../src/reporters/report.ts'
import { whereIn } from '../src/reporters/where.ts'
import { smallPack } from './small-pack.ts'

function reportOf(drafts: Record<string, string>, more: Partial<Report> = {}): Report {
  const files = Object.entries(drafts).map(([path, text]) => {
    const draft = (path.endsWith('.txt') ? readText : path.endsWith('.html') ? readHtml : readMarkdown)(text)
    return { path, draft, findings: checkDraft(draft, smallPack) }
  })
  return { version: '1.0.0', pack: 'small', files, errors: [], showExcused: false, ...more }
}

/** A report with one finding kept on purpose, as a directive in the draft would have it. */
function keeping({ files, ...rest }: Report, reason: string): Report {
  const kept = files.map((file) => ({
    ...file,
    findings: file.findings.map((finding): Finding => Object.assign({ ...finding }, { suppressedBy: { reason } })),
  }))
  return { ...rest, files: kept }
}

const output = async (format: Format, report: Report): Promise<string> =>
  (await reporterFor(format))(report, { width: 80, colour: false })

const plain = reportOf({
  'docs/news.md': [
    '# News & views',
    '',
    'All guests at the *party* sat on shiny chairs.',
    '',
    '## Lamps',
    '',
    '- A table and a shiny lamp.',
    '- “We love our shiny chairs,” said Ms. Pond of the Guild.',
    '',
    'We avoid the word shiny chairs.',
  ].join('\n'),
  'good.txt': 'Chairs.',
})

/** What breaks careless writers: markup, commands, controls, half characters, line ends of all kinds, very long lines. */
const hostileText = [
  '<script>alert("1")</script> shiny chairs ]]> & <b onclick=\'x\'>',
  '::error::now ##[error]then %0A ::shiny chairs:: \u0000\u0001\u001b[31m\u007f\u0085',
  'A \ud800 shiny\ufffe \udc00chair\uffff and \u202eshiny chairs\u2028here.',
  '| a | b |\n| - | - |\n| `shiny chairs` | shiny chairs \\| @octocat #1 <!-- --> |',
  `${'long '.repeat(20_000)}shiny chairs ${'x'.repeat(100_000)}`,
  'shiny chairs](javascript:alert(1)) {0} %s “shiny chairs”\r\nand 👩‍👩‍👧 客 shiny chairs',
].join('\n\n')
const hostile = reportOf(
  {
    'a,b:c%"<&>\'`|\n\ud800 @x.md': hostileText,
    '::error::.txt': hostileText,
    './-x ##[y].html': hostileText,
    '/abs/ü [1].md': hostileText,
    'C:\\docs\\a.md': hostileText,
  },
  { errors: [{ path: '<x>.md', message: 'is ]]> \u0000 no "text" file & that is: it,\n%' }] },
)
const empty = reportOf({})

/** A pair of texts of any UTF-16 units around something to find. */
const anyText = fc
  .array(
    fc.oneof(fc.constantFrom(...'<>&"\'`|*_[](){}#@%:,-+=.1~$\\\n\r\t\u0000\u001b\ud800\udc00]'), fc.nat(0xffff)),
    {
      maxLength: 40,
    },
  )
  .map((units) => units.map((unit) => (typeof unit === 'number' ? String.fromCharCode(unit) : unit)).join(''))
const anyReport = fc
  .tuple(anyText, anyText, anyText, fc.constantFrom('.md', '.txt', '.html'), fc.boolean())
  .map(([path, before, after, extension, showExcused]) =>
    reportOf(
      { [`${path}${extension}`]: `${before} shiny chairs ${after}\n\n${after} We avoid the word shiny chairs.` },
      {
        showExcused,
        errors: [{ path: `${after}.pdf`, message: `is ${before}` }],
      },
    ),
  )

/** Holds any report to what `check` asks of its output, and to what every format is held to. */
async function always(format: Format, check: (text: string, report: Report) => unknown): Promise<void> {
  const reporter = await reporterFor(format)
  const hold = (report: Report): void => {
    const text = reporter(report, { width: 80, colour: false })
    if (text) expect(text.endsWith('\n')).toBe(true)
    // No half characters, which UTF-8 cannot hold, and no controls.
    expect(text).not.toMatch(/\p{Surrogate}|[^\P{Cc}\n]/u)
    check(text, report)
  }
  for (const report of [plain, hostile, empty]) hold(report)
  fc.assert(fc.property(anyReport, hold), { numRuns: 30 })
}

/** The findings of a report, with their places. */
function listed(report: Report): { finding: Finding; path: string; line: number; column: number }[] {
  return report.files.flatMap((file) => {
    const where = whereIn(file)
    return reported(file, report).map((finding) => {
      const { path, start } = where(finding)
      return { finding, path, line: start.line, column: start.column }
    })
  })
}

test('a finding has one place: line and column, the heading above it, its paragraph', () => {
  const [file] = plain.files
  const where = file && whereIn(file)
  expect(file?.findings.map((finding) => where?.(finding))).toMatchObject([
    { start: { line: 3, column: 34 }, heading: 'News & views', paragraph: 1 },
    { start: { line: 7, column: 17 }, heading: 'Lamps', paragraph: 2 },
    { start: { line: 8, column: 16 }, heading: 'Lamps', paragraph: 3 },
    { start: { line: 10, column: 19 }, heading: 'Lamps', paragraph: 4 },
  ])
})

test('concise: one line a finding', async () => {
  expect(await output('concise', plain)).toBe(
    [
      'docs/news.md:3:34 warning no-shine/shiny-chair “shiny chairs” puts the shine first.',
      'docs/news.md:7:17 error no-shine/shiny-lamp m',
      'docs/news.md:8:16 note no-shine/shiny-chair Somebody else is quoted. Nothing to change if the draft answers it; if the quotation speaks for your organisation, treat it as your own words.',
      '',
    ].join('\n'),
  )
  await always('concise', (text, report) => {
    expect(text.split('\n').length - 1).toBe(listed(report).length)
  })
})

test('jsonl: one finding a line, as in the JSON report', async () => {
  for (const report of [plain, hostile]) {
    const { files } = JSON.parse(await output('json', report)) as { files: { path: string; findings: object[] }[] }
    const lines = (await output('jsonl', report)).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, ...finding }))),
    )
  }
})

describe('sarif', () => {
  const ajv = new Ajv.default({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true })
  const valid = ajv.compile(JSON.parse(readFileSync('test/schemas/sarif-2.1.0.json', 'utf8')))

  test('holds against the schema of OASIS', async () => {
    await always('sarif', (text) => {
      valid(JSON.parse(text))
      expect(valid.errors ?? []).toEqual([])
    })
    const wrong = JSON.parse(await output('sarif', plain))
    wrong.runs[0].results[0].level = 'bad'
    expect(valid(wrong)).toBe(false)
  })

  test('rules with help, places in UTF-16, paths as URIs, fingerprints', async () => {
    const [run] = JSON.parse(await output('sarif', plain)).runs
    expect(run.columnKind).toBe('utf16CodeUnits')
    expect(run.tool.driver.rules.map(({ id }: { id: string }) => id)).toEqual([
      'no-shine/shiny-chair',
      'no-shine/shiny-lamp',
    ])
    expect(run.tool.driver.rules[0].help.text).toMatch(/turns guests away[\s\S]*Instead: chairs · clean chairs/)
    expect(run.results.map((one: { level: string }) => one.level)).toEqual(['warning', 'error', 'note'])
    const [{ physicalLocation, logicalLocations }] = run.results[0].locations
    expect(physicalLocation.artifactLocation).toEqual({ uri: 'docs/news.md', uriBaseId: 'SRCROOT' })
    expect(physicalLocation.region).toMatchObject({ startLine: 3, startColumn: 34, endLine: 3, endColumn: 46 })
    expect(logicalLocations).toEqual([{ name: 'paragraph 1', fullyQualifiedName: 'under “News & views”, paragraph 1' }])
    const uris = JSON.parse(await output('sarif', hostile)).runs[0].results.map(
      (one: (typeof run.results)[0]) => one.locations[0].physicalLocation.artifactLocation,
    )
    for (const { uri } of uris) expect(() => new URL(uri, 'file:///root/')).not.toThrow()
    expect(new Set(uris.map(({ uri }: { uri: string }) => uri))).toContain('file:///abs/%C3%BC%20%5B1%5D.md')
    expect(new Set(uris.map(({ uri }: { uri: string }) => uri))).toContain('file:///C:/docs/a.md')
  })

  test('a fingerprint stays when lines move, and differs between likes', async () => {
    const prints = async (text: string): Promise<string[]> =>
      JSON.parse(await output('sarif', reportOf({ 'a.md': text }))).runs[0].results.map(
        (one: { partialFingerprints: Record<string, string> }) => one.partialFingerprints['valuesLint/v1'],
      )
    const before = await prints('Shiny chairs.\n\nShiny chairs.\n\nOur shiny chairs.')
    expect(new Set(before).size).toBe(3)
    expect(await prints('# New\n\nA line.\n\nShiny  chairs.\n\nShiny chairs.\n\nOur shiny\nchairs.')).toEqual(before)
  })

  test('what is kept on purpose is suppressed, what was left alone has no level', async () => {
    const [kept] = JSON.parse(await output('sarif', keeping(plain, 'it is our name'))).runs
    expect(kept.results[0].suppressions).toEqual([{ kind: 'inSource', justification: 'it is our name' }])
    valid({ version: '2.1.0', runs: [kept] })
    expect(valid.errors ?? []).toEqual([])
    const [shown] = JSON.parse(await output('sarif', { ...plain, showExcused: true })).runs
    expect(shown.results[3]).toMatchObject({ kind: 'pass', level: 'none' })
  })

  test('no more results than GitHub takes, the heaviest first to stay', async () => {
    const many = reportOf({ 'a.md': 'A table and a shiny lamp.\n\nOur shiny chairs.' })
    const [lamp, chair] = (many.files[0]?.findings ?? []) as [Finding, Finding]
    const findings = [...Array<Finding>(25_000).fill(chair), lamp]
    const text = await output('sarif', { ...many, files: [{ ...many.files[0], findings } as never] })
    expect(text.match(/"ruleId": "[^"]*",\n *"kind": "fail",\n *"level": "\w+"/g)).toHaveLength(25_000)
    expect(text.match(/"ruleId": "no-shine\/shiny-lamp"/g)).toHaveLength(1)
    expect(text).toContain('1 more finding, of the lowest levels, is left out')
  })
})

/** Reads a log as GitHub's runner does: a line that begins with `::`, after spaces, or holds `##[`, is a command. */
function commandsIn(log: string): { name: string; properties: Record<string, string>; message: string }[] {
  const decoded = (text: string): string => text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%')
  const value = (text: string): string => decoded(text.replaceAll('%3A', ':').replaceAll('%2C', ','))
  return log.split(/\r\n|\n|\r/).flatMap((line) => {
    const [, name, list, message] = /^\s*::([a-z-]+)(?: (.*?))?::(.*)$/.exec(line) ?? []
    if (name === undefined) {
      expect(line).not.toContain('##[')
      return []
    }
    const pairs = (list ?? '').split(',').map((pair) => pair.split(/=(.*)/s).slice(0, 2) as [string, string])
    const properties = Object.fromEntries(pairs.map(([key, text]) => [key, value(text)]))
    return [{ name, properties, message: decoded(message ?? '') }]
  })
}

describe('github', () => {
  const names = { error: 'error', warning: 'warning', note: 'notice' } as const

  test('a command for each finding, the worst first, nothing else', async () => {
    const commands = commandsIn(await output('github', plain))
    expect(commands.map(({ name }) => name)).toEqual(['error', 'warning', 'notice'])
    expect(commands[1]).toEqual({
      name: 'warning',
      properties: {
        file: 'docs/news.md',
        line: '3',
        endLine: '3',
        col: '34',
        endColumn: '45',
        title: 'Value 3, No shine (no-shine/shiny-chair)',
      },
      message: expect.stringMatching(
        /^“shiny chairs” puts .*\n.*\nRead as .*\nInstead: chairs · clean chairs\nValue 3/,
      ),
    })
  })

  test('a draft cannot give commands', async () => {
    await always('github', (text, report) => {
      const commands = commandsIn(text)
      for (const { name, properties } of commands) {
        expect(Object.values(names)).toContain(name)
        expect(Object.keys(properties).filter((key) => !/^(file|line|endLine|col|endColumn|title)$/.test(key))).toEqual(
          [],
        )
      }
      expect(commands.length).toBeLessThanOrEqual(report.errors.length + listed(report).length)
    })
  })

  test('ten of each level; the log lists the rest', async () => {
    const text = [...Array(13).fill('Our shiny chairs.'), ...Array(12).fill('A table and a shiny lamp.')].join('\n\n')
    const errors = [{ path: 'b.md', message: 'is no text' }]
    const log = await output('github', reportOf({ 'a.md': text }, { errors }))
    const commands = commandsIn(log)
    expect(commands.filter(({ name }) => name === 'error')).toHaveLength(10)
    expect(commands.filter(({ name }) => name === 'warning')).toHaveLength(10)
    expect(log).toContain('\n6 more findings, which GitHub does not show as annotations:\n- a.md:45:15 error no-shine')
    expect(log.trimEnd().split('\n')).toHaveLength(20 + 1 + 6)
  })
})

describe('gitlab', () => {
  test('what GitLab documents: description, check_name, fingerprint, severity, location; paths of the repository', async () => {
    await always('gitlab', (text, report) => {
      const entries = JSON.parse(text)
      expect(entries).toHaveLength(listed(report).length)
      for (const entry of entries) {
        expect(entry).toEqual({
          description: expect.stringMatching(/./),
          check_name: expect.stringMatching(/^no-shine\//),
          fingerprint: expect.stringMatching(/^[\da-f]{16}$/),
          severity: expect.stringMatching(/^(info|minor|major|critical|blocker)$/),
          location: {
            path: expect.not.stringMatching(/^\.\//),
            lines: { begin: expect.any(Number), end: expect.any(Number) },
          },
        })
        expect(entry.location.lines.begin).toBeGreaterThan(0)
      }
    })
  })

  test('no two fingerprints are alike', async () => {
    const text = 'Shiny chairs.\n\nShiny chairs.'
    const entries = JSON.parse(await output('gitlab', reportOf({ 'a.md': text, 'b.md': text })))
    expect(new Set(entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint)).size).toBe(4)
    expect(entries[0].severity).toBe('minor')
  })
})

test('rdjson holds against the validator; columns count bytes', async () => {
  const texts: string[] = []
  await always('rdjson', (text) => texts.push(text))
  for (const { valid, errors } of await rdformat.validateBatch(texts, { strictMode: true })) {
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  }
  expect((await rdformat.validateBatch(['{"diagnostics":[{"message":1}]}']))[0]?.valid).toBe(false)
  const draft = reportOf({ 'a.md': '客 👩 é: shiny chairs, and a table with a shiny\nlamp.' })
  const { diagnostics } = JSON.parse(await output('rdjson', draft))
  const source = Buffer.from(draft.files[0]?.draft.source ?? '')
  const [chair, lamp] = diagnostics.map(({ location }: { location: { range: unknown } }) => location.range)
  expect(source.subarray(chair.start.column - 1, chair.end.column - 1).toString()).toBe('shiny chairs')
  expect(lamp.end).toEqual({ line: 2, column: 5 })
})

/** Many reports in one call: each starts the parser anew. */
async function lint(format: Format, schema?: string): Promise<void> {
  const reporter = await reporterFor(format)
  const reports = [plain, hostile, empty, keeping(plain, ']]> <'), ...fc.sample(anyReport, { numRuns: 40, seed: 7 })]
  const xml = reports.map((report, i) => ({
    fileName: `${i}.xml`,
    contents: reporter(report, { width: 80, colour: false }),
  }))
  const { valid, errors } = await validateXML({ xml, ...(schema ? { schema } : {}) } as Parameters<
    typeof validateXML
  >[0])
  expect(errors).toEqual([])
  expect(valid).toBe(true)
}

describe('XML', () => {
  test('junit holds against the schema of Jenkins', async () => {
    await lint('junit', readFileSync('test/schemas/junit-jenkins.xsd', 'utf8'))
    const xml = await output('junit', plain)
    expect(xml).toContain('<testsuites name="values-lint" tests="4" failures="2" errors="0">')
    expect(xml).toMatch(/name="no-shine\/shiny-chair \(3:34\)"><failure type="warning" message="“shiny chairs” puts/)
    expect(xml).toMatch(/\(8:16\)"><system-out>/)
    expect(xml).toMatch(/<testcase classname="good\.txt" name="no conflict with the values"\/>/)
    expect(await output('junit', keeping(plain, 'a name'))).toContain('tests="1" failures="0"')
  })

  test('checkstyle is well-formed; its columns and severities are those of the report', async () => {
    await lint('checkstyle')
    expect(await output('checkstyle', plain)).toMatch(
      /<file name="docs\/news\.md">\n {4}<error line="3" column="34" severity="warning" message="[^"]*&#10;Instead: chairs · clean chairs&#10;[^"]*" source="values-lint\/no-shine\/shiny-chair"\/>\n {4}<error line="7" column="17" severity="error"/,
    )
  })
})

describe('markdown', () => {
  test('a table by value, then the findings', async () => {
    const text = await output('markdown', plain)
    expect(text).toMatch(/^## Values check\n\n2 conflicts \(1 error, 1 warning\), 1 note in 36 words of 2 drafts\.\n/)
    expect(text).toContain('| 3. No shine | 1 | 1 | 1 |')
    expect(text).toContain('> All guests at the party sat on <strong>shiny chairs</strong>.')
  })

  test('rendered as GitHub does, a draft makes no markup', async () => {
    const ours = new Set('h2 h3 p table thead tbody tr th td blockquote strong sub code'.split(' '))
    await always('markdown', (text, report) => {
      const options = { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] }
      const html = micromark(text, options).replaceAll('<!-- -->', '')
      for (const [, tag] of html.matchAll(/<\/?([^\s>]*)/g)) expect(ours).toContain(tag)
      expect(html.match(/<blockquote>\n<p>[^<]*<strong>[^<]*<\/strong>/g) ?? []).toHaveLength(listed(report).length)
    })
  })

  test('less than GitHub has room for, and says what is missing', async () => {
    const file = reportOf({ 'a.md': 'Our shiny chairs — “and” more.' }).files[0]
    const findings = Array<Finding>(5_000).fill(file?.findings[0] as Finding)
    const text = await output('markdown', { ...plain, files: [{ ...file, findings } as never] })
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000)
    expect(text).toMatch(/… and [\d,]+ more parts of this report, which GitHub has no room for\.\n$/)
  })
})

describe('html', () => {
  const elements =
    'html head meta title style body a header p h1 h2 h3 h4 h5 h6 nav ul li section svg rect main article div blockquote table tr th td mark sup em s b strong span footer'

  test('a draft makes no element, no attribute, no address', async () => {
    await always('html', (text) => {
      for (const [, name] of text.matchAll(/<\/?([^\s/>]*)/g))
        expect(['!DOCTYPE', ...elements.split(' ')]).toContain(name)
      for (const [tag] of text.matchAll(/<[a-z][^>]*>/g)) {
        expect(tag).not.toMatch(/\son\w+=|\ssrc=|javascript/i)
        for (const [, address] of tag.matchAll(/href="([^"]*)"/g)) expect(address).toMatch(/^#[a-z]+\d*$/)
      }
      const style = /<style>[\s\S]*<\/style>/.exec(text)?.[0] ?? ''
      expect(style).not.toMatch(/url\(|@import/)
    })
  })

  test('is well-formed XML too', () => lint('html'))

  test('every passage leads to its card and back; identifiers are unique', async () => {
    await always('html', (text, report) => {
      const identifiers = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
      expect(new Set(identifiers).size).toBe(identifiers.length)
      const findings = listed(report)
      for (let i = 1; i <= findings.length; i++) {
        expect(text).toContain(`id="p${i}" href="#f${i}"`)
        expect(text).toMatch(new RegExp(`id="f${i}"[^]*?href="#p${i}"`))
      }
      for (const [, target] of text.matchAll(/href="#([^"]*)"/g)) expect(identifiers).toContain(target)
    })
  })

  test('the draft as people read it: headings, numbers, lists, tables, quotations, emphasis', async () => {
    const draft = [
      '# A *plan*',
      '> Quoted ~~words~~.',
      '- One.\n- Our **shiny chairs**, and more.',
      '| Left | Right |\n| --- | --- |\n| | shiny chairs |',
      '## Part',
      'The end, without any.',
    ].join('\n\n')
    const page = await output('html', reportOf({ 'a.md': draft }))
    const seen = page.replace(/<span class="unseen">[^<]*<\/span>/g, '')
    expect(page).toContain('<h1 id="d1">a.md</h1>')
    expect(page).toContain('<h2>A <em>plan</em></h2>')
    expect(page).toContain('<h3>Part</h3>')
    expect(seen).toContain('<p class="number">1</p><blockquote><p>Quoted <s>words</s>.</p></blockquote>')
    expect(seen).toContain(
      '<li><span class="number">3</span>Our <a class="to warning" id="p1" href="#f1"><mark class="warning"><em>shiny chairs</em></mark><sup><span aria-hidden="true">1</span></sup></a>, and more.</li>',
    )
    expect(seen).toMatch(
      /<tr><th scope="col">Left<\/th><th scope="col">Right<\/th><\/tr><tr><td><\/td><td><a class="to/,
    )
    expect(page).toMatch(
      /role="note"[\s\S]*line 6, paragraph 3[\s\S]*Instead:<\/b> <span>chairs<\/span> · <span>clean chairs</,
    )
  })

  test('several drafts: contents, those without findings by name, those that could not be read', async () => {
    const page = await output('html', { ...plain, errors: [{ path: 'x.pdf', message: 'is a PDF' }] })
    expect(page).toContain('<h1>2 drafts</h1>')
    expect(page).toContain('<h2 id="d1">docs/news.md</h2>')
    expect(page).toMatch(/Nothing found<\/h2><ul><li>good\.txt<\/li>/)
    expect(page).toContain('<b>x.pdf</b> is a PDF')
    expect(await output('html', reportOf({ 'a.md': 'Chairs.' }))).toContain('No conflict with the values in 1 word.')
  })

  test('passages that overlap, and emphasis across them, keep every word and number', async () => {
    const one = reportOf({ 'a.md': 'Our *big shiny chairs* stay.' })
    const [file] = one.files
    const [chair] = file?.findings ?? []
    const wide: Finding = { ...(chair as Finding), place: { start: 4, end: 27 } }
    const page = await output('html', { ...one, files: [{ ...file, findings: [wide, chair] } as never] })
    const prose = /<p class="number">[\s\S]*?<div class="cards">/.exec(page)?.[0] ?? ''
    expect(prose.replace(/<sup>[\s\S]*?<\/sup>/g, '').replace(/<[^>]*>/g, '')).toContain('Our big shiny chairs stay.')
    expect(prose.match(/id="p[12]"/g)).toHaveLength(2)
  })
})
