#!/usr/bin/env node
/** Where a run begins and ends: most checks end in `clean.ts`, and all else is for the whole program. */

const [command, ...rest] = process.argv.slice(2)

/**
 * The V8 of Node 20 optimises a function that has run for a while, and much of it in vain: with a larger budget before it does, a
 * folder of drafts takes a sixth less of the processor's time, and a long draft a fifth. Later ones do not know this setting.
 */
async function optimiseLater(): Promise<void> {
  if (!process.versions.node.startsWith('20.')) return
  const { setFlagsFromString } = await import('node:v8')
  setFlagsFromString('--interrupt-budget=1000000')
}

async function run(): Promise<void> {
  const { asked, checkedClean } = command === 'check' ? await import('./clean.ts') : {}
  const plain = asked?.(rest)
  if (plain && checkedClean?.(plain)) return
  if (command === 'check') await optimiseLater()
  // A reader that has seen enough (`| head`) is no error; a full disk is.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    process.stderr.write(`values-lint: cannot write the output: ${error.message}\n`)
    process.exit(2)
  })
  try {
    if (plain) process.exitCode = await (await import('./commands/check.ts')).check(plain.paths, plain.flags)
    else await (await import('./cli.ts')).run()
  } catch (error) {
    process.exitCode = exitCode(error)
  }
}

/** Commander has said its piece already; a mistake of input is one line; anything else is ours, and is said plainly too. */
function exitCode(error: unknown): number {
  const { code, exitCode: given, message } = error as { code?: string; exitCode?: number; message: string }
  if (code?.startsWith('commander.')) return given === 0 ? 0 : 2
  const expected = (error as Error).name === 'InputError'
  const line = String(message).split('\n')[0]
  process.stderr.write(`values-lint: ${line}${expected ? '' : ' (this is a fault in values-lint; please report it)'}\n`)
  return 2
}

void run()
