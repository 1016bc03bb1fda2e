/** The configuration, as a user meets it: the built command in a scratch repository. */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { type CheckFlags, check } from '../src/commands/check.ts'
import { config } from '../src/commands/config.ts'
import { attempt, explain } from '../src/commands/explain.ts'
import { Settings, type SettingsFlags } from '../src/commands/settings.ts'
import { configShape } from '../src/config/shape.ts'
import { checkDraft } from '../src/core/check.ts'
import { compilePack } from '../src/core/pack.ts'
import { readPack } from '../src/files.ts'
import { readerFor } from '../src/formats/index.ts'
import { isLive } from '../src/reporters/report.ts'

const cli = resolve('dist/cli.cjs')
const folder = mkdtempSync(join(tmpdir(), 'values-lint-config-'))
const home = process.cwd()
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true, force: true })
})

function run(args: string[], input?: string): { code: number | null; out: string; err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    ...(input === undefined ? {} : { input }),
  })
  return { code: status, out: stdout, err: stderr }
}

function file(name: string, content: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), content)
}

/** What a command prints and gives, run in this process: starting Node for each takes too long. */
async function called(command: () => number | Promise<number>): Promise<{ code: number; out: string; err: string }> {
  const texts = { out: '', err: '' }
  const spies = (['out', 'err'] as const).map((name) =>
    vi.spyOn(process[`std${name}`], 'write').mockImplementation((chunk) => {
      texts[name] += chunk
      return true
    }),
  )
  try {
    return { code: await command(), ...texts }
  } finally {
    for (const spy of spies) spy.mockRestore()
    process.exitCode = 0
  }
}

function checked(paths: string[], flags: Partial<CheckFlags> = {}) {
  return called(() => check(paths, { format: 'pretty', output: [], ...flags }))
}

/** Level and text of every finding, by path. */
async function found(paths: string[], flags: SettingsFlags = {}): Promise<Record<string, string[]>> {
  const settings = new Settings(flags)
  const all = paths.map(async (path) => {
    const { pack, options } = await settings.for(path)
    const draft = readerFor(path)?.(readFileSync(path, 'utf8')) ?? { source: '', blocks: [] }
    const live = checkDraft(draft, pack, options).filter(isLive)
    return [path, live.map(({ level, text }) => `${level} ${text}`)] as const
  })
  return Object.fromEntries(await Promise.all(all))
}

const slavery = 'We fight modern-day slavery.\n'

beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, '.git'), { recursive: true })
  file('a.md', slavery)
  // Most tests ask the settings themselves: a run of the command for each would take too long.
  process.chdir(folder)
})

describe('what holds for a draft', () => {
  test('the nearest configuration upward, and none above the top of the repository', async () => {
    file('values-lint.yaml', 'values: {4: off}\n')
    file('press/a.md', slavery)
    file('web/values-lint.yaml', 'rules: {modern-slavery: error}\n')
    file('web/deep/a.md', slavery)
    file('other/.git/HEAD', '')
    file('other/a.md', slavery)
    expect(await found(['a.md', 'press/a.md', 'web/deep/a.md', 'other/a.md'])).toEqual({
      'a.md': [],
      'press/a.md': [],
      'web/deep/a.md': ['error modern-day slavery'],
      'other/a.md': ['warning modern-day slavery'],
    })
    expect(await found(['a.md'], { config: false })).toEqual({ 'a.md': ['warning modern-day slavery'] })
    expect(await found(['a.md'], { config: 'web/values-lint.yaml' })).toEqual({ 'a.md': ['error modern-day slavery'] })
  })

  test('the key in package.json; one without the key, or broken, is passed over', async () => {
    file('package.json', '{"dependencies": {"values-lint": "1"}}')
    file('press/package.json', '{\n  "values-lint": {\n    "values": {"4": "note"}\n  }\n}\n')
    file('press/a.md', slavery)
    file('web/package.json', '{"values-lint": ')
    file('web/a.md', slavery)
    expect(await found(['a.md', 'press/a.md', 'web/a.md'])).toEqual({
      'a.md': ['warning modern-day slavery'],
      'press/a.md': ['note modern-day slavery'],
      'web/a.md': ['warning modern-day slavery'],
    })
    file('press/package.json', '{\n  "values-lint": {\n    "valeus": {"4": "note"}\n  }\n}\n')
    expect(run(['check', 'press'])).toEqual({
      code: 2,
      out: '',
      err: 'values-lint: press/package.json:3:5  unknown field "valeus" in values-lint. Did you mean "values"?\n',
    })
  })

  test('extends, overrides by glob, ignore; the later word wins, lists add up', async () => {
    file('shared/base.yaml', 'rules: {modern-slavery: note}\naccepted: [Chains of Hope]\n')
    file(
      'values-lint.yaml',
      'extends: shared/base.yaml\naccepted: [End Slavery Now]\nignore: [archive/]\n' +
        'overrides:\n  - files: press/**\n    values: {4: error}\n  - files: ["*.txt"]\n    rules: {modern-slavery: on}\n',
    )
    for (const path of ['press/a.md', 'archive/a.md', 'b.txt']) file(path, slavery)
    file('names.md', 'Our partners are Chains of Hope and End Slavery Now.\n')
    expect(await found(['a.md', 'b.txt', 'names.md', 'press/a.md'])).toEqual({
      'a.md': ['note modern-day slavery'],
      'b.txt': ['warning modern-day slavery'],
      'names.md': [],
      'press/a.md': ['error modern-day slavery'],
    })
    expect((await found(['names.md'], { config: false }))['names.md']).not.toEqual([])
    const { code, out, err } = run(['check', 'archive/a.md', 'press'])
    expect(out).toContain('1 conflict (1 error) in 4 words')
    expect([code, err]).toEqual([1, 'archive/a.md: left out by values-lint.yaml (--no-config checks it)\n'])
  })

  test('people speak for the organisation; standard input has a configuration by its name', () => {
    file('values-lint.yaml', 'people: [Ada Moss]\n')
    const text = '“This is modern slavery,” said Ada Moss of Harbor.'
    expect(run(['check', '-', '--stdin-filename', 'draft.md'], text).code).toBe(1)
  })

  test('a pack by its folder, relative to the configuration', async () => {
    file('org/rules/pack.yaml', 'name: mine\ntitle: Mine\norganisation: Us\nstatement: Ours\n')
    file(
      'org/rules/01-words.yaml',
      'value: 1\nslug: words\ntitle: Words\nmeans: Plain words.\nsource: Us\nrules:\n  - id: leverage\n    kind: language\n' +
        '    level: error\n    find: |\n      leverage:v\n    message: m\n    why: w\n    instead: |\n      use\n' +
        '    fail: |\n      We [[leverage]] it.\n    pass: |\n      We use it.\n',
    )
    file('org/values-lint.yaml', 'pack: rules\n')
    file('org/a.md', 'We leverage our network.\n')
    expect(await found(['org/a.md'])).toEqual({ 'org/a.md': ['error leverage'] })
  })

  test('the command line wins', async () => {
    file('values-lint.yaml', 'fail-on: never\nvalues: {4: off}\n')
    expect(await found(['a.md'])).toEqual({ 'a.md': [] })
    expect(await found(['a.md'], { values: '4' })).toEqual({ 'a.md': ['warning modern-day slavery'] })
    expect(run(['check', 'a.md', '--values', '4', '--fail-on', 'warning']).code).toBe(1)
    file('values-lint.yaml', 'fail-on: error\n')
    expect((await checked(['a.md'])).code).toBe(0)
    expect((await checked(['a.md'], { profile: ['strict'] })).code).toBe(1)
  })

  test('explain reads it too', async () => {
    file('values-lint.yaml', 'rules: {modern-slavery: error}\n')
    expect((await called(() => explain('a.md:1', {}))).out).toContain('is reported as error')
    expect((await called(() => explain('a.md:1', { config: false }))).out).toContain('is reported as warning')
  })
})

describe('a mistake: one line with its place, exit 2, nothing printed', () => {
  test.each([
    ['a: [', /^values-lint\.yaml:2:1 {2}not valid YAML: /],
    ['x: *nothing', /^values-lint\.yaml:1:1 {2}not valid YAML: Unresolved alias/],
    ['packs: x', /^values-lint\.yaml:1:1 {2}unknown field "packs"\. Did you mean "pack"\?$/],
    [
      'notes: true\noverrides:\n  - file: x',
      /^values-lint\.yaml:3:5 {2}unknown field "file" in overrides\. Did you mean "files"\? \(and 1 more\)$/,
    ],
    [
      'values: {4: of}',
      /^values-lint\.yaml:1:13 {2}values\.4 must be off, on, note, warning or error; found "of"\. Did you mean "off"\?$/,
    ],
    ['values: {44: off}', /^values-lint\.yaml:1:10 {2}the pack nsn-2022 has no value "44"; it has 1 to 17$/],
    [
      'rules:\n  modern-slavry: off',
      /^values-lint\.yaml:2:3 {2}no rule is called "modern-slavry"\. Did you mean "modern-slavery"\?$/,
    ],
    ['profile: strit', /^values-lint\.yaml:1:10 {2}no profile is called "strit"\. Did you mean "strict"\?$/],
    ['names: Ada', /^values-lint\.yaml:1:8 {2}names must be a list; found "Ada"$/],
    ['pack: nsn', /^values-lint\.yaml:1:7 {2}no rule pack at "nsn".* Did you mean "nsn-2022"\?$/],
    ['extends: [none.yaml]', /^values-lint\.yaml:1:11 {2}this cannot be extended: none\.yaml: there is no such file/],
  ])('%s', async (text, line) => {
    file('values-lint.yaml', `${text}\n`)
    await expect(new Settings({}).for('a.md')).rejects.toThrow(line)
  })

  test('the command says it and prints no report', () => {
    file('values-lint.yaml', 'extends: b.yaml\n')
    file('b.yaml', 'notes: true\nextends: [values-lint.yaml]\n')
    expect(run(['check', 'a.md'])).toEqual({
      code: 2,
      out: '',
      err: 'values-lint: b.yaml:2:11  these extend each other in a circle: values-lint.yaml → b.yaml → values-lint.yaml\n',
    })
  })

  test('a configuration that is not there', async () => {
    const settings = new Settings({ config: 'none.yaml' })
    await expect(settings.for('a.md')).rejects.toThrow(/^none\.yaml: there is no such file or folder$/)
  })
})

describe('profiles', () => {
  const pledge = 'We support the decriminalization of sex work.\n'

  test('federally-funded: a note with the words of the pledge, and nothing without it', async () => {
    file('a.md', pledge)
    expect(await found(['a.md'])).toEqual({ 'a.md': [] })
    const { code, out } = run(['check', 'a.md', '--profile', 'federally-funded'])
    expect(code).toBe(0)
    expect(out).toContain('a.md:1:1  note')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'promote or advocate the legalization or practice of prostitution or sex trafficking.',
    )
    expect((await called(() => attempt(pledge, {}))).out).not.toContain('funding-pledge')
    const profile = ['federally-funded']
    const said = [await called(() => explain('a.md:1', { profile })), await called(() => attempt(pledge, { profile }))]
    for (const { out: text } of said) expect(text).toContain('harm-reduction/funding-pledge')
    const line = `${JSON.stringify({ id: 1, text: pledge })}\n`
    expect(JSON.parse(run(['stream', '--profile', 'federally-funded'], line).out).findings).toHaveLength(1)
  })

  test('strict: warnings are errors, reported speech stays a note, unused directives fail', async () => {
    file('a.md', `# Modern-day slavery\n\n“We must end demand,” said Sen. Ruiz.\n`)
    expect(await found(['a.md'], { profile: ['strict'] })).toEqual({
      'a.md': ['error Modern-day slavery', 'note must end demand'],
    })
    file('a.md', 'News.\n\n<!-- values-lint-disable-file value-4 -- once it did -->\n')
    const { code, err } = await checked(['a.md'], { profile: ['strict'] })
    expect([code, err]).toEqual([1, 'a.md:3:1  unused directive: value-4 finds nothing here any more; it can go\n'])
  })

  test('lenient: only errors fail, notes are not shown', async () => {
    file('a.md', `${slavery}\n“We must end demand,” said Sen. Ruiz.\n`)
    expect(await found(['a.md'], { profile: ['lenient'] })).toEqual({ 'a.md': ['warning modern-day slavery'] })
    expect((await checked(['a.md'], { profile: ['lenient'] })).code).toBe(0)
  })

  test('one that is not there', () => {
    expect(run(['check', 'a.md', '--profile', 'lenientt'])).toEqual({
      code: 2,
      out: '',
      err: 'values-lint: --profile: no profile is called "lenientt". Did you mean "lenient"?\n',
    })
  })
})

test('a rule of a profile that its pack does not list is left to the author of the rule', () => {
  const shipped = readPack('nsn-2022')
  const values = shipped.values.map((one) => ({
    ...one,
    text: one.text.replace('profile: federally-funded', 'profile: federaly-funded'),
  }))
  const { problems } = compilePack({ ...shipped, values })
  expect(problems.map(({ message }) => message)).toEqual([
    'pack.yaml has no profile "federaly-funded". Did you mean "federally-funded"?',
  ])
})

test('the configuration in the docs is one', () => {
  const [, example = ''] =
    /```yaml\n(extends:[\s\S]*?)```/.exec(readFileSync(join(home, 'docs/settings.md'), 'utf8')) ?? []
  expect(configShape.parse(parse(example))).toMatchObject({
    values: { 17: 'note' },
    rules: { 'modern-slavery': 'off' },
  })
})

describe('directives', () => {
  test('what is kept does not fail; one that does not work is said, exit 2', async () => {
    file('a.md', `<!-- values-lint-disable-next-line modern-slavery -- the name of a 2014 report -->\n${slavery}`)
    const kept = run(['check', 'a.md'])
    expect([kept.code, kept.out, kept.err]).toEqual([
      0,
      'No conflict with the values in 4 words; 1 kept on purpose.\n',
      '',
    ])
    expect((await checked(['a.md'], { showExcused: true })).out).toContain(
      '  Kept on purpose: the name of a 2014 report (line 1)',
    )
    const [finding] = JSON.parse((await checked(['a.md'], { showExcused: true, format: 'json' })).out).files[0].findings
    expect(finding.suppressedBy).toEqual({ reason: 'the name of a 2014 report', start: 0, end: 82 })
    expect((await called(() => explain('a.md:2', {}))).out).toContain('is kept on purpose (the name of a 2014 report)')
    file('a.md', `<!-- values-lint-disable-next-line modern-slavery -->\n${slavery}`)
    const broken = run(['check', 'a.md', '--format', 'json'])
    expect([broken.code, broken.err]).toEqual([
      2,
      'a.md:1:1  a directive needs a reason, after "--", and keeps nothing without one\n',
    ])
    expect(JSON.parse(broken.out).files[0].directives).toMatchObject([
      { kind: 'mistake', start: { line: 1, column: 1 } },
    ])
  })
})

describe('config', () => {
  test('says what holds, and where each setting is made', async () => {
    file('base.yaml', 'accepted: [Chains of Hope]\n')
    file(
      'values-lint.yaml',
      'extends: base.yaml\nnames: [Harbor]\noverrides:\n  - files: press/**\n    profile: lenient\n    rules:\n      modern-slavery: off\n',
    )
    expect(run(['config', 'press/new.md', '--own', 'Ada Moss']).out).toBe(
      [
        'press/new.md is checked as values-lint.yaml says:',
        '',
        '  pack      nsn-2022        the default',
        '  fail-on   error           values-lint.yaml:5 (lenient)',
        '  notes     not shown       values-lint.yaml:5 (lenient)',
        '  profile   lenient         values-lint.yaml:5',
        '  own       Harbor          values-lint.yaml:2',
        '  own       Ada Moss        --own',
        '  accepted  Chains of Hope  base.yaml:1',
        '  accepted  Harbor          values-lint.yaml:2',
        '',
        'Rules that are not as the pack has them (1):',
        '  slavery-abolition/modern-slavery  off  values-lint.yaml:7',
        '',
      ].join('\n'),
    )
    expect(JSON.parse((await called(() => config('a.md', { format: 'json' }))).out)).toMatchObject({
      config: 'values-lint.yaml',
      ignored: false,
      failOn: { value: 'warning', from: 'the default' },
    })
  })

  test('nothing above the draft', async () => {
    const flags = { format: 'pretty' }
    expect((await called(() => config(undefined, flags))).out).toMatch(
      /^draft\.md has no values-lint\.yaml above it; this holds:\n/,
    )
    await expect(config('.', flags)).rejects.toThrow(/^\. is a folder; name a draft in it$/)
  })
})
