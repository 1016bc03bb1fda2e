// Runs Harper over files: node bench/harper.mjs FILES
import { readFileSync } from 'node:fs'
import { LocalLinter } from 'harper.js'
import { binary } from 'harper.js/binary'

const linter = new LocalLinter({ binary })
await linter.setup()
for (const path of process.argv.slice(2)) {
  const lints = await linter.lint(readFileSync(path, 'utf8'), { language: 'markdown' })
  process.stdout.write(`${path}: ${lints.length}\n`)
}
