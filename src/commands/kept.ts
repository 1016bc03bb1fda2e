import type { Pack } from '../core/pack.ts'
import type { Block, DirectiveProblem, Finding, Rule } from '../core/types.ts'
import type { Checked } from './check-source.ts'

/** What a check gave, as it is kept in a cache or sent by a worker: without the rules, which the pack holds, and the maps to the source. */
export interface Kept {
  blocks: Omit<Block, 'source' | 'emphasis'>[]
  findings: (Omit<Finding, 'rule'> & { rule: string })[]
  problems: DirectiveProblem[]
}

export function keptOf({ draft, findings, problems }: Checked): Kept {
  return {
    blocks: draft.blocks.map(({ source, emphasis, ...block }) => block),
    findings: findings.map((finding) => ({ ...finding, rule: finding.rule.id })),
    problems,
  }
}

/** The check again. Its blocks lead nowhere in the source: the findings hold their places already. */
export function checkedOf(source: string, { blocks, findings, problems }: Kept, pack: Pack): Checked {
  return {
    draft: { source, blocks: blocks.map((block) => ({ ...block, source: new Uint32Array(0) })) },
    findings: findings.map((finding) => ({ ...finding, rule: ruleNamed(finding.rule, pack) })),
    problems,
  }
}

const byPack = new WeakMap<Pack, ReadonlyMap<string, Rule>>()

function ruleNamed(id: string, pack: Pack): Rule {
  const rules = byPack.get(pack) ?? new Map(pack.rules.map((rule) => [rule.id, rule]))
  byPack.set(pack, rules)
  return rules.get(id) as Rule
}
