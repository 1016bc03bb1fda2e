import { LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { didYouMean } from './closest.ts'

/** A text file of a pack, read by whoever has a file system. */
export interface SourceFile {
  path: string
  text: string
}

/** Something wrong in a pack: printed as `path:line:col`, the line, and how to mend it. */
export interface Problem {
  path: string
  /** From 1. */
  line: number
  column: number
  message: string
  /** The offending line as written. */
  excerpt: string
}

/** A YAML file as data, and the means to say where in the file a piece of the data stands. */
export interface Parsed<T> {
  data: T
  problem(path: readonly (string | number)[], message: string): Problem
  /** As `problem`, for line `line` (from 0) and column (from 1) of the literal block at `path`. */
  lineProblem(path: readonly (string | number)[], line: number, column: number, message: string): Problem
}

/** Parses and validates a file. All problems of the file are reported at once; with any, there is no data. */
export function parseSource<T>(file: SourceFile, shape: z.ZodType<T>): Parsed<T> | Problem[] {
  const counter = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: counter, prettyErrors: false })
  const rows = file.text.split('\n')
  const at = (offset: number, message: string): Problem => {
    const { line, col } = counter.linePos(Math.min(offset, file.text.length))
    return { path: file.path, line, column: col, message, excerpt: rows[line - 1] ?? '' }
  }
  if (document.errors.length) return document.errors.map((error) => at(error.pos[0], plainYaml(error.message)))
  const offsetOf = (path: readonly (string | number)[]): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true) as { range?: [number, number, number] } | undefined
      if (node?.range) return node.range[0]
    }
    return 0
  }
  const checked = shape.safeParse(document.toJS())
  if (!checked.success) {
    return checked.error.issues.map((issue) =>
      at(
        offsetOf(issue.path as (string | number)[]),
        plainIssue(issue, issue.path as (string | number)[], document.toJS()),
      ),
    )
  }
  return {
    data: checked.data,
    problem: (path, message) => at(offsetOf(path), message),
    lineProblem: (path, line, column, message) => {
      const start = counter.linePos(offsetOf(path)).line
      // A literal block's text begins on the line after its "|"; a plain scalar's on its own.
      const literal = /[|>][+-]?\s*(#.*)?$/.test(rows[start - 1] ?? '')
      const row = start + line + (literal ? 1 : 0)
      const excerpt = rows[row - 1] ?? ''
      return {
        path: file.path,
        line: row,
        column: excerpt.length - excerpt.trimStart().length + column,
        message,
        excerpt,
      }
    },
  }
}

function plainYaml(message: string): string {
  return `not valid YAML: ${message.replace(/ at line \d+, column \d+:?[\s\S]*$/, '')}`
}

function plainIssue(issue: z.core.$ZodIssue, path: readonly (string | number)[], data: unknown): string {
  const field = path.filter((part) => typeof part === 'string').join('.')
  const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], data)
  if (issue.code === 'invalid_value')
    return `${field} must be ${either(issue.values.map(String))}; found ${JSON.stringify(value)}${didYouMean(String(value), issue.values.map(String))}`
  if (issue.code === 'unrecognized_keys')
    return `unknown field ${issue.keys.map((k) => `"${k}"`).join(', ')}${field ? ` in ${field}` : ''}`
  if (value === undefined) return `${field} is missing`
  return `${field}: ${issue.message}`
}

function either(options: string[]): string {
  return options.length < 2 ? options.join('') : `${options.slice(0, -1).join(', ')} or ${options.at(-1)}`
}

/** The lines of a literal block that say something, each with its number from 0; patterns may carry comments after "//". */
export function items(block: string | undefined): { text: string; line: number }[] {
  return (block ?? '')
    .split('\n')
    .map((text, line) => ({ text: text.trim(), line }))
    .filter(({ text }) => text !== '' && !text.startsWith('//'))
}
