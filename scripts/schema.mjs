// Writes the JSON Schemas of rule files, packs, findings and configurations from the zod shapes: for editors, and for those who
// read our JSON.
import { writeFileSync } from 'node:fs'
import { buildSync } from 'esbuild'

const { outputFiles } = buildSync({
  stdin: {
    contents: `export { schemas } from './src/core/schema.ts'; export { configSchema } from './src/config/shape.ts'`,
    resolveDir: '.',
  },
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
})
const shapes = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
for (const [name, schema] of Object.entries({ ...shapes.schemas(), config: shapes.configSchema() })) {
  writeFileSync(`schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
}
