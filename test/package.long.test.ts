/** The package as it is published: packed, installed into an empty folder, small, and working from there. */

import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-package-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

beforeAll(() => {
  const options: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }
  const archive = execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], options).trim()
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', `./${archive}`], { ...options, cwd: folder })
}, 120_000)

const installed = (): string[] =>
  readdirSync(join(folder, 'node_modules'), { recursive: true, encoding: 'utf8' }).map((name) =>
    join(folder, 'node_modules', name),
  )

test('it is one package of at most 20 MB, with the notices of what it holds', () => {
  expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['values-lint'])
  const bytes = installed().reduce((sum, path) => sum + (statSync(path).isFile() ? statSync(path).size : 0), 0)
  expect(bytes).toBeLessThan(20_000_000)
  expect(installed().some((path) => path.endsWith('THIRD-PARTY.txt'))).toBe(true)
})

test('the command works', () => {
  writeFileSync(join(folder, 'draft.md'), 'We fight modern-day slavery.\n')
  const { status, stdout } = spawnSync('npx', ['values-lint', 'check', 'draft.md'], { cwd: folder, encoding: 'utf8' })
  expect(stdout).toContain('draft.md:1:10  warning')
  expect(status).toBe(1)
})

test('the library works', () => {
  writeFileSync(
    join(folder, 'use.js'),
    `import { check } from 'values-lint'
     import { loadPack } from 'values-lint/node'
     const { pack } = loadPack('nsn-2022')
     console.log(check('We fight modern-day slavery.', { pack }).map(({ text }) => text).join())`,
  )
  expect(execFileSync(process.execPath, ['use.js'], { cwd: folder, encoding: 'utf8' })).toBe('modern-day slavery\n')
})
