import { didYouMean } from './closest.ts'
import type { Pack } from './pack.ts'
import { Lines } from './position.ts'
import type { Directive, DirectiveProblem, Draft, Finding, Rule, Span } from './types.ts'

/**
 * Directives in a draft that keep a finding on purpose:
 *
 *     values-lint-disable-next-line RULE[, RULE] -- reason     the next line that says something
 *     values-lint-disable-line RULE -- reason                  the line on which it stands
 *     values-lint-disable RULE -- reason                       from here to values-lint-enable, or to the end
 *     values-lint-disable-file RULE -- reason                  the whole draft
 *
 * Without a rule, every rule is meant; without a reason, nothing is kept.
 */

/** What a directive keeps: the rules, by the word that names them, within a stretch of the source. */
interface Order {
  directive: Directive
  named: { word: string; rules: ReadonlySet<Rule>; used: boolean }[]
  reason: string
  within: Span
}

type Verb = 'disable-next-line' | 'disable-line' | 'disable-file' | 'disable' | 'enable'
const verbs: readonly Verb[] = ['disable-next-line', 'disable-line', 'disable-file', 'disable', 'enable']

/**
 * Marks the findings that directives keep, and says what is wrong with directives. `wanted` are the rules that were run: a
 * directive for others is not unused.
 */
export function suppress(
  findings: readonly Finding[],
  draft: Draft,
  pack: Pack,
  wanted: (rule: Rule) => boolean,
): { findings: Finding[]; problems: DirectiveProblem[] } {
  if (!draft.directives?.length) return { findings: [...findings], problems: [] }
  const { orders, problems } = ordersOf(draft, pack)
  const marked = findings.map((finding) => {
    if (finding.outcome === 'excused') return finding
    const keeping = orders.filter((order) => keeps(order, finding))
    const [first] = keeping
    if (!first) return finding
    const { start, end } = first.directive
    return { ...finding, suppressedBy: { reason: first.reason, start, end } }
  })
  return { findings: marked, problems: [...problems, ...unused(orders, wanted)].sort((a, b) => a.start - b.start) }
}

/** Whether an order holds a finding; if so, what names its rule is used. */
function keeps({ within, named }: Order, { start, rule }: Finding): boolean {
  if (start < within.start || start >= within.end) return false
  const words = named.filter(({ rules }) => rules.has(rule))
  for (const word of words) word.used = true
  return words.length > 0
}

function unused(orders: readonly Order[], wanted: (rule: Rule) => boolean): DirectiveProblem[] {
  return orders.flatMap(({ directive: { start, end }, named }) => {
    const idle = named.filter(({ used, rules }) => !used && [...rules].some(wanted))
    if (!idle.length) return []
    const words = idle.map(({ word }) => word).join(', ')
    const what = words ? `${words} finds nothing here any more` : 'nothing is found here any more'
    return [{ kind: 'unused' as const, start, end, message: `unused directive: ${what}; it can go` }]
  })
}

function ordersOf(draft: Draft, pack: Pack): { orders: Order[]; problems: DirectiveProblem[] } {
  const orders: Order[] = []
  const problems: DirectiveProblem[] = []
  const places = new Places(draft)
  for (const directive of draft.directives ?? []) {
    const { start, end } = directive
    const complain = (message: string, kind: DirectiveProblem['kind'] = 'mistake'): void => {
      problems.push({ kind, start, end, message })
    }
    const { verb, words, reason } = parsed(directive)
    const known = verbs.find((one) => one === verb)
    if (!known) {
      const all = verbs.map((one) => `values-lint-${one}`)
      complain(`there is no directive values-lint-${verb}${didYouMean(`values-lint-${verb}`, all)}`)
      continue
    }
    const named = namedRules(words, pack, complain)
    if (known === 'enable') {
      if (!close(orders, named, start))
        complain('unused directive: nothing of that name is disabled here; it can go', 'unused')
    } else if (!reason) {
      complain('a directive needs a reason, after "--", and keeps nothing without one')
    } else if (named.length) {
      orders.push({ directive, named, reason, within: places.of(known, directive) })
    }
  }
  return { orders, problems }
}

function parsed({ text }: Directive): { verb: string; words: string[]; reason: string } {
  const [, verb = '', rest = ''] = /^values-lint-([\w-]*)\s*(.*)$/s.exec(text) ?? []
  // Word processors make a dash of two hyphens.
  const [, names = '', reason = ''] = /^(.*?)(?:(?:^|\s)(?:--+|[–—])(?:\s+(.*))?)?$/s.exec(rest) ?? []
  return { verb, words: names.split(/[\s,]+/).filter(Boolean), reason: reason.replace(/\s+/g, ' ').trim() }
}

/** The rules that a directive names; no word is all of them. */
function namedRules(words: readonly string[], pack: Pack, complain: (message: string) => void): Order['named'] {
  if (!words.length) return [{ word: '', rules: new Set(pack.rules), used: false }]
  return words.flatMap((word) => {
    const rules = rulesNamed(word, pack)
    if (rules.length) return [{ word, rules: new Set(rules), used: false }]
    complain(`no rule is called "${word}"${closestRule(word, pack)}`)
    return []
  })
}

/** The rules that a word names: a rule by its id or its name alone, or those of a value, by its slug or as `value-12`. */
export function rulesNamed(word: string, { rules }: Pack): Rule[] {
  const exact = rules.filter(({ id }) => id === word)
  if (exact.length) return exact
  return rules.filter(
    ({ id, value }) => id.endsWith(`/${word}`) || value.slug === word || `value-${value.number}` === word,
  )
}

/** ` Did you mean …?` for a word that names no rule. */
export function closestRule(word: string, { rules, values }: Pack): string {
  const names = rules.flatMap(({ id }) => [id, id.slice(id.indexOf('/') + 1)])
  return didYouMean(word, [...names, ...values.flatMap(({ number, slug }) => [slug, `value-${number}`])])
}

/** Ends the open ranges of the rules that are named; false where there are none. */
function close(orders: Order[], named: Order['named'], at: number): boolean {
  let closed = false
  const enabled = new Set(named.flatMap(({ rules }) => [...rules]))
  const open = orders.filter(({ directive, within }) => isRange(directive) && within.end === Number.POSITIVE_INFINITY)
  for (const order of open) {
    const ended = order.named.filter(({ rules }) => [...rules].every((rule) => enabled.has(rule)))
    if (!ended.length) continue
    closed = true
    const rest = order.named.filter((one) => !ended.includes(one))
    if (rest.length) orders.push({ ...order, named: rest })
    order.named = ended
    order.within = { start: order.within.start, end: at }
  }
  return closed
}

function isRange({ text }: Directive): boolean {
  return /^values-lint-disable(?![\w-])/.test(text)
}

/** Where the orders of a draft hold. */
class Places {
  readonly #draft: Draft
  readonly #lines: Lines
  /** By line, from 1: the next line that says something, itself included. */
  readonly #next: number[] = []

  constructor(draft: Draft) {
    this.#draft = draft
    this.#lines = new Lines(draft.source)
  }

  of(verb: Exclude<Verb, 'enable'>, { start, end }: Span): Span {
    if (verb === 'disable-file') return { start: 0, end: Number.POSITIVE_INFINITY }
    if (verb === 'disable') return { start: end, end: Number.POSITIVE_INFINITY }
    if (verb === 'disable-line') return this.#line(this.#lines.at(start).line)
    return this.#line(this.#nextText()[this.#lines.at(Math.max(start, end - 1)).line + 1] ?? this.#lines.count + 1)
  }

  #line(line: number): Span {
    return { start: this.#lines.offset({ line, column: 1 }), end: this.#lines.offset({ line: line + 1, column: 1 }) }
  }

  /** Blank lines and other directives are passed over, so that directives can stand one below another. */
  #nextText(): readonly number[] {
    if (this.#next.length) return this.#next
    const { source, directives = [] } = this.#draft
    let said = ''
    for (const { start, end } of directives) {
      said +=
        source.slice(said.length, start) + source.slice(Math.max(start, said.length), end).replace(/[^\r\n]/g, ' ')
    }
    said += source.slice(said.length)
    let next = this.#lines.count + 1
    for (let line = this.#lines.count; line > 0; line--) {
      const { start, end } = this.#line(line)
      if (/[^\s>]/.test(said.slice(start, end))) next = line
      this.#next[line] = next
    }
    return this.#next
  }
}
