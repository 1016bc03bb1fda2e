/** The schemas in the repository are fresh, and what the command prints fits them. */

import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { configSchema } from '../src/config/shape.ts'
import { reportShape, schemas } from '../src/core/schema.ts'

test.each(Object.entries({ ...schemas(), config: configSchema() }))(
  'schema/%s.schema.json is what the shapes say (`npm run schema`)',
  (name, schema) => {
    expect(JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)))
  },
)

test('the JSON report of a whole draft fits its schema', () => {
  const args = ['dist/cli.cjs', 'check', 'fixtures/drafts/press-release-gala.md', '--format', 'json', '--show-excused']
  const report = JSON.parse(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout)
  expect(reportShape.parse(report)).toEqual(report)
  const source = readFileSync('fixtures/drafts/press-release-gala.md', 'utf8')
  for (const { text, start, end } of report.files[0].findings) {
    expect(
      source
        .slice(start.offset, end.offset)
        .replace(/[*_[\]]|\s+/g, ' ')
        .trim()
        .slice(0, 4),
    ).toBe(text.replace(/\s+/g, ' ').trim().slice(0, 4))
  }
})
