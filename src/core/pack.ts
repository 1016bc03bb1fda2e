import { didYouMean } from './closest.ts'
import { type Node, type Pattern, PatternError, parsePattern } from './pattern.ts'
import { Builder, type Patterns } from './patterns.ts'
import {
  type AffirmsSource,
  type CueSource,
  conceptsShape,
  cueShape,
  packShape,
  type RuleSource,
  type ValueSource,
  valueShape,
} from './schema.ts'
import { items, type Parsed, type Problem, parseSource, type SourceFile } from './source.ts'
import { stem } from './stem.ts'
import { numberKey } from './table.ts'
import { tokenise } from './tokens.ts'
import type { MarkKind, Rule, RuleKind, Value } from './types.ts'

/** Where a cue stands relative to what it governs. */
export type Direction = 'before' | 'after' | 'around' | 'block' | 'pseudo'

/** What a pattern stands for. */
export type Meaning =
  | { type: 'concept'; name: string }
  | { type: 'cue'; kind: MarkKind; direction: Direction }
  | { type: 'find'; rule: number; line: number; part: number }
  | { type: 'none'; rule: number; line: number }
  | { type: 'except' | 'without' | 'absent'; rule: number }

/** By number of the pattern. */
export type Meanings = Pick<readonly Meaning[], 'at' | 'length'>

/** A rule pack, compiled. */
export interface Pack {
  name: string
  title: string
  organisation: string
  statement: string
  /** Situations that some rules are for, by name: what each means, in one sentence. */
  profiles: Readonly<Record<string, string>>
  values: Value[]
  rules: Rule[]
  patterns: Patterns
  meanings: Meanings
  /** By rule, by find line: how many parts must meet in one sentence. */
  parts: number[][]
}

/** The source files of a pack: `pack.yaml`, `concepts*.yaml`, one file per value, and the language's cues. */
export interface PackFiles {
  pack: SourceFile
  concepts: SourceFile[]
  values: SourceFile[]
  cues: SourceFile[]
}

const notSaid: readonly MarkKind[] = [
  'quoted',
  'irony',
  'attributed',
  'negated',
  'denied',
  'opposed',
  'mention',
  'question',
  'hypothetical',
  'myth',
  'name',
]
const notHeld: readonly MarkKind[] = [...notSaid, 'reported', 'historical']

/** Marks that excuse a rule unless it says otherwise: a word is used or not; a claim or a position is held or not. */
export const excuses: Readonly<Record<RuleKind, readonly MarkKind[]>> = {
  language: ['quoted', 'attributed', 'name', 'legal', 'historical', 'mention', 'irony', 'denied', 'myth'],
  claim: notSaid,
  position: notHeld,
  frame: notHeld,
  document: [],
  affirmation: notHeld,
}

/**
 * Compiles a pack. A file or rule with a mistake is left out and reported; everything else still works.
 * Never throws on bad content.
 */
export function compilePack(files: PackFiles): { pack: Pack; problems: Problem[] } {
  return new Compiler().compile(files)
}

class Compiler {
  readonly #builder = new Builder()
  readonly #problems: Problem[] = []
  readonly #meanings: Meaning[] = []
  readonly #concepts = new Map<string, string>()
  readonly #uses: { name: string; report: (message: string) => Problem }[] = []
  readonly #profiles: { profile: string; report: (message: string) => Problem }[] = []
  readonly #ids = new Map<string, string>()
  readonly #rules: Rule[] = []
  readonly #parts: number[][] = []
  readonly #values: Value[] = []

  compile(files: PackFiles): { pack: Pack; problems: Problem[] } {
    const about = this.#read(files.pack, packShape)?.data
    for (const file of files.cues) this.#cues(file)
    for (const file of files.concepts) this.#conceptFile(file)
    for (const file of files.values) this.#value(file)
    this.#values.sort((a, b) => a.number - b.number)
    for (const { name, report } of this.#uses) {
      if (!this.#concepts.has(name))
        this.#problems.push(report(`no concept is called @${name}${didYouMean(name, [...this.#concepts.keys()])}`))
    }
    const {
      name,
      title,
      organisation,
      statement,
      profiles = {},
    } = about ?? { name: 'unnamed', title: '', organisation: '', statement: '' }
    for (const { profile, report } of this.#profiles) {
      if (!Object.hasOwn(profiles, profile))
        this.#problems.push(
          report(`pack.yaml has no profile "${profile}"${didYouMean(profile, Object.keys(profiles))}`),
        )
    }
    const pack: Pack = {
      name,
      title,
      organisation,
      statement,
      profiles,
      values: this.#values,
      rules: this.#rules,
      patterns: this.#builder.finish(commonWords(this.#rules)),
      meanings: this.#meanings,
      parts: this.#parts,
    }
    return { pack, problems: this.#problems }
  }

  #read<T>(file: SourceFile, shape: Parameters<typeof parseSource<T>>[1]): Parsed<T> | undefined {
    const parsed = parseSource(file, shape)
    if (!Array.isArray(parsed)) return parsed
    this.#problems.push(...parsed)
    return undefined
  }

  #cues(file: SourceFile): void {
    const parsed = this.#read<CueSource>(file, cueShape)
    if (!parsed) return
    const kind = parsed.data.mark as MarkKind
    for (const direction of ['before', 'after', 'around', 'block', 'pseudo'] as const) {
      for (const { node } of this.#single(parsed, [direction], parsed.data[direction])) {
        this.#add(`cue:${kind}:${direction}`, node, { type: 'cue', kind, direction })
      }
    }
  }

  #conceptFile(file: SourceFile): void {
    const parsed = this.#read(file, conceptsShape)
    if (parsed) for (const [name, block] of Object.entries(parsed.data)) this.#concept(parsed, [name], name, block)
  }

  #concept(parsed: Parsed<unknown>, path: string[], name: string, block: string): void {
    const elsewhere = this.#concepts.get(name)
    if (elsewhere) this.#problems.push(parsed.problem(path, `the concept @${name} stands already in ${elsewhere}`))
    this.#concepts.set(name, parsed.problem(path, '').path)
    for (const { node } of this.#single(parsed, path, block)) this.#add(`@${name}`, node, { type: 'concept', name })
  }

  #value(file: SourceFile): void {
    const parsed = this.#read<ValueSource>(file, valueShape)
    if (!parsed) return
    const { value: number, slug, title, means, source, concepts, rules, affirms } = parsed.data
    const value: Value = { number, slug, title, means, source }
    const twin = this.#values.find((other) => other.number === number || other.slug === slug)
    if (twin) this.#problems.push(parsed.problem(['value'], `value ${number} (${slug}) is defined twice`))
    this.#values.push(value)
    for (const [name, block] of Object.entries(concepts ?? {})) this.#concept(parsed, ['concepts', name], name, block)
    if (affirms) this.#rule(parsed, ['affirms'], value, affirmation(value, affirms))
    rules.forEach((rule, i) => {
      this.#rule(parsed, ['rules', i], value, rule)
    })
  }

  #rule(parsed: Parsed<unknown>, path: (string | number)[], value: Value, source: AnyRule): void {
    const id = `${value.slug}/${source.id}`
    if (this.#ids.has(id))
      this.#problems.push(parsed.problem([...path, 'id'], `another rule of this value is called "${source.id}"`))
    this.#ids.set(id, id)
    if (source.profile) {
      const report = (message: string): Problem => parsed.problem([...path, 'profile'], message)
      this.#profiles.push({ profile: source.profile, report })
    }
    const number = this.#rules.length
    const finds = this.#lines(parsed, [...path, 'find'], source.find)
    if (!finds.length) return
    this.#parts.push([])
    finds.forEach(({ pattern }, line) => {
      this.#parts[number]?.push(pattern.all.length)
      // What a document says of a thing is counted by its parts.
      const together = source.kind === 'document' ? undefined : pattern.all
      pattern.all.forEach((node, part) => {
        this.#add(`${id}:${line}:${part}`, node, { type: 'find', rule: number, line, part }, together)
      })
      for (const node of pattern.none) this.#add(`${id}:${line}:none`, node, { type: 'none', rule: number, line })
    })
    for (const type of ['except', 'without', 'absent'] as const) {
      for (const { node } of this.#single(parsed, [...path, type], source[type])) {
        this.#add(`${id}:${type}`, node, { type, rule: number })
      }
    }
    this.#rules.push(rule(id, value, source))
    for (const field of ['topic', 'off-topic'] as const) {
      for (const { text, line } of items(source[field])) {
        const report = (message: string) => parsed.lineProblem([...path, field], line, 1, message)
        this.#uses.push({ name: text.replace(/^@/, ''), report })
      }
    }
  }

  /** `together` is what one sentence must hold beside the node for it to count. */
  #add(name: string, node: Node, meaning: Meaning, together: readonly Node[] = [node]): void {
    const sought = meaning.type === 'find' || meaning.type === 'cue' ? meaning.type : 'asked'
    this.#builder.add(name, node, { together, sought })
    this.#meanings[this.#builder.id(name)] = meaning
  }

  #lines(
    parsed: Parsed<unknown>,
    path: (string | number)[],
    block: string | undefined,
  ): { pattern: Pattern; line: number }[] {
    return items(block).flatMap(({ text, line }) => {
      try {
        const pattern = parsePattern(text)
        for (const node of [...pattern.all, ...pattern.none])
          this.#usesOf(node, (m) => parsed.lineProblem(path, line, 1, m))
        return [{ pattern, line }]
      } catch (error) {
        if (!(error instanceof PatternError)) throw error
        this.#problems.push(parsed.lineProblem(path, line, error.column, error.message))
        return []
      }
    })
  }

  /** Patterns of one part, where "&" has no meaning. */
  #single(
    parsed: Parsed<unknown>,
    path: (string | number)[],
    block: string | undefined,
  ): { node: Node; line: number }[] {
    return this.#lines(parsed, path, block).flatMap(({ pattern, line }) => {
      const [node, ...others] = pattern.all
      if (node && !others.length && !pattern.none.length) return [{ node, line }]
      this.#problems.push(parsed.lineProblem(path, line, 1, 'only the find lines of a rule may use "&"'))
      return []
    })
  }

  #usesOf(node: Node, report: (message: string) => Problem): void {
    if (node.kind === 'concept') this.#uses.push({ name: node.name, report })
    else if (node.kind === 'optional') this.#usesOf(node.node, report)
    else if ('nodes' in node) for (const inner of node.nodes) this.#usesOf(inner, report)
  }
}

type AnyRule = Omit<RuleSource, 'kind'> & { kind: RuleKind }

/** What the draft says for a value, as a rule: it is found like a conflict, and counted on the other side. */
function affirmation({ title, means }: Value, { find, yes, no }: AffirmsSource): AnyRule {
  const message = `This is what the value “${title}” asks.`
  return {
    id: 'affirmed',
    kind: 'affirmation',
    level: 'note',
    find,
    message,
    why: means,
    instead: '',
    fail: yes,
    pass: no,
  }
}

function rule(id: string, value: Value, source: AnyRule): Rule {
  const marks = (names: string[] | undefined): MarkKind[] => (names ?? []) as MarkKind[]
  const unless = new Set([
    ...(source.unless ? marks(source.unless) : excuses[source.kind]),
    ...marks(source['also-unless']),
  ])
  for (const kind of marks(source.despite)) unless.delete(kind)
  const texts = (block: string | undefined): string[] => items(block).map(({ text }) => text)
  return {
    id,
    value,
    kind: source.kind,
    level: source.level,
    unless,
    only: new Set(marks(source.only)),
    topic: namesIn(source.topic),
    offTopic: namesIn(source['off-topic']),
    topicIn: source['topic-in'] ?? 'block',
    least: source.least ?? 1,
    message: source.message,
    why: source.why,
    instead: texts(source.instead),
    fix: source.fix ?? false,
    ...(source.profile ? { profile: source.profile } : {}),
    sources: texts(source.source),
    examples: { fail: texts(source.fail), pass: texts(source.pass), gap: texts(source.gap) },
  }
}

/** Concepts that a block of lines names, with or without their "@". */
function namesIn(block: string | undefined): string[] {
  return items(block).map(({ text }) => text.replace(/^@/, ''))
}

/** Words that are met on every page of English, the most frequent first. */
const frequent =
  'the of and to a in be for that is it as with on by are this from or not we have at an was will can you they their has all but our which more one who if there your what been other would may about when its how do some these any use them people up time work so than also into no new out make need each only she he like her his had were just first should many way those then over most after such us get two my see where even because being help know good well very does take same made through could before set want year day give part must own through while still here between find both during those ask change come different does down end every few go great group keep last let life look long might much name never now number off often old order place point provide question right say service set share start state support system tell thing think under used very want week without world write'.split(
    ' ',
  )

/** As often as the commonest fifty words: every fourth sentence holds a number. */
const oftenNumbers = 400

/** How often each word is met: in English, and beyond that in the examples of the rules, which are close to drafts. */
function commonWords(rules: readonly Rule[]): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (norm: string, times: number): void => {
    for (const key of [norm, `~${stem(norm)}`]) counts.set(key, (counts.get(key) ?? 0) + times)
  }
  for (const { examples } of rules) {
    for (const text of [...examples.fail, ...examples.pass, ...examples.gap])
      for (const { norm } of tokenise(text)) add(norm, 1)
  }
  counts.set(numberKey, oftenNumbers)
  frequent.forEach((norm, rank) => {
    add(norm, 20_000 / (rank + 5))
  })
  return counts
}
