import type { Command, Option } from 'commander'

const shells = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof shells)[number]

/** Prints what a shell needs to complete the commands and options of a program. Gives the exit code. */
export function completion(shell: Shell, program: Command): number {
  const commands = program.commands.map((command) => ({
    name: command.name(),
    about: command.description(),
    options: command.options.filter(({ long }) => long).map(optionOf),
    words: command.registeredArguments[0]?.argChoices ?? [],
  }))
  process.stdout.write(scripts[shell](program.name(), commands))
  return 0
}

interface Completed {
  name: string
  about: string
  options: { flag: string; about: string; takes: boolean; words: readonly string[] }[]
  /** What the first argument may be, where it is one of a few words. */
  words: readonly string[]
}

function optionOf({ long, description, required, optional, argChoices }: Option): Completed['options'][number] {
  return { flag: long as string, about: description, takes: required || optional, words: argChoices ?? [] }
}

const scripts: Readonly<Record<Shell, (program: string, commands: readonly Completed[]) => string>> = {
  bash,
  zsh,
  fish,
}

function bash(program: string, commands: readonly Completed[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ words }) => words.length)
      .map(
        ({ flag, words }) =>
          `    '${name} ${flag}') COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`,
      ),
  )
  // Where an option takes a file or a name, the shell's own completion follows.
  const free = commands.flatMap(({ name, options }) =>
    options.filter(({ takes, words }) => takes && !words.length).map(({ flag }) => `'${name} ${flag}'`),
  )
  const flags = commands.map(
    ({ name, options }) => `    ${name}) options='${options.map(({ flag }) => flag).join(' ')} --help' ;;`,
  )
  const first = commands
    .filter(({ words }) => words.length)
    .map(({ name, words }) => `    '${name} 2') words='${words.join(' ')}' ;;`)
  return `# values-lint completion for bash: add to ~/.bashrc
#   eval "$(${program} completion bash)"
_values_lint() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}" options='' words=''
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')} --help --version' -- "$word"))
    return
  fi
  case "$command $before" in
${values.join('\n')}
    ${free.join('|')}) return ;;
  esac
  case "$command" in
${flags.join('\n')}
  esac
  case "$command $COMP_CWORD" in
${first.join('\n')}
  esac
  case "$word" in
    -*) words="$options" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _values_lint ${program}
`
}

function zsh(program: string, commands: readonly Completed[]): string {
  const spec = ({ flag, about, takes, words }: Completed['options'][number]): string => {
    const text = `${flag}[${about.replace(/[[\]:\\]/g, '\\$&')}]`
    const action = words.length ? `(${words.join(' ')})` : '_files'
    return quoted(takes ? `${text}:value:${action}` : text)
  }
  const cases = commands.map(({ name, options, words }) => {
    const first = words.length ? [quoted(`1:action:(${words.join(' ')})`)] : []
    return `    ${name}) _arguments ${[...options.map(spec), ...first, quoted('*:draft:_files')].join(' ')} ;;`
  })
  const list = commands.map(({ name, about }) => `    ${quoted(`${name}:${about.replace(/[:\\]/g, '\\$&')}`)}`)
  return `#compdef ${program}
# values-lint completion for zsh: add to ~/.zshrc, after compinit
#   eval "$(${program} completion zsh)"
_values_lint() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _values_lint ]; then _values_lint "$@"; else compdef _values_lint ${program}; fi
`
}

function fish(program: string, commands: readonly Completed[]): string {
  const lines = commands.flatMap(({ name, about, options, words }) => {
    const inside = `complete -c ${program} -n '__fish_seen_subcommand_from ${name}'`
    return [
      `complete -c ${program} -f -n __fish_use_subcommand -a ${name} -d ${fishQuoted(about)}`,
      ...options.map(({ flag, about: text, takes, words: choices }) => {
        const value = choices.length ? ` -x -a '${choices.join(' ')}'` : takes ? ' -r' : ''
        return `${inside} -l ${flag.slice(2)}${value} -d ${fishQuoted(text)}`
      }),
      ...(words.length ? [`${inside} -a '${words.join(' ')}'`] : []),
    ]
  })
  return `# values-lint completion for fish: ${program} completion fish > ~/.config/fish/completions/${program}.fish\n${lines.join('\n')}\n`
}

/** A word for a shell, in single quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function fishQuoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
