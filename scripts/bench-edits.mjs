// What a keystroke costs in the language server: from the change to the diagnostics that a client asks for, in milliseconds.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-bench-'))
const outfile = join(folder, 'client.mjs')
await build({ entryPoints: ['test/lsp-client.ts'], outfile, bundle: true, platform: 'node', format: 'esm' })
const { Client, positionAt } = await import(pathToFileURL(outfile).href)

const drafts = readdirSync('fixtures/drafts')
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8').replace(/^---[\s\S]*?\n---\n/, ''))
const wordsIn = (text) => text.split(/\s+/).length

/** The fixtures one after another, up to so many words; each time round, every sentence is another one. */
function draftOf(words) {
  let text = ''
  for (let i = 0; wordsIn(text) < words; i++) {
    const round = Math.floor(i / drafts.length)
    text += `${drafts[i % drafts.length].replace(/\. /g, round ? ` in year ${round}. ` : '. ')}\n\n`
  }
  return text
}

const client = new Client(folder)
await client.start(folder, { textDocument: { diagnostic: {} } })
const time = async (work) => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

for (const words of [1000, 5000, 20000]) {
  let text = draftOf(words)
  const uri = pathToFileURL(join(folder, `${words}.md`)).href
  const ask = () => client.ask('textDocument/diagnostic', { textDocument: { uri } })
  client.tell('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text } })
  const first = await time(ask)
  const strokes = []
  // Somebody types in the middle of a sentence in the middle of the draft.
  const at = text.indexOf(' ', text.length / 2)
  for (const [i, letter] of [...' which nobody had asked them about before that day'].entries()) {
    const place = positionAt(text, at + i)
    const contentChanges = [{ range: { start: place, end: place }, text: letter }]
    text = text.slice(0, at + i) + letter + text.slice(at + i)
    client.tell('textDocument/didChange', { textDocument: { uri, version: i + 2 }, contentChanges })
    strokes.push(await time(ask))
  }
  strokes.sort((a, b) => a - b)
  const [median, late] = [0.5, 0.95].map((part) => strokes[Math.floor(strokes.length * part)].toFixed(0))
  console.log(
    `${wordsIn(text)} words: first ${first.toFixed(0)} ms; a keystroke ${median} ms, at the 95th percentile ${late} ms`,
  )
}
await client.stop()
rmSync(folder, { recursive: true, force: true })
