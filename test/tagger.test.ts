/** The tagger as the build packs it gives every word the part of speech that its package gives it. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, type PluginBuild } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { tag } from '../src/core/tagger.ts'
import { tokenise } from '../src/core/tokens.ts'

const scratch = mkdtempSync(join(tmpdir(), 'values-lint-tagger-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

const paragraphs = [
  ...['drafts', 'values'].flatMap((folder) =>
    readdirSync(`fixtures/${folder}`)
      .filter((name) => name.endsWith('.md'))
      .flatMap((name) => readFileSync(`fixtures/${folder}/${name}`, 'utf8').split(/\n\n+/)),
  ),
  // Contractions, and words that no lexicon has.
  "They can't, won't and shouldn't've; isn't it? She'd say: don’t.",
  'Zorbly grinfled the wuzzles; constructor, toString and __proto__ hasOwnProperty.',
  'naïve Ünïcode — 漢字 😀 #tag @name a.b@example.org 3.5% 10:30 $5,000 …',
]

test.each(['node', 'browser'])('packed, in %s', async (condition) => {
  const { packedTagger } = await import(pathToFileURL(resolve('scripts/tagger.mjs')).href)
  const outfile = join(scratch, `${condition}.mjs`)
  const model = resolve(condition === 'node' ? 'dist/tagger-model.node.js' : 'dist/tagger-model.js')
  await build({
    entryPoints: ['src/core/tagger.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    plugins: [
      {
        name: 'model',
        setup: (esbuild: PluginBuild) => {
          esbuild.onResolve({ filter: /^#tagger-model$/ }, () => ({ path: pathToFileURL(model).href, external: true }))
        },
      },
      packedTagger,
    ],
  })
  const packed = (await import(pathToFileURL(outfile).href)) as { tag: typeof tag }
  for (const text of paragraphs) {
    const tokens = tokenise(text)
    expect(packed.tag(text, tokens), text).toEqual(tag(text, tokens))
  }
  expect(paragraphs.length).toBeGreaterThan(200)
})
