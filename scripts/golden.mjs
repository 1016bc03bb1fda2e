// Writes the golden findings of the drafts in fixtures/drafts, to be read line by line before they are committed.
import { readdirSync, writeFileSync } from 'node:fs'
import { goldenOf } from '../test/golden.mjs'

for (const name of readdirSync('fixtures/drafts').filter(
  (file) => /\.(md|txt)$/.test(file) && !file.endsWith('.findings.txt'),
)) {
  writeFileSync(`fixtures/drafts/${name}.findings.txt`, goldenOf(`fixtures/drafts/${name}`))
}
