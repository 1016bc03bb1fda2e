import type { Pos } from './tagger.ts'
import type { Token } from './tokens.ts'

/**
 * How a clause is joined to the one before.
 * `coordinate`: "and", "or" or a comma, with a subject of its own; `shared`: the same without one ("and call for …");
 * `contrast`: "but", "while"; `subordinate`: "because", "if"; `relative`: "who", "which"; `content`: "that" after a verb;
 * `resumed`: the main clause goes on after a relative clause ("women who … are held"); `strong`: after a semicolon or colon.
 */
export type Link =
  | 'first'
  | 'coordinate'
  | 'shared'
  | 'contrast'
  | 'subordinate'
  | 'relative'
  | 'content'
  | 'resumed'
  | 'strong'

/** Tokens `from` to `to` (exclusive) of a block. */
export interface Clause {
  from: number
  to: number
  link: Link
}

const contrast = words('but yet while whereas although though however except instead whilst')
const subordinators = words(
  'because since if unless until till when whenever once where wherever after before so as lest provided whether',
)
const relatives = words('who whom whose which')
const coordinators = words('and or nor')
const subjectPronouns = words(
  'i we you he she it they this that these those there nobody everyone everybody someone no',
)
const negativeSubjects = words('no nobody none nothing neither')
const finiteAux = words('am is are was were has have had do does did will would can could shall should must may might')
const nominal = new Set<Pos>(['n', 'a', 'det', 'adp', 'pron', 'other'])

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}

/** How far ahead a finite verb is looked for. */
const reach = 9

/** Splits the tokens `from`..`to` of one sentence into clauses. */
export function clauses(tokens: readonly Token[], pos: readonly Pos[], from: number, to: number): Clause[] {
  const list: Clause[] = []
  let open: Clause = { from, to, link: 'first' }
  for (let i = from + 1; i < to; i++) {
    const link = resumption(tokens, pos, i, open) ?? linkAt(tokens, pos, i, open.from, to)
    if (!link) continue
    open.to = i
    list.push(open)
    open = { from: i, to, link }
  }
  list.push(open)
  return list
}

/** A second finite verb in a relative clause, with nothing to join it, belongs to the clause around. */
function resumption(tokens: readonly Token[], pos: readonly Pos[], i: number, open: Clause): Link | undefined {
  if (open.link !== 'relative' || !isFiniteVerb(tokens, pos, i) || !hasFinite(tokens, pos, open.from + 1, i))
    return undefined
  const before = tokens[i - 1] as Token
  if (
    coordinators.has(before.norm) ||
    pos[i - 1] === 'aux' ||
    pos[i - 1] === 'v' ||
    before.norm === 'not' ||
    before.norm.endsWith('ly')
  )
    return undefined
  return 'resumed'
}

function linkAt(
  tokens: readonly Token[],
  pos: readonly Pos[],
  i: number,
  start: number,
  end: number,
): Link | undefined {
  const token = tokens[i] as Token
  const before = tokens[i - 1] as Token
  if (token.breakBefore === 'strong') return 'strong'
  if (contrast.has(token.norm) && !/^(nothing|anything|all|none|can|not)$/.test(before.norm)) return 'contrast'
  if (token.norm === 'that' && pos[i - 1] === 'v' && finiteAhead(tokens, pos, i + 1, end)) return 'content'
  if (relatives.has(token.norm) || (token.norm === 'that' && pos[i - 1] === 'n' && verbSoon(tokens, pos, i + 1, end)))
    return 'relative'
  if (token.norm === 'as' && !subjectPronouns.has(tokens[i + 1]?.norm ?? '')) return undefined
  if (subordinators.has(token.norm) && !dated(tokens, i) && finiteAhead(tokens, pos, i + 1, end)) return 'subordinate'
  if (token.norm === 'for' && token.breakBefore === 'weak' && ownSubject(tokens, pos, i + 1, end)) return 'subordinate'
  const coordinated = coordinators.has(token.norm)
  if (!coordinated && token.breakBefore !== 'weak') return undefined
  if (coordinated && negativeSubjects.has(tokens[i + 1]?.norm ?? '')) return 'coordinate'
  if (!hasFinite(tokens, pos, start, i)) return undefined
  const first = coordinated ? i + 1 : i
  if (isFiniteVerb(tokens, pos, skipAdverbs(tokens, pos, first, end))) return 'shared'
  return ownSubject(tokens, pos, first, end) ? 'coordinate' : undefined
}

/** "since 2009", "after March": a preposition. */
function dated(tokens: readonly Token[], i: number): boolean {
  return /^\d|^(january|february|march|april|may|june|july|august|september|october|november|december)$/.test(
    tokens[i + 1]?.norm ?? '',
  )
}

function skipAdverbs(tokens: readonly Token[], pos: readonly Pos[], i: number, end: number): number {
  while (
    i < end - 1 &&
    (tokens[i]?.norm.endsWith('ly') ||
      tokens[i]?.norm === 'not' ||
      tokens[i]?.norm === 'never' ||
      tokens[i]?.norm === 'then')
  )
    i++
  return Math.min(i, pos.length - 1)
}

function ownSubject(tokens: readonly Token[], pos: readonly Pos[], first: number, end: number): boolean {
  if (subjectPronouns.has(tokens[first]?.norm ?? '')) return finiteAhead(tokens, pos, first + 1, end)
  for (let i = first; i < Math.min(end, first + reach); i++) {
    if (i > first && isFiniteVerb(tokens, pos, i)) return true
    if (!nominal.has(pos[i] as Pos) || (i > first && tokens[i]?.breakBefore !== 'none')) return false
  }
  return false
}

function verbSoon(tokens: readonly Token[], pos: readonly Pos[], i: number, end: number): boolean {
  return [i, i + 1, i + 2, i + 3].some((at) => at < end && isFiniteVerb(tokens, pos, at))
}

function finiteAhead(tokens: readonly Token[], pos: readonly Pos[], i: number, end: number): boolean {
  for (let at = i; at < Math.min(end, i + reach); at++) {
    if (at > i && tokens[at]?.breakBefore === 'strong') return false
    if (isFiniteVerb(tokens, pos, at)) return true
  }
  return false
}

function hasFinite(tokens: readonly Token[], pos: readonly Pos[], from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isFiniteVerb(tokens, pos, i)) return true
  // An imperative has its verb first.
  return pos[from] === 'v'
}

/** A verb that can carry a clause: no participle in -ing, no infinitive after "to" or an auxiliary. */
export function isFiniteVerb(tokens: readonly Token[], pos: readonly Pos[], i: number): boolean {
  const norm = tokens[i]?.norm ?? ''
  if (finiteAux.has(norm)) return pos[i] === 'aux' || pos[i] === 'v'
  if (pos[i] !== 'v' || norm.endsWith('ing')) return false
  const before = tokens[i - 1]?.norm ?? ''
  return before !== 'to' && before !== 'be' && before !== 'been' && !finiteAux.has(before)
}

/** The first verb of tokens `from`..`to` that can carry a clause, if there is one. */
export function firstFinite(
  tokens: readonly Token[],
  pos: readonly Pos[],
  from: number,
  to: number,
): number | undefined {
  for (let i = from; i < to; i++) if (isFiniteVerb(tokens, pos, i)) return i
  return undefined
}

/** Index of the clause that holds token `at`. */
export function clauseAt(list: readonly Clause[], at: number): number {
  return list.findIndex((clause) => at >= clause.from && at < clause.to)
}

/** Where the influence of a cue in clause `k` ends, to the right: it goes into what depends on the clause, not beyond. */
export function scopeEnd(list: readonly Clause[], k: number): number {
  let end = k
  let inside = false
  while (end + 1 < list.length) {
    const { link } = list[end + 1] as Clause
    if (link === 'resumed' && list[k]?.link === 'relative') break
    if (link === 'relative' || link === 'content' || link === 'resumed') inside = true
    else if (link === 'subordinate' && resumes(list, end + 1)) inside = true
    else if (!(link === 'shared' && inside)) break
    end++
  }
  return (list[end] as Clause).to
}

/** A short aside ("comfortable as it is") after which the clause goes on. */
function resumes(list: readonly Clause[], k: number): boolean {
  const [aside, next] = [list[k], list[k + 1]]
  return aside !== undefined && aside.to - aside.from <= 9 && (next?.link === 'relative' || next?.link === 'content')
}

/**
 * Where the subject side of clause `k` begins: relative clauses between the subject and its verb are passed over. An `anaphoric`
 * subject ("we think that is wrong") lies before the whole of it.
 */
export function scopeStart(list: readonly Clause[], k: number, anaphoric = false): number {
  let start = k
  const passed: readonly Link[] = ['relative', 'content', 'shared', 'resumed']
  const resumed = (list[k] as Clause).link === 'resumed'
  while (start > 0 && passed.includes((list[start] as Clause).link)) {
    // What a "that" clause says of its own subject stays in it: "finds that X is wrong".
    if ((list[start] as Clause).link === 'content' && !anaphoric && !resumed) break
    start--
  }
  return (list[start] as Clause).from
}
