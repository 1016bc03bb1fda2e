// Compiles the kernel (src/kernel) from AssemblyScript to WebAssembly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

/** The module for the command, which reads the bytes from the file beside it. */
export const kernelForNode = `import{readFileSync}from'node:fs'
import{join}from'node:path'
export default()=>readFileSync(join(import.meta.dirname,'kernel.wasm'))
`

const options = ['-O3', '--runtime', 'stub', '--noAssert', '--use', 'abort=']

/** Writes the kernel to a folder: its bytes, and a module that gives them anywhere. */
export async function writeKernel(folder) {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/kernel.wasm`
  const { error, stderr } = await asc.main(['src/kernel/index.ts', '--outFile', file, ...options])
  if (error) throw new Error(`src/kernel: ${error.message}\n${stderr}`)
  // A letter for each byte: some runtimes know no base64.
  const letters = JSON.stringify(readFileSync(file, 'latin1')).replaceAll(/[\x7f-\xff]/g, escaped)
  writeFileSync(
    `${folder}/kernel.js`,
    `const bytes = ${letters}
export default () => Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))
`,
  )
}

function escaped(letter) {
  return `\\x${letter.charCodeAt(0).toString(16)}`
}
