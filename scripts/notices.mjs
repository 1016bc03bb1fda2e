import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** The licence of every package that went into a bundle; `inputs` are the paths of the files in it. */
export function notices(inputs) {
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []))
  // The kernel is in all of them, and holds functions of AssemblyScript's library.
  folders.add('node_modules/assemblyscript')
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file && existsSync(`${folder}/${file}`) ? readFileSync(`${folder}/${file}`, 'utf8').trim() : ''
      return `${name} ${version} (${license})\n\n${text}\n${name === 'unpdf' ? insideUnpdf() : ''}`
    })
    .join(`\n${'-'.repeat(72)}\n\n`)
}

/** unpdf holds a build of PDF.js and names its licence, but brings no copy of it; TypeScript has the same. */
function insideUnpdf() {
  const apache = readFileSync('node_modules/typescript/LICENSE', 'utf8').trim()
  return `\nIt holds PDF.js, copyright Mozilla Foundation and contributors (Apache-2.0)\n\n${apache}\n`
}
