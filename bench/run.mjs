// Runs values-lint and its peers on the same files, one after the other in every round, and writes bench/RESULTS.md.
//   npm run bench -- [--rounds 3] [--corpus FOLDER] [--page FILE]
// Peers: `npm install --prefix bench`; Vale and proselint where they are installed, on the path or so:
//   GOBIN=$PWD/bench/bin go install github.com/errata-ai/vale/v3/cmd/vale@v3.7.1
//   pip install --target bench/proselint proselint
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { availableParallelism, totalmem, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { writeLargerPack } from './larger-pack.mjs'
import { stageTable } from './stage-table.mjs'

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
  corpus: existsSync(flags.corpus) ? filesIn(flags.corpus) : readmes(),
  dense: [dense],
}
const tools = toolsHere()
const results = measured()
const own = [...threads(), ...cached(), tenTimes(), ...worstCases()]
const stages = stageTable(join(scratch, 'stages.json'))
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
      command: (files) => [process.execPath, 'dist/cli.cjs', 'check', ...files, '--fail-on', 'never'],
    },
    ...peer('write-good', 'write-good', (files) => [bin('write-good'), ...files]),
    ...peer('alex', 'alex', (files) => [bin('alex'), '--quiet', ...files], small),
    ...peer('markdownlint-cli2', 'markdownlint-cli2', (files) => [bin('markdownlint-cli2'), '--no-globs', ...files]),
    ...peer('textlint + terminology', 'textlint', (files) => [bin('textlint'), '--rule', 'terminology', ...files], small),
    ...peer('Harper', 'harper.js', (files) => [process.execPath, 'bench/harper.mjs', ...files], ['page', 'draft']),
    ...vale(),
    ...proselint(),
  ]
  return all

  function peer(name, folder, command, only) {
    return existsSync(`bench/node_modules/${folder}`) ? [{ name, version: version(folder), command, only }] : []
  }
}

function vale() {
  const program = ['bench/bin/vale', 'vale'].find((name) => !spawnSync(name, ['--version']).error)
  return program ? [{ name: 'Vale', version: versionOf(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout), command: valeCommand(program) }] : []
}

function proselint() {
  const env = `PYTHONPATH=${resolve('bench/proselint')}`
  const start = ['env', env, 'python3', '-m', 'proselint', 'check']
  const { status } = spawnSync('env', [env, 'python3', '-m', 'proselint', '--help'])
  const { stdout: version = '' } = spawnSync('env', [env, 'python3', '-m', 'proselint', 'version'], { encoding: 'utf8' })
  return status === 0 ? [{ name: 'proselint', version: versionOf(version), command: (files) => [...start, ...files], only: ['page', 'draft'] }] : []
}

/** The last word of what a tool says of its version; one that `go install` built calls itself master, and is that of the head of this file. */
function versionOf(said) {
  const version = said.trim().split(/\s+/).at(-1)
  return version === 'master' ? '3.7.1' : version
}

/** A Vale style of the plain expressions of our rules: those that are words and nothing else. */
function valeCommand(program) {
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
  return (files) => [program, '--no-exit', '--config', config, ...files]
}

/** Where there is no corpus: a megabyte of what packages say of themselves. */
function readmes() {
  const found = readdirSync('node_modules', { recursive: true }).filter((name) => /readme\.md$/i.test(name)).sort()
  const files = []
  for (let bytes = 0; bytes < 1e6 && found.length; ) {
    const path = resolve('node_modules', found.shift())
    const { size } = statSync(path)
    if (size < 500 || size > 60_000) continue
    files.push(path)
    bytes += size
  }
  return files
}

function ours(...args) {
  return [process.execPath, 'dist/cli.cjs', 'check', ...args, '--fail-on', 'never']
}

/** 500 files of prose of the field, by how many threads check them. */
function threads() {
  const folder = many()
  const runs = [1, 2].map((count) =>
    Array.from({ length: Math.ceil(rounds / 3) }, () => once(['env', `VALUES_LINT_THREADS=${count}`, ...ours(folder)])),
  )
  return runs.map((list, i) => line(`500 files, ${i + 1} thread${i ? 's' : ''}`, list, runs[0]))
}

function cached() {
  const command = ours(many(), '--cache', '--cache-location', join(scratch, 'cache'))
  const first = [once(command)]
  return [line('500 files, an empty cache', first, first), line('500 files, from the cache', [once(command)], first)]
}

/** CPU seconds on the corpus, once all is loaded, with the pack and with one of ten times its rules. */
function tenTimes() {
  const folder = join(scratch, 'ten-times')
  writeLargerPack('rules/nsn-2022', folder, 10)
  const [one, ten] = ['nsn-2022', folder].map((pack) => {
    const { stdout, stderr } = spawnSync(process.execPath, ['bench/match.mjs', pack, ...inputs.corpus], { encoding: 'utf8' })
    if (!stdout) throw new Error(stderr)
    return Number(stdout.split(' ')[1])
  })
  return `| the corpus, ten times the rules (once loaded) | | ${ten.toFixed(2)} | ${(ten / one).toFixed(2)} | |`
}

/** Each at half its size and at its whole, without the time that any check takes. */
function worstCases() {
  const sized = {
    'a paragraph of 1 MB without a full stop': (part) => 'we walk and they talk '.repeat(46_000 * part),
    '200,000 quotation marks': (part) => '“a” '.repeat(100_000 * part),
    '100,000 levels of lists': (part) => `${'- '.repeat(100_000 * part)}a`,
    '100,000 quotes in quotes': (part) => `${'> '.repeat(100_000 * part)}a`,
    'a file of 4 MB': (part) => 'The cat sat on a mat. '.repeat(180_000 * part),
    'a file of 20 MB, refused': (part) => 'The cat sat on a mat. '.repeat(900_000 * part),
  }
  const path = join(scratch, 'worst.md')
  writeFileSync(path, '')
  const idle = once(ours(path)).cpu
  return Object.entries(sized).map(([name, text]) => {
    const [half, whole] = [0.5, 1].map((part) => {
      writeFileSync(path, text(part))
      const run = once(ours(path), true)
      return { ...run, cpu: Math.max(0.01, run.cpu - idle) }
    })
    return line(`${name}, to half of it`, [whole], [half])
  })
}

/** A row: medians, and the ratio to other runs: of seconds where they say threads, else of CPU seconds. */
function line(name, list, others) {
  const by = name.includes('thread') ? 'wall' : 'cpu'
  const [wall, cpu, mib] = ['wall', 'cpu', 'mib'].map((key) => median(list.map((run) => run[key])))
  const ratio = median(list.map((run) => run[by])) / median(others.map((run) => run[by]))
  return `| ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${ratio.toFixed(2)} | ${mib.toFixed(0)} |`
}

/** 500 files of 2 to 4 kB. */
function many() {
  const folder = join(scratch, 'many')
  if (existsSync(folder)) return folder
  mkdirSync(folder)
  const parts = readFileSync(dense, 'utf8').split(/\n\n+/)
  for (let i = 0; i < 500; i++) {
    let text = ''
    for (let k = 0; text.length < 2000; k++) text += `${parts[(i * 7 + k * 13) % parts.length]}\n\n`
    writeFileSync(join(folder, `draft-${String(i).padStart(3, '0')}.md`), text.slice(0, 4000))
  }
  return folder
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

/** `refusals`: that a draft is refused is no failure. */
function once([program, ...args], refusals = false) {
  const out = join(scratch, 'time')
  const run = spawnSync('/usr/bin/time', ['-o', out, '-f', '%e %U %S %M', program, ...args], {
    stdio: 'ignore',
    cwd: process.cwd(),
    timeout: 300_000,
  })
  // A program that could not run is not fast.
  if (run.error || run.signal || (program === process.execPath && run.status !== 0 && !refusals)) return { wall: Number.NaN, cpu: Number.NaN, mib: Number.NaN }
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
    return `## ${titles[input]}, ${size(inputs[input]).toLocaleString('en')} bytes\n\n| | seconds | CPU seconds | CPU, values-lint = 1 | peak MiB |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`
  })
  const versions = tools.map(({ name, version }) => `${name} ${version}`).join(', ')
  return `# Benchmark

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}. Rounds: ${rounds}, of
which medians are given (${Math.ceil(rounds / 3)} over the larger inputs); every tool in each; whole processes. CPU seconds are user and system time: where other work shares the machine they say more
than seconds. ${versions}.

What it is not: a comparison of what the tools find. Each peer runs its own rules, and Vale a list of our plain expressions
only; none of them reads context. write-good reads no markup.

${tables.join('\n')}
## values-lint by itself

The ratio is that to the row it is compared with: one thread, the empty cache, the pack as it is, half the input.

| | seconds | CPU seconds | ratio | peak MiB |
| --- | --- | --- | --- | --- |
${own.join('\n')}

## Where the time goes

${stages}

By itself: \`npm run bench:stages\`. A long stream: \`npm run bench:stream\`.
`
}
