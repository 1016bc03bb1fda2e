import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const cli = resolve('dist/cli.cjs')

/** A folder with files, and the built command run in it. */
export class Scratch {
  readonly folder = mkdtempSync(join(tmpdir(), 'values-lint-'))

  run(...args: string[]): { code: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1', XDG_STATE_HOME: join(this.folder, '.state') },
    })
    return { code: status, out: stdout, err: stderr }
  }

  /** Runs the command where nobody may write to the folder; root, who may write everywhere, gives its rights up for that. */
  runReadOnly(...args: string[]): { code: number | null; out: string; err: string } {
    const asNobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
    chmodSync(this.folder, 0o555)
    const { status, stdout, stderr, error } = spawnSync(process.execPath, [cli, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
      ...asNobody,
    })
    chmodSync(this.folder, 0o755)
    if (error) throw error
    return { code: status, out: stdout, err: stderr }
  }

  git(...args: string[]): string {
    const settings = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'init.defaultBranch=main']
    const { status, stdout, stderr } = spawnSync('git', [...settings, ...args], { cwd: this.folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`)
    return stdout
  }

  commit(message: string): void {
    this.git('add', '-A')
    this.git('commit', '-q', '-m', message)
  }

  write(name: string, text: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true })
    writeFileSync(join(this.folder, name), text)
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8')
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
