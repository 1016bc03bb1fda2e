/** One letter in every format that is read (fixtures/letters, made by `npm run letters`): the same findings. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { reportShape } from '../src/core/schema.ts'

const folder = 'fixtures/letters'
const files = readdirSync(folder).map((name) => `${folder}/${name}`)

const scratch = mkdtempSync(join(tmpdir(), 'letters-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const [sarifFile, htmlFile] = [join(scratch, 'letters.sarif'), join(scratch, 'letters.html')]
const flags = ['--format', 'json', '--show-excused', '--output', `sarif:${sarifFile}`, '--output', `html:${htmlFile}`]
const { stdout, stderr } = spawnSync(process.execPath, ['dist/cli.cjs', 'check', ...files, ...flags], {
  encoding: 'utf8',
})
const report = reportShape.parse(JSON.parse(stdout))
const found = new Map(report.files.map(({ path, findings }) => [path.slice(folder.length + 1), findings]))
const told = (name: string): string[] =>
  (found.get(name) ?? []).map(({ rule, text, outcome, level }) => `${rule}: ${text} (${outcome}, ${level})`)

test('the letter has findings of each outcome', () => {
  expect(stderr).toBe('')
  expect([...found.keys()].sort()).toEqual([
    'html.eml',
    'letter.docx',
    'letter.eml',
    'letter.html',
    'letter.md',
    'letter.mdx',
    'letter.odt',
    'letter.txt',
    'tagged.pdf',
    'untagged.pdf',
  ])
  expect(told('letter.md').length).toBeGreaterThan(5)
  expect(told('letter.md').filter((one) => one.includes('(excused'))).not.toEqual([])
})

test.each([...found.keys()])('%s has the findings of letter.md', (name) => {
  expect(told(name)).toEqual(told('letter.md'))
})

test('mails and PDFs name the paragraph, the heading and the page', () => {
  const place = (name: string) => found.get(name)?.find(({ text }) => text === 'adopt the Equality Model')?.place
  // The first paragraph of a mail is its subject.
  expect(place('letter.eml')).toEqual({ part: 'body', heading: 'What we ask for', paragraph: 7, offset: 18 })
  for (const name of ['tagged.pdf', 'untagged.pdf'])
    expect(place(name)).toEqual({ part: 'body', heading: 'What we ask for', paragraph: 6, page: 1, offset: 18 })
})

test('SARIF and HTML locate them as people look for them', () => {
  const { runs } = JSON.parse(readFileSync(sarifFile, 'utf8')) as { runs: { results: Result[] }[] }
  const named = runs[0]?.results
    .filter(({ ruleId, level }) => ruleId === 'end-demand/model-promoted' && level === 'error')
    .map(({ locations: [location] }) => [
      location?.physicalLocation.artifactLocation.uri.split('/').at(-1),
      location?.logicalLocations[0]?.fullyQualifiedName,
    ])
  expect(Object.fromEntries(named ?? [])).toMatchObject({
    'tagged.pdf': 'under “What we ask for”, paragraph 6',
    'letter.eml': 'under “What we ask for”, paragraph 7',
  })
  const html = readFileSync(htmlFile, 'utf8')
  for (const name of ['letter.eml', 'letter.mdx', 'tagged.pdf']) expect(html).toContain(name)
  // What a card calls paragraph 6 has that number in the margin, and the headings count; a PDF has no lines.
  const page = html
    .slice(html.indexOf('tagged.pdf</h2>'), html.indexOf('untagged.pdf</h2>'))
    .replace(/<span class="unseen">[^<]*<\/span>/g, '')
  expect(page).toMatch(/<p class="number">6<\/p><p>The county should /)
  expect(page).toContain('<span class="small">paragraph 6, page 1</span>')
})

interface Result {
  ruleId: string
  level: string
  locations: {
    physicalLocation: { artifactLocation: { uri: string } }
    logicalLocations: { fullyQualifiedName: string }[]
  }[]
}
