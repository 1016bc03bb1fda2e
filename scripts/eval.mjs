// Scores the built command on labelled passages: the shared development sets where present, and the project's own.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
const shared = '../shared/values'
const files = process.argv.slice(2).filter((a) => !a.startsWith('-'))
const sets = files.length ? files : readdirSync(shared).filter((f) => /^dev.*\.jsonl$/.test(f)).map((f) => `${shared}/${f}`)
const run = spawnSync('node', [`${shared}/score.mjs`, '--cmd', 'node dist/cli.js stream', ...process.argv.slice(2).filter((a) => a.startsWith('-')).flatMap((a) => a.split('=')), ...sets], { encoding: 'utf8' })
process.stdout.write(run.stdout + run.stderr)
