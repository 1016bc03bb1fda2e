// Checks files with a pack, in one process, and prints the CPU seconds it took once all was loaded: node bench/match.mjs PACK FILES
import { readFileSync } from 'node:fs'
import { check } from '../dist/index.js'
import { loadPack } from '../dist/node.js'

const [name, ...files] = process.argv.slice(2)
const { pack, problems } = loadPack(name)
if (problems.length) throw new Error(`${problems.length} mistakes: ${problems[0].path}:${problems[0].line} ${problems[0].message}`)
const texts = files.map((file) => readFileSync(file, 'utf8'))
check('We fight modern-day slavery, and **the Nordic Model**.', { pack })
const began = process.cpuUsage()
for (const text of texts) check(text, { pack })
const { user, system } = process.cpuUsage(began)
process.stdout.write(`${pack.rules.length} ${(user + system) / 1e6}\n`)
