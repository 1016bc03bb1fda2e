// Writes what is generated in docs/: a page a value, from the compiled pack (`npm run build` first), and the figures of the
// accuracy page, from what `npm run eval -- --write` stored.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadPack } from '../dist/node.js'
import { accuracyPage, valuePages } from './pages.mjs'

const { pack, problems } = loadPack('nsn-2022')
if (problems.length) throw new Error('the pack has mistakes: values-lint test nsn-2022 names them')

const pages = valuePages(pack)
mkdirSync('docs/values', { recursive: true })
for (const name of readdirSync('docs/values')) if (!pages.has(`docs/values/${name}`)) rmSync(`docs/values/${name}`)
for (const [path, text] of pages) writeFileSync(path, text)

const read = (path) => readFileSync(path, 'utf8')
writeFileSync(
  'docs/accuracy.md',
  accuracyPage(
    read('docs/accuracy.md'),
    JSON.parse(read('fixtures/passages/results.json')),
    read('fixtures/passages/ROUNDS.md'),
    pack,
  ),
)
