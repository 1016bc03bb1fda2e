import { alignmentOf } from '../core/alignment.ts'
import { reviewDraft } from '../core/check.ts'
import { chain } from '../core/explain.ts'
import { thawPack } from '../core/frozen.ts'
import type { Pack } from '../core/pack.ts'
import { Lines } from '../core/position.ts'
import type { Alignment, Finding } from '../core/types.ts'
import { readerFor } from '../formats/index.ts'
import type { OpenDocument } from '../formats/package/document.ts'
import { html } from '../reporters/html.ts'
import { type JsonFinding, jsonFindings } from '../reporters/json.ts'
import { notesFor } from '../reporters/notes.ts'
import { type FileReport, isLive, type Report, summarise } from '../reporters/report.ts'
import { shade, state } from '../reporters/said.ts'
import { wordingsFor } from '../reporters/wordings.ts'
import { version } from '../version.ts'
import { openDraft } from './draft-file.ts'
import type { Answer, Ask, Checked, Kind, Opened, PackFacts, Question, Reply, Stand, Task } from './messages.ts'
import { unpack } from './unpack.ts'

/** The engine, away from the page's thread: answers one question after the other. */

let pack: Pack | undefined
/** The document that was opened last. */
let document: OpenDocument | undefined

const answers: { [K in Kind]: (ask: Ask<K>) => Answer<K> | Promise<Answer<K>> } = {
  start: async ({ pack: packed }) => start(await unpack(packed)),
  check: (task) => check(task),
  open: ({ name, bytes }) => open(name, bytes),
  comment: (task) => comment(task),
  report: ({ name, showExcused, ...task }) => html(reportOf(checked(task, name), showExcused)),
}

function start(frozen: Uint8Array): PackFacts {
  const thawed = thawPack(frozen)
  if (!thawed) throw new Error('the pack in this page was compiled for another kind of machine')
  pack = thawed
  const { name, title, organisation, values, profiles } = pack
  return { name, title, organisation, values, profiles }
}

async function open(name: string, bytes: Uint8Array): Promise<Opened> {
  const opened = await openDraft(name, bytes)
  if (!('document' in opened)) return opened
  document = opened.document
  return { text: document.draft.source, format: 'document' }
}

function comment({ showExcused, date, ...task }: Ask<'comment'>): Uint8Array {
  const { draft, findings } = checked(task, '')
  if (!document) throw new Error('no document is open')
  return document.comment(notesFor(findings, draft, { suggest: true, showExcused }), { date }).bytes
}

/** More findings than this help nobody, and would be slow to show. */
const most = 5000

function check(task: Task): Checked {
  const file = checked(task, '')
  const { draft, findings, alignment, directives } = file
  const lines = new Lines(draft.source)
  const first = findings.slice(0, most)
  const plain = jsonFindings(first, draft)
  return {
    findings: first.map((finding, i) => ({
      ...(plain[i] as JsonFinding),
      title: finding.rule.value.title,
      state: state(finding),
      shade: shade(finding),
      here: chain(finding, draft),
      // A document is changed where it was written; what fits goes into its copy as a suggestion.
      wordings: task.format === 'document' ? [] : wordingsFor(finding),
    })),
    more: findings.length - first.length,
    summary: summarise(reportOf(file, false)),
    stands: (alignment ?? []).map((one) => standOf(one, findings)),
    directives: (directives ?? []).map(({ message, start }) => `Line ${lines.at(start).line}: ${message}`),
  }
}

function standOf({ value, conflicts, notes, affirmations }: Alignment, findings: readonly Finding[]): Stand {
  const errors = conflicts.filter(({ level }) => level === 'error').length
  return {
    value: value.number,
    title: value.title,
    errors,
    warnings: conflicts.length - errors,
    notes: notes.length,
    affirmed: affirmations.length,
    alone: findings.filter((finding) => finding.rule.value === value && !isLive(finding)).length,
  }
}

function checked({ text, format, own, accepted, profiles }: Task, path: string): FileReport {
  if (!pack) throw new Error('the rules are not loaded')
  const draft = format === 'document' ? document?.draft : readerFor(format)?.(text)
  if (!draft) throw new Error('the draft is of no format that is read')
  const options = { own, accepted, profiles }
  const { findings: all, problems } = reviewDraft(draft, pack, { ...options, affirmations: true })
  const findings = all.filter(({ outcome }) => outcome !== 'affirmed')
  return { path, draft, findings, directives: problems, alignment: alignmentOf(all, pack, options) }
}

function reportOf(file: FileReport, showExcused: boolean): Report {
  return { version, pack: pack?.name ?? '', files: [file], errors: [], showExcused }
}

self.addEventListener('message', async ({ data: { id, kind, ask } }: MessageEvent<Question>) => {
  const answer = answers[kind] as (ask: Ask<Kind>) => Answer<Kind> | Promise<Answer<Kind>>
  let reply: Reply
  try {
    reply = { id, answer: await answer(ask) }
  } catch (error) {
    reply = { id, fault: error instanceof Error ? error.message : String(error) }
  }
  self.postMessage(reply)
})
