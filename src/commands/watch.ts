import { basename, resolve, sep } from 'node:path'
import { watch as watchFiles } from 'chokidar'
import { configFor, InputError, isFolder } from '../files.ts'
import { extensions } from '../formats/names.ts'
import { type CheckFlags, check } from './check.ts'

/** Checks drafts, and again whenever one changes, until the user stops it. Gives the exit code, 130. */
export async function watch(paths: readonly string[], flags: CheckFlags): Promise<number> {
  if (paths.includes('-')) throw new InputError('watch needs files or folders, not -')
  const roots = paths.length ? paths : ['.']
  const config = configFor('.')
  const outputs = new Set(flags.output.map((given) => resolve(given.replace(/^[a-z]{2,}:(?=.)/, ''))))
  // A draft that is named outright counts whatever its name is.
  const named = new Set(roots.filter((path) => !isFolder(path)).map((path) => resolve(path)))
  const matters = (path: string): boolean => {
    const whole = resolve(path)
    if (outputs.has(whole)) return false
    return named.has(whole) || whole === config || inputs.some((end) => basename(whole).toLowerCase().endsWith(end))
  }
  await checkAgain(roots, flags)
  const files = watchFiles([...roots, ...(config ? [config] : [])], { ignoreInitial: true, ignored })
  let timer: NodeJS.Timeout | undefined
  let running = Promise.resolve()
  files.on('all', (_, path) => {
    if (!matters(path)) return
    clearTimeout(timer)
    // An editor may write a file in several steps.
    timer = setTimeout(() => {
      running = running.then(() => checkAgain(roots, flags))
    }, 100)
  })
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve))
  clearTimeout(timer)
  await files.close()
  return 130
}

/** What a check reads. */
const inputs = [...extensions, 'values-lint.yaml', 'values-lint.yml', '.gitignore', '.values-lint-baseline.json']

/** Folders in which no draft is looked for. */
function ignored(path: string): boolean {
  return path.split(sep).some((part) => part === 'node_modules' || part === '.git')
}

async function checkAgain(paths: readonly string[], flags: CheckFlags): Promise<void> {
  if (process.stdout.isTTY && !flags.output.length) process.stdout.write('\u001b[2J\u001b[3J\u001b[H')
  try {
    await check(paths, flags)
  } catch (error) {
    if (!(error instanceof InputError)) throw error
    process.stderr.write(`values-lint: ${error.message}\n`)
  }
  if (!flags.quiet) process.stderr.write('Waiting for a change; Ctrl-C ends.\n')
}
