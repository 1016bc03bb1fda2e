import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect } from 'vitest'
import { check } from '../src/index.ts'
import { loadPack } from '../src/node.ts'
import { type Client, type Diagnostic, positionAt } from './lsp-client.ts'
import { random } from './random.ts'

const drafts = readdirSync('fixtures/drafts')
  .filter((name) => /\.(?:md|txt)$/.test(name) && !name.includes('findings'))
  .map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8'))

/** What people type and paste: words that rules meet, words that excuse, markup, directives, line ends, characters of two units. */
const pieces = [
  'modern-day slavery',
  'We fight the Nordic Model. ',
  'critics say ',
  'not ',
  '“',
  '”',
  '\n',
  '\n\n',
  '\r\n',
  '> ',
  '- ',
  '# ',
  '**',
  '`',
  '| a | b |\n| - | - |\n',
  '🎗️',
  '\u00a0',
  '<!-- values-lint-disable-next-line value-4 -- a title -->\n',
  '[values-lint-disable-file value-12 -- a title]\n',
  '<p>',
  '&amp;',
]

/** Edits between two looks. */
const mostAtOnce = 8

/**
 * Makes random edits in drafts of a server, whose client asks for diagnostics, and in copies, several between two looks as
 * people do. After each look the server's diagnostics are those of a fresh check of the copy. Gives how many there were.
 * `length`: of the drafts at the start, in UTF-16 units.
 */
export async function sameAfterEdits(client: Client, edits: number, seed: number, length = 1e6): Promise<number> {
  const { pack } = loadPack()
  const next = random(seed)
  const pick = (below: number): number => Math.floor(next() * below)
  let found = 0
  const open = (['markdown', 'text', 'html'] as const).map((format, i) => {
    const document = { uri: `untitled:edits-${seed}-${i}`, version: 1 }
    const text = (drafts[pick(drafts.length)] as string).slice(0, length)
    const languageId = format === 'text' ? 'plaintext' : format
    client.tell('textDocument/didOpen', { textDocument: { ...document, languageId, text } })
    return { ...document, format, text }
  })
  for (let done = 0; done < edits; ) {
    const draft = open[pick(open.length)] as (typeof open)[number]
    const contentChanges = []
    for (let i = 1 + pick(mostAtOnce); i > 0; i--, done++) {
      let start = pick(draft.text.length + 1)
      // No editor can name a place between CR and LF.
      while (/\r\n/.test(draft.text.slice(start - 1, start + 1))) start--
      let end = Math.min(draft.text.length, start + (next() < 0.5 ? 0 : pick(next() < 0.1 ? 400 : 20)))
      while (/\r\n/.test(draft.text.slice(end - 1, end + 1))) end++
      const from = pick(2000)
      const pasted = (drafts[pick(drafts.length)] as string).slice(from, from + pick(200))
      const text = next() < 0.3 ? pasted : (pieces[pick(pieces.length)] as string)
      contentChanges.push({ range: { start: positionAt(draft.text, start), end: positionAt(draft.text, end) }, text })
      draft.text = draft.text.slice(0, start) + text + draft.text.slice(end)
    }
    draft.version++
    const textDocument = { uri: draft.uri, version: draft.version }
    client.tell('textDocument/didChange', { textDocument, contentChanges })
    const { items } = await client.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument })
    const findings = items.filter(({ code }) => code !== 'directive')
    expect(findings.map(told), JSON.stringify(draft.text)).toEqual(
      check(draft.text, { pack, format: draft.format }).map(({ rule, level, message, start, end }) =>
        told({
          range: { start: positionAt(draft.text, start.offset), end: positionAt(draft.text, end.offset) },
          severity: { error: 1, warning: 2, note: 3 }[level],
          code: rule,
          message,
        }),
      ),
    )
    found += findings.length
  }
  return found
}

/** Every draft of the fixtures has in the editor what the command reports in it above a note. */
export async function sameAsGolden(client: Client, folder: string, most = 100): Promise<void> {
  const golden = readdirSync('fixtures/drafts').filter((name) => name.endsWith('.findings.txt'))
  for (const name of golden.slice(0, most)) {
    const draft = name.replace('.findings.txt', '')
    const text = readFileSync(`fixtures/drafts/${draft}`, 'utf8')
    const textDocument = { uri: pathToFileURL(join(folder, draft)).href, version: 1 }
    const languageId = draft.endsWith('.md') ? 'markdown' : 'plaintext'
    client.tell('textDocument/didOpen', { textDocument: { ...textDocument, languageId, text } })
    const { items } = await client.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument })
    const lines = readFileSync(`fixtures/drafts/${name}`, 'utf8').split('\n').slice(0, -1)
    expect(
      items
        .filter(({ severity }) => severity < 3)
        .map(({ range: { start }, severity, code }) => {
          return `${start.line + 1}:${start.character + 1}  ${severity === 1 ? 'error  ' : 'warning'}  ${code}`
        }),
      draft,
    ).toEqual(lines.map((line) => /^\S+ +\S+ +\S+/.exec(line)?.[0]))
  }
}

function told({ range: { start, end }, severity, code, message }: Diagnostic): string {
  return `${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code} ${message}`
}
