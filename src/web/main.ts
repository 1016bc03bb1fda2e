import { Cards } from './cards.ts'
import { showChart } from './chart.ts'
import { byId, count, el } from './dom.ts'
import { formatOf, largest, largestDraft, tooLarge } from './draft-file.ts'
import { Editor, type Version } from './editor.ts'
import { Engine } from './engine.ts'
import { forget, keep, recall } from './memory.ts'
import type { Checked, Format, PackFacts, PageFinding, Task } from './messages.ts'
import { unpackText } from './unpack.ts'

/** The page: the draft on one side, what was found on the other. Nothing here reads or sends anything over a network. */

const packed = (name: string): string => byId(`packed-${name}`).textContent ?? ''
const button = (id: string, act: () => void): void => byId(id).addEventListener('click', act)
const lines = (id: string): string[] =>
  byId<HTMLTextAreaElement>(id)
    .value.split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

const engine = new Engine(packed('worker'))
const editor = new Editor(byId('paper'), document.querySelector('style')?.nonce ?? '', largestDraft, {
  changed: (opened) => changed(opened),
  entered: (finding) => finding && point(finding),
  refused: (size) => notify(`The text, ${megabytes(size)} long, ${tooLarge(largestDraft)}`),
  apply: (finding) => finding.wordings[0] !== undefined && use(finding, finding.wordings[0]),
})
const cards = new Cards({
  opened: (finding) => {
    if (!finding) editor.point(undefined)
    else if (besides.matches) editor.goTo(finding)
    else editor.point(finding)
    dock()
  },
  use: (finding, words) => use(finding, words),
})

let pack: PackFacts | undefined
/** The name of the file that was opened, and how it writes line ends; the editor knows one way only. */
let file: { name: string; crlf: boolean } | undefined
/** The person chose how to read the draft, or the file's name says it. */
let formatChosen = false
/** There are edits that were neither saved nor remembered. */
let unsaved = false
let result: (Checked & { version: Version }) | undefined
let chosenValue: number | undefined

// ---- checking

/** In milliseconds: a pause in typing. */
const pause = 200
let timer: ReturnType<typeof setTimeout> | undefined
let checking = false
let stale = false

function changed(opened: boolean): void {
  if (!opened && !formatChosen && !editor.length) byId<HTMLSelectElement>('format').value = 'text'
  unsaved = !opened
  document.body.classList.toggle('blank', !editor.length)
  if (byId('undo').dataset.fresh) delete byId('undo').dataset.fresh
  else byId('undo').hidden = true
  recheck(opened ? 0 : pause)
}

function recheck(wait: number): void {
  stale = true
  document.body.classList.remove('checked')
  clearTimeout(timer)
  timer = setTimeout(check, wait)
}

async function check(): Promise<void> {
  if (checking || !pack) return
  checking = true
  stale = false
  const { text, version } = editor.send()
  if (!formatChosen) byId<HTMLSelectElement>('format').value = formatOf(text)
  const patience = setTimeout(() => byId('summary').classList.add('busy'), 500)
  try {
    result = { ...(await engine.ask('check', task(text))), version }
    remember()
    show()
  } catch (error) {
    notify(`The draft could not be checked: ${(error as Error).message}. Please report this as a fault in values-lint.`)
  }
  clearTimeout(patience)
  byId('summary').classList.remove('busy')
  checking = false
  if (stale) check()
  else document.body.classList.add('checked')
}

function task(text: string): Task {
  return { text, format: format(), own: lines('own'), accepted: lines('accepted'), profiles: profiles() }
}

function profiles(): string[] {
  return [...byId('profiles').querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value)
}

/** A box for each profile of the pack, with what it says of itself. */
function offerProfiles(all: Readonly<Record<string, string>>, chosen: readonly string[]): void {
  byId('profiles-row').hidden = !Object.keys(all).length
  byId('profiles').replaceChildren(
    ...Object.entries(all).map(([profile, about]) => {
      const box = el('input', { type: 'checkbox', value: profile })
      box.checked = chosen.includes(profile)
      return el('label', {}, box, `${profile}: ${about}`)
    }),
  )
}

function format(): Format {
  return byId<HTMLSelectElement>('format').value as Format
}

// ---- showing

function show(): void {
  if (!result || !pack) return
  const { findings, more, summary, stands, directives, version } = result
  const blank = !editor.length
  const alone = findings.filter(({ shade }) => shade === 'alone')
  const wanted = findings.filter(({ shade }) => shade !== 'alone' || aloneShown())
  const ofValue = wanted.filter(({ value }) => chosenValue === undefined || value === chosenValue)
  editor.show(wanted, version)
  cards.show(ofValue)
  showChart(stands, chosenValue, choose)
  byId('empty').hidden = !blank
  byId('summary').textContent = blank
    ? ''
    : `${tally(summary)}${more ? ` The first ${findings.length.toLocaleString('en')} passages are shown.` : ''}`
  byId('directives').replaceChildren(...directives.map((text) => el('li', {}, text)))
  byId('directives').hidden = !directives.length
  byId('alone').hidden = !alone.length
  byId('excused-text').textContent = `Show what was left alone, and why (${alone.length})`
  byId('filter').hidden = chosenValue === undefined
  const value = pack.values.find(({ number }) => number === chosenValue)
  byId('filter-text').textContent = value ? `Only value ${value.number}, ${value.title}.` : ''
  byId('steps').hidden = byId('dock').hidden = !ofValue.length
  if (!cards.current) editor.point(undefined)
  dock()
  for (const id of ['save-text', 'save-report']) byId<HTMLButtonElement>(id).disabled = blank
}

/** `3 conflicts (2 errors, 1 warning), 2 notes in 640 words.` */
function tally({ levels, words }: Checked['summary']): string {
  const conflicts = levels.error + levels.warning
  const kinds = [count(levels.error, 'error'), count(levels.warning, 'warning')].filter(Boolean).join(', ')
  const found = [conflicts ? `${count(conflicts, 'conflict')} (${kinds})` : '', count(levels.note, 'note')]
  return `${found.filter(Boolean).join(', ') || 'No conflict with the values'} in ${count(words, 'word') || 'no words'}.`
}

function aloneShown(): boolean {
  return byId<HTMLInputElement>('excused').checked
}

function choose(value: number): void {
  chosenValue = chosenValue === value ? undefined : value
  show()
  const row = result?.stands.findIndex((stand) => stand.value === value) ?? 0
  byId('chart').querySelectorAll('button')[row]?.focus()
}

/** What the person should know at once. */
function notify(text: string): void {
  byId('notice').textContent = text
  byId('notice').hidden = !text
}

// ---- going from finding to finding

const besides = matchMedia('(min-width: 56rem)')

function point(finding: PageFinding): void {
  // Where the cards are under the draft, the dock says what the card says, and the passage stays in view.
  cards.open(finding, besides.matches)
  editor.point(finding)
  dock()
}

function dock(): void {
  const { current, findings } = cards
  byId('dock-text').textContent = current
    ? `${findings.indexOf(current) + 1} of ${findings.length}, ${current.state}: ${current.message}`
    : count(findings.length, 'finding')
}

/** Goes to the next passage after the cursor, or the one before it; round at the ends. */
function step(by: 1 | -1): void {
  const shown = new Set(cards.findings)
  const all = editor.placed().filter(({ finding }) => shown.has(finding))
  if (!all.length) return
  const at = all.findIndex(({ finding }) => finding === cards.current)
  const after = all.findIndex(({ from }) => from >= editor.cursor)
  const from = at >= 0 ? at + by : by > 0 ? after : (after < 0 ? all.length : after) - 1
  const next = all[(from + all.length) % all.length]
  if (!next) return
  editor.goTo(next.finding)
  const { finding } = next
  cards.open(finding, besides.matches)
  dock()
  byId('said').textContent =
    `Finding ${all.indexOf(next) + 1} of ${all.length}, ${finding.state}: “${finding.text}”. ${finding.message}`
}

// ---- using a wording, and undoing it

function use(finding: PageFinding, words: string): void {
  byId('undo').dataset.fresh = 'yes'
  if (!editor.replace(finding, words)) {
    delete byId('undo').dataset.fresh
    return
  }
  byId('undo-text').textContent = `“${finding.text}” is now “${words}”.`
  byId('undo').hidden = false
  byId('said').textContent = `Changed to “${words}”.`
  if (document.activeElement?.closest('.card')) byId('undo-button').focus()
}

// ---- files in and out

async function open(chosen: File): Promise<void> {
  notify('')
  const most = largest(chosen.name)
  if (chosen.size > most) return notify(`${chosen.name}, ${megabytes(chosen.size)} long, ${tooLarge(most)}`)
  const opened = await engine.ask('open', { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) })
  if ('refused' in opened) return notify(`${chosen.name} ${opened.refused}`)
  file = { name: chosen.name, crlf: opened.text.includes('\r\n') }
  formatChosen = true
  byId<HTMLOptionElement>('format-document').hidden = opened.format !== 'document'
  byId<HTMLSelectElement>('format').value = opened.format
  name()
  editor.lock(false)
  editor.open(opened.text)
  fitFormat()
}

/** A document is shown as it is, and saved with comments; text is edited here. */
function fitFormat(): void {
  const document = format() === 'document'
  editor.lock(document)
  byId('document').hidden = byId('save-document').hidden = !document
  byId('save-text').hidden = document
}

function name(): void {
  byId('draft-title').textContent = file?.name ?? 'Your draft'
  document.title = file ? `${file.name} · values-lint` : 'values-lint'
}

function save(name: string, type: string, content: BlobPart): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

const endings: Readonly<Record<Format, string>> = { document: 'txt', text: 'txt', markdown: 'md', html: 'html' }

function saveText(): void {
  const text = file?.crlf ? editor.text.replaceAll('\n', '\r\n') : editor.text
  unsaved = false
  const name = file?.name.replace(/\.(?:docx|odt)$/i, `.${endings[format()]}`)
  save(name ?? `draft.${endings[format()]}`, 'text/plain;charset=utf-8', text)
}

async function saveDocument(): Promise<void> {
  const name = file?.name ?? 'draft.docx'
  // Word shows a comment's time as it is written, whatever zone it says.
  const date = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().replace(/\.\d+/, '')
  const bytes = await engine.ask('comment', { ...task(editor.text), showExcused: aloneShown(), date })
  save(name.replace(/\.(\w+)$/, '.checked.$1'), 'application/octet-stream', bytes as BlobPart)
}

async function saveReport(): Promise<void> {
  const name = file?.name ?? 'draft'
  const report = await engine.ask('report', { ...task(editor.text), name, showExcused: aloneShown() })
  save(`${name.replace(/\.[^.]*$/, '')}-values.html`, 'text/html;charset=utf-8', report)
}

function megabytes(size: number): string {
  return `${(size / 1024 / 1024).toFixed(size < 10 * 1024 * 1024 ? 1 : 0)} MB`
}

// ---- memory

function remember(): void {
  const { checked } = byId<HTMLInputElement>('remember')
  if (!checked) return
  const now = task(editor.text)
  // A document's text can be kept, the document cannot.
  const kept = { ...now, format: now.format === 'document' ? ('text' as const) : now.format, name: file?.name }
  if (keep(kept)) unsaved = false
  else notify('This browser keeps nothing for this page, so the draft is not remembered.')
}

function restore(): void {
  const kept = recall()
  if (!kept) return
  byId<HTMLInputElement>('remember').checked = true
  byId<HTMLTextAreaElement>('own').value = kept.own.join('\n')
  byId<HTMLTextAreaElement>('accepted').value = kept.accepted.join('\n')
  file = kept.name === undefined ? undefined : { name: kept.name, crlf: false }
  formatChosen = file !== undefined
  byId<HTMLSelectElement>('format').value = kept.format
  name()
  editor.open(kept.text)
}

// ---- the page's own controls

const sample = `We fight modern-day slavery in every county. The Nordic Model puts people in danger.

The county should adopt the Equality Model within the year. “We must end demand,” said Sen. Ruiz.
`

function wire(): void {
  button('open', () => byId('file').click())
  byId<HTMLInputElement>('file').addEventListener('change', (event) => {
    const input = event.target as HTMLInputElement
    if (input.files?.[0]) open(input.files[0])
    input.value = ''
  })
  button('save-text', saveText)
  button('save-document', saveDocument)
  button('save-report', saveReport)
  button('next', () => step(1))
  button('dock-next', () => step(1))
  button('dock-text', () => cards.focus())
  button('previous', () => step(-1))
  button('dock-previous', () => step(-1))
  button('undo-button', () => {
    editor.undo()
    byId('said').textContent = 'Undone.'
    editor.focus()
  })
  button('filter-off', () => chosenValue !== undefined && choose(chosenValue))
  button('sample', () => {
    byId<HTMLSelectElement>('format').value = 'text'
    fitFormat()
    editor.open(sample)
    editor.focus()
  })
  byId('excused').addEventListener('change', show)
  byId('format').addEventListener('change', () => {
    formatChosen = true
    fitFormat()
    recheck(0)
  })
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'F8' || document.querySelector('dialog[open]')) return
    event.preventDefault()
    step(event.shiftKey ? -1 : 1)
  })
  // What is neither saved nor remembered would be lost without a word.
  addEventListener('beforeunload', (event) => unsaved && editor.length && event.preventDefault())
  wireDialogs()
  wireDrop()
}

function wireDialogs(): void {
  button('settings-open', () => byId<HTMLDialogElement>('settings').showModal())
  byId('settings').addEventListener('close', () => recheck(0))
  byId('remember').addEventListener('change', () => {
    if (byId<HTMLInputElement>('remember').checked) remember()
    else forget()
  })
  button('forget', () => {
    forget()
    for (const id of ['own', 'accepted']) byId<HTMLTextAreaElement>(id).value = ''
    if (pack) offerProfiles(pack.profiles, [])
    byId<HTMLInputElement>('remember').checked = false
    byId('forgotten').textContent = 'Nothing is kept in this browser now.'
  })
  button('help-open', async () => {
    byId<HTMLDialogElement>('help').showModal()
    byId('licences').textContent ||= await unpackText(packed('notices'))
  })
}

/** A file may be dropped anywhere on the page; text goes where the editor puts it. */
function wireDrop(): void {
  const holdsFile = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false
  const over = (on: boolean): void => void document.body.classList.toggle('over', on)
  const events = { capture: true }
  document.addEventListener(
    'dragover',
    (event) => {
      if (!holdsFile(event)) return
      event.preventDefault()
      over(true)
    },
    events,
  )
  document.addEventListener('dragleave', (event) => event.relatedTarget === null && over(false), events)
  document.addEventListener(
    'drop',
    (event) => {
      over(false)
      if (!holdsFile(event)) return
      event.preventDefault()
      event.stopPropagation()
      const dropped = event.dataTransfer?.files[0]
      if (dropped) open(dropped)
    },
    events,
  )
}

async function start(): Promise<void> {
  const wide = matchMedia('(min-width: 94rem)')
  const unfold = (): void => {
    byId<HTMLDetailsElement>('values').open = wide.matches
  }
  wide.addEventListener('change', unfold)
  unfold()
  document.body.classList.add('blank')
  wire()
  restore()
  try {
    pack = await engine.ask('start', { pack: packed('pack') })
    byId('pack').textContent = pack.title
    byId('organisation').textContent = `the ${pack.organisation}`
    offerProfiles(pack.profiles, recall()?.profiles ?? [])
    document.body.classList.add('ready')
    await check()
  } catch (error) {
    notify(`This browser cannot run the check: ${(error as Error).message}`)
  }
}

start()
