import type { Readable, Writable } from 'node:stream'
import { levelProfiles } from '../config/profiles.ts'
import type { FailOn } from '../config/shape.ts'
import { didYouMean } from '../core/closest.ts'
import { defaultPack, InputError, isThere, writeNew } from '../files.ts'
import { wrap } from '../reporters/layout.ts'
import { version } from '../version.ts'
import { packNamed } from './compiled.ts'
import { type Answers, configFile, preCommit, workflows } from './init-files.ts'

export interface InitFlags {
  pack?: string
  name: string[]
  person: string[]
  accept: string[]
  profile: string[]
  failOn?: FailOn
  ci?: 'github' | 'gitlab'
  preCommit?: boolean
}

/** Where questions are asked. */
export interface Terminal {
  input: Readable
  output: Writable
}

/**
 * Writes values-lint.yaml here, and on request a CI workflow and a pre-commit entry. Asks only on a terminal; elsewhere the flags
 * say all. Gives the exit code: 2 where a file was there already, which stays as it is.
 */
export async function init(flags: InitFlags, terminal = ourTerminal()): Promise<number> {
  const given: Answers = {
    pack: flags.pack ?? defaultPack,
    names: flags.name,
    people: flags.person,
    accepted: flags.accept,
    profiles: flags.profile,
    failOn: flags.failOn ?? 'warning',
    ...(flags.ci ? { ci: flags.ci } : {}),
    preCommit: flags.preCommit ?? false,
  }
  const { profiles } = (await packNamed(given.pack)).pack
  const known = [...Object.keys(levelProfiles), ...Object.keys(profiles)]
  const unknown = given.profiles.find((name) => !known.includes(name))
  if (unknown !== undefined)
    throw new InputError(`--profile: no profile is called "${unknown}"${didYouMean(unknown, known)}`)
  // Where the file is there already, answers would be for nothing.
  const answers = terminal && !isThere(configName) ? await asked(given, flags, profiles, terminal) : given
  if (!answers) return stopped
  const files = [
    { path: configName, text: configFile(answers), entry: '' },
    ...(answers.ci ? [workflows[answers.ci](version)] : []),
    ...(answers.preCommit ? [preCommit(version)] : []),
  ]
  let code = 0
  for (const { path, text, entry } of files) {
    if (writeNew(path, text)) {
      process.stdout.write(`Wrote ${path}.\n`)
      continue
    }
    code = 2
    process.stderr.write(`${path} is there already and stays as it is${entry && '; this is what to add to it'}.\n`)
    if (entry) process.stdout.write(`\n${entry}\n`)
  }
  if (!code) process.stdout.write('What holds for a draft: values-lint config DRAFT. To check: values-lint check\n')
  return code
}

const configName = 'values-lint.yaml'

/** The exit code of a command that its user stopped. */
const stopped = 130

function ourTerminal(): Terminal | undefined {
  return process.stdin.isTTY && process.stdout.isTTY ? { input: process.stdin, output: process.stdout } : undefined
}

/** Asks for what no flag has said. Nothing if the user ends it. */
async function asked(
  given: Answers,
  flags: InitFlags,
  profiles: Readonly<Record<string, string>>,
  { input, output }: Terminal,
): Promise<Answers | undefined> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input, output })
  // Ctrl+C and the end of the input close the interface; a question that is open would wait for ever.
  const end = new AbortController()
  lines.on('close', () => end.abort())
  const say = (text: string): string =>
    text
      .split('\n')
      .flatMap((line) => wrap(line, columns))
      .join('\n')
  const ask = async (question: string): Promise<string> =>
    (await lines.question(`${say(question)} `, { signal: end.signal })).trim()
  const yes = async (question: string): Promise<boolean> => /^y/i.test(await ask(`${question} [y/N]`))
  const list = async (have: string[], question: string): Promise<string[]> =>
    have.length ? have : (await ask(`${question}\n(parted by commas; Enter for none):`)).split(',').flatMap(named)
  const choice = async <T extends string>(question: string, words: readonly T[], preset: T): Promise<T> => {
    for (;;) {
      const answer = (await ask(`${question} (${words.join(', ')}) [${preset}]`)) || preset
      const word = words.find((one) => one === answer)
      if (word) return word
      output.write(`One of ${words.join(', ')}${didYouMean(answer, words) || '.'}\n`)
    }
  }
  try {
    output.write(`${say('A few questions. Enter takes what stands in brackets; Ctrl+C writes nothing.')}\n\n`)
    const names = await list(given.names, 'Names of your organisation')
    const people = await list(given.people, 'People who speak for it')
    const accepted = await list(given.accepted, 'Names of programmes and partners that may stand as they are')
    const chosen = [...given.profiles]
    for (const [name, about] of Object.entries(profiles)) {
      if (!chosen.includes(name) && (await yes(`${name}: ${about.trim()}\nIs that so for your drafts?`)))
        chosen.push(name)
    }
    const failOn = flags.failOn ?? (await choice('A check fails from which level on?', failLevels, 'warning'))
    const ci = flags.ci ?? (await choice('Write a workflow for continuous integration?', ciKinds, 'none'))
    const hook = given.preCommit || (await yes('Write an entry for pre-commit?'))
    const { ci: _, ...rest } = given
    const answers = { ...rest, names, people, accepted, profiles: chosen, failOn, preCommit: hook }
    return ci === 'none' ? answers : { ...answers, ci }
  } catch (error) {
    if ((error as Error).name !== 'AbortError') throw error
    output.write('\nStopped; nothing was written.\n')
    return undefined
  } finally {
    lines.close()
  }
}

/** Questions are wrapped for a narrow terminal, with room for an answer. */
const columns = 68

const failLevels = ['error', 'warning', 'note', 'never'] as const
const ciKinds = ['none', 'github', 'gitlab'] as const

function named(part: string): string[] {
  return part.trim() ? [part.trim()] : []
}
