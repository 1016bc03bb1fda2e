/** A cache gives what a check would give, whatever changed since and whatever became of its files. */

import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { Cache } from '../src/cache.ts'
import type { Checked } from '../src/commands/check-source.ts'
import { readAndCheck } from '../src/commands/read-and-check.ts'
import type { CheckOptions } from '../src/core/check.ts'
import { smallPack } from './small-pack.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-cache-'))
afterAll(() => rmSync(folder, { recursive: true }))
const source = 'Our shiny chairs are here.\n'

/** How many times the cache had to check. */
async function checks(text: string, options: CheckOptions = {}, fingerprint = 'a'): Promise<number> {
  let times = 0
  const check = async (): Promise<Checked> => {
    times++
    return readAndCheck(text, 'markdown', smallPack, options)
  }
  const given = await new Cache(join(folder, 'unit'), smallPack, fingerprint).through(text, 'markdown', options, check)
  expect(given.findings).toEqual(readAndCheck(text, 'markdown', smallPack, options).findings)
  return times
}

test('what is known is not checked again; a change of text, options or rules is', async () => {
  expect(await checks(source)).toBe(1)
  expect(await checks(source)).toBe(0)
  expect(await checks(`${source}And shiny chairs.`)).toBe(1)
  expect(await checks(source, { accepted: ['shiny chairs'] })).toBe(1)
  expect(await checks(source, {}, 'b')).toBe(1)
  expect(await checks(source)).toBe(0)
})

test('torn and foreign files are not believed', async () => {
  await checks(source)
  for (const name of readdirSync(join(folder, 'unit'))) truncateSync(join(folder, 'unit', name), 40)
  expect(await checks(source)).toBe(1)
  for (const name of readdirSync(join(folder, 'unit')))
    writeFileSync(join(folder, 'unit', name), `${'0'.repeat(32)}\n{"blocks":[],"findings":[]}`)
  expect(await checks(source)).toBe(1)
  expect(await checks(source)).toBe(0)
})

test('the command reports the same from the cache, also where two runs share it', async () => {
  const command = ['dist/cli.cjs', 'check', 'fixtures/drafts/press-release-gala.md', '--fail-on', 'never']
  const cached = [...command, '--cache', '--cache-location', join(folder, 'runs')]
  const plain = spawnSync(process.execPath, command, { encoding: 'utf8' }).stdout
  const run = (): Promise<string> =>
    new Promise((resolve) => {
      let text = ''
      const child = spawn(process.execPath, cached)
      child.stdout.on('data', (part) => {
        text += part
      })
      child.on('close', () => resolve(text))
    })
  expect(await Promise.all([run(), run()])).toEqual([plain, plain])
  expect(await run()).toBe(plain)
  for (const name of readdirSync(join(folder, 'runs')))
    expect(readFileSync(join(folder, 'runs', name), 'utf8')).toMatch(/^[\da-f]{32}\n/)
})
