/** What a user meets every day: a quiet run, a long one cut short, links, completion, watching, Ctrl-C. */

import { spawn, spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Progress } from '../src/commands/progress.ts'
import { pretty } from '../src/reporters/pretty.ts'
import { Scratch } from './scratch.ts'

const cli = resolve('dist/cli.cjs')
const folder = new Scratch()
afterAll(() => folder.remove())
beforeAll(() => {
  folder.write('bad.md', 'We fight modern-day slavery. We support the Nordic Model.\n')
  folder.write('good.md', 'We met.\n')
})

test('--quiet prints findings and nothing else', () => {
  expect(folder.run('check', 'good.md', '--quiet')).toEqual({ code: 0, out: '', err: '' })
  const { out } = folder.run('check', 'bad.md', '--quiet')
  expect(out).toContain('bad.md:1:10')
  expect(out).not.toContain('conflict (')
})

test('--max-findings: fewer are printed, all count', () => {
  const { code, out } = folder.run('check', 'bad.md', '--max-findings', '1', '--fail-on', 'error')
  expect(code).toBe(1)
  expect(out.match(/^bad\.md:/gm)).toHaveLength(1)
  expect(out.replace(/\s+/g, ' ')).toMatch(/2 conflicts .*; 1 more finding not shown \(--max-findings\)/)
  expect(folder.run('check', '--max-findings', 'many').err).toMatch(/a whole number, such as 20/)
})

test('a place is a link where the terminal takes one', () => {
  const draft = { source: '', blocks: [] }
  const report = {
    version: '1',
    pack: 'p',
    errors: [],
    showExcused: false,
    files: [{ path: 'a.md', draft, findings: [] }],
  }
  expect(pretty(report, { width: 80, colour: false, link: () => 'file:///a.md' })).not.toContain('\u001b')
  const { stdout } = spawnSync(process.execPath, [cli, 'check', 'bad.md', '--quiet'], {
    cwd: folder.folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', FORCE_HYPERLINK: '1' },
  })
  const address = pathToFileURL(join(realpathSync(folder.folder), 'bad.md')).href
  expect(stdout).toContain(`\u001b]8;;${address}\u0007bad.md:1:10\u001b]8;;\u0007  `)
})

test('progress is said on a terminal, after a second, and goes away', () => {
  let shown = ''
  const terminal = { isTTY: true, write: (text: string) => (shown += text) } as unknown as NodeJS.WriteStream
  const clock = Date.now
  try {
    const progress = new Progress(2000, terminal)
    progress.step()
    expect(shown).toBe('')
    Date.now = () => clock() + 1500
    progress.step()
    progress.end()
  } finally {
    Date.now = clock
  }
  expect(shown).toBe('\r2 of 2,000 drafts checked …\r\u001b[K')
})

describe('completion', () => {
  test('bash offers commands, options and the words they take', () => {
    const script = `source <(printf '%s' "$SCRIPT"); offer() { COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _values_lint; echo "\${COMPREPLY[*]}"; }
      offer values-lint base; offer values-lint baseline p; offer values-lint check --fail-on e; offer values-lint check --max; offer values-lint check --config ''`
    const env = { ...process.env, SCRIPT: folder.run('completion', 'bash').out }
    const { stdout, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', env })
    expect([stdout.split('\n'), stderr]).toEqual([['baseline', 'prune', 'error', '--max-findings', '', ''], ''])
  })

  test('zsh and fish get every command', () => {
    for (const shell of ['zsh', 'fish']) {
      const { code, out } = folder.run('completion', shell)
      expect(code).toBe(0)
      for (const command of ['check', 'review', 'baseline', 'completion']) expect(out).toContain(command)
    }
    expect(folder.run('completion', 'powershell').code).toBe(2)
  })
})

/** Runs a command until it has said something, acts, and so on. Gives how it ended and all it said. */
async function talk(
  args: string[],
  steps: [says: RegExp, act: (pid: number) => void][],
): Promise<[number | string, string]> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder.folder, env: { ...process.env, NO_COLOR: '1' } })
  let said = ''
  let all = ''
  const hear = (part: Buffer): void => {
    said += part
    all += part
    const [says, act] = steps[0] ?? []
    if (!says?.test(said)) return
    said = ''
    steps.shift()
    act?.(child.pid as number)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  return await new Promise((done) => child.on('close', (code, signal) => done([code ?? String(signal), all])))
}

const interrupt = (pid: number): void => {
  process.kill(pid, 'SIGINT')
}

test('watch checks again when a draft changes, and ends at Ctrl-C with 130', async () => {
  // The watcher needs a moment after its first word.
  const change = (): void => void setTimeout(() => folder.write('sub/new.md', 'Modern-day slavery is here.\n'), 700)
  folder.write('sub/old.md', 'We met.\n')
  const [end, said] = await talk(
    ['watch', 'sub'],
    [
      [/Waiting for a change/, change],
      [/new\.md:1:1[\s\S]*Waiting for a change/, interrupt],
    ],
  )
  expect(end).toBe(130)
  expect(said.match(/Waiting for a change; Ctrl-C ends\./g)).toHaveLength(2)
})

test('Ctrl-C ends a check as a signal does, which a shell calls 130', async () => {
  const child = spawn(process.execPath, [cli, 'check', '-'], { stdio: ['pipe', 'ignore', 'ignore'] })
  setTimeout(() => child.kill('SIGINT'), 700)
  expect(await new Promise((done) => child.on('close', (_, signal) => done(signal)))).toBe('SIGINT')
})
