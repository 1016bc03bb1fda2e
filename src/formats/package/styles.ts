/** What styles of Word and OpenDocument files say of a paragraph or a run. */

export interface Style {
  /** In lower case. */
  name: string
  basedOn?: string
  /** Heading level from 1; 10 is body text. */
  level?: number
  /** The list that its paragraphs are in (Word). */
  numId?: string
  hidden?: boolean
  emphasised?: boolean
  struck?: boolean
}

export type Styles = ReadonlyMap<string, Style>

/** Longer chains, and rings, are no styles that a person made. */
const longestChain = 32

/** A style and those it builds on, itself first. */
export function chainOf(styles: Styles, id: string | undefined): Style[] {
  const chain: Style[] = []
  // A style that nothing defines is still named.
  let style: Style | undefined = styles.get(id ?? '') ?? (id === undefined ? undefined : { name: id.toLowerCase() })
  while (style && chain.length < longestChain) {
    chain.push(style)
    style = styles.get(style.basedOn ?? '')
  }
  return chain
}

/** What the nearest style of a chain that says something of it says. */
export function inherited<K extends keyof Style>(chain: readonly Style[], key: K): Style[K] | undefined {
  return chain.find((style) => style[key] !== undefined)?.[key]
}

/** The heading level that a chain gives; undefined for body text. */
export function headingLevel(chain: readonly Style[]): number | undefined {
  for (const { name, level } of chain) {
    const named = /^heading ([1-9])$/.exec(name)?.[1]
    if (named) return Math.min(Number(named), 6)
    if (name === 'title' || name === 'subtitle') return name === 'title' ? 1 : 2
    if (level !== undefined) return level < 10 ? Math.min(level, 6) : undefined
  }
  return undefined
}

/** Names of the styles that set a quotation off, as Word, pandoc and LibreOffice call them. */
const quotations = /^(?:intense quote|quote|block text|block quotations?|block quote|quotations)$/

export function isQuotation(chain: readonly Style[]): boolean {
  return chain.some(({ name }) => quotations.test(name))
}
