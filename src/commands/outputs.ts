import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { didYouMean } from '../core/closest.ts'
import { InputError, writeWhole } from '../files.ts'
import { type Format, formats, reporterFor } from '../reporters/index.ts'
import type { Report } from '../reporters/report.ts'
import { colourful, takesLinks } from './colour.ts'

export interface OutputFlags {
  format: Format
  /** As given: `FILE` takes the place of standard output, `FORMAT:FILE` comes beside it. */
  output: readonly string[]
  color?: boolean
  /** Nothing but findings. */
  quiet?: boolean
}

/** One report: what it is, and the file it goes to; none is standard output. */
interface Output {
  format: Format
  file?: string
}

/** The reports that the flags ask for, standard output last. Throws an InputError on an unknown format. */
export function chosenOutputs({ format, output }: OutputFlags): Output[] {
  const files = output.map((given): Output => {
    const [, name, file] = /^([a-z]{2,}):(.+)$/.exec(given) ?? []
    if (name === undefined || file === undefined) return { format, file: given }
    if (isFormat(name)) return { format: name, file }
    throw new InputError(
      `--output ${given}: no report format is called "${name}"; a file of that name is ./${given}${didYouMean(name, formats)}`,
    )
  })
  const twice = files.find(({ file }, i) => files.findIndex((other) => other.file === file) < i)
  if (twice) throw new InputError(`--output: two reports cannot go to one file, ${twice.file}`)
  return output.some(isBare) ? files : [...files, { format }]
}

function isFormat(name: string): name is Format {
  return (formats as readonly string[]).includes(name)
}

/** Whether an output is a FILE without a format. */
export function isBare(given: string): boolean {
  return !/^[a-z]{2,}:./.test(given)
}

/** Writes every report that is asked for. */
export async function printAll(report: Report, flags: OutputFlags): Promise<void> {
  for (const { format, file } of chosenOutputs(flags)) {
    const reporter = await reporterFor(format)
    const output = reporter(report, {
      width: process.stdout.columns || Number(process.env.COLUMNS) || 80,
      colour: colourful(flags.color, file === undefined && process.stdout.isTTY),
      link: linking(file),
      quiet: flags.quiet ?? false,
    })
    if (file === undefined) process.stdout.write(output)
    else writeWhole(file, output)
  }
}

/** Where a terminal takes links, the address of a draft. */
function linking(file: string | undefined): ((path: string) => string) | undefined {
  return file === undefined && takesLinks() ? (path) => pathToFileURL(resolve(path)).href : undefined
}
