import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { commands, window, workspace } from 'vscode'
import { LanguageClient } from 'vscode-languageclient/node'

/** The editor's side of the language server: it starts `values-lint lsp` and hands it the drafts. */

let client

export async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand('values-lint.restart', restart),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('values-lint')) void restart()
    }),
  )
  await start()
}

export async function deactivate() {
  await client?.stop()
  client = undefined
}

async function restart() {
  await deactivate()
  await start()
}

async function start() {
  const languages = workspace.getConfiguration('values-lint').get('languages', ['markdown', 'plaintext'])
  const schemes = ['file', 'untitled']
  const documentSelector = schemes.flatMap((scheme) => languages.map((language) => ({ scheme, language })))
  client = new LanguageClient('values-lint', 'values-lint', program(), { documentSelector })
  try {
    await client.start()
  } catch (error) {
    client = undefined
    const hint = 'Install it in this folder (npm install --save-dev values-lint), or set "values-lint.path".'
    void window.showErrorMessage(`values-lint did not start: ${error.message}. ${hint}`)
  }
}

/** The program and how to run it: JavaScript runs in the editor's own Node, anything else as a command. */
function program() {
  const folders = (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file')
  const root = folders[0]?.uri.fsPath
  const installed = folders
    .map(({ uri }) => join(uri.fsPath, 'node_modules', 'values-lint', 'dist', 'cli.js'))
    .find((path) => existsSync(path))
  const path = workspace.getConfiguration('values-lint').get('path', '') || installed || 'values-lint'
  const options = root === undefined ? {} : { cwd: root }
  if (!/\.[cm]?js$/.test(path)) {
    // On Windows, npm's commands are scripts that only a shell starts.
    return { command: path, args: ['lsp', '--stdio'], options: { ...options, shell: process.platform === 'win32' } }
  }
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  return { command: process.execPath, args: [path, 'lsp', '--stdio'], options: { ...options, env } }
}
