/** `stream` in threads: the answers of one thread, in order, at any end of the stream. */

import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-stream-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const threads = (number: number): NodeJS.ProcessEnv => ({ ...process.env, VALUES_LINT_THREADS: String(number) })

const plain = 'We walked to the garden, and the light was soft. '
const lineOf = (id: number): string =>
  JSON.stringify({ id, text: id % 20 ? plain.repeat((id % 30) + 1) : 'We fight modern-day slavery in every county.' })
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => `${lineOf(from + i)}\n`).join('')

test('two threads answer as one does, odd lines too', () => {
  const odd = ['', 'no JSON', '{"id":"x"}', '{"id":1,"text":"a","format":"pdf"}', `"${'x'.repeat(5 * 1024 * 1024)}"`]
  const input = `${lines(0, 1500)}${odd.join('\n')}\n${lines(1500, 1600).trimEnd()}`
  const [one, two] = [1, 2].map((number) => {
    const env = threads(number)
    return spawnSync(process.execPath, ['dist/cli.cjs', 'stream'], { input, env, encoding: 'utf8', maxBuffer: 1 << 28 })
  })
  expect(two?.stdout.split('\n').length).toBe(1605)
  expect(two?.stdout).toBe(one?.stdout)
  expect([one?.status, two?.status]).toEqual([0, 0])
})

test('killed in the middle, it leaves whole lines in order', async () => {
  const path = join(folder, 'answers.jsonl')
  const file = openSync(path, 'w')
  const child = spawn(process.execPath, ['dist/cli.cjs', 'stream'], {
    stdio: ['pipe', file, 'ignore'],
    env: threads(2),
  })
  child.stdin?.on('error', () => {})
  for (let id = 0; readFileSync(path).length < 100_000; id += 500) {
    child.stdin?.write(lines(id, id + 500))
    await wait(20)
  }
  child.kill('SIGKILL')
  closeSync(file)
  const text = readFileSync(path, 'utf8')
  expect(text.endsWith('\n')).toBe(true)
  const ids = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).id)
  expect(ids).toEqual(ids.map((_, i) => i))
})

test('an answer does not wait for the next line', async () => {
  const child = spawn(process.execPath, ['dist/cli.cjs', 'stream'], { env: threads(2) })
  for (let id = 0; id < 3; id++) {
    child.stdin.write(lines(id, id + 1))
    const [data] = await new Promise<[Buffer]>((done) => child.stdout.once('data', (chunk) => done([chunk])))
    expect(JSON.parse(data.toString()).id).toBe(id)
  }
  child.stdin.end()
})
