/** The built language server, driven over standard input and output as an editor does. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Client, type CodeAction, type Diagnostic, edited, type Position, positionAt } from './lsp-client.ts'
import { sameAfterEdits, sameAsGolden } from './lsp-edits.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-lsp-'))
const uriOf = (name: string): string => pathToFileURL(join(folder, name)).href
const phrase = 'modern-day slavery'
const modern = 'slavery-abolition/modern-slavery'

const clients: Client[] = []
async function started(capabilities: object = {}): Promise<Client> {
  const client = new Client(folder)
  clients.push(client)
  await client.start(folder, capabilities)
  return client
}

function open(client: Client, name: string, text: string, languageId = 'markdown'): string {
  const uri = name.includes(':') ? name : uriOf(name)
  client.tell('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } })
  return uri
}

const codes = (diagnostics: readonly Diagnostic[]): string[] => diagnostics.map(({ code }) => code)
const at = (position: Position) => ({ start: position, end: position })
const actions = (client: Client, uri: string, position: Position, only?: string[]): Promise<CodeAction[]> =>
  client.ask('textDocument/codeAction', {
    textDocument: { uri },
    range: at(position),
    context: { diagnostics: [], ...(only && { only }) },
  })

/** One that is sent diagnostics, and can do little else; one that can do what there is; one that asks for diagnostics. */
let client: Client
let able: Client
let asking: Client
beforeAll(async () => {
  ;[client, able, asking] = await Promise.all([
    started(),
    started({
      textDocument: { hover: { contentFormat: ['markdown', 'plaintext'] } },
      workspace: {
        didChangeWatchedFiles: { dynamicRegistration: true },
        workspaceEdit: { documentChanges: true, snippetEditSupport: true },
      },
      window: { showDocument: { support: true } },
    }),
    started({ textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } }),
  ])
})
afterAll(() => {
  for (const one of clients) one.kill()
  rmSync(folder, { recursive: true, force: true })
})

/** The diagnostics that the asking client gets. */
const asked = async (uri: string): Promise<Diagnostic[]> =>
  (await asking.ask<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })).items

describe('diagnostics', () => {
  test('are sent where they stand, in UTF-16 units, after an emoji too, and follow a change', async () => {
    const uri = open(client, 'emoji.md', `# News\n\n🎗️👩‍👩‍👧 We fight ${phrase} here.\n`)
    const column = '🎗️👩‍👩‍👧 We fight '.length
    expect(await client.sent(uri, 1)).toEqual([
      {
        range: { start: { line: 2, character: column }, end: { line: 2, character: column + phrase.length } },
        severity: 2,
        source: 'values-lint',
        code: modern,
        message: "Slavery's name is used here for trafficking in general.",
      },
    ])
    client.tell('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: at({ line: 0, character: 0 }), text: '🎗️\r\n\r\n' }],
    })
    expect((await client.sent(uri, 2)).map(({ range }) => range.start)).toEqual([{ line: 4, character: column }])
  })

  test('a burst of changes is checked once, at its end', async () => {
    const uri = open(client, 'burst.md', 'We fight \n')
    await client.sent(uri, 1)
    const before = client.received.length
    for (const [i, letter] of [...phrase].entries()) {
      const contentChanges = [{ range: at({ line: 0, character: 9 + i }), text: letter }]
      client.tell('textDocument/didChange', { textDocument: { uri, version: 2 + i }, contentChanges })
    }
    expect(codes(await client.sent(uri, 1 + phrase.length))).toEqual([modern])
    expect(client.received.slice(before)).toHaveLength(1)
  })

  test('a language of a draft is read as what it is; another file is left alone', async () => {
    const html = open(client, 'page.htm', `<p>We fight <b>modern</b>-day slavery.</p><code>${phrase}</code>`, 'html')
    expect(codes(await client.sent(html, 1))).toEqual([modern])
    const text = open(client, 'note.txt', `    We fight ${phrase}.`, 'plaintext')
    expect(codes(await client.sent(text, 1))).toEqual([modern])
    const code = open(client, 'main.ts', `// We fight ${phrase}.`, 'typescript')
    expect(await client.sent(code, 1)).toEqual([])
    const untitled = open(client, 'untitled:Untitled-1', `We fight ${phrase}.`, 'markdown')
    expect(codes(await client.sent(untitled, 1))).toEqual([modern])
  })

  test('a directive keeps a passage; what is wrong with one is said', async () => {
    const keep = '<!-- values-lint-disable-next-line modern-slavery -- a title -->'
    const uri = open(
      client,
      'kept.md',
      `${keep}\nWe fight ${phrase}.\n\n<!-- values-lint-disable modern-slavry -- x -->\n`,
    )
    const [only, ...others] = await client.sent(uri, 1)
    expect([only?.code, only?.message, only?.severity, others]).toEqual([
      'directive',
      'no rule is called "modern-slavry". Did you mean "modern-slavery"?',
      2,
      [],
    ])
  })

  test('are gone when a draft is closed', async () => {
    const uri = open(client, 'closed.md', `We fight ${phrase}.\n`)
    await client.sent(uri, 1)
    client.tell('textDocument/didClose', { textDocument: { uri } })
    const last = await client.until('empty diagnostics', (received) => {
      const params = received.at(-1)?.params as { uri: string; diagnostics: Diagnostic[]; version?: number }
      return params.uri === uri && params.version === undefined ? params : undefined
    })
    expect(last.diagnostics).toEqual([])
  })

  test('are given to a client that asks, and then never sent', async () => {
    const uri = open(asking, 'asked.md', `We fight ${phrase}.\n`)
    expect(codes(await asked(uri))).toEqual([modern])
    asking.tell('workspace/didChangeConfiguration', { settings: {} })
    await asking.until('a wish to be asked again', (received) =>
      received.find(({ method }) => method === 'workspace/diagnostic/refresh'),
    )
    expect(codes(await asked(uri))).toEqual([modern])
    expect(asking.received.map(({ method }) => method)).not.toContain('textDocument/publishDiagnostics')
  })
})

test('two drafts of the fixtures have in the editor what the command reports (all in the long run)', async () => {
  await sameAsGolden(asking, folder, 2)
})

test('60 random edits end in the diagnostics of a fresh check (1,000 in the long run)', async () => {
  expect(await sameAfterEdits(asking, 60, 7, 1200)).toBeGreaterThan(20)
})

describe('hover', () => {
  test('says what is the matter, why, why here, what instead, and the value', async () => {
    const uri = open(able, 'hover.md', `We fight ${phrase} in every county.\n`)
    const hover = (character: number) =>
      able.ask<{ contents: { kind: string; value: string } } | null>('textDocument/hover', {
        textDocument: { uri },
        position: { line: 0, character },
      })
    expect(await hover(2)).toBeNull()
    const { kind, value } = (await hover(12))?.contents ?? { kind: '', value: '' }
    expect(kind).toBe('markdown')
    expect(value).toMatch(/^\*\*Slavery's name is used here for trafficking in general\.\*\*\n\n/)
    expect(value).toMatch(/carries a history/)
    expect(value).toMatch(/Read as the author's own voice: “We fight …”/)
    expect(value).toMatch(/Instead:\n- human trafficking\n- /)
    expect(value).toMatch(/Value 4, No slavery or abolition language · `slavery-abolition\/modern-slavery`$/)
  })
})

describe('actions', () => {
  test('each wording that fits replaces the passage; the rule prefers its first where it says so', async () => {
    const text = `# News\n\nToday 🎗️ we fight ${phrase}.\n`
    const uri = open(client, 'replace.md', text)
    const all = await actions(client, uri, positionAt(text, text.indexOf('day slavery')))
    const wordings = all.filter(({ title }) => title.startsWith('Write'))
    expect(wordings.map(({ title }) => title)).toEqual(expect.arrayContaining(['Write “human trafficking”']))
    expect(wordings.map(({ kind, diagnostics }) => [kind, codes(diagnostics ?? [])])).toEqual(
      wordings.map(() => ['quickfix', [modern]]),
    )
    expect(edited(text, wordings[0] as CodeAction, uri)).toBe('# News\n\nToday 🎗️ we fight human trafficking.\n')
    expect(await actions(client, uri, { line: 0, character: 1 })).toEqual([])
    expect(await actions(client, uri, { line: 2, character: 22 }, ['source.fixAll'])).toEqual([])
  })

  test('no wording takes markup out of a passage', async () => {
    const text = `We fight modern-**day** [slavery](https://example.org) now.\n`
    const uri = open(client, 'markup.md', text)
    const titles = (await actions(client, uri, { line: 0, character: 12 })).map(({ title }) => title)
    expect(titles).toEqual(['Keep “modern-day slavery” and write a reason', expect.stringMatching(/^About this rule/)])
  })

  test.each([
    ['a paragraph', 'k1.md', 'markdown', `News.\n\nWe fight ${phrase}.\n`],
    [
      'a later line of a paragraph',
      'k2.md',
      'markdown',
      `We work in every county,\nand fight ${phrase} there,\nevery day.\n`,
    ],
    ['a list item', 'k3.md', 'markdown', `Our work:\n\n- We walk.\n- We fight ${phrase}.\n- We rest.\n`],
    ['a table', 'k4.md', 'markdown', `| a | b |\n| - | - |\n| We fight ${phrase} | c |\n`],
    ['a block quotation', 'k5.md', 'markdown', `> We fight\n> ${phrase}.\n`],
    ['a heading', 'k6.md', 'markdown', `# We fight ${phrase}\n\nNews.\n`],
    ['CRLF and a byte order mark', 'k7.md', 'markdown', `\uFEFFWe fight ${phrase}.\r\n\r\nNews.\r\n`],
    ['plain text', 'k8.txt', 'plaintext', `We work in every county,\nand fight ${phrase} there.\n`],
    ['HTML', 'k9.html', 'html', `<ul>\n  <li>We fight ${phrase}.</li>\n</ul>\n`],
  ])('a passage is kept with a reason: %s', async (_, name, language, text) => {
    const uri = open(asking, name, text, language)
    expect(codes(await asked(uri))).toEqual([modern])
    const all = await actions(asking, uri, positionAt(text, text.indexOf(phrase) + 1))
    const without = edited(text, all.find(({ title }) => title.startsWith('Keep')) as CodeAction, uri)
    const change = (version: number, changed: string): void =>
      asking.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text: changed }] })
    change(2, without)
    const said = await asked(uri)
    expect(codes(said).sort()).toEqual(['directive', modern])
    expect(said.map(({ message }) => message).join()).toContain('a directive needs a reason')
    change(3, without.replace(' -- ', ' -- the name of a law '))
    expect(await asked(uri)).toEqual([])
  })

  test('a client with snippets gets the cursor where the reason goes', async () => {
    const uri = open(able, 'snippet.md', `We fight ${phrase}.\n`)
    const keep = (await actions(able, uri, { line: 0, character: 12 })).find(({ title }) => title.startsWith('Keep'))
    expect(keep?.edit?.documentChanges?.[0]?.edits[0]?.snippet).toEqual({
      kind: 'snippet',
      value: `<!-- values-lint-disable-next-line modern-slavery -- \${1} -->\n`,
    })
  })

  test('the rule is shown as a page of its own, which is no draft', async () => {
    const uri = open(able, 'about.md', `We fight ${phrase}.\n`)
    const { command } = (await actions(able, uri, { line: 0, character: 12 })).at(-1) ?? {}
    await able.ask('workspace/executeCommand', command)
    const shown = able.received.find(({ method }) => method === 'window/showDocument')?.params as { uri: string }
    const text = readFileSync(fileURLToPath(shown.uri), 'utf8')
    expect(text).toMatch(/^slavery-abolition\/modern-slavery {2}warning/)
    expect(await able.sent(open(able, shown.uri, text, 'plaintext'), 1)).toEqual([])
  })
})

describe('configuration', () => {
  test('is read, read again when it changes, and its mistakes are said where people look', async () => {
    const config = join(folder, 'values-lint.yaml')
    const change = (text: string): void => {
      writeFileSync(config, text)
      able.received.length = 0
      able.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(config).href, type: 2 }] })
    }
    try {
      const registered = await able.until('a watch', (received) =>
        received.find(({ method }) => method === 'client/registerCapability'),
      )
      expect(JSON.stringify(registered.params)).toContain('**/*.{yaml,yml}')
      const uri = open(able, 'configured.md', `We fight ${phrase}.\n`)
      expect(codes(await able.sent(uri, 1))).toEqual([modern])
      change('rules: {modern-slavery: error}\n')
      expect((await able.sent(uri, 1)).map(({ severity }) => severity)).toEqual([1])
      change('rulez: {}\n')
      expect((await able.sent(uri, 1)).map(({ code, message }) => `${code} ${message}`)).toEqual([
        'not-checked Not checked: values-lint.yaml:1:1 unknown field "rulez". Did you mean "rules"?',
      ])
      change('ignore: [configured.md]\n')
      expect(await able.sent(uri, 1)).toEqual([])
      change('{}\n')
      expect(codes(await able.sent(uri, 1))).toEqual([modern])
    } finally {
      rmSync(config)
    }
  })
})

describe('the end', () => {
  test('what is no message does not end it', async () => {
    const uri = open(client, 'still.md', `We fight ${phrase}.\n`)
    client.raw('Content-Length: 12\r\n\r\n{"jsonrpc": ')
    client.raw('Content-Length: 5\r\n\r\n\u0000\u0001[{]')
    client.raw('Content-Length: 2\r\n\r\n42')
    client.raw('Content-Length: 4\r\n\r\nnull')
    client.raw('Content-Length: 2\r\n\r\n[]')
    client.tell('textDocument/didChange', { nothing: true })
    client.tell('textDocument/didChange', { textDocument: { uri: 7 }, contentChanges: 'x' })
    client.tell('textDocument/didOpen', { textDocument: null })
    client.tell('no/such', [1, 2])
    await expect(client.ask('textDocument/hover', { textDocument: { uri: 'file://%zz' } })).resolves.toBeNull()
    await expect(client.ask('textDocument/hover', 12)).rejects.toThrow()
    await expect(client.ask('no/such')).rejects.toThrow()
    await expect(
      client.ask('workspace/executeCommand', { command: 'values-lint.explain', arguments: [uri, '../x'] }),
    ).rejects.toThrow(/no rule is called/)
    expect(codes(await client.sent(uri, 1))).toEqual([modern])
  })

  test('0 after a shutdown; 1 for an exit without one, and for an editor that goes away', async () => {
    expect(await client.stop()).toBe(0)
    asking.tell('exit')
    expect(await asking.exit).toBe(1)
    able.leave()
    expect(await able.exit).toBe(1)
  })
})
