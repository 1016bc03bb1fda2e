// Compiles the kernel (src/kernel) from AssemblyScript to WebAssembly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

/** The module for the command, which reads the bytes from the file beside it. */
export const kernelForNode = `import{readFileSync}from'node:fs'
import{join}from'node:path'
export default()=>readFileSync(join(import.meta.dirname,'kernel.wasm'))
`

/** Writes the kernel to a folder: its bytes, and a module that gives them anywhere. */
export async function writeKernel(folder) {
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/kernel.wasm`
  const options = [
    '-O3',
    '--runtime',
    'stub',
    '--noAssert',
    '--use',
    'abort=',
    ...(process.env.KDEBUG ? ['--debug'] : []),
  ]
  const { error, stderr } = await asc.main(['src/kernel/index.ts', '--outFile', file, ...options])
  if (error) throw new Error(`src/kernel: ${error.message}\n${stderr}`)
  const bytes = readFileSync(file)
  writeFileSync(
    `${folder}/kernel.js`,
    `const bytes = '${bytes.toString('base64')}'
export default () => Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0))
`,
  )
}
