/** The plugin for unified, with remark and retext, and the library and the plugin without Node. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build } from 'esbuild'
import { remark } from 'remark'
import { retext } from 'retext'
import { VFile } from 'vfile'
import { afterAll, expect, test } from 'vitest'
import { readPack } from '../src/files.ts'
import { check } from '../src/index.ts'
import { loadPack } from '../src/node.ts'
import remarkPure from '../src/remark.ts'
import remarkValuesLint from '../src/remark-node.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-remark-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const { pack } = loadPack()
const text = '# News\n\n🎗️ We fight modern-day slavery.\n'

test('remark: a message with its rule, place, passage, wordings and note', async () => {
  const { messages } = await remark().use(remarkValuesLint).process({ path: 'news.md', value: text })
  expect(messages).toHaveLength(1)
  const [message] = messages
  const start = text.indexOf('modern')
  expect(message).toMatchObject({
    reason: "Slavery's name is used here for trafficking in general.",
    ruleId: 'slavery-abolition/modern-slavery',
    source: 'values-lint',
    fatal: false,
    actual: 'modern-day slavery',
    place: {
      start: { line: 3, column: 14, offset: start },
      end: { line: 3, column: 32, offset: start + 'modern-day slavery'.length },
    },
  })
  expect(message?.expected?.[0]).toBe('human trafficking')
  expect(message?.note).toMatch(/carries a history.*\n.*own voice.*\nInstead: human trafficking · .*\nValue 4, /)
})

test('remark: the findings of the API, level by level, for drafts; directives are heard, and their mistakes said', async () => {
  const value = readFileSync('fixtures/drafts/policy-memo-demand-reduction.md', 'utf8').slice(0, 3500)
  const memo = await remark().use(remarkPure, { pack }).process({ path: 'memo.md', value })
  const levels = { error: true, warning: false, note: undefined }
  expect(memo.messages.map(({ ruleId, place, fatal, reason }) => ({ ruleId, place, fatal, reason }))).toEqual(
    check(value, { pack }).map(({ rule, start, end, level, message }) => ({
      ruleId: rule,
      place: { start, end },
      fatal: levels[level],
      reason: message,
    })),
  )
  expect(memo.messages.length).toBeGreaterThan(5)
  const kept = `<!-- values-lint-disable-file value-4 -- a glossary -->\n<!-- values-lint-disable value-5 -->\n\n${text}`
  const { messages } = await remark().use(remarkValuesLint, { config: false }).process(kept)
  expect(messages.map(({ ruleId, line, fatal }) => [ruleId, line, fatal])).toEqual([['directive', 2, false]])
})

test('retext: plain text by the extension of the file', async () => {
  const file = new VFile({ path: 'news.txt', value: '    We fight modern-day slavery.\n' })
  await retext().use(remarkValuesLint, { config: false }).process(file)
  expect(file.messages.map(({ line, column, ruleId }) => [line, column, ruleId])).toEqual([
    [1, 14, 'slavery-abolition/modern-slavery'],
  ])
})

test('in Node the nearest configuration holds', async () => {
  writeFileSync(join(folder, 'values-lint.yaml'), 'rules: {modern-slavery: error}\nignore: [archive.md]\n')
  const levels = async (name: string) => {
    const file = await remark()
      .use(remarkValuesLint)
      .process({ path: join(folder, name), value: text })
    return file.messages.map(({ fatal }) => fatal)
  }
  expect(await levels('news.md')).toEqual([true])
  expect(await levels('archive.md')).toEqual([])
})

test('without a pack, outside Node, the plugin says what it needs', () => {
  expect(() => remarkPure()).toThrow(/needs a pack/)
})

test('the built library and plugin run without anything of Node', async () => {
  const entry = `
    import { check, compilePack } from './dist/index.js'
    import valuesLint from './dist/remark.js'
    globalThis.run = async (files, text) => {
      const { pack, problems } = compilePack(JSON.parse(files))
      const told = []
      const file = { toString: () => text, message: (reason, { ruleId }) => (told.push(ruleId), {}) }
      await valuesLint({ pack })(undefined, file)
      return JSON.stringify({ problems, told, findings: check(text, { pack }) })
    }`
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: '.' },
    bundle: true,
    write: false,
    platform: 'browser',
    format: 'iife',
    logLevel: 'error',
  })
  // A context of its own has the language, and neither process nor require; a worker has these besides.
  const sandbox = createContext({ URL, TextDecoder, TextEncoder }) as {
    run: (files: string, text: string) => Promise<string>
  }
  new Script(outputFiles[0]?.text ?? '').runInContext(sandbox)
  const { pack: manifest, concepts, cues, values } = readPack('nsn-2022')
  const files = { pack: manifest, concepts, cues, values: values.filter(({ path }) => path.includes('04-')) }
  const { problems, told, findings } = JSON.parse(await sandbox.run(JSON.stringify(files), text))
  expect(problems).toEqual([])
  expect(findings).toEqual(JSON.parse(JSON.stringify(check(text, { pack }))))
  expect(told).toEqual(['slavery-abolition/modern-slavery'])
})
