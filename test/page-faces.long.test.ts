/** One engine, four faces: the library, the command, the editor and the page find the same in every draft of the fixtures. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { check, type JsonFinding } from '../src/index.ts'
import { Client, type Diagnostic } from './lsp-client.ts'
import { pack } from './pack.ts'
import { browserMissing, launch, openPage } from './page-browser.ts'
import { expectSame } from './page-findings.ts'

const drafts = readdirSync('fixtures/drafts').filter((name) => /(?<!findings)\.(?:md|txt)$/.test(name))
const folder = mkdtempSync(join(tmpdir(), 'values-lint-faces-'))
const client = new Client(folder)
afterAll(() => {
  client.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** `line:column rule` of each finding, lines and columns from 1. */
type Spots = string[]

test.skipIf(browserMissing)('library, command, editor and page find the same in all drafts', async () => {
  await client.start(folder, { textDocument: { diagnostic: {} } })
  const browser = await launch()
  const { page, strays } = await openPage(browser)
  const byCommand = command()
  expect(drafts.length).toBeGreaterThan(10)
  for (const name of drafts) {
    const source = readFileSync(`fixtures/drafts/${name}`, 'utf8')
    const format = name.endsWith('.txt') ? 'text' : 'markdown'
    const wanted = check(source, { pack, format }).map(spot)
    expect(byCommand.get(name), `command, ${name}`).toEqual(wanted)
    expect(await inEditor(name, source, format === 'text' ? 'plaintext' : format), `editor, ${name}`).toEqual(
      [...wanted].sort(),
    )
    await expectSame(page, name, source)
  }
  expect(strays).toEqual([])
  await browser.close()
})

function spot({ rule, start }: JsonFinding): string {
  return `${start.line}:${start.column} ${rule}`
}

function command(): Map<string, Spots> {
  const paths = drafts.map((name) => `fixtures/drafts/${name}`)
  const run = spawnSync(process.execPath, ['dist/cli.cjs', 'check', ...paths, '--format', 'json'], { encoding: 'utf8' })
  const { files } = JSON.parse(run.stdout) as { files: { path: string; findings: JsonFinding[] }[] }
  return new Map(files.map(({ path, findings }) => [path.slice('fixtures/drafts/'.length), findings.map(spot)]))
}

async function inEditor(name: string, text: string, languageId: string): Promise<Spots> {
  const uri = pathToFileURL(join(folder, name)).href
  client.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
  const { items } = await client.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })
  return items.map(({ range: { start }, code }) => `${start.line + 1}:${start.character + 1} ${code}`).sort()
}
