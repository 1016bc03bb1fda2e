import { relative, sep } from 'node:path'
import { sourceSpan } from '../core/position.ts'
import type { Draft, Finding, Span } from '../core/types.ts'
import { decode, InputError, realPath, shown } from '../files.ts'
import { readerFor } from '../formats/index.ts'
import type { FileReport } from '../reporters/report.ts'
import { git, tryGit } from './git.ts'
import { changesIn, sectionsOf, touches } from './patch.ts'

/** What was changed since a revision, or is staged where none is given. Throws an InputError that says what is missing. */
export function changesOf(revision: string | undefined): Changes {
  const { ok, out, complaint } = tryGit(['rev-parse', '--show-toplevel'])
  if (!ok) {
    const flag = revision === undefined ? '--staged' : '--since'
    throw new InputError(
      complaint.includes('not a git repository')
        ? `${flag} needs a git repository, and this folder is in none`
        : complaint,
    )
  }
  const top = out.toString().replace(/\n$/, '')
  return new Changes(top, revision === undefined ? ['--cached'] : [baseOf(revision)], revision === undefined)
}

/** The commit to compare with: where the current branch left the revision, so that what others did there since does not count. */
function baseOf(revision: string): string {
  const commit = revision.startsWith('-')
    ? undefined
    : tryGit(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`])
  const shallow = (): boolean => git(['rev-parse', '--is-shallow-repository']).toString().trim() === 'true'
  if (!commit?.ok) {
    const name = /^[\w./-]+$/.test(revision) ? revision.replace(/^origin\//, '') : 'REVISION'
    throw new InputError(
      shallow()
        ? `--since: this shallow clone does not hold "${revision}"; fetch it: git fetch --depth=100 origin ${name}`
        : `--since: git knows no revision "${revision}"`,
    )
  }
  const own = commit.out.toString().trim()
  const base = tryGit(['merge-base', own, 'HEAD'])
  if (base.ok) return base.out.toString().trim()
  if (shallow()) {
    process.stderr.write(
      `--since: this shallow clone does not reach back to where it left "${revision}", so the two are compared as they are; git fetch --deepen=100 may reach it\n`,
    )
  }
  return own
}

/** How git is asked, whatever its settings are. */
const diff = [
  'diff',
  '--no-color',
  '--no-ext-diff',
  '--no-textconv',
  '--no-relative',
  '--ignore-submodules',
  '--find-renames',
  '--diff-filter=ACMR',
]

/** How many drafts git is asked about at once: a command line has a limit. */
const batch = 200

/** What a change did to the drafts of a repository. */
export class Changes {
  readonly staged: boolean
  readonly #top: string
  readonly #against: readonly string[]
  /** The section of the patch for a draft, by its path from the top; nothing for one that is new and not yet known to git. */
  readonly #sections = new Map<string, string | undefined>()

  constructor(top: string, against: readonly string[], staged: boolean) {
    this.#top = top
    this.#against = against
    this.staged = staged
  }

  /** Those of the drafts that were changed. Throws an InputError for one that is outside of the repository. */
  take(drafts: readonly string[]): string[] {
    const names = new Map(drafts.map((path) => [this.#name(path), path]))
    const changed = this.#entries([]).filter(({ name }) => names.has(name))
    for (let i = 0; i < changed.length; i += batch) {
      const paths = changed
        .slice(i, i + batch)
        .flatMap(({ name, from }) => (from === undefined ? [name] : [from, name]))
      // The same question twice gives the same files in the same order.
      const entries = this.#entries(paths)
      const sections = sectionsOf(this.#diff(['--unified=0', '--inter-hunk-context=0'], paths))
      if (sections.length !== entries.length) throw new InputError('git: its patch does not fit its list of files')
      for (const [at, { name }] of entries.entries()) this.#sections.set(name, sections[at])
    }
    const fresh = this.staged ? [] : this.#list(['ls-files', '--others', '--exclude-standard', '-z'])
    for (const name of fresh) this.#sections.set(name, undefined)
    return [...names].flatMap(([name, path]) => (this.#sections.has(name) ? [path] : []))
  }

  /** A draft as it is staged; undefined where nothing is, and for a Word file, which is taken from the disk. */
  draft(path: string): Draft | undefined {
    const read = this.staged ? readerFor(path) : undefined
    return read?.(decode(git(['cat-file', 'blob', `:${this.#name(path)}`], this.#top)))
  }

  /** The findings that the change touched: their sentences, that is, since what stands around a passage decides. */
  touched({ path, draft, findings }: FileReport): Finding[] {
    const section = this.#sections.get(this.#name(path))
    if (section === undefined || /^Binary files /m.test(section)) return findings
    const changes = changesIn(section, draft.source)
    const passage = ({ block, sentence, start, end }: Finding): Span => {
      const of = draft.blocks[block]
      if (!of) return { start, end }
      const around = sourceSpan(of, draft.source, sentence.start, sentence.end)
      return { start: Math.min(start, around.start), end: Math.max(end, around.end) }
    }
    return findings.filter((finding) => {
      // A judgement on the whole draft hangs on all that was changed.
      if (finding.rule.kind === 'document') return changes.length > 0
      const span = passage(finding)
      return changes.some((change) => touches(change, span))
    })
  }

  #name(path: string): string {
    const name = relative(this.#top, realPath(path)).split(sep).join('/')
    if (name.startsWith('../')) throw new InputError(`${shown(path)} is not in this repository`)
    return name
  }

  /** The files that were changed, by their paths from the top; `from` is where a file was renamed from. */
  #entries(paths: readonly string[]): { name: string; from?: string }[] {
    const parts = this.#diff(['--name-status', '-z'], paths).split('\0')
    const entries: { name: string; from?: string }[] = []
    for (let i = 0; i + 1 < parts.length; ) {
      const renamed = /^[RC]/.test(parts[i] as string)
      const [first, second] = [parts[i + 1] as string, parts[i + 2] as string]
      entries.push(renamed ? { name: second, from: first } : { name: first })
      i += renamed ? 3 : 2
    }
    return entries
  }

  #diff(options: readonly string[], paths: readonly string[]): string {
    return git([...diff, ...options, ...this.#against, '--', ...paths], this.#top).toString()
  }

  #list(args: readonly string[]): string[] {
    return git(args, this.#top).toString().split('\0').filter(Boolean)
  }
}
