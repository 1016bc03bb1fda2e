import { randomUUID } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type Connection,
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type InitializeParams,
  type InitializeResult,
  ProposedFeatures,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node'
import { TextDocument } from 'vscode-languageserver-textdocument'
import type { Diagnostic } from 'vscode-languageserver-types'
import { reviewDraft } from '../core/check.ts'
import { Readings } from '../core/reading.ts'
import { InputError, largestFile, writeNew } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import { actionsIn, explainCommand } from '../lsp/actions.ts'
import { diagnosticsOf, refusal } from '../lsp/diagnostics.ts'
import { hoverAt } from '../lsp/hover.ts'
import { languageOf, type Reviewed } from '../lsp/reviewed.ts'
import { isLive } from '../reporters/report.ts'
import { version } from '../version.ts'
import { explainRule } from './explain.ts'
import { Settings, type SettingsFlags } from './settings.ts'

/** In milliseconds: a pause in the writing, before it is checked. */
const pause = 150

/** Serves an editor over standard input and output until it says exit, or goes away. */
export function lsp(flags: SettingsFlags): Promise<number> {
  const connection = createConnection(ProposedFeatures.all, process.stdin, process.stdout)
  new Server(connection, flags).listen()
  // The connection ends the process: 0 after a shutdown, else 1.
  return new Promise(() => {})
}

/** A draft as checked, or why it was not; nothing for a file that is no draft, or that the configuration leaves out. */
type Outcome = { reviewed: Reviewed } | { refused: string } | undefined

/** An open draft: what made its last check, and what makes the next one fast. */
interface Open {
  readings: Readings
  version?: number
  settings?: Settings
  outcome?: Promise<Outcome>
  timer?: NodeJS.Timeout
}

class Server {
  readonly #connection: Connection
  readonly #flags: SettingsFlags
  readonly #documents = new TextDocuments(TextDocument)
  readonly #open = new Map<string, Open>()
  /** Where rules are shown from; it lies outside every draft. */
  readonly #pages = join(tmpdir(), `values-lint-${randomUUID()}`)
  #settings: Settings
  #client: InitializeParams['capabilities'] = {}
  #root = process.cwd()
  #reload: NodeJS.Timeout | undefined

  constructor(connection: Connection, flags: SettingsFlags) {
    this.#connection = connection
    this.#flags = flags
    this.#settings = new Settings(flags)
  }

  listen(): void {
    const [connection, documents] = [this.#connection, this.#documents]
    connection.onInitialize((params) => this.#initialize(params))
    connection.onInitialized(() => this.#watch())
    connection.onDidChangeWatchedFiles(() => this.#reloadSoon())
    connection.onDidChangeConfiguration(() => this.#reloadSoon())
    documents.onDidChangeContent(({ document }) => this.#publishSoon(document))
    documents.onDidSave(() => {
      // Without a watch, a configuration is read again where a draft is saved.
      if (!this.#watches) this.#reloadSoon()
    })
    documents.onDidClose(({ document }) => this.#close(document))
    connection.onHover(async ({ textDocument, position }) => {
      const found = await this.#reviewed(textDocument.uri)
      const markdown = this.#client.textDocument?.hover?.contentFormat?.includes('markdown') ?? false
      return found && hoverAt(found.document, found.reviewed, position, markdown)
    })
    connection.onCodeAction(async ({ textDocument, range, context }) => {
      if (context.only?.length && !context.only.some((kind) => /^(?:quickfix)?$/.test(kind))) return []
      const found = await this.#reviewed(textDocument.uri)
      return found ? actionsIn(found.document, found.reviewed, range, this.#snippets) : []
    })
    connection.onExecuteCommand(async ({ command, arguments: given = [] }) => {
      if (command === explainCommand) await this.#explain(String(given[0]), String(given[1]))
    })
    connection.languages.diagnostics.on(({ textDocument }) => this.#pull(textDocument.uri))
    documents.listen(connection)
    connection.listen()
  }

  #initialize({ capabilities, workspaceFolders, rootUri }: InitializeParams): InitializeResult {
    this.#client = capabilities
    const root = workspaceFolders?.[0]?.uri ?? rootUri
    if (root) this.#root = pathOf(root) ?? this.#root
    return {
      serverInfo: { name: 'values-lint', version },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix'] },
        executeCommandProvider: { commands: [explainCommand] },
        ...(this.#pulls && { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }),
      },
    }
  }

  /** A client that asks for diagnostics is sent none. */
  get #pulls(): boolean {
    return this.#client.textDocument?.diagnostic !== undefined
  }

  get #watches(): boolean {
    return this.#client.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false
  }

  get #snippets(): boolean {
    const edits = this.#client.workspace?.workspaceEdit
    return (edits?.documentChanges && edits.snippetEditSupport) ?? false
  }

  /** Configurations, what they extend, and packs that somebody works on are YAML files of any name. */
  #watch(): void {
    if (this.#watches) {
      const watchers = ['**/*.{yaml,yml}', '**/package.json'].map((globPattern) => ({ globPattern }))
      void this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers })
    }
    if (this.#client.workspace?.didChangeConfiguration?.dynamicRegistration)
      void this.#connection.client.register(DidChangeConfigurationNotification.type)
  }

  #reloadSoon(): void {
    clearTimeout(this.#reload)
    this.#reload = setTimeout(() => {
      this.#settings = new Settings(this.#flags)
      for (const document of this.#documents.all()) this.#publishSoon(document)
      if (this.#client.workspace?.diagnostics?.refreshSupport) this.#connection.languages.diagnostics.refresh()
    }, pause)
  }

  #publishSoon(document: TextDocument): void {
    if (this.#pulls) return
    const open = this.#at(document.uri)
    clearTimeout(open.timer)
    open.timer = setTimeout(() => void this.#publish(document.uri), pause)
  }

  async #publish(uri: string): Promise<void> {
    const document = this.#documents.get(uri)
    if (!document) return
    const { version } = document
    const diagnostics = shown(document, await this.#check(document))
    if (this.#documents.get(uri)?.version === version)
      await this.#connection.sendDiagnostics({ uri, version, diagnostics })
  }

  async #pull(uri: string) {
    const document = this.#documents.get(uri)
    const items = document ? shown(document, await this.#check(document)) : []
    return { kind: 'full' as const, items }
  }

  #close({ uri }: TextDocument): void {
    clearTimeout(this.#open.get(uri)?.timer)
    this.#open.delete(uri)
    if (!this.#pulls) void this.#connection.sendDiagnostics({ uri, diagnostics: [] })
  }

  #at(uri: string): Open {
    const open = this.#open.get(uri) ?? { readings: new Readings() }
    this.#open.set(uri, open)
    return open
  }

  async #reviewed(uri: string): Promise<{ document: TextDocument; reviewed: Reviewed } | null> {
    const document = this.#documents.get(uri)
    const outcome = document && (await this.#check(document))
    return outcome && 'reviewed' in outcome ? { document, reviewed: outcome.reviewed } : null
  }

  /** Checks a draft, once for each version of it and of the settings. */
  #check(document: TextDocument): Promise<Outcome> {
    const open = this.#at(document.uri)
    const settings = this.#settings
    if (!open.outcome || open.version !== document.version || open.settings !== settings) {
      open.version = document.version
      open.settings = settings
      open.outcome = this.#review(document, settings, open.readings)
    }
    return open.outcome
  }

  async #review(document: TextDocument, settings: Settings, readings: Readings): Promise<Outcome> {
    const path = this.#path(document.uri)
    const language = languageOf(document.languageId, path)
    const read = language && readerFor(language)
    if (!read || path.startsWith(this.#pages)) return undefined
    try {
      const { pack, options, ignored } = await settings.for(path)
      if (ignored) return undefined
      const text = document.getText()
      if (text.length > largestFile)
        return { refused: `the draft is larger than ${largestFile / 1024 / 1024} MiB; split it` }
      const draft = read(text)
      const { findings, problems } = reviewDraft(draft, pack, options, readings)
      const live = findings.filter(isLive)
      return { reviewed: { draft, findings: live, problems, language, read, pack, options, readings } }
    } catch (error) {
      if (error instanceof InputError) return { refused: error.message }
      this.#connection.console.error(String((error as Error).stack))
      return { refused: `${(error as Error).message} (this is a fault in values-lint; please report it)` }
    }
  }

  /** Where a draft lies; one without a file is checked as if it lay at the top of the workspace. */
  #path(uri: string): string {
    return pathOf(uri) ?? join(this.#root, 'untitled')
  }

  async #explain(uri: string, rule: string): Promise<void> {
    const { pack, packName } = await this.#settings.for(this.#path(uri))
    const text = explainRule(rule, pack, packName)
    if (!this.#client.window?.showDocument?.support) {
      this.#connection.window.showInformationMessage(text)
      return
    }
    const page = join(this.#pages, `${rule.replaceAll('/', '-')}.txt`)
    writeNew(page, text)
    await this.#connection.window.showDocument({ uri: pathToFileURL(page).href, takeFocus: true })
  }
}

function shown(document: TextDocument, outcome: Outcome): Diagnostic[] {
  if (!outcome) return []
  return 'refused' in outcome ? refusal(outcome.refused) : diagnosticsOf(document, outcome.reviewed)
}

/** The path of a file's URI; undefined for a draft that has no file, or is on another machine. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri)
  } catch {
    return undefined
  }
}
