/** What CI services run: the action's script, the files of the kit, and checks in parts. */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { extensions } from '../src/formats/index.ts'
import { Scratch } from './scratch.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

describe("the action's script", () => {
  const [origin, clone] = [new Scratch(), new Scratch()]
  let base = ''
  afterAll(() => {
    origin.remove()
    clone.remove()
  })
  beforeAll(() => {
    origin.git('init', '-q')
    origin.write('a.md', 'We met.\n')
    origin.commit('base')
    base = origin.git('rev-parse', 'HEAD').trim()
    origin.write('a.md', 'We met. We fight modern-day slavery.\n')
    origin.commit('work')
    origin.git('config', 'uploadpack.allowReachableSHA1InWant', 'true')
    clone.git('clone', '-q', '--depth', '1', `file://${origin.folder}`, '.')
    // Says what it was called with, instead of a values-lint.
    clone.write('.git/said.sh', 'printf "%s\\n" "$@"; exit 1\n')
  })

  function script(
    env: Record<string, string>,
    command = `bash ${clone.folder}/.git/said.sh`,
  ): ReturnType<Scratch['run']> {
    const { status, stdout, stderr } = spawnSync('bash', [resolve('ci/action.sh')], {
      cwd: clone.folder,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: clone.folder, VALUES_LINT: command, SARIF: 'out.sarif', ...env },
    })
    return { code: status, out: stdout, err: stderr }
  }

  test('asks for annotations, SARIF and the summary; gives the exit code of the check', () => {
    const { code, out } = script({ PATHS: 'docs\nmy drafts\n', ARGS: '--fail-on=error', GITHUB_STEP_SUMMARY: 's.md' })
    expect([code, out.trim().split('\n')]).toEqual([
      1,
      'check --format github --output sarif:out.sarif --output markdown:s.md --fail-on=error -- docs'
        .split(' ')
        .concat('my drafts'),
    ])
  })

  test('what people wrote is never run', () => {
    script({ PATHS: '$(touch hit)\n`touch hit`; touch hit', ARGS: '"; touch hit', SINCE: 'none' })
    expect(existsSync(join(clone.folder, 'hit'))).toBe(false)
  })

  test('with the command itself: an annotation, a SARIF file, a summary', () => {
    const command = `${process.execPath} ${resolve('dist/cli.cjs')}`
    const { code, out } = script({ SINCE: base, GITHUB_STEP_SUMMARY: join(clone.folder, '.git/summary.md') }, command)
    expect(code).toBe(1)
    expect(out).toMatch(/^::warning .*file=a\.md,line=1/m)
    expect(JSON.parse(clone.read('out.sarif')).runs[0].results).toHaveLength(1)
    expect(clone.read('.git/summary.md')).toContain('modern-day slavery')
  })

  test('fetches the base of the pull request where the checkout does not hold it', () => {
    const { out } = script({ SINCE: base })
    expect(out).toContain(`--since\n${base}\n--\n.\n`)
    const found = clone.run('check', '--since', base, '--', '.')
    expect([found.code, found.out.includes('a.md:1:18')]).toEqual([1, true])
  })
})

describe('the files of the kit', () => {
  const read = (path: string) => parse(readFileSync(path, 'utf8'))

  test('the action runs the script, with every input by way of the environment', () => {
    const { inputs, runs } = read('action.yml')
    expect(runs.using).toBe('composite')
    expect(inputs.version.default).toBe(version)
    const step = runs.steps.find(({ run }: { run?: string }) => run)
    expect(step.run).not.toContain('${{')
    expect(step.shell).toBe('bash')
    for (const name of Object.keys(inputs)) expect(JSON.stringify(runs.steps), name).toContain(`inputs.${name}`)
  })

  test('the hook for pre-commit takes the drafts that a walk takes', () => {
    const [hook] = read('.pre-commit-hooks.yaml')
    expect(hook).toMatchObject({ id: 'values-lint', language: 'node', entry: 'values-lint check' })
    for (const extension of extensions) expect(`a${extension}`).toMatch(new RegExp(hook.files))
    expect('a.png').not.toMatch(new RegExp(hook.files))
  })

  test('the template for GitLab: a job with a code quality report, in a shell that takes it', () => {
    const { 'values-lint': job } = read('ci/gitlab.yml')
    expect(job.variables.VALUES_LINT_VERSION).toBe(version)
    expect(job.script.at(-1)).toContain(`gitlab:${job.artifacts.reports.codequality}`)
    expect(spawnSync('sh', ['-n'], { input: job.script.join('\n') }).status).toBe(0)
  })
})

describe('a check in parts', () => {
  const folder = new Scratch()
  afterAll(() => folder.remove())
  const json = (...args: string[]): number | null =>
    folder.run('check', '.', 'nope.md', '--format', 'json', ...args).code
  beforeAll(() => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) folder.write(`${name}.md`, `We fight modern-day slavery. ${name}.\n`)
    folder.write('f.md', 'The county should adopt the Equality Model.\n')
    folder.write('latin.md', Uint8Array.of(0x63, 0xe9))
    folder.run('baseline', 'write', 'a.md')
  })

  test('merged, it is the same to the letter as the whole, with its exit code', () => {
    expect(json('--output', 'whole.json')).toBe(2)
    for (const part of ['1', '2', '3']) json('--shard', `${part}/3`, '--output', `part-${part}.json`)
    const { code, out } = folder.run('merge', 'part-3.json', 'part-1.json', 'part-2.json')
    expect([code, out]).toEqual([2, folder.read('whole.json')])
  })

  test('a part that is missing, no report, a wrong part: one line, exit 2', () => {
    const said = (...args: string[]): string => {
      const { code, err } = folder.run(...args)
      return code === 2 ? err : `exit ${code}`
    }
    expect(said('merge', 'part-1.json', 'part-3.json')).toBe('values-lint: shard 2 of 3 is missing\n')
    expect(said('merge', 'whole.json')).toMatch(/whole\.json: is a report without --shard/)
    expect(said('merge', 'a.md')).toMatch(/a\.md: is not JSON/)
    expect(said('check', '--shard', '4/3')).toMatch(/a part and the number of parts, such as 2\/5/)
  })
})
