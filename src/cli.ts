#!/usr/bin/env node
import { createInterface } from 'node:readline'
import { checkDraft } from './core/check.ts'
import { runExamples } from './core/examples.ts'
import { compilePack } from './core/pack.ts'
import { readPack } from './files.ts'
import { readMarkdown } from './formats/markdown.ts'

const { pack, problems } = compilePack(readPack('nsn-2022'))
for (const p of problems) console.error(`${p.path}:${p.line}:${p.column}  ${p.message}\n    ${p.excerpt}`)
if (process.argv[2] === 'stream') {
  for await (const line of createInterface({ input: process.stdin })) {
    if (!line.trim()) continue
    const { id, text } = JSON.parse(line)
    const draft = readMarkdown(text)
    const findings = checkDraft(draft, pack).filter((f) => f.outcome !== 'excused' || process.argv[3] === '--all')
    console.log(
      JSON.stringify({
        id,
        findings: findings.map((f) => ({
          rule: f.rule.id,
          value: f.rule.value.number,
          level: f.level,
          outcome: f.outcome,
          text: f.text,
          start: { offset: f.start },
          end: { offset: f.end },
          context: f.context.map(({ kind, cue }) => ({ kind, cue })),
          excusedBy: f.excusedBy && { kind: f.excusedBy.kind, cue: f.excusedBy.cue },
        })),
      }),
    )
  }
}

if (process.argv[2] === 'test') {
  let bad = 0,
    n = 0
  for (const rule of pack.rules.filter((r) => !process.argv[3] || r.value.number === Number(process.argv[3]))) {
    for (const r of runExamples(rule, pack, readMarkdown)) {
      n++
      if (r.wrong) {
        bad++
        console.log(`${rule.id} ${r.list}: ${r.text}\n    ${r.wrong}`)
      }
    }
    if (
      rule.examples.fail.length < 4 ||
      rule.examples.pass.length < 4 ||
      rule.examples.pass.length < rule.examples.fail.length
    )
      console.log(
        `${rule.id}: ${rule.examples.fail.length} fail and ${rule.examples.pass.length} pass examples; at least four each, and as many pass as fail`,
      )
  }
  console.log(`${n} examples, ${bad} wrong`)
}
if (process.argv[2] === 'try') {
  const text = process.argv.slice(3).join(' ').replaceAll('\\n', '\n')
  const draft = readMarkdown(text)
  for (const f of checkDraft(draft, pack))
    console.log(
      `v${f.rule.value.number} ${f.rule.id} ${f.outcome} ${f.level} «${text.slice(f.start, f.end)}»`,
      f.context.map((c) => `${c.kind}: ${c.cue}`).join(' | '),
      f.excusedBy ? `EXCUSED by ${f.excusedBy.kind} “${f.excusedBy.cue}”` : '',
    )
}
