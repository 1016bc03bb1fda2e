// The tagger's model as the build has it: the lexicon packed (src/core/lexicon.ts), and wink-nlp taught to look words up in it.
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const model = resolve('node_modules/wink-eng-lite-web-model/dist/languages/cur/models/eng-core-web-model.json')

/** What wink-nlp does with the words of its lexicon, what it is to do instead, and how often. */
const changes = [
  ['var index = h[ value ];', 'var index = f.find ? f.find( value ) : h[ value ];', 1],
  ['var index = lexemesHash[ text ];', 'var index = lxm.find( text );', 1],
  ['return lxm.list[ index ];', 'return lxm.word( index );', 1],
  ['( index * pkSize )', '( model.rows[ index ] * pkSize )', 9],
  ['( normIndex * pkSize )', '( model.rows[ normIndex ] * pkSize )', 2],
]

/** The packed model in the place of the plain one. */
export function modelPacked(path, importer) {
  return path === './model.ts' && importer.endsWith('tagger.ts') ? resolve('src/core/model-packed.ts') : undefined
}

/** What stands in a file of wink-nlp in the place of its source; nothing where it stays as it is. */
export function changed(path) {
  if (!/wink-nlp\/src\/cache\.js$/.test(path)) return undefined
  let source = readFileSync(path, 'utf8')
  for (const [before, after, times] of changes) {
    if (source.split(before).length !== times + 1)
      throw new Error(`${path} no longer holds “${before}” as often; see ${import.meta.url}`)
    source = source.replaceAll(before, after)
  }
  return source
}

/** For esbuild. */
export const packedTagger = {
  name: 'tagger',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/model\.ts$/ }, ({ path, importer }) => {
      const packed = modelPacked(path, importer)
      return packed && { path: packed }
    })
    onResolve({ filter: /^#tagger-model$/ }, ({ path }) => ({ path, external: true }))
    onLoad({ filter: /wink-nlp\/src\/cache\.js$/ }, ({ path }) => ({ contents: changed(path) }))
  },
}

export const modelForNode = `import{readFileSync}from'node:fs'
import{join}from'node:path'
export default()=>readFileSync(join(import.meta.dirname,'tagger-model.bin'))
`

/**
 * Writes the model to a folder: for Node a file beside the program, read as it lies; for browsers a module that holds it, zipped.
 * `freeze` packs the lexicon.
 */
export async function writeModel(folder, freeze) {
  const bytes = freeze(JSON.parse(readFileSync(model, 'utf8')))
  writeFileSync(`${folder}/tagger-model.bin`, bytes)
  const packed = gzipSync(bytes, { level: 9 })
  const browser = `import { gunzipSync } from 'fflate'
const packed = '${packed.toString('base64')}'
export default () => gunzipSync(Uint8Array.from(atob(packed), (character) => character.charCodeAt(0)))
`
  writeFileSync(`${folder}/tagger-model.node.js`, modelForNode)
  const stdin = { contents: browser, resolveDir: '.' }
  await build({
    stdin,
    outfile: `${folder}/tagger-model.js`,
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    minify: true,
  })
}
