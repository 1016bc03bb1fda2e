/** A thousand random edits, through the language server and its incremental checks. */

import { expect, test } from 'vitest'
import { sameAfterEdits } from './lsp-edits.ts'

test.each([1, 2])(
  '1,000 random edits end in the diagnostics of a fresh check: run %i',
  async (seed) => {
    expect(await sameAfterEdits(1000, 8, seed)).toBeGreaterThan(500)
  },
  600_000,
)
