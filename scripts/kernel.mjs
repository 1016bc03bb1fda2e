// Compiles the kernel (src/kernel) from AssemblyScript to WebAssembly.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import asc from 'assemblyscript/asc'

/** Writes `kernel.js` to a folder, a module that gives the kernel's bytes. */
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
