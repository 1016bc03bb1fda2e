/** Where a run begins: what it answers alone is what the whole program says. */

import { spawnSync } from 'node:child_process'
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { fingerprintBuilt, packBytes, readCompiled } from '../src/files.ts'
import { fingerprint } from '../src/fingerprint.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-cold-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function run(args: string[], columns = '80'): object {
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('dist/cli.cjs'), 'check', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: columns },
  })
  return { status, stdout, stderr }
}

const alike = (args: string[], columns?: string): object => {
  const front = run(args, columns)
  // A flag that makes no difference, but is not one of those that the front knows.
  expect(front, args.join(' ')).toEqual(run([...args, '--cache-location', 'nowhere'], columns))
  return front
}

const file = (name: string, content: string): void => writeFileSync(join(folder, name), content)

const clean = 'We went to the garden, and *the light* was soft.\n\n- Beans.\n- Peas, and `more()`.\n'

describe('the front and the whole program say the same', () => {
  file('clean.md', clean)
  file('clean.txt', clean)
  file('empty.md', '')
  file('bad.md', 'We fight modern-day slavery in every county.\n')
  file('directive.md', `${clean}\n<!-- values-lint-disable-line no/such -->\n`)
  file('latin1.md', 'x')
  writeFileSync(join(folder, 'latin1.md'), Buffer.from([0x63, 0xe9, 0x0a]))

  test('a clean draft', () => {
    expect(alike(['clean.md'])).toEqual({
      status: 0,
      stdout: 'No conflict with the values in 14 words.\n',
      stderr: '',
    })
  })

  test.each([
    ['clean.md', 'clean.txt', 'clean.md'],
    ['empty.md'],
    ['clean.md', 'bad.md', '--show-excused'],
    ['directive.md'],
    ['latin1.md'],
    ['clean.md', '--fail-on', 'error'],
    ['clean.md', '--fail-on', 'nonsense'],
    ['clean.md', '--alignment'],
  ])('%s %s %s', (...args) => {
    alike(args.filter((word) => word !== undefined))
  })

  test('on a narrow terminal', () => {
    alike(['clean.md'], '30')
  })

  test('where a configuration or a baseline holds', () => {
    mkdirSync(join(folder, 'own/.git'), { recursive: true })
    file('own/clean.md', clean)
    file('own/values-lint.yaml', 'pack: nowhere\n')
    expect(alike(['own/clean.md'])).toMatchObject({ status: 2 })
    rmSync(join(folder, 'own/values-lint.yaml'))
    file('own/.values-lint-baseline.json', '{')
    expect(alike(['own/clean.md'])).toMatchObject({ status: 2 })
  })
})

describe('a package of the front and its pack alone', () => {
  const alone = join(folder, 'package')
  const clean = join(folder, 'clean.md')
  const check = (path: string): { status: number | null; stdout: string; stderr: string } =>
    spawnSync(process.execPath, [join(alone, 'dist/cli.cjs'), 'check', path], { encoding: 'utf8' })
  cpSync('rules', join(alone, 'rules'), { recursive: true })
  cpSync('package.json', join(alone, 'package.json'))
  for (const name of ['cli', 'rolldown-runtime', 'base', 'gate'])
    cpSync(`dist/${name}.cjs`, join(alone, `dist/${name}.cjs`))
  cpSync('dist/kernel.wasm', join(alone, 'dist/kernel.wasm'))
  cpSync('dist/packs', join(alone, 'dist/packs'), { recursive: true })

  test('answers for a clean draft, and asks for the rest of the program for another', () => {
    expect(check(clean)).toMatchObject({ status: 0, stdout: 'No conflict with the values in 14 words.\n' })
    expect(check(join(folder, 'bad.md')).stderr).toContain('check.cjs')
  })

  test('does not answer once a rule is newer than the build, or longer', () => {
    const rule = join(alone, 'rules/nsn-2022/12-end-demand.yaml')
    const old = new Date('2020-01-01')
    appendFileSync(rule, '\n')
    utimesSync(rule, old, old)
    expect(check(clean).stderr).toContain('check.cjs')
    cpSync('rules/nsn-2022/12-end-demand.yaml', rule)
    utimesSync(rule, old, old)
    expect(check(clean).status).toBe(0)
    const soon = new Date(Date.now() + 60_000)
    utimesSync(rule, soon, soon)
    expect(check(clean).stderr).toContain('check.cjs')
  })
})

test('the build knows its pack by the content of the rules', () => {
  const built = fingerprintBuilt('nsn-2022')
  expect(built).toBe(fingerprint(packBytes('nsn-2022')))
  expect(readCompiled(built as string)?.first.length).toBeGreaterThan(1e5)
})
