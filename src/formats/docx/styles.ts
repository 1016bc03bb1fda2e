/** What styles say of a paragraph or a run, by the names Word gives its own styles, whatever language it speaks. */

import { type Tag, walkXml } from '../package/xml.ts'

export interface Style {
  /** In lower case. */
  name: string
  basedOn?: string
  /** Heading level from 1; 10 is body text. */
  level?: number
  numId?: string
  hidden?: boolean
  emphasised?: boolean
}

export type Styles = ReadonlyMap<string, Style>

export function readStyles(xml: string | undefined): Styles {
  const styles = new Map<string, Style>()
  if (xml === undefined) return styles
  let style: Style | undefined
  walkXml(xml, {
    open(tag) {
      if (tag.name === 'w:style') {
        style = { name: '' }
        styles.set(tag.attribute('w:styleId') ?? '', style)
      } else if (style) readProperty(style, tag)
    },
    close(name) {
      if (name === 'w:style') style = undefined
    },
  })
  return styles
}

function readProperty(style: Style, tag: Tag): void {
  const value = (): string => tag.attribute('w:val') ?? ''
  if (tag.name === 'w:name') style.name = value().toLowerCase()
  else if (tag.name === 'w:basedOn') style.basedOn = value()
  else if (tag.name === 'w:outlineLvl') style.level = Number(value()) + 1
  else if (tag.name === 'w:numId') style.numId = value()
  else if (tag.name === 'w:vanish') style.hidden = isOn(tag)
  else if (tag.name === 'w:b' || tag.name === 'w:i') style.emphasised = isOn(tag)
}

/** Whether a property that is on or off is on. */
export function isOn(tag: Tag): boolean {
  return !['0', 'false', 'off', 'none'].includes(tag.attribute('w:val') ?? 'true')
}

/** A style and those it builds on, itself first. */
export function chainOf(styles: Styles, id: string | undefined): Style[] {
  const chain: Style[] = []
  for (let style = styles.get(id ?? ''); style && !chain.includes(style); style = styles.get(style.basedOn ?? '')) {
    chain.push(style)
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
