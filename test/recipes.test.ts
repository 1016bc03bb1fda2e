/**
 * What the docs show is what the command prints. In these pages a fenced block with a file's name writes the file, one of `diff`
 * changes it, and one of `console` holds a command and its output.
 */

import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { expect, test } from 'vitest'

const cli = resolve('dist/cli.cjs')

test.each(['README.md', 'docs/recipes/own-values.md'])('%s shows what is printed', (page) => {
  const folder = mkdtempSync(join(tmpdir(), 'values-lint-recipe-'))
  let commands = 0
  for (const [, language, file = '', content = ''] of readFileSync(page, 'utf8').matchAll(
    /^```(\w+) ?(\S*)\n([\s\S]*?)^```$/gm,
  )) {
    const path = join(folder, file)
    if (language === 'console') {
      commands++
      expect(printed(content, folder)).toBe(content)
    } else if (file && language === 'diff') {
      const [before, after] = ['-', '+'].map((sign) => new RegExp(`^\\${sign}(.*)$`, 'm').exec(content)?.[1] as string)
      const text = readFileSync(path, 'utf8')
      expect(text).toContain(before)
      writeFileSync(path, text.replace(before as string, after as string))
    } else if (file) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
    }
  }
  rmSync(folder, { recursive: true })
  expect(commands).toBeGreaterThan(0)
})

/** A block of `console` as it should be: its command, and what the command prints. */
function printed(block: string, folder: string): string {
  const command = /^\$ values-lint (.+)\n/.exec(block)?.[1] as string
  const { stdout, stderr } = spawnSync(process.execPath, [cli, ...command.split(' ')], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  })
  return `$ values-lint ${command}\n${stdout}${stderr}`
}
