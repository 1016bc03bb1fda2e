import { spawnSync } from 'node:child_process'
import { InputError } from '../files.ts'

/** What git printed. Throws an InputError with the first line of its complaint where it fails. */
export function git(args: readonly string[], folder = process.cwd()): Buffer {
  const { ok, out, complaint } = tryGit(args, folder)
  if (!ok) throw new InputError(complaint)
  return out
}

/** As `git`, and says whether it went well instead of throwing. Throws an InputError only where there is no git. */
export function tryGit(
  args: readonly string[],
  folder = process.cwd(),
): { ok: boolean; out: Buffer; complaint: string } {
  const { status, stdout, stderr, error } = spawnSync('git', ['--no-optional-locks', ...args], {
    cwd: folder,
    // Its complaints are looked at, so they are asked for in one language.
    env: { ...process.env, LC_ALL: 'C', GIT_LITERAL_PATHSPECS: '1' },
    maxBuffer: 1 << 29,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new InputError(missing ? 'git is not installed, or not on the PATH' : `git: ${error.message}`)
  }
  const [line = ''] = stderr.toString().split('\n')
  return { ok: status === 0, out: stdout, complaint: `git: ${line.replace(/^(?:fatal|error): /, '')}` }
}
