import { runExamples } from '../core/examples.ts'
import type { Rule } from '../core/types.ts'
import { defaultPack } from '../files.ts'
import { readMarkdown } from '../formats/markdown.ts'
import { chosenValues, packNamed } from './compiled.ts'

const leastExamples = 4

/** Runs a pack's own examples and prints those that do not hold. Gives the exit code: 0 all hold, 1 not, 2 the pack is broken. */
export async function test(nameOrPath: string, flags: { values?: string }): Promise<number> {
  const value = /^\d+$/.test(nameOrPath) ? nameOrPath : undefined
  const { pack, broken } = await packNamed(value ? defaultPack : nameOrPath)
  const chosen = chosenValues(value ?? flags.values, pack)
  const rules = pack.rules.filter(({ value }) => !chosen || chosen.includes(value.number))
  let [run, wrong] = [0, 0]
  for (const rule of rules) {
    const complaints = shortage(rule)
    for (const result of runExamples(rule, pack, readMarkdown)) {
      run++
      if (result.wrong) complaints.push(`${result.list}: ${result.text}\n      ${result.wrong}`)
    }
    wrong += complaints.length
    for (const complaint of complaints) process.stdout.write(`${rule.id}\n    ${complaint}\n`)
  }
  process.stdout.write(`${rules.length} rules, ${run} examples, ${wrong} wrong\n`)
  return broken ? 2 : wrong ? 1 : 0
}

/** Too few examples: a rule without near-misses is how false alarms get in. */
function shortage({ kind, examples: { fail, pass } }: Rule): string[] {
  const least = kind === 'document' ? 1 : leastExamples
  if (fail.length >= least && pass.length >= Math.max(least, fail.length)) return []
  return [
    `has ${fail.length} fail and ${pass.length} pass examples; it needs at least ${least} of each, and as many pass as fail`,
  ]
}
