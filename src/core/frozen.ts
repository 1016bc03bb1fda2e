import { type Automaton, at, type State, type Ways, way } from './automaton.ts'
import type { Pack } from './pack.ts'
import type { Rule } from './types.ts'

/**
 * A compiled pack as JSON, so that a run parses no YAML and builds no automaton: states are thawed one by one, when a draft
 * first reaches them.
 */
export interface FrozenPack extends Omit<Pack, 'rules' | 'automaton'> {
  rules: (Omit<Rule, 'unless' | 'only' | 'value'> & { unless: string[]; only: string[]; value: number })[]
  names: string[]
  /** Every word that a state reads. */
  keys: string[]
  states: FrozenState[]
}

/** words (key, to, part of speech …), concepts (concept, to …), skip, ends, accept, epsilon, wide; empty tails are left out. */
type FrozenState = (number[] | 0 | 1)[]

const parts = [undefined, 'n', 'v', 'a'] as const

/** Freezes a pack that has not been run yet: states made while running are not kept. */
export function freezePack({ rules, automaton, ...rest }: Pack): FrozenPack {
  const keys = new Map<string, number>()
  const keyOf = (key: string): number => {
    const known = keys.get(key)
    if (known !== undefined) return known
    keys.set(key, keys.size)
    return keys.size - 1
  }
  const states = automaton.states.map((_, id) => freezeState(at(automaton, id), keyOf))
  return {
    ...rest,
    rules: rules.map((rule) => ({ ...rule, unless: [...rule.unless], only: [...rule.only], value: rule.value.number })),
    names: automaton.names,
    keys: [...keys.keys()],
    states,
  }
}

function freezeState(
  { words, concepts, skip, ends, accept, epsilon, wide }: State,
  keyOf: (key: string) => number,
): FrozenState {
  const steps = [...(words ?? [])].flatMap(([key, ways]) =>
    ways.steps.flatMap(({ to, pos }) => [keyOf(key), to, parts.indexOf(pos)]),
  )
  const leads = [...(concepts ?? [])].flatMap(([concept, ways]) => ways.steps.flatMap(({ to }) => [concept, to]))
  const frozen: FrozenState = [steps, leads, skip ?? [], ends ?? [], accept ?? [], epsilon ?? [], wide ? 1 : 0]
  while (frozen.length && (frozen.at(-1) === 0 || (frozen.at(-1) as number[]).length === 0)) frozen.pop()
  return frozen
}

/** The pack that was frozen. */
export function thawPack({ rules, names, keys, states, ...rest }: FrozenPack): Pack {
  const values = new Map(rest.values.map((value) => [value.number, value]))
  const automaton: Automaton = {
    names,
    states: new Array(states.length),
    thaw: (id) => thawState(id, states[id] ?? [], keys),
  }
  return {
    ...rest,
    rules: rules.map(
      (rule) =>
        ({ ...rule, value: values.get(rule.value), unless: new Set(rule.unless), only: new Set(rule.only) }) as Rule,
    ),
    automaton,
  }
}

function thawState(id: number, frozen: FrozenState, keys: readonly string[]): State {
  const list = (i: number): number[] => (frozen[i] as number[] | undefined) ?? []
  const [words, leads] = [list(0), list(1)]
  const state: State = { id }
  if (words.length) state.words = new Map()
  for (let i = 0; i < words.length; i += 3) {
    const pos = parts[words[i + 2] as number]
    way(state.words as Map<string, Ways>, keys[words[i] as number] as string, {
      to: words[i + 1] as number,
      ...(pos && { pos }),
    })
  }
  if (leads.length) state.concepts = new Map()
  for (let i = 0; i < leads.length; i += 2)
    way(state.concepts as Map<number, Ways>, leads[i] as number, { to: leads[i + 1] as number })
  if (list(2).length) state.skip = list(2)
  if (list(3).length) state.ends = list(3)
  if (list(4).length) state.accept = list(4)
  if (list(5).length) state.epsilon = list(5)
  if (frozen[6]) state.wide = true
  return state
}
