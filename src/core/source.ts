import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
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
  /** As `problem`, where the last key of the path is written. */
  keyProblem(path: readonly (string | number)[], message: string): Problem
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
      const offset = nodeAt(document.contents, path.slice(0, depth))?.range?.[0]
      if (offset !== undefined) return offset
    }
    return 0
  }
  let data: unknown
  try {
    data = document.toJS() ?? {}
  } catch (error) {
    // An alias of nothing, or aliases that would unfold without end.
    return [at(0, plainYaml((error as Error).message))]
  }
  const checked = shape.safeParse(data)
  if (!checked.success) {
    // An unknown field first: a field that is missing beside it is only misspelled.
    const unknown = ({ code }: z.core.$ZodIssue): number => Number(code === 'unrecognized_keys')
    const issues = [...checked.error.issues].sort((a, b) => unknown(b) - unknown(a))
    return issues.flatMap((issue) => {
      const path = issue.path as (string | number)[]
      if (issue.code !== 'unrecognized_keys') return at(offsetOf(path), plainIssue(issue, path, data))
      const known = fieldsAt(shape, path)
      return issue.keys.map((key) => at(keyOffset(document.contents, path, key), unknownField(key, path, known)))
    })
  }
  return {
    data: checked.data,
    problem: (path, message) => at(offsetOf(path), message),
    keyProblem: (path, message) => at(keyOffset(document.contents, path.slice(0, -1), String(path.at(-1))), message),
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

type Step = string | number

/** The node of a YAML tree at a path of keys and indexes; a key that is a number in YAML is a string in the data. */
function nodeAt(node: unknown, path: readonly Step[]): Node | undefined {
  return path.reduce<unknown>((at, step) => {
    if (isMap(at)) return at.items.find(({ key }) => keyName(key) === String(step))?.value
    return isSeq(at) ? at.items[Number(step)] : undefined
  }, node) as Node | undefined
}

function keyName(key: unknown): string {
  return String(isScalar(key) ? key.value : key)
}

/** Where a key of the map at a path is written. */
function keyOffset(node: unknown, path: readonly Step[], key: string): number {
  const map = nodeAt(node, path)
  const written = isMap(map) ? map.items.find((item) => keyName(item.key) === key)?.key : undefined
  return (written as Node | undefined)?.range?.[0] ?? 0
}

/** The fields that a shape has at a path. */
function fieldsAt(shape: z.core.$ZodType, path: readonly Step[]): string[] {
  const { def } = shape._zod as { def: { shape?: object; innerType?: unknown; element?: unknown; valueType?: unknown } }
  if (def.innerType) return fieldsAt(def.innerType as z.core.$ZodType, path)
  const [step, ...rest] = path
  if (step === undefined) return Object.keys(def.shape ?? {})
  const inner = (def.shape as Record<Step, unknown> | undefined)?.[step] ?? def.element ?? def.valueType
  return inner ? fieldsAt(inner as z.core.$ZodType, rest) : []
}

function unknownField(key: string, path: readonly Step[], known: readonly string[]): string {
  const field = path.filter((part) => typeof part === 'string').join('.')
  const suggestion = didYouMean(key, known)
  return `unknown field "${key}"${field ? ` in ${field}` : ''}${suggestion || `; it may have ${known.join(', ')}`}`
}

function plainYaml(message: string): string {
  return `not valid YAML: ${message.replace(/ at line \d+, column \d+:?[\s\S]*$/, '')}`
}

function plainIssue(issue: z.core.$ZodIssue, path: readonly (string | number)[], data: unknown): string {
  const names = path.filter((part) => typeof part === 'string').join('.')
  const field = typeof path.at(-1) === 'number' ? `an item of ${names}` : names
  const value = path.reduce<unknown>((at, key) => (at as Record<string | number, unknown> | undefined)?.[key], data)
  if (issue.code === 'invalid_value')
    return `${field} must be ${either(issue.values.map(String))}; found ${JSON.stringify(value)}${didYouMean(String(value), issue.values.map(String))}`
  if (value === undefined) return `${field} is missing`
  if (issue.code === 'invalid_type' || issue.code === 'invalid_union') {
    const wanted =
      issue.code === 'invalid_union' ? 'a text or a list of texts' : (typeNames[issue.expected] ?? issue.expected)
    return `${field || 'the file'} must be ${wanted}; found ${JSON.stringify(value)}`
  }
  return `${field}: ${issue.message}`
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'a map of fields',
  record: 'a map of names',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
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
