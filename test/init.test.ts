/** init: what it writes, what it asks, and that it overwrites nothing. */

import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { type InitFlags, init } from '../src/commands/init.ts'
import { configShape } from '../src/config/shape.ts'

const cli = resolve('dist/cli.cjs')
const home = process.cwd()
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'values-lint-init-'))
  process.chdir(folder)
  return () => {
    process.chdir(home)
    rmSync(folder, { recursive: true, force: true })
  }
})
afterAll(() => process.chdir(home))

/** Runs the command where there is no terminal. */
function run(args: string[], options: { cwd?: string; uid?: number } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'init', ...args], {
    cwd: folder,
    encoding: 'utf8',
    input: '',
    ...options,
  })
  return { code: status, out: stdout, err: stderr }
}

const none: InitFlags = { name: [], person: [], accept: [], profile: [] }

/** Answers questions as they come; `undefined` ends the input. */
async function answering(answers: (string | undefined)[], flags: Partial<InitFlags> = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let shown = ''
  output.on('data', (chunk) => {
    shown += chunk
    if (!/[:?\])] $/.test(String(chunk))) return
    const answer = answers.shift()
    if (answer === undefined) return input.end()
    input.write(`${answer}\n`)
    // A terminal shows what is typed.
    shown += `${answer}\n`
  })
  const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const code = await init({ ...none, ...flags }, { input, output })
  said.mockRestore()
  return { code, shown }
}

const written = (path: string): string => readFileSync(join(folder, path), 'utf8')

describe('without a terminal', () => {
  test('flags and defaults; what is written is a configuration, and so are its examples', () => {
    const { code, out, err } = run(['--name', 'Harbor: Light', '--name', 'Yes', '--person', 'Ada Moss'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/^Wrote values-lint\.yaml\.\n/)
    const text = written('values-lint.yaml')
    expect(configShape.parse(parse(text))).toEqual({
      pack: 'nsn-2022',
      names: ['Harbor: Light', 'Yes'],
      people: ['Ada Moss'],
      'fail-on': 'warning',
    })
    // A bare "#" comments an example out.
    const all = configShape.parse(parse(text.replace(/^#(?=\w| {2})/gm, '')))
    const { $schema, extends: _, profile, programmes, notes, ...rest } = configShape.shape
    expect(Object.keys(all).sort()).toEqual(Object.keys(rest).sort())
  })

  test('a workflow and a pre-commit entry, with the version named', () => {
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'))
    expect(run(['--ci', 'github', '--pre-commit']).code).toBe(0)
    const { jobs } = parse(written('.github/workflows/values-lint.yml'))
    expect(jobs['values-lint'].steps.at(-1)).toEqual({ run: `npx --yes values-lint@${version} check .` })
    const [hook] = parse(written('.pre-commit-config.yaml')).repos[0].hooks
    expect(hook).toMatchObject({
      entry: 'values-lint check',
      language: 'node',
      additional_dependencies: [`values-lint@${version}`],
    })
    expect(['a.md', 'b/c.txt', 'd.html', 'md'].filter((path) => new RegExp(hook.files).test(path))).toEqual([
      'a.md',
      'b/c.txt',
    ])
  })

  test('what is there already stays as it is, and what to add is said: exit 2', () => {
    writeFileSync('values-lint.yaml', 'notes: false\n')
    writeFileSync('.gitlab-ci.yml', 'pages: {}\n')
    const { code, out, err } = run(['--ci', 'gitlab', '--pre-commit'])
    expect(code).toBe(2)
    expect(err).toBe(
      'values-lint.yaml is there already and stays as it is.\n' +
        '.gitlab-ci.yml is there already and stays as it is; this is what to add to it.\n',
    )
    expect(out).toContain('    - npx --yes values-lint@')
    expect(out).toContain('Wrote .pre-commit-config.yaml.')
    expect([written('values-lint.yaml'), written('.gitlab-ci.yml')]).toEqual(['notes: false\n', 'pages: {}\n'])
  })

  test('a folder that cannot be written: one line, exit 2, nothing left behind', () => {
    chmodSync(folder, 0o555)
    // Root may write anywhere.
    const { code, out, err } = run([], process.getuid?.() === 0 ? { uid: 65534 } : {})
    chmodSync(folder, 0o755)
    expect([code, out, err]).toEqual([2, '', 'values-lint: cannot write values-lint.yaml: permission denied\n'])
    expect(readdirSync(folder)).toEqual([])
  })

  test('a file where a folder should be; a profile that is not there', async () => {
    writeFileSync('.github', '')
    const said = vi.spyOn(process.stdout, 'write').mockReturnValue(true)
    await expect(init({ ...none, ci: 'github' }, undefined)).rejects.toThrow(/^cannot write \.github\/workflows/)
    said.mockRestore()
    await expect(init({ ...none, profile: ['strct'] }, undefined)).rejects.toThrow('Did you mean "strict"?')
  })
})

describe('on a terminal', () => {
  test('answers become the file; a slip is asked again', async () => {
    const answers = ['Harbor, Harbor Light', '', 'Chains of Hope Gala', 'y', 'warn', 'error', 'gitlab', 'y']
    const { code, shown } = await answering(answers)
    expect(code).toBe(0)
    expect(shown).toContain('One of error, warning, note, never. Did you mean "warning"?')
    for (const line of shown.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    expect(parse(written('values-lint.yaml'))).toEqual({
      pack: 'nsn-2022',
      names: ['Harbor', 'Harbor Light'],
      accepted: ['Chains of Hope Gala'],
      profiles: ['federally-funded'],
      'fail-on': 'error',
    })
    expect(existsSync('.gitlab-ci.yml') && existsSync('.pre-commit-config.yaml')).toBe(true)
  })

  test('what a flag has said is not asked', async () => {
    const flags = { name: ['Harbor'], person: ['Ada Moss'], accept: ['Gala'], profile: ['federally-funded'] }
    const { shown } = await answering(['never', 'none', 'n'], flags)
    expect(shown).not.toMatch(/Names|People|federally/)
    expect(parse(written('values-lint.yaml'))).toMatchObject({ people: ['Ada Moss'], 'fail-on': 'never' })
  })

  test('stopped in the middle: 130, nothing written', async () => {
    const { code, shown } = await answering(['Harbor', undefined])
    expect(code).toBe(130)
    expect(shown).toContain('Stopped; nothing was written.')
    expect(readdirSync(folder)).toEqual([])
  })

  test('nothing is asked for a file that is there already', async () => {
    writeFileSync('values-lint.yaml', '')
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const { code, shown } = await answering([])
    said.mockRestore()
    expect([code, shown]).toEqual([2, ''])
  })
})
