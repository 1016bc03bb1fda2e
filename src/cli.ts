import { Argument, Command, InvalidArgumentError, Option } from 'commander'
import { didYouMean } from './core/closest.ts'
import { formats } from './reporters/index.ts'
import { version } from './version.ts'

/** Arguments to a command, its exit code to the process. Every command loads its own code, so that --help stays instant. */

/** An option that takes one of a few words. */
function choice(flags: string, description: string, words: readonly string[], preset?: string): Option {
  const parse = (word: string): string => {
    if (words.includes(word)) return word
    throw new InvalidArgumentError(`Allowed choices are ${words.join(', ')}${didYouMean(word, words) || '.'}`)
  }
  const option = new Option(flags, description).choices(words).argParser(parse)
  return preset === undefined ? option : option.default(preset)
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a whole number, such as 20.')
  return Number(text)
}

/** One part of several: 2/5. */
function part(text: string): { index: number; of: number } {
  const [index, of] = (/^(\d{1,5})\/(\d{1,5})$/.exec(text)?.slice(1) ?? []).map(Number)
  if (index && of && index <= of) return { index, of }
  throw new InvalidArgumentError('It is a part and the number of parts, such as 2/5.')
}

/** Commander's words for a mistake of usage, in one line. */
function usageMistake(text: string): string {
  const plain = text.replace(/^error: /, 'values-lint: ').replace(/\n\((Did you mean .*\?)\)/, '. $1')
  // A draft named without a command.
  const draft = /unknown command '(.*[./].*)'/.exec(plain)?.[1]
  return draft ? plain.replace(/\n$/, `. To check a draft: values-lint check ${draft}\n`) : plain
}

const format = (words: readonly string[]): Option => choice('--format <format>', 'how to print', words, 'pretty')
const many = (value: string, all: string[]): string[] => [...all, value]
const defaultPack = 'nsn-2022'
const pack = (): Option => new Option('--pack <name or folder>', `the rule pack (default: ${defaultPack})`)
const own = (): Option =>
  new Option('--own <name>', 'your organisation or one of its people: their words are yours (repeatable)')
    .argParser(many)
    .default([])
const accept = (): Option =>
  new Option('--accept <phrase>', 'a name or phrase your organisation accepts (repeatable)').argParser(many).default([])
const profile = (): Option =>
  new Option('--profile <name>', 'strict, lenient, or a profile of the pack such as federally-funded (repeatable)')
    .argParser(many)
    .default([])
const failOn = (): Option =>
  choice('--fail-on <level>', 'exit with 1 from this level on (default: warning)', [
    'error',
    'warning',
    'note',
    'never',
  ])
const config = (): Option => new Option('--config <file>', 'use this configuration for all drafts')
const noConfig = (): Option => new Option('--no-config', 'look for no configuration')
const only = (): Option => new Option('--values <list>', 'only these values, by number: 4,12')

/** The options that say how drafts are checked: many commands take all of them. */
function withSettings(command: Command): Command {
  return [pack(), own(), accept(), profile(), config(), noConfig()].reduce(
    (all, option) => all.addOption(option),
    command,
  )
}

/** Colours are the user's to choose only where a flag says so. */
function colourFlag(command: Command): { color: boolean | undefined } {
  return { color: command.getOptionValueSource('color') === 'cli' ? command.opts().color : undefined }
}

const program = new Command('values-lint')
  .description(
    "Holds a draft against an organisation's values: where it conflicts with one, why in this context, what to write instead.",
  )
  .version(version)
  .showSuggestionAfterError()
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(usageMistake(text)) })

for (const [name, text] of [
  ['check', 'check drafts: files, folders, or - for standard input'],
  ['watch', 'check drafts, and again whenever one changes'],
] as const) {
  const command = program
    .command(name)
    .description(text)
    .argument('[paths...]', 'what to check; the current folder where nothing is named')
    .addOption(format(formats))
    .addOption(failOn())
    .addOption(only())
    .option('--show-excused', 'also show what was met and left alone, and why')
    .option('--alignment', 'also say how the text stands to every value: conflicts, notes, affirmations, silence')
    .addOption(pack())
    .addOption(own())
    .addOption(accept())
    .addOption(profile())
    .addOption(config())
    .addOption(noConfig())
    .option(
      '--since <revision>',
      'only findings in what was changed since a revision of git: a commit, a tag, origin/main',
    )
    .option('--staged', 'only findings in what is staged for the next commit of git')
    .addOption(
      new Option(
        '--shard <part/parts>',
        'check one part of the drafts, such as 2/5; values-lint merge joins the reports',
      ).argParser(part),
    )
    .option('--no-baseline', "report what the repository's baseline knows too")
    .option('--stdin-filename <name>', 'the name that standard input is reported under; its extension says the format')
    .addOption(
      new Option(
        '-o, --output <[format:]file>',
        'write the report to FILE, with --comments the copy; or one more report: sarif:report.sarif (repeatable)',
      )
        .argParser(many)
        .default([]),
    )
    .option('--quiet', 'print nothing but findings: no closing line, no progress')
    .addOption(
      new Option('--max-findings <number>', 'print this many findings at most; all count').argParser(wholeNumber),
    )
    .option('--cache', 'keep what was found, and check only drafts that have changed')
    .option('--cache-location <folder>', 'where it is kept', '.cache/values-lint')
    .option('--color', 'colours, also where the output is no terminal')
    .option('--no-color', 'no colours')
    .action(async (paths, flags, command: Command) => {
      const all = { ...flags, ...colourFlag(command) }
      if (name === 'watch') return finish((await import('./commands/watch.ts')).watch(paths, all))
      return finish((await import('./commands/check.ts')).check(paths, all))
    })
  if (name === 'watch') continue
  command
    .option('--comments', 'write a copy of each Word or OpenDocument draft with comments: draft.checked.docx')
    .option('--suggest', 'also suggest wordings in it as tracked changes, where one fits as it stands (Word)')
}

withSettings(
  program
    .command('explain')
    .description('explain a rule, or what was found on a line of a draft and what was left alone')
    .argument('<rule or file:line>'),
).action(async (subject, flags) => finish((await import('./commands/explain.ts')).explain(subject, flags)))

program
  .command('try')
  .description('say what every rule makes of a text: for those who write rules')
  .argument('<text>', '\\n is a line end')
  .addOption(pack())
  .addOption(own())
  .addOption(accept())
  .addOption(profile())
  .action(async (text, flags) => finish((await import('./commands/explain.ts')).attempt(text, flags)))

for (const [name, text] of [
  ['rules', 'list the rules'],
  ['values', 'list the values, what covers each, and what is known to be missed'],
] as const) {
  program
    .command(name)
    .description(text)
    .addOption(only())
    .addOption(pack())
    .addOption(format(['pretty', 'json']))
    .action(async (flags) => finish((await import('./commands/catalogue.ts'))[name](flags)))
}

program
  .command('init')
  .description('write a values-lint.yaml here; asks a few questions on a terminal, overwrites nothing')
  .addOption(pack())
  .addOption(new Option('--name <name>', 'a name of your organisation (repeatable)').argParser(many).default([]))
  .addOption(new Option('--person <name>', 'somebody who speaks for it (repeatable)').argParser(many).default([]))
  .addOption(accept())
  .addOption(profile())
  .addOption(failOn())
  .addOption(choice('--ci <service>', 'also write a workflow for continuous integration', ['github', 'gitlab']))
  .option('--pre-commit', 'also write an entry for pre-commit')
  .action(async (flags) => finish((await import('./commands/init.ts')).init(flags)))

program
  .command('config')
  .description('print the settings that hold for a draft, and where each is made')
  .argument('[draft]', 'the draft; it need not be there yet')
  .addOption(pack())
  .addOption(only())
  .addOption(failOn())
  .addOption(own())
  .addOption(accept())
  .addOption(profile())
  .addOption(config())
  .addOption(noConfig())
  .addOption(format(['pretty', 'json']))
  .action(async (path, flags) => finish((await import('./commands/config.ts')).config(path, flags)))

withSettings(
  program
    .command('fix')
    .description(
      'make the replacements that a rule declares safe; shows them first, and writes nothing without --write',
    )
    .argument('[paths...]', 'drafts and folders; the current folder where nothing is named')
    .option('--write', 'write the drafts')
    .addOption(only()),
)
  .option('--color', 'colours, also where the output is no terminal')
  .option('--no-color', 'no colours')
  .action(async (paths, flags, command: Command) => {
    return finish((await import('./commands/fix.ts')).fix(paths, { ...flags, ...colourFlag(command) }))
  })

withSettings(
  program
    .command('review')
    .description('walk through the findings of a draft on a terminal: replace, edit, keep on purpose, skip, undo')
    .argument('<draft>')
    .option('--backup', 'keep the draft as it was, as DRAFT.bak')
    .option('--restart', 'show what was skipped before, too')
    .addOption(only()),
).action(async (path, flags) => finish((await import('./commands/review.ts')).review(path, flags)))

withSettings(
  program
    .command('baseline')
    .description('take what is found today into .values-lint-baseline.json, so that check reports only what is new')
    .addArgument(
      new Argument(
        '<action>',
        'write: take in what is found; check: list what is no longer met; prune: take that out',
      ).choices(['write', 'check', 'prune']),
    )
    .argument('[paths...]', 'drafts and folders; the current folder where nothing is named')
    .addOption(only()),
).action(async (action, paths, flags) =>
  finish((await import('./commands/baseline.ts')).baseline(action, paths, flags)),
)

program
  .command('merge')
  .description('join the JSON reports of check --shard into one; gives the exit code of the whole check')
  .argument('<reports...>', 'one JSON file for each part')
  .option('--output <file>', 'write the report to a file')
  .action(async (paths, flags) => finish((await import('./commands/merge.ts')).merge(paths, flags)))

program
  .command('test')
  .description("run a pack's own examples")
  .argument('[pack]', 'name or folder of the pack, or the number of a value', defaultPack)
  .addOption(only())
  .action(async (name, flags) => finish((await import('./commands/test.ts')).test(name, flags)))

program
  .command('stream')
  .description('check JSON Lines from standard input: {"id", "text", "format"} in, {"id", "findings"} out')
  .addOption(only())
  .option('--show-excused', 'also give what was met and left alone, and why')
  .addOption(pack())
  .addOption(own())
  .addOption(accept())
  .addOption(profile())
  .action(async (flags) => finish((await import('./commands/stream.ts')).stream(flags)))

program
  .command('completion')
  .description('print what a shell needs to complete the commands and options')
  .addArgument(new Argument('<shell>').choices(['bash', 'zsh', 'fish']))
  .action(async (shell) => finish((await import('./commands/completion.ts')).completion(shell, program)))

program
  .command('web')
  .description('the page that checks drafts in a browser: serve it on this machine, or write it to a file')
  .option('--out <file>', 'write the page to a file; it works when it is opened from the disk, without a network')
  .option('--open', 'open it in the browser')
  .addOption(pack())
  .action(async (flags) => finish((await import('./commands/web.ts')).web(flags)))

withSettings(
  program
    .command('lsp')
    .description('the language server: editors start it, and show findings while people write')
    .option('--stdio', 'speak over standard input and output, as it does anyway'),
).action(async (flags) => finish((await import('./commands/lsp.ts')).lsp(flags)))

async function finish(code: number | Promise<number>): Promise<void> {
  process.exitCode = await code
}

/** Runs the command that the arguments name. Throws commander's error where there is none, after it is said. */
export async function run(): Promise<void> {
  if (process.argv.length < 3) program.help()
  await program.parseAsync()
}
