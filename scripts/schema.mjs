// Writes the JSON Schemas of rule files, packs and findings from the zod shapes: for editors, and for those who read our JSON.
import { writeFileSync } from 'node:fs'
import { buildSync } from 'esbuild'

const { outputFiles } = buildSync({
  entryPoints: ['src/core/schema.ts'],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
})
const shapes = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`)
for (const [name, schema] of Object.entries(shapes.schemas())) {
  writeFileSync(`schema/${name}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`)
}
