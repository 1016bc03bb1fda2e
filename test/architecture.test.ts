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
const pure = ['yaml', 'zod', 'wink-nlp', 'wink-eng-lite-web-model', 'natural/lib/natural/']

test.each(under('src/core/'))('%s: the core imports the core and pure packages only', (path) => {
  for (const name of imports(path)) {
    expect(name.startsWith('src/core/') || pure.some((one) => name.startsWith(one)), `${path} imports ${name}`).toBe(
      true,
    )
  }
})

test.each(under('src/core/marks/'))('%s: no mark knows a rule or the check', (path) => {
  for (const name of imports(path)) expect(name, path).not.toMatch(/core\/(check|examples|explain)\.ts$/)
})

test.each([...under('src/formats/'), ...under('src/reporters/'), 'src/index.ts'])('%s: no Node', (path) => {
  for (const name of imports(path)) expect(name, path).not.toMatch(/^node:|src\/(files|cli|commands)/)
})

test('readers know the core by its types, reporters by its types, positions and explanations', () => {
  for (const path of under('src/formats/')) {
    for (const name of imports(path)) if (name.startsWith('src/core/')) expect(name, path).toBe('src/core/types.ts')
  }
  for (const path of under('src/reporters/')) {
    for (const name of imports(path))
      if (name.startsWith('src/core/')) expect(name, path).toMatch(/(types|position|explain)\.ts$/)
  }
})

test('only files.ts touches the disk', () => {
  for (const path of files) if (path !== 'src/files.ts') expect(imports(path), path).not.toContain('node:fs')
})

test('natural is imported by its parts, never whole', () => {
  for (const path of files) expect(imports(path), path).not.toContain('natural')
})

test('no database client is in the bundle', () => {
  for (const name of readdirSync('dist').filter((file) => file.endsWith('.js'))) {
    expect(readFileSync(join('dist', name), 'utf8'), name).not.toMatch(
      /\/\/ node_modules\/(mongoose|mongodb|pg|redis|@redis|memjs)\//,
    )
  }
})

test('--help and --version load neither the parser nor the tagger nor a pack', () => {
  const entry = readFileSync('dist/cli.js', 'utf8')
  const loaded = [...entry.matchAll(/^import [^;]*?["']\.\/(chunk-[^"']+)["'];?$/gm)].map(([, name]) => name as string)
  for (const text of [entry, ...loaded.map((name) => readFileSync(join('dist', name), 'utf8'))]) {
    expect(text).not.toMatch(/winkNLP|remark-parse\/|micromark\/dev|micromark\/lib/)
  }
})
