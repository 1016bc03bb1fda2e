/** Reads front matter with the parser of YAML. A file of its own, as the command loads it only for what needs it. */

import { isMap, isScalar, type Scalar as Parsed, parseDocument } from 'yaml'

/** A text in the source, and how it is written. */
export interface Scalar {
  type: Parsed.Type | undefined
  from: number
  to: number
}

/** The text values of these keys, in their order in the draft; none if the YAML is too odd to parse. */
export function parsedValues(yaml: string, keys: readonly string[]): Scalar[] {
  try {
    const { contents } = parseDocument(yaml, { uniqueKeys: false, logLevel: 'silent' })
    if (!isMap(contents)) return []
    return contents.items.flatMap(({ key, value }) => {
      if (!isScalar(key) || !keys.includes(String(key.value)) || !isScalar(value) || typeof value.value !== 'string')
        return []
      const [from, to] = value.range ?? [0, 0]
      return [{ type: value.type, from, to }]
    })
  } catch {
    // Deep nesting overflows the stack of YAML's parser.
    return []
  }
}
