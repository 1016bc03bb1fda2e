// Runs values-lint and its peers on the same files, one after the other in every round, and writes bench/RESULTS.md.
//   npm run bench -- [--rounds 3] [--corpus FOLDER] [--page FILE]
// Peers: `npm install --prefix bench`; Vale and proselint where they are on the path.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'

const { values: flags } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    corpus: { type: 'string', default: '../shared/bench/corpus' },
    page: { type: 'string', default: '../shared/bench/onepage.md' },
  },
})
const rounds = Number(flags.rounds)
const scratch = mkdtempSync(join(tmpdir(), 'values-lint-bench-'))
const dense = denseCorpus()
const inputs = {
  page: [resolve(flags.page)],
  draft: [resolve('fixtures/drafts/press-release-gala.md')],
  corpus: filesIn(flags.corpus),
  dense: [dense],
}
const tools = toolsHere()
const results = measured()
writeFileSync('bench/RESULTS.md', page())
rmSync(scratch, { recursive: true })
process.stdout.write(readFileSync('bench/RESULTS.md', 'utf8'))

/** Every command that is installed; `only` says which inputs it is given: slow peers are spared the larger ones. */
function toolsHere() {
  const small = ['page', 'draft', 'corpus']
  const bin = (name) => resolve(`bench/node_modules/.bin/${name}`)
  const version = (name) => JSON.parse(readFileSync(`bench/node_modules/${name}/package.json`, 'utf8')).version
  const own = JSON.parse(readFileSync('package.json', 'utf8')).version
  const all = [
    { name: 'node -e 0', version: process.version, command: () => [process.execPath, '-e', '0'], only: ['page'] },
    {
      name: 'values-lint',
      version: own,
      command: (files) => [process.execPath, 'dist/cli.js', 'check', ...files, '--fail-on', 'never'],
    },
    ...peer('write-good', 'write-good', (files) => [bin('write-good'), ...files]),
    ...peer('alex', 'alex', (files) => [bin('alex'), '--quiet', ...files], small),
    ...peer('markdownlint-cli2', 'markdownlint-cli2', (files) => [bin('markdownlint-cli2'), '--no-globs', ...files]),
    ...peer('textlint + terminology', 'textlint', (files) => [bin('textlint'), '--rule', 'terminology', ...files], small),
    ...(onPath('vale') ? [{ name: 'Vale', version: onPath('vale'), command: valeCommand() }] : []),
    ...(onPath('proselint') ? [{ name: 'proselint', version: onPath('proselint'), command: (files) => ['proselint', ...files], only: ['page'] }] : []),
  ]
  return all

  function peer(name, folder, command, only) {
    return existsSync(`bench/node_modules/${folder}`) ? [{ name, version: version(folder), command, only }] : []
  }
}

function onPath(name) {
  const run = spawnSync(name, ['--version'], { encoding: 'utf8' })
  return run.error ? undefined : run.stdout.trim()
}

/** A Vale style of the plain expressions of our rules: those that are words and nothing else. */
function valeCommand() {
  const style = join(scratch, 'styles', 'Values')
  mkdirSync(style, { recursive: true })
  const plain = new Set()
  for (const name of readdirSync('rules/nsn-2022').filter((file) => /^\d.*\.yaml$/.test(file)))
    for (const rule of parse(readFileSync(`rules/nsn-2022/${name}`, 'utf8')).rules ?? [])
      for (const line of rule.find.split('\n')) if (/^[a-z][a-z' -]*$/i.test(line.trim())) plain.add(line.trim())
  const tokens = [...plain].map((line) => `  - ${JSON.stringify(line)}`).join('\n')
  writeFileSync(join(style, 'Plain.yml'), `extends: existence\nmessage: "'%s'"\nlevel: warning\nignorecase: true\ntokens:\n${tokens}\n`)
  const config = join(scratch, '.vale.ini')
  writeFileSync(config, `StylesPath = ${join(scratch, 'styles')}\nMinAlertLevel = suggestion\n[*.md]\nBasedOnStyles = Values\n`)
  return (files) => ['vale', '--no-exit', '--config', config, ...files]
}

function filesIn(folder) {
  return readdirSync(folder).sort().map((name) => resolve(folder, name))
}

/** The project's drafts and passages, over and over with other numbers, to 2 MB. */
function denseCorpus() {
  const texts = [
    ...readdirSync('fixtures/drafts').filter((name) => name.endsWith('.md')).map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8')),
    ...readdirSync('fixtures/passages/open').flatMap((name) =>
      readFileSync(`fixtures/passages/open/${name}`, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line).text),
    ),
  ]
  let text = ''
  for (let i = 0; text.length < 2e6; i++) text += `${texts[i % texts.length].replace(/\b\d+\b/g, (n) => String(Number(n) + i))}\n\n`
  const path = join(scratch, 'dense.md')
  writeFileSync(path, text)
  return path
}

/** A round over the larger inputs takes minutes. */
function roundsOf(input) {
  return input === 'page' || input === 'draft' ? rounds : Math.ceil(rounds / 3)
}

/** By input and tool: seconds, CPU seconds and MiB of every round. Rounds go over all tools, so that a busy minute is shared. */
function measured() {
  const found = {}
  for (const [input, files] of Object.entries(inputs)) {
    for (let round = 0; round < roundsOf(input); round++) {
      for (const { name, command, only } of tools) {
        if ((only ?? Object.keys(inputs)).includes(input)) ((found[input] ??= {})[name] ??= []).push(once(command(files)))
      }
    }
  }
  return found
}

function once([program, ...args]) {
  const out = join(scratch, 'time')
  const run = spawnSync('/usr/bin/time', ['-o', out, '-f', '%e %U %S %M', program, ...args], {
    stdio: 'ignore',
    cwd: process.cwd(),
    timeout: 300_000,
  })
  // A program that could not run is not fast.
  if (run.error || run.signal || (program === process.execPath && run.status !== 0)) return { wall: Number.NaN, cpu: Number.NaN, mib: Number.NaN }
  const [wall, user, system, kib] = readFileSync(out, 'utf8').trim().split('\n').at(-1).split(' ').map(Number)
  return { wall, cpu: user + system, mib: kib / 1024 }
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b)
  return sorted[sorted.length >> 1]
}

function page() {
  const size = (files) => files.reduce((sum, file) => sum + statSync(file).size, 0)
  const titles = {
    page: 'One page from cold, with no candidate',
    draft: 'A press release of the field from cold, candidates in most blocks',
    corpus: `General prose: ${inputs.corpus.length} files`,
    dense: 'Prose of the field: one file, nearly every block with a candidate',
  }
  const tables = Object.entries(results).map(([input, byTool]) => {
    const ours = median(byTool['values-lint'].map(({ cpu }) => cpu))
    const rows = Object.entries(byTool).map(([name, runs]) => {
      const [wall, cpu, mib] = ['wall', 'cpu', 'mib'].map((key) => median(runs.map((run) => run[key])))
      return `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(cpu / ours).toFixed(2)} | ${mib.toFixed(0)} |`
    })
    return `## ${titles[input]}, ${size(inputs[input]).toLocaleString('en')} bytes (${roundsOf(input)} rounds)\n\n| | seconds | CPU seconds | CPU, values-lint = 1 | peak MiB |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  const versions = tools.map(({ name, version }) => `${name} ${version}`).join(', ')
  return `# Benchmark

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}. Medians of ${rounds} rounds
(${Math.ceil(rounds / 3)} over the larger inputs), every tool in each; whole processes. CPU seconds are user and system time: where other work shares the machine they say more
than seconds. ${versions}.

What it is not: a comparison of what the tools find. Each peer runs its own rules, and Vale a list of our plain expressions
only; none of them reads context. write-good reads no markup.

${tables.join('\n')}`
}
