/** What each layer may not do, read from the import lines. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  .map((name) => join('src', name))

/** What a file imports: packages by name, files by path. */
function imports(path: string): string[] {
  const source = readFileSync(path, 'utf8')
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(([, name]) =>
    name?.startsWith('.') ? normalize(join(dirname(path), name)) : (name as string),
  )
}

const under = (folder: string): string[] => files.filter((path) => path.startsWith(folder))
const pure = [
  '#kernel',
  'src/kernel/layout.ts',
  'yaml',
  'zod',
  'wink-nlp',
  'wink-eng-lite-web-model',
  '#tagger-model',
  'natural/lib/natural/',
]

test.each(under('src/core/'))('%s: the core imports the core and pure packages only', (path) => {
  for (const name of imports(path)) {
    expect(name.startsWith('src/core/') || pure.some((one) => name.startsWith(one)), `${path} imports ${name}`).toBe(
      true,
    )
  }
})

test.each(under('src/kernel/'))('%s: the kernel imports nothing but itself', (path) => {
  for (const name of imports(path)) expect(name, path).toMatch(/^src\/kernel\//)
})

test.each(under('src/core/marks/'))('%s: no mark knows a rule or the check', (path) => {
  for (const name of imports(path)) expect(name, path).not.toMatch(/core\/(check|examples|explain)\.ts$/)
})

const withoutNode = ['src/formats/', 'src/reporters/', 'src/lsp/'].flatMap(under)
test.each([...withoutNode, 'src/index.ts', 'src/remark.ts'])('%s: no Node', (path) => {
  for (const name of imports(path)) expect(name, path).not.toMatch(/^node:|src\/(files|cli|commands)/)
})

test('the page is a face over the engine: no Node, no command, and nothing else imports it', () => {
  for (const path of files) {
    for (const name of imports(path)) {
      if (path.startsWith('src/web/')) expect(name, path).not.toMatch(/^node:|src\/(files|cli|commands|config|compile)/)
      else expect(name, path).not.toMatch(/src\/web\//)
    }
  }
})

test('readers know the core by its types, reporters by its types, positions, explanations and wordings', () => {
  for (const path of under('src/formats/')) {
    for (const name of imports(path)) if (name.startsWith('src/core/')) expect(name, path).toBe('src/core/types.ts')
  }
  for (const path of under('src/reporters/')) {
    for (const name of imports(path))
      if (name.startsWith('src/core/')) expect(name, path).toMatch(/(types|position|explain|wording)\.ts$/)
  }
})

test('only files.ts and the cache touch the disk', () => {
  for (const path of files)
    if (path !== 'src/files.ts' && path !== 'src/cache.ts') expect(imports(path), path).not.toContain('node:fs')
})

test('natural is imported by its parts, never whole', () => {
  for (const path of files) expect(imports(path), path).not.toContain('natural')
})

/** What the build says of each file in dist/: the sources in it, and what it imports. */
interface Output {
  inputs: Record<string, unknown>
  imports: { path: string; kind: string; external?: boolean }[]
}
const { inputs, outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as {
  inputs: Record<string, unknown>
  outputs: Record<string, Output>
}

/** A built file and all that loads with it: what it imports, and what that imports; not what is imported when a command runs. */
function loadedWith(entry: string): Output[] {
  const seen = new Set<string>()
  const visit = (path: string): void => {
    if (seen.has(path)) return
    seen.add(path)
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) visit(next)
    }
  }
  visit(entry)
  return [...seen].map((path) => outputs[path] as Output)
}

/** The built files that hold a source. */
function chunkOf(source: string): string[] {
  return Object.keys(outputs).filter((path) => outputs[path]?.inputs[source])
}

test('no database client is in the bundle', () => {
  for (const path of Object.keys(inputs))
    expect(path).not.toMatch(/node_modules\/(mongoose|mongodb|pg|@?redis|memjs)\b/)
})

test('where a run begins are few files, which import the whole program when they need it', () => {
  expect((outputs['dist/cli.cjs'] as Output).imports.every(({ kind }) => kind === 'dynamic-import')).toBe(true)
  const files = loadedWith('dist/gate.cjs')
  expect(files.length).toBeLessThan(4)
  const held = files.flatMap(({ inputs: all }) => Object.keys(all))
  expect(held).toContain('src/clean.ts')
  for (const path of held)
    expect(path).not.toMatch(/wink-|micromark|mdast|commander|node_modules\/(yaml|zod)\/|src\/core\/(check|pack)\.ts/)
})

test('--help and --version load neither a parser nor the tagger nor a pack', () => {
  const sources = loadedWith('dist/program.cjs').flatMap(({ inputs: held }) => Object.keys(held))
  expect(sources).toContain('src/cli.ts')
  for (const path of sources) {
    expect(path).not.toMatch(/wink-|micromark|mdast|remark|node_modules\/(yaml|zod)\/|src\/(core\/pack|files)/)
  }
})

test('a check loads neither parser nor tagger before it meets a draft that may hold a finding', () => {
  const sources = chunkOf('src/commands/check.ts')
    .flatMap(loadedWith)
    .flatMap(({ inputs: held }) => Object.keys(held))
  expect(sources).toContain('src/core/shortcut.ts')
  for (const path of sources)
    expect(path).not.toMatch(/wink-|micromark|mdast|remark|htmlparser|node_modules\/(yaml|zod)\/|src\/core\/check\.ts/)
})

test('a check that prints for people loads no other report', () => {
  const sources = ['dist/program.cjs', ...chunkOf('src/commands/check.ts'), ...chunkOf('src/reporters/pretty.ts')]
    .flatMap(loadedWith)
    .flatMap(({ inputs: held }) => Object.keys(held))
  expect(sources).toContain('src/reporters/pretty.ts')
  const others = readdirSync('src/reporters').filter((name) =>
    /^(sarif|git|junit|check|rdjson|json|mark|html)/.test(name),
  )
  expect(others.length).toBeGreaterThan(8)
  for (const name of others) expect(sources).not.toContain(`src/reporters/${name}`)
})

test('readers of Word, OpenDocument, mail, MDX and PDF are loaded only when one is met', () => {
  const check = Object.keys(outputs).find((path) => 'src/commands/check.ts' in (outputs[path] as Output).inputs)
  for (const entry of [check as string, 'dist/index.js']) {
    const sources = loadedWith(entry).flatMap(({ inputs: held }) => Object.keys(held))
    expect(sources).toContain('src/formats/documents.ts')
    for (const path of sources)
      expect(path).not.toMatch(
        /fflate|postal-mime|unpdf|acorn|src\/formats\/(docx|odt|package|mail|pdf)\/|src\/formats\/mdx\.ts/,
      )
  }
  expect(Object.keys(inputs)).toContain('src/formats/docx/read.ts')
})

test('the library loads nothing of Node, its entry for Node does', () => {
  const builtins = (entry: string): string[] =>
    loadedWith(entry).flatMap(({ imports: all }) => all.filter(({ external }) => external).map(({ path }) => path))
  // The model has a form for Node and one for all else; package.json chooses.
  expect(builtins('dist/index.js')).toEqual(['#tagger-model'])
  expect(builtins('dist/remark.js')).toEqual(['#tagger-model'])
  for (const reader of ['docx/index.ts', 'odt/index.ts', 'mail/index.ts', 'pdf/index.ts', 'mdx.ts']) {
    const chunk = Object.keys(outputs).find((path) => `src/formats/${reader}` in (outputs[path] as Output).inputs)
    expect(builtins(chunk as string)).toEqual([])
  }
  expect(builtins('dist/node.js')).toContain('node:fs')
})
