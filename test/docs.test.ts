/** The docs: what is generated is fresh, and every link leads somewhere. */

import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'
import { accuracyPage, valuePages } from '../scripts/pages.mjs'
import { loadPack } from '../src/node.ts'

const { pack } = loadPack('nsn-2022')
const read = (path: string): string => readFileSync(path, 'utf8')

test('the pages of the values are what the rules say (`npm run docs`)', () => {
  const pages = valuePages(pack)
  expect(readdirSync('docs/values').map((name) => `docs/values/${name}`)).toEqual([...pages.keys()].sort(inOrder))
  for (const [path, text] of pages) expect(read(path) === text, `${path} is not fresh: npm run docs`).toBe(true)
})

const inOrder = (a: string, b: string): number => (a < b ? -1 : 1)

test('every rule has its section, with its examples as a quotation', () => {
  const pages = valuePages(pack)
  for (const { id, kind, value } of pack.rules) {
    if (kind === 'affirmation') continue
    const path = [...pages.keys()].find((one) => one.endsWith(`-${value.slug}.md`)) as string
    const section = pages
      .get(path)
      ?.split('\n## ')
      .find((one) => one.startsWith(`${id.split('/')[1]}\n`))
    expect(section, id).toMatch(/\nFound:\n\n(> .*\n)*> .*\*\*.+\*\*/)
  }
})

test('explain names the page of a rule that ships, and none for a rule of somebody else', () => {
  const explained = (...args: string[]): string =>
    spawnSync(process.execPath, ['dist/cli.cjs', 'explain', ...args], { encoding: 'utf8' }).stdout
  const [, path = '', anchor] = /^ {2}(docs\/.+)#(.+)$/m.exec(explained('model-promoted')) ?? []
  expect(anchors(path)).toContain(anchor)
  expect(anchor).toBe('model-promoted')
  const other = explained('modern-slavery', '--pack', 'rules/nsn-2022')
  expect(other).toContain('Value 4')
  expect(other).not.toContain('docs/')
})

const figures = (source: string): string =>
  accuracyPage(source, JSON.parse(read('fixtures/passages/results.json')), read('fixtures/passages/ROUNDS.md'), pack)

test('the figures of the accuracy page are those that are stored (`npm run docs`)', () => {
  const page = read('docs/accuracy.md')
  expect(figures(page)).toBe(page)
  expect(page.match(/<!-- figures: \w+ -->/g)).toHaveLength(5)
  expect(figures(page.replace(/\d+ of \d+/, '1 of 1'))).toBe(page)
})

const pages = ['README.md', 'rules/README.md', ...markdownIn('docs')]

function markdownIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
}

test.each(pages)('%s: every link leads to a file and a heading', (path) => {
  const prose = read(path).replace(/^```[\s\S]*?^```$|^ {4}.*$|`[^`\n]*`(?!\])/gm, '')
  for (const [, target = ''] of prose.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^https?:/.test(target)) continue
    const [file = '', anchor] = target.split('#')
    const other = file ? normalize(join(dirname(path), file)) : path
    expect(existsSync(other), `${path} links to ${target}`).toBe(true)
    if (anchor) expect(anchors(other), `${path} links to ${target}`).toContain(anchor)
  }
})

/** The anchors that Markdown sites make of a page's headings. */
function anchors(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

const command = /(?:^ {4}|^\$ |`)values-lint ([a-z]+)((?: [^\n`|#]*)?)/gm

test('every command and option that the docs name is there', () => {
  const help = (...args: string[]): string =>
    spawnSync(process.execPath, ['dist/cli.cjs', ...args, '--help'], { encoding: 'utf8' }).stdout
  const known = new Map<string, string>()
  const commands = [...help().matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name as string)
  for (const path of pages) {
    for (const [, name = '', rest = ''] of code(path).matchAll(command)) {
      if (!commands.includes(name)) throw new Error(`${path}: values-lint has no command "${name}"`)
      if (!known.has(name)) known.set(name, help(name))
      for (const [option] of rest.matchAll(/--[a-z-]+/g)) {
        expect(known.get(name), `${path}: values-lint ${name} ${option}`).toMatch(new RegExp(`${option}\\b`))
      }
    }
  }
  expect(known.size).toBeGreaterThan(8)
})

/** The code of a page: blocks and spans. */
function code(path: string): string {
  return [...read(path).matchAll(/^ {4}.*$|^```[\s\S]*?^```$|`[^`\n]+`/gm)].map(([text]) => text).join('\n')
}
