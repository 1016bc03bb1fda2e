import type { Entry } from './entries.ts'

/** The entries of a repository, by the path of the draft from the baseline's folder, with slashes. */
export type Entries = Map<string, Entry[]>

const fields = ['rule', 'level', 'text', 'sentence', 'before', 'after'] as const

/** A baseline as text: one entry a line, in an order that does not hang on where a passage stands, so that diffs are small. */
export function written(entries: Entries): string {
  const drafts = [...entries]
    .filter(([, list]) => list.length)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, list]) => {
      const lines = list.map(entryLine).sort()
      return `    ${JSON.stringify(path)}: [\n${lines.join(',\n')}\n    ]`
    })
  const findings = drafts.length ? `{\n${drafts.join(',\n')}\n  }` : '{}'
  return `{\n  "version": 1,\n  "findings": ${findings}\n}\n`
}

function entryLine(entry: Entry): string {
  return `      { ${fields.map((field) => `${JSON.stringify(field)}: ${JSON.stringify(entry[field])}`).join(', ')} }`
}

/** Reads a baseline. Throws an Error that says in a few words what is wrong with it. */
export function parsed(text: string): Entries {
  if (/^<{7} /m.test(text)) throw new Error('has a merge conflict in it')
  const content = JSON.parse(text) as { version?: unknown; findings?: unknown } | null
  if (content?.version !== 1) throw new Error('has no "version": 1')
  if (!isObject(content.findings)) throw new Error('has no "findings"')
  return new Map(
    Object.entries(content.findings).map(([path, list]) => {
      if (!Array.isArray(list) || !list.every(isEntry)) throw new Error(`has an entry of ${path} that is none`)
      return [path, list]
    }),
  )
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEntry(value: unknown): value is Entry {
  return isObject(value) && fields.every((field) => typeof value[field] === 'string')
}
