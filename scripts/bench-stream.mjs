// Sends JSON Lines through `values-lint stream`, made as they go, and watches its memory: npm run bench:stream -- [--megabytes 300]
// Fails where the part after the first sixth adds 30 MiB or more, or the answers are not in order.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const { values: flags } = parseArgs({ options: { megabytes: { type: 'string', default: '300' } } })
const total = Number(flags.megabytes) * 1e6
const drafts = readdirSync('fixtures/drafts')
  .filter((name) => name.endsWith('.md'))
  .map((name) => readFileSync(`fixtures/drafts/${name}`, 'utf8'))
const plain = 'We walked to the garden in the morning, and the light was soft on the beans. '

/** One line in fifty is a draft of the field; words and numbers differ from line to line, as they do in an archive. */
function lineOf(id) {
  const text =
    id % 50 === 0
      ? drafts[(id / 50) % drafts.length]
      : `Letter ${id} to word${(id * 7919).toString(36)}.\n\n${plain.repeat(60)}\n\n${plain.repeat(id % 40)}`
  return `${JSON.stringify({ id, text })}\n`
}

const began = performance.now()
const child = spawn(process.execPath, ['dist/cli.cjs', 'stream'], { stdio: ['pipe', 'pipe', 'inherit'] })
/** By the number of the answer: how much had been sent when its line was. */
const sent = []
let answered = 0
let bytes = 0
const peaks = { first: 0, rest: 0 }
let next = 0

const answers = (async () => {
  for await (const line of createInterface({ input: child.stdout })) {
    if (JSON.parse(line).id !== answered)
      throw new Error(`answer ${answered} is not in its place: ${line.slice(0, 80)}`)
    if (sent[answered] >= next) {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
      const mib = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024
      const part = sent[answered] < total / 6 ? 'first' : 'rest'
      peaks[part] = Math.max(peaks[part], mib)
      if (next % 2e7 === 0)
        process.stdout.write(
          `${String(next / 1e6).padStart(5)} MB  ${mib.toFixed(0).padStart(5)} MiB  ${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s\n`,
        )
      next += 2e6
    }
    answered++
  }
})()

for (let id = 0; bytes < total; id++) {
  const line = lineOf(id)
  sent.push(bytes)
  bytes += line.length
  if (!child.stdin.write(line)) await once(child.stdin, 'drain')
}
child.stdin.end()
await answers
const seconds = (performance.now() - began) / 1000
const added = peaks.rest - peaks.first
process.stdout.write(
  `${answered} lines, ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(0)} s (${(bytes / 1e6 / seconds).toFixed(2)} MB/s), in order; ` +
    `peak ${peaks.first.toFixed(0)} MiB in the first sixth, ${peaks.rest.toFixed(0)} MiB after: ${added.toFixed(0)} MiB more\n`,
)
if (answered !== sent.length || added >= 30) process.exitCode = 1
