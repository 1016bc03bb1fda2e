/** A thousand random edits, through the language server and its incremental checks; all drafts of the fixtures in the editor. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Client } from './lsp-client.ts'
import { sameAfterEdits, sameAsGolden } from './lsp-edits.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-edits-'))
const client = new Client(folder)
beforeAll(() => client.start(folder, { textDocument: { diagnostic: {} } }))
afterAll(() => {
  client.kill()
  rmSync(folder, { recursive: true, force: true })
})

test('the drafts of the fixtures have in the editor what the command reports', async () => {
  await sameAsGolden(client, folder)
})

test.each([1, 2])(
  '1,000 random edits end in the diagnostics of a fresh check: run %i',
  async (seed) => {
    expect(await sameAfterEdits(client, 1000, seed)).toBeGreaterThan(500)
  },
  600_000,
)
