import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface, type Interface } from 'node:readline/promises'
import type { Readable, Writable } from 'node:stream'
import { Chalk, type ChalkInstance } from 'chalk'
import { reviewDraft } from '../core/check.ts'
import type { Look } from '../core/fix.ts'
import { Session } from '../core/session.ts'
import type { Finding } from '../core/types.ts'
import { InputError, readDraft, readKept, removeKept, rewriteDraft, writeKept, writeNew } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { wrap } from '../reporters/layout.ts'
import { entries } from '../reporters/pretty.ts'
import { colourful } from './colour.ts'
import { Settings, type SettingsFlags } from './settings.ts'

export interface ReviewFlags extends SettingsFlags {
  /** Keep the draft as it was, as FILE.bak. */
  backup?: boolean
  /** Show what was skipped before, too. */
  restart?: boolean
}

/** Where findings are shown and decided on. */
export interface Terminal {
  input: Readable
  output: Writable
  /** In columns. */
  width: number
  colour: boolean
}

/**
 * Walks through the findings of a draft. Every decision is written at once, the draft whole, so that it can end at any moment.
 * Gives the exit code: 0, or 130 where the user stopped it by Ctrl-C.
 */
export async function review(path: string, flags: ReviewFlags, terminal = ourTerminal()): Promise<number> {
  if (!terminal)
    throw new InputError('review asks at every finding and needs a terminal; values-lint check reports without one')
  const { pack, options, broken } = await new Settings(flags).for(path)
  const read = readerFor(path)
  if (!read)
    throw new InputError(`review changes Markdown, plain text and HTML; for Word: values-lint check --comments ${path}`)
  const look: Look = (source) => {
    const draft = read(source)
    return { draft, findings: reviewDraft(draft, pack, options).findings }
  }
  const source = readNamed(path)
  const place = statePlace(path)
  if (flags.restart) removeKept(place)
  const skipped = skippedBefore(place)
  const session = new Session(look(source), look, skipped)
  if (flags.backup && session.left.length && !writeNew(`${path}.bak`, source))
    throw new InputError(`${path}.bak is there already; move it away, or leave out --backup`)
  const lines = createInterface({ ...terminal, terminal: true, historySize: 0 })
  const walk = new Walk(path, session, lines, terminal, place)
  process.once('SIGINT', walk.stop)
  try {
    if (skipped.length)
      walk.say(
        `${skipped.length} skipped before ${skipped.length === 1 ? 'is' : 'are'} passed over (--restart shows them again).`,
      )
    await walk.all()
    return broken ? 2 : 0
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    walk.say(`\nStopped. What you decided so far is in ${path}.`)
    return 130
  } finally {
    process.off('SIGINT', walk.stop)
    lines.close()
  }
}

function readNamed(path: string): string {
  try {
    return readDraft(path)
  } catch (error) {
    throw error instanceof InputError ? new InputError(`${path}: ${error.message}`) : error
  }
}

function ourTerminal(): Terminal | undefined {
  const { stdin, stdout } = process
  if (!stdin.isTTY || !stdout.isTTY) return undefined
  return { input: stdin, output: stdout, width: stdout.columns || 80, colour: colourful(undefined) }
}

/** Where it is remembered what was skipped in a draft: among the user's own files, not in the repository. */
function statePlace(path: string): string {
  const { XDG_STATE_HOME, LOCALAPPDATA } = process.env
  const home = XDG_STATE_HOME || LOCALAPPDATA || join(homedir(), '.local', 'state')
  const name = createHash('sha256').update(resolve(path)).digest('hex').slice(0, 32)
  return join(home, 'values-lint', 'review', `${name}.json`)
}

function skippedBefore(place: string): string[] {
  try {
    const kept: unknown = JSON.parse(readKept(place) ?? '[]')
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : []
  } catch {
    // Only what was skipped is lost.
    return []
  }
}

type Step = 'done' | 'again' | 'quit'

/** The questions and answers of a review. */
class Walk {
  readonly #path: string
  readonly #session: Session
  readonly #lines: Interface
  readonly #terminal: Terminal
  readonly #place: string
  readonly #paint: ChalkInstance
  readonly #columns: number
  #written: string
  #decided = 0
  readonly #end = new AbortController()

  constructor(path: string, session: Session, lines: Interface, terminal: Terminal, place: string) {
    this.#path = path
    this.#session = session
    this.#lines = lines
    this.#terminal = terminal
    this.#place = place
    this.#paint = new Chalk({ level: terminal.colour ? 1 : 0 })
    this.#columns = Math.min(Math.max(terminal.width, 40), 100)
    this.#written = session.draft.source
    lines.once('SIGINT', this.stop).once('close', () => this.#end.abort('ended'))
  }

  say(text: string): void {
    this.#terminal.output.write(`${text}\n`)
  }

  /** Goes on until nothing is left or the user quits. */
  async all(): Promise<void> {
    for (let next = this.#session.left[0]; next; next = this.#session.left[0]) {
      this.#show(next)
      let step: Step
      do step = await this.#decide(next)
      while (step === 'again')
      if (step === 'quit') {
        const { length } = this.#session.left
        this.say(`${length} left; values-lint review ${this.#path} goes on here.`)
        return
      }
    }
    const { length } = this.#session.skipped
    removeKept(this.#place)
    this.say(`Nothing left to look at in ${this.#path}${length ? `; ${length} skipped` : ''}.`)
  }

  #show(finding: Finding): void {
    const { draft, left } = this.#session
    const file = { path: this.#path, draft, findings: [] }
    const total = left.length + this.#decided
    const head = `── ${this.#decided + 1} of ${total} `
    const choices = wordingsOf(finding).flatMap((wording, i) =>
      wrap(wording, this.#columns - 5).map((row, line) => `${line ? ' ' : i + 1}  ${row}`),
    )
    const other = 'e edit · k keep on purpose · s skip · u undo · q quit'
    const rows = [...choices, ...wrap(other, this.#columns - 2)].map((row) => `  ${row}`)
    this.say(
      [
        '',
        this.#paint.bold(head + '─'.repeat(Math.max(2, this.#columns - head.length))),
        '',
        ...entries(file, [finding], this.#columns - 2, this.#paint),
        '',
        ...rows,
        '',
      ].join('\n'),
    )
  }

  async #decide(finding: Finding): Promise<Step> {
    const answer = (await this.#ask('> '))?.trim().toLowerCase()
    if (answer === undefined || answer === 'q') return 'quit'
    const wording = /^[1-9]$/.test(answer) ? wordingsOf(finding)[Number(answer) - 1] : undefined
    if (wording !== undefined) return this.#done(this.#session.replace(finding, wording))
    if (answer === 'e') return await this.#edit(finding)
    if (answer === 'k') {
      const reason = (await this.#ask('Why is it kept? '))?.trim()
      return reason ? this.#keep(finding, reason) : this.#again('It needs a reason; nothing was changed.')
    }
    if (answer === 's') {
      this.#session.skip(finding)
      return this.#done(undefined)
    }
    if (answer === 'u') {
      if (!this.#session.undo()) return this.#again('There is nothing to undo.')
      this.#decided -= 2
      return this.#done(undefined)
    }
    return this.#again('Answer with a number or one of the letters above, then Enter.')
  }

  #keep(finding: Finding, reason: string): Step {
    const before = this.#session.left.length
    const complaint = this.#session.keep(finding, reason)
    const kept = before - this.#session.left.length
    if (kept > 1) this.say(`The directive keeps ${kept} findings of the rule.`)
    return this.#done(complaint)
  }

  async #edit(finding: Finding): Promise<Step> {
    const before = this.#session.draft.source.slice(finding.start, finding.end).replace(/\s*[\r\n]+\s*/g, ' ')
    const text = await this.#ask('Write instead: ', before)
    if (text === undefined || text === before) return this.#again('Nothing was changed.')
    this.#session.edit(finding, text)
    return this.#done(undefined)
  }

  /** Writes what was decided; or says what stands against it. */
  #done(complaint: string | undefined): Step {
    if (complaint !== undefined) return this.#again(`That cannot be done here: ${complaint}.`)
    const { source } = this.#session.draft
    if (source !== this.#written) rewriteDraft(this.#path, this.#written, source)
    this.#written = source
    this.#decided++
    writeKept(this.#place, JSON.stringify(this.#session.skipped))
    return 'done'
  }

  #again(text: string): Step {
    this.say(text)
    return 'again'
  }

  /** A line from the user, `preset` in it to begin with; nothing where the input has ended. */
  async #ask(question: string, preset = ''): Promise<string | undefined> {
    try {
      const answer = this.#lines.question(question, { signal: this.#end.signal })
      if (preset) this.#lines.write(preset)
      return await answer
    } catch (error) {
      if (this.#end.signal.reason === 'ended') return undefined
      throw error
    }
  }

  /** Stops at the question that is open. */
  readonly stop = (): void => this.#end.abort('stopped')
}

/** Wordings that can be chosen, without the remarks in brackets behind them. What others say has none. */
function wordingsOf({ outcome, rule }: Finding): string[] {
  return outcome === 'conflict' ? rule.instead.slice(0, 9).map((text) => text.replace(/ \([^)]*\)$/, '')) : []
}
