/** The built command, as a user runs it. */

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { reportShape } from '../src/core/schema.ts'

const cli = resolve('dist/cli.cjs')
const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(args: string[], input?: string | Uint8Array): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, NO_COLOR: '1' },
    ...(input === undefined ? {} : { input }),
  })
  return { code: status, out: stdout, err: stderr }
}

const file = (name: string, content: string | Uint8Array): void => writeFileSync(join(folder, name), content)

beforeAll(() => {
  file('bad.md', '# News\n\nWe fight modern-day slavery in *every* county.\n')
  file('good.md', 'We never call trafficking modern-day slavery.\n')
})

describe('check', () => {
  test('a conflict: exit 1, the sentence, the passage underlined, why and what to write instead', () => {
    const { code, out, err } = run(['check', 'bad.md'])
    expect(code).toBe(1)
    expect(err).toBe('')
    expect(out).toContain('bad.md:3:10  warning')
    expect(out).toContain('  We fight modern-day slavery in every county.\n           ~~~~~~~~~~~~~~~~~~')
    expect(out).toMatch(/Instead: human trafficking/)
    expect(out).toMatch(/1 conflict \(1 warning\) in 8 words; by value: 4 \(1\)\./)
  })

  test('nothing found: exit 0', () => {
    const { code, out } = run(['check', 'good.md'])
    expect([code, out]).toEqual([
      0,
      'No conflict with the values in 6 words; 1 passage left alone in context\n(--show-excused).\n',
    ])
  })

  test('--show-excused says what was left alone and why', () => {
    const { code, out } = run(['check', 'good.md', '--show-excused'])
    expect(code).toBe(0)
    expect(out).toContain('left alone')
    expect(out).toContain('Rejected as a name for it: “never call”.')
  })

  test('--fail-on and --values choose what counts', () => {
    expect(run(['check', 'bad.md', '--fail-on', 'error']).code).toBe(0)
    expect(run(['check', 'bad.md', '--values', '12']).code).toBe(0)
    expect(run(['check', 'bad.md', '--values', '4,12']).code).toBe(1)
  })

  test('--format json has the shape of the schema', () => {
    const { code, out } = run(['check', 'bad.md', 'good.md', '--format', 'json'])
    expect(code).toBe(1)
    const report = JSON.parse(out)
    expect(reportShape.parse(report)).toEqual(report)
    expect(Object.keys(report)).toEqual(['version', 'pack', 'files', 'summary'])
    const [finding] = report.files[0].findings
    expect(finding).toMatchObject({
      rule: 'slavery-abolition/modern-slavery',
      value: 4,
      level: 'warning',
      text: 'modern-day slavery',
    })
    expect(finding.start).toEqual({ line: 3, column: 10, offset: 17 })
    expect(finding.end).toEqual({ line: 3, column: 28, offset: 35 })
    expect(report.files[1].findings).toEqual([])
  })

  test('several reports at once: FORMAT:FILE beside standard output, FILE in its place', () => {
    const { code, out, err } = run([
      'check',
      'bad.md',
      '--format',
      'concise',
      '--output',
      'sarif:r.sarif',
      '--output',
      'junit:r.xml',
    ])
    expect([code, err]).toEqual([1, ''])
    expect(out).toMatch(/^bad\.md:3:10 warning slavery-abolition\/modern-slavery .*\n$/)
    expect(JSON.parse(readFileSync(join(folder, 'r.sarif'), 'utf8')).version).toBe('2.1.0')
    expect(readFileSync(join(folder, 'r.xml'), 'utf8')).toMatch(/<failure type="warning"/)
    expect(run(['check', 'bad.md', '--format', 'jsonl', '--output', 'r.jsonl', '--output', 'github:r.log']).out).toBe(
      '',
    )
    expect(JSON.parse(readFileSync(join(folder, 'r.jsonl'), 'utf8'))).toMatchObject({ path: 'bad.md', value: 4 })
    expect(readFileSync(join(folder, 'r.log'), 'utf8')).toMatch(/^::warning file=bad\.md,line=3,/)
  })

  test('standard input, with a name', () => {
    const { code, out } = run(['check', '-', '--stdin-filename', 'draft.txt'], 'We fight modern-day slavery.')
    expect(code).toBe(1)
    expect(out).toContain('draft.txt:1:10')
  })

  test('--own makes a speaker one of us', () => {
    const text = '“This is modern slavery,” said Ada Moss of Harbor.'
    expect(run(['check', '-'], text).code).toBe(0)
    expect(run(['check', '-', '--own', 'Ada Moss'], text).code).toBe(1)
  })

  test('a folder: .gitignore respected, a link in a circle harmless, order fixed', () => {
    mkdirSync(join(folder, 'site/sub'), { recursive: true })
    file('site/.gitignore', 'draft-*.md\n')
    file('site/draft-1.md', 'modern-day slavery')
    file('site/b.md', 'modern-day slavery')
    file('site/sub/a.txt', 'We fight modern-day slavery.')
    file('site/photo.png', new Uint8Array([137, 80, 78, 71, 0, 1]))
    symlinkSync(join(folder, 'site'), join(folder, 'site/sub/loop'))
    const { code, out } = run(['check', 'site', '--format', 'json'])
    expect(code).toBe(1)
    expect(JSON.parse(out).files.map((one: { path: string }) => one.path)).toEqual(['site/b.md', 'site/sub/a.txt'])
  })
})

describe('bad input: one clear line, exit 2, the other files still checked', () => {
  const fails = (args: string[], line: RegExp): void => {
    const { code, err } = run(args)
    expect(code).toBe(2)
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err).toMatch(line)
    expect(err).not.toMatch(/ {4}at /)
  }

  test('missing file', () => {
    const { code, out, err } = run(['check', 'nope.md', 'bad.md'])
    expect(code).toBe(2)
    expect(err).toBe('nope.md: there is no such file or folder\n')
    expect(out).toContain('bad.md:3:10')
  })

  test('a folder without drafts', () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    fails(['check', 'empty'], /empty: holds no draft/)
  })

  test('a binary file, Latin-1 bytes, an unknown extension', () => {
    file('image.md', new Uint8Array([137, 80, 78, 71, 0, 0, 1]))
    fails(['check', 'image.md'], /image\.md: is not a text file/)
    file('latin.md', new Uint8Array([67, 97, 102, 0xe9, 32, 97]))
    fails(['check', 'latin.md'], /latin\.md: is not in UTF-8 \(line 1\); save it as UTF-8/)
    file('sheet.xlsx', 'x')
    fails(['check', 'sheet.xlsx'], /sheet\.xlsx: is a spreadsheet, which values-lint does not read; copy its text/)
    file('chart.xyz', 'x')
    fails(['check', 'chart.xyz'], /extension that values-lint does not read; it reads \.docx, /)
    file('a draft.rst', 'x')
    fails(['check', 'a draft.rst'], /convert it: pandoc "a draft\.rst" -o draft\.md/)
  })

  test('unknown option, command, format, value and pack', () => {
    fails(['check', '--formt', 'json'], /unknown option '--formt'\. Did you mean --format\?/)
    fails(['chek'], /unknown command 'chek'\. Did you mean check\?/)
    fails(['check', '--format', 'xml', 'bad.md'], /Allowed choices are pretty, concise, json, jsonl, sarif, /)
    fails(['check', '--values', '99', 'bad.md'], /no value "99"; it has 1 to 17/)
    fails(['check', '--pack', 'nope', 'bad.md'], /no rule pack at "nope"/)
    fails(['explain', 'modern-slavry'], /no rule is called "modern-slavry"/)
  })

  test('an output that cannot be written', () => {
    fails(['check', 'good.md', '--output', 'no/such/folder/report.txt'], /cannot write no\/such\/folder\/report\.txt/)
  })

  test('outputs: an unknown format, two reports for one file', () => {
    fails(
      ['check', 'good.md', '--output', 'sarf:a.sarif'],
      /no report format is called "sarf"; .*Did you mean "sarif"\?/,
    )
    fails(
      ['check', 'good.md', '--output', 'a.txt', '--output', 'json:a.txt'],
      /two reports cannot go to one file, a\.txt/,
    )
    expect(existsSync(join(folder, 'a.txt'))).toBe(false)
  })

  test('a wrong rule file: path, line, column, the line; the other rules still run', () => {
    mkdirSync(join(folder, 'pack'), { recursive: true })
    file('pack/pack.yaml', 'name: mine\ntitle: Mine\norganisation: Us\nstatement: ours\n')
    const rule = (level: string, find: string): string =>
      `  - id: ${find.replace('(', '')}\n    kind: language\n    level: ${level}\n    find: |\n      ${find}\n    message: m\n    why: w\n    instead: |\n      x\n    fail: |\n      [[${find}]]\n    pass: |\n      y\n`
    file('pack/01-a.yaml', `value: 1\nslug: a\ntitle: A\nmeans: a\nsource: s\nrules:\n${rule('warn', 'alpha')}`)
    file(
      'pack/02-b.yaml',
      `value: 2\nslug: b\ntitle: B\nmeans: b\nsource: s\nrules:\n${rule('warning', 'beta')}${rule('warning', 'ga(mma')}`,
    )
    const { code, out, err } = run(['check', '--pack', 'pack', '-'], 'alpha beta')
    expect(code).toBe(2)
    expect(err).toMatch(
      /pack\/01-a\.yaml:9:12 {2}rules\.level must be error, warning or note; found "warn"\. Did you mean "warning"\?\n {4}level: warn\n/,
    )
    expect(err).toMatch(/pack\/02-b\.yaml:\d+:\d+ {2}/)
    expect(out).toContain('beta')
  })
})

describe('more bad input', () => {
  test('what is no text says what it is', () => {
    file('a.md', '%PDF-1.7 …')
    file('b.md', 'PK\u0003\u0004…')
    file('c.md', new Uint8Array([0xff, 0xfe, 0x41]))
    const { code, err } = run(['check', 'a.md', 'b.md', 'c.md'])
    expect(code).toBe(2)
    expect(err).toMatch(
      /^a\.md: is a PDF, whatever its name says; .*\nb\.md: is a zip file, .*\nc\.md: begins like UTF-16 .*\n$/,
    )
  })

  test('links that go round in a circle, and a device that never ends', () => {
    symlinkSync('round-b', join(folder, 'round-a'))
    symlinkSync('round-a', join(folder, 'round-b'))
    const { code, out, err } = run(['check', 'round-a', '/dev/zero', 'bad.md'])
    expect(code).toBe(2)
    expect(err).toMatch(/^round-a: the symbolic links go round in a circle\n\/dev\/zero: is no ordinary file;.*\n$/)
    expect(out).toContain('bad.md:')
  })

  test('a draft without a command, an option with a wrong word', () => {
    expect(run(['bad.md']).err).toBe(
      "values-lint: unknown command 'bad.md'. To check a draft: values-lint check bad.md\n",
    )
    expect(run(['check', '--fail-on', 'eror', 'bad.md']).err).toMatch(
      /^values-lint: option .* is invalid\. Allowed choices are error, warning, note, never\. Did you mean "error"\?\n$/,
    )
    expect(run(['check', '--values', 'end-demnd', 'bad.md']).err).toMatch(/Did you mean "end-demand"\?\n$/)
    expect(run(['explain', 'bad.md:99']).err).toBe('values-lint: bad.md has no line 99; it has 4\n')
    expect(run(['explain', 'nope.md:1']).err).toBe('values-lint: nope.md: there is no such file or folder\n')
  })

  test('a reader that closes early is no error; an output that is full is', () => {
    const shell = (command: string): { code: number | null; err: string } => {
      const { status, stderr } = spawnSync('sh', ['-c', command.replace('CLI', `"${process.execPath}" "${cli}"`)], {
        cwd: folder,
        encoding: 'utf8',
      })
      return { code: status, err: stderr }
    }
    expect(shell('CLI values | head -1 >/dev/null')).toEqual({ code: 0, err: '' })
    expect(shell('test ! -c /dev/full || CLI values >/dev/full').err).toMatch(
      /^$|^values-lint: cannot write the output: .*\n$/,
    )
  })

  test('an output that is a link is written through, not replaced', () => {
    file('report.txt', '')
    symlinkSync('report.txt', join(folder, 'latest.txt'))
    run(['check', 'bad.md', '--output', 'latest.txt'])
    expect(readFileSync(join(folder, 'report.txt'), 'utf8')).toContain('bad.md:')
  })

  test('the .gitignore above a folder counts, unless the folder itself is left out by it', () => {
    mkdirSync(join(folder, 'repo/.git'), { recursive: true })
    mkdirSync(join(folder, 'repo/docs'), { recursive: true })
    mkdirSync(join(folder, 'repo/private'), { recursive: true })
    file('repo/.gitignore', 'draft-*.md\nprivate/\n')
    for (const name of ['docs/draft-1.md', 'docs/a.md', 'private/b.md']) file(`repo/${name}`, 'Modern-day slavery.')
    const paths = (path: string): string[] =>
      JSON.parse(run(['check', path, '--format', 'json']).out).files.map((one: { path: string }) => one.path)
    expect(paths('repo/docs')).toEqual(['repo/docs/a.md'])
    expect(paths('repo')).toEqual(['repo/docs/a.md'])
    expect(paths('repo/private')).toEqual(['repo/private/b.md'])
  })
})

describe('odd input: a sound result', () => {
  test('UTF-16 with a byte order mark, both ways', () => {
    const text = 'We fight modern-day slavery.'
    file('le.md', Buffer.from(`\uFEFF${text}`, 'utf16le'))
    file('be.md', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16())
    for (const name of ['le.md', 'be.md']) expect(run(['check', name]).code, name).toBe(1)
  })

  test('an empty file', () => {
    file('empty.md', '')
    expect(run(['check', 'empty.md']).code).toBe(0)
  })

  test('10,000 nested quotes and brackets', () => {
    file('deep.md', `${'>'.repeat(10_000)} modern-day slavery\n\n${'['.repeat(10_000)}`)
    expect(run(['check', 'deep.md']).code).not.toBeNull()
  })

  test('an unreadable file, where permissions count', () => {
    file('closed.md', 'text')
    chmodSync(join(folder, 'closed.md'), 0o000)
    expect([0, 2]).toContain(run(['check', 'closed.md']).code) // root reads everything
  })
})

describe('the other commands', () => {
  test('explain a rule, and a line', () => {
    expect(run(['explain', 'slavery-abolition/modern-slavery']).out).toContain("Slavery's name is used here")
    expect(run(['explain', 'bad.md:3']).out).toMatch(/^3:10 {2}“modern-day slavery” is reported as warning \(value 4/)
    expect(run(['explain', 'good.md:1']).out).toMatch(/was left alone[\s\S]*rejected as a name for it: “never call”/)
    expect(run(['explain', 'bad.md:1']).out).toBe('bad.md:1: no rule met this line.\n')
  })

  test('rules and values', () => {
    expect(run(['rules', '--values', '4']).out).toContain('slavery-abolition/modern-slavery')
    expect(JSON.parse(run(['rules', '--format', 'json']).out).length).toBeGreaterThanOrEqual(120)
    const values = run(['values']).out
    for (let i = 1; i <= 17; i++) expect(values).toContain(`Value ${i}, `)
  })

  test('stream: in order, a bad line answered, the rest goes on', () => {
    const lines = [
      '{"id":1,"text":"We fight modern-day slavery."}',
      'not json',
      '{"id":3}',
      '{"id":"d","text":"<p>We fight modern-day slavery.</p>","format":"html"}',
      '{"id":5,"text":"x","format":"pdf"}',
    ]
    const { code, out } = run(['stream'], `${lines.join('\n')}\n`)
    const answers = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(code).toBe(0)
    expect(answers.map(({ id }) => id)).toEqual([1, null, 3, 'd', 5])
    expect(answers[0].findings[0].rule).toBe('slavery-abolition/modern-slavery')
    expect(answers[1].error).toMatch(/not a line of JSON/)
    expect(answers[2].error).toMatch(/needs a "text"/)
    expect(answers[3].findings).toHaveLength(1)
    expect(answers[4].error).toMatch(/no reader for "pdf"/)
  })

  test('--version and --help', () => {
    expect(run(['--version']).out.trim()).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
    expect(run(['--help'])).toMatchObject({ code: 0 })
    expect(run(['check', '--help']).out).toContain('--show-excused')
  })
})
