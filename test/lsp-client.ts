import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A client of the language server, written from the protocol alone: it frames messages, answers requests, keeps what is sent. */

export interface Position {
  line: number
  character: number
}

export interface Range {
  start: Position
  end: Position
}

export interface Diagnostic {
  range: Range
  severity: number
  code: string
  message: string
}

interface TextEdit {
  range: Range
  newText?: string
  snippet?: { kind: string; value: string }
}

export interface CodeAction {
  title: string
  kind?: string
  isPreferred?: boolean
  diagnostics?: Diagnostic[]
  edit?: {
    changes?: Record<string, TextEdit[]>
    documentChanges?: { textDocument: { uri: string; version: number }; edits: TextEdit[] }[]
  }
  command?: { command: string; arguments: unknown[] }
}

interface Message {
  id?: number | string | null
  method?: string
  params?: unknown
  result?: unknown
  error?: { code: number; message: string }
}

/** In milliseconds. */
const patience = 15_000

export class Client {
  readonly #process: ChildProcess
  readonly #waiting = new Map<number, (message: Message) => void>()
  readonly #listeners = new Set<() => void>()
  #buffer: Buffer = Buffer.alloc(0)
  #last = 0
  /** Everything that the server sent, but for answers. */
  readonly received: Message[] = []
  readonly exit: Promise<number | null>

  constructor(folder: string) {
    this.#process = spawn(process.execPath, [resolve('dist/cli.cjs'), 'lsp', '--stdio'], { cwd: folder })
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#read(chunk))
    this.exit = new Promise((done) => this.#process.on('exit', done))
  }

  /** Starts a session; `capabilities` are the client's. */
  async start(folder: string, capabilities: object = {}): Promise<Record<string, unknown>> {
    const rootUri = pathToFileURL(folder).href
    const workspaceFolders = [{ uri: rootUri, name: 'drafts' }]
    const result = await this.ask('initialize', { processId: process.pid, rootUri, workspaceFolders, capabilities })
    this.tell('initialized', {})
    return (result as { capabilities: Record<string, unknown> }).capabilities
  }

  async ask<T = unknown>(method: string, params?: unknown): Promise<T> {
    const id = ++this.#last
    const answer = new Promise<Message>((done) => this.#waiting.set(id, done))
    this.#send({ id, method, params })
    const { result, error } = await answer
    if (error) throw new Error(`${method}: ${error.message}`)
    return result as T
  }

  tell(method: string, params?: unknown): void {
    this.#send({ method, params })
  }

  /** Bytes as they are, for messages that are none. */
  raw(bytes: string): void {
    this.#process.stdin?.write(bytes)
  }

  /** What `find` gives of the messages received, as soon as it gives anything. */
  async until<T>(what: string, find: (received: readonly Message[]) => T | undefined): Promise<T> {
    return new Promise((done, failed) => {
      const timer = setTimeout(() => failed(new Error(`waited in vain for ${what}`)), patience)
      const look = (): void => {
        const found = find(this.received)
        if (found === undefined) return
        clearTimeout(timer)
        this.#listeners.delete(look)
        done(found)
      }
      this.#listeners.add(look)
      look()
    })
  }

  /** The diagnostics that were sent for a version of a document. */
  async sent(uri: string, version: number): Promise<Diagnostic[]> {
    return this.until(`diagnostics of version ${version}`, (received) => {
      const last = received.findLast(({ method, params }) => {
        const given = params as { uri: string; version?: number } | undefined
        return method === 'textDocument/publishDiagnostics' && given?.uri === uri && given.version === version
      })
      return (last?.params as { diagnostics: Diagnostic[] } | undefined)?.diagnostics
    })
  }

  async stop(): Promise<number | null> {
    await this.ask('shutdown')
    this.tell('exit')
    return this.exit
  }

  /** Closes the connection without a word. */
  leave(): void {
    this.#process.stdin?.end()
  }

  kill(): void {
    this.#process.kill()
  }

  #send(message: Message): void {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message })
    this.raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
  }

  #read(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk])
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n')
      if (head < 0) return
      const length = Number(/^Content-Length: (\d+)$/m.exec(this.#buffer.toString('latin1', 0, head))?.[1])
      if (Number.isNaN(length)) throw new Error(`no message: ${this.#buffer.toString('utf8', 0, 200)}`)
      if (this.#buffer.length < head + 4 + length) return
      const message = JSON.parse(this.#buffer.toString('utf8', head + 4, head + 4 + length)) as Message
      this.#buffer = this.#buffer.subarray(head + 4 + length)
      this.#take(message)
    }
  }

  #take(message: Message): void {
    const { id, method } = message
    if (method === undefined) {
      this.#waiting.get(id as number)?.(message)
      return
    }
    this.received.push(message)
    if (id !== undefined) this.#send({ id, result: method === 'window/showDocument' ? { success: true } : null })
    for (const look of [...this.#listeners]) look()
  }
}

/** Where an offset lies: lines and UTF-16 units from 0. */
export function positionAt(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/)
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 }
}

export function offsetAt(text: string, { line, character }: Position): number {
  const ends = [...text.matchAll(/\r\n|\n|\r/g)]
  const before = line === 0 ? undefined : ends[line - 1]
  return (before ? before.index + before[0].length : 0) + character
}

/** The text with edits made, snippets without a reason filled in. */
export function edited(text: string, action: CodeAction, uri: string): string {
  const edits = action.edit?.changes?.[uri] ?? action.edit?.documentChanges?.[0]?.edits ?? []
  return edits.reduceRight((before, { range, newText, snippet }) => {
    const words = newText ?? snippet?.value.replace(`\${1}`, '') ?? ''
    return before.slice(0, offsetAt(before, range.start)) + words + before.slice(offsetAt(before, range.end))
  }, text)
}
