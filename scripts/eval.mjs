// Scores the built command on labelled passages (format: fixtures/passages/README.md): the shared development sets where they
// lie beside the project, and the project's own. A finding above a note that overlaps no labelled conflict is wrong, unless an
// optional label covers it; a conflict is found by a finding of its value that overlaps its words.
//   npm run eval -- [--misses] [--locked] [FILES]
//   npm run eval -- --write     all sets; stores the figures in fixtures/passages/results.json, from which `npm run docs` writes
//                               the accuracy page
//   npm run eval -- --check     all sets; fails where the figures are not those that are stored
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    misses: { type: 'boolean' },
    locked: { type: 'boolean' },
    write: { type: 'boolean' },
    check: { type: 'boolean' },
  },
})
const all = flags.write || flags.check
if (all && positionals.length) throw new Error('--write and --check are about all sets; name no files')

const jsonl = (folder, test = () => true) =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.jsonl') && test(name))
        .sort()
        .map((name) => `${folder}/${name}`)
    : []

const sets = positionals.length
  ? [['given', 'given', positionals]]
  : [
      ['shared', 'shared development sets', jsonl('../shared/values', (name) => name.startsWith('dev'))],
      ['open', "the project's passages, open part", jsonl('fixtures/passages/open')],
      ...(flags.locked || all
        ? [['locked', "the project's passages, locked part", jsonl('fixtures/passages/locked')]]
        : []),
    ]
const results = {}
for (const [name, title, files] of sets) {
  if (!files.length) continue
  const { log, ...total } = measure(files)
  print(title, total)
  if (flags.misses) for (const line of log) console.log(line)
  results[name] = total
}
const store = 'fixtures/passages/results.json'
if (flags.write) {
  const stored = { date: new Date().toISOString().slice(0, 10), sets: results }
  writeFileSync(store, `${JSON.stringify(stored, null, 1)}\n`)
}
if (flags.check) {
  const stored = JSON.parse(readFileSync(store, 'utf8')).sets
  const changed = Object.keys(results).filter((name) => !isDeepStrictEqual(results[name], stored[name]))
  if (changed.length) {
    console.error(`${store} says something else of: ${changed.join(', ')}. npm run eval -- --write && npm run docs`)
    process.exitCode = 1
  }
}

function measure(files) {
  const passages = files.flatMap((file) =>
    lines(readFileSync(file, 'utf8')).map((one) => ({ ...one, key: `${basename(file)}#${one.id}` })),
  )
  const input = passages.map(({ key, text }) => JSON.stringify({ id: key, text })).join('\n')
  const run = spawnSync('node', ['dist/cli.cjs', 'stream'], {
    input: `${input}\n`,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  if (run.stderr) process.stderr.write(run.stderr)
  const found = new Map(lines(run.stdout).map(({ id, findings }) => [id, findings]))
  return tally(passages.map((passage) => score(passage, found.get(passage.key) ?? [])))
}

function print(title, total) {
  console.log(`${title}: ${total.passages} passages`)
  console.log(`  by value  ${table(total.values)}`)
  console.log(`  by tag    ${table(total.tags)}`)
  console.log(
    `  recall ${percent(total.hit, total.gold)} (plain wording ${percent(total.hit - total.paraphrase.hit, total.gold - total.paraphrase.gold)}, paraphrase ${percent(total.paraphrase.hit, total.paraphrase.gold)}); precision ${percent(total.right, total.findings)}; clean passages with a false alarm ${percent(total.alarmed, total.clean)} %`,
  )
}

function lines(text) {
  return text
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line))
}

function score({ key, text, conflicts = [], optional = [], tags = [] }, findings) {
  const loud = findings.filter(({ level }) => level !== 'note')
  const overlaps = (finding, quote) =>
    !quote || places(text, quote).some(([a, b]) => finding.start.offset < b && finding.end.offset > a)
  const gold = conflicts
    .map((label) => ({
      ...label,
      hit: (label.level === 'note' ? findings : loud).some((f) => f.value === label.value && overlaps(f, label.quote)),
    }))
    .filter(({ level, hit }) => level !== 'note' || hit)
  const judged = loud
    .filter((f) => !optional.some((label) => label.value === f.value && overlaps(f, label.quote)))
    .map((f) => ({ ...f, right: conflicts.some((label) => overlaps(f, label.quote)) }))
  return { key, text, tags, gold, judged, clean: conflicts.length === 0 }
}

function places(text, quote) {
  const found = []
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) found.push([at, at + quote.length])
  return found
}

function tally(scores) {
  const total = {
    passages: scores.length,
    gold: 0,
    hit: 0,
    findings: 0,
    right: 0,
    clean: 0,
    alarmed: 0,
    values: {},
    tags: {},
    paraphrase: { gold: 0, hit: 0 },
    log: [],
  }
  const cell = (group, name) => (group[name] ??= { passages: 0, gold: 0, hit: 0, wrong: 0 })
  for (const { key, text, tags, gold, judged, clean } of scores) {
    const wrong = judged.filter(({ right }) => !right)
    total.findings += judged.length
    total.right += judged.length - wrong.length
    if (clean) total.clean++
    if (clean && wrong.length) total.alarmed++
    for (const tag of tags) cell(total.tags, tag).passages++
    for (const value of new Set(gold.map((label) => label.value))) cell(total.values, value).passages++
    for (const { value, quote, hit } of gold) {
      for (const one of [total, cell(total.values, value), ...tags.map((tag) => cell(total.tags, tag))]) {
        one.gold++
        if (hit) one.hit++
      }
      if (!hit) total.log.push(`MISS  v${value} ${key} [${tags}] «${quote}» in: ${text.slice(0, 300)}`)
    }
    for (const { value, rule, start, end } of wrong) {
      for (const one of [cell(total.values, value), ...tags.map((tag) => cell(total.tags, tag))]) one.wrong++
      total.log.push(
        `ALARM v${value} ${rule} ${key} [${tags}] «${text.slice(start.offset, end.offset)}» in: ${text.slice(0, 300)}`,
      )
    }
  }
  total.paraphrase = cell(total.tags, 'paraphrase')
  return total
}

function table(group) {
  return Object.entries(group)
    .filter(([, { gold, wrong }]) => gold || wrong)
    .map(([name, { gold, hit, wrong }]) => `${name} ${hit}/${gold}${wrong ? ` (${wrong} wrong)` : ''}`)
    .join(', ')
}

function percent(part, whole) {
  return whole ? ((100 * part) / whole).toFixed(1) : 'n/a'
}
