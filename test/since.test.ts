/** Only what changed: the patch as offsets, and the built command in repositories of git. */

import { spawnSync } from 'node:child_process'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changesIn, touches } from '../src/git/patch.ts'
import { Scratch } from './scratch.ts'

/** The sentences of a text that the change from `before` touches, by the patch that git makes of it. */
function touched(before: string, after: string): string[] {
  repo.write('before.txt', before)
  repo.write('after.txt', after)
  const args = ['diff', '--no-index', '--unified=0', 'before.txt', 'after.txt']
  const { stdout } = spawnSync('git', args, { cwd: repo.folder, encoding: 'utf8' })
  const changes = changesIn(stdout, after)
  return [...after.matchAll(/[^.\n]+(?:\n[^.\n]+)*\./g)].flatMap((match) => {
    const start = match.index + (match[0].length - match[0].trimStart().length)
    const span = { start, end: match.index + match[0].length }
    return changes.some((change) => touches(change, span)) ? [after.slice(span.start, span.end)] : []
  })
}

const repo = new Scratch()
afterAll(() => repo.remove())

describe('a change touches', () => {
  test('the one sentence of a long line in which it is', () => {
    expect(touched('One. Two is here. Three.\n', 'One. Two was here. Three.\n')).toEqual(['Two was here.'])
    expect(touched('One. Two is here. Three.\n', 'One. Two here. Three.\n')).toEqual(['Two here.'])
  })

  test('a sentence that lost a line inside, at its start or at its end', () => {
    expect(touched('We do\nnot\nwant it.\n', 'We do\nwant it.\n')).toEqual(['We do\nwant it.'])
    expect(touched('We never say that\nwe want it.\n', 'we want it.\n')).toEqual(['we want it.'])
  })

  test('no sentence where a paragraph beside it went, moved line ends or came new', () => {
    expect(touched('One.\n\nTwo.\n\nThree.\n', 'One.\n\nThree.\n')).toEqual([])
    expect(touched('One.\n\nThree.\n', 'One.\n\nTwo.\n\nThree.\n')).toEqual(['Two.'])
  })

  test('the last line also where no line end follows', () => {
    expect(touched('One.\nTwo', 'One.\nTwo more.')).toEqual(['Two more.'])
  })
})

describe('check --since and --staged', () => {
  const found = (...args: string[]): string[] => {
    const { out, err } = repo.run('check', '--format', 'json', ...args)
    if (!out) throw new Error(err)
    type Found = { path: string; findings: { text: string }[] }
    return JSON.parse(out).files.flatMap(({ path, findings }: Found) => findings.map(({ text }) => `${path}: ${text}`))
  }
  beforeAll(() => {
    repo.git('init', '-q')
    repo.write('.gitignore', 'before.txt\nafter.txt\n.state\n')
    repo.write('a.md', 'We fight modern-day slavery. We met.\n\nMore of it.\n')
    repo.write('sub/b ü.md', 'We met.\n\nWe fight modern-day slavery.\n\nIt rained, and it rained.\n')
    repo.commit('start')
    repo.git('tag', 'start')
    repo.git('checkout', '-q', '-b', 'work')
  })

  test('nothing changed: exit 0', () => {
    expect(repo.run('check', '--since', 'start')).toEqual({
      code: 0,
      out: 'No draft was changed since start.\n',
      err: '',
    })
  })

  test('a sentence that changed, a new draft, a draft that was renamed', () => {
    repo.write('a.md', 'We fight modern-day slavery. We support the Nordic Model.\n\nMore of it.\n')
    repo.write('new.md', 'Modern-day slavery is what we fight.\n')
    renameSync(join(repo.folder, 'sub/b ü.md'), join(repo.folder, 'sub/c ü.md'))
    repo.git('add', 'a.md', 'sub')
    expect(found('--since', 'start')).toEqual(['a.md: We support the Nordic Model', 'new.md: Modern-day slavery'])
    repo.write('a.md', 'Nothing of it.\n')
    expect(found('--staged')).toEqual(['a.md: We support the Nordic Model'])
    expect(repo.run('check', '--staged', 'sub').out).toMatch(
      /^No conflict .* of 1 draft changed in what is staged\.\n$/,
    )
  })

  test('a shallow clone: what it holds is compared, what it lacks is named', () => {
    repo.git('add', 'a.md', 'new.md')
    repo.commit('work')
    const clone = new Scratch()
    clone.git('clone', '-q', '--depth', '1', '--branch', 'work', `file://${repo.folder}`, '.')
    const missing = clone.run('check', '--since', 'start')
    expect(missing).toEqual({
      code: 2,
      out: '',
      err: 'values-lint: --since: this shallow clone does not hold "start"; fetch it: git fetch --depth=100 origin start\n',
    })
    clone.git('fetch', '-q', '--depth=1', 'origin', 'refs/tags/start:refs/tags/start')
    const { code, out, err } = clone.run('check', '--since', 'start')
    expect([code, out.includes('new.md:1:1')]).toEqual([1, true])
    expect(err).toMatch(/^--since: this shallow clone does not reach back .*\n$/)
    clone.remove()
  })

  test('a revision that is not there, no repository, both at once: one line, exit 2', () => {
    const outside = new Scratch()
    outside.write('a.md', 'Text.\n')
    const line = (run: ReturnType<Scratch['run']>): string => (run.code === 2 ? run.err : `exit ${run.code}`)
    expect(line(repo.run('check', '--since', 'nope'))).toBe('values-lint: --since: git knows no revision "nope"\n')
    expect(line(outside.run('check', '--since', 'main'))).toBe(
      'values-lint: --since needs a git repository, and this folder is in none\n',
    )
    expect(line(repo.run('check', '--since', 'start', '--staged'))).toMatch(/exclude each other\n$/)
    expect(line(repo.run('check', '--staged', join(outside.folder, 'a.md')))).toMatch(
      /a\.md is not in this repository\n$/,
    )
    outside.remove()
    rmSync(join(repo.folder, 'after.txt'), { force: true })
  })
})
