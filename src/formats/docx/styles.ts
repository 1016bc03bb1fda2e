/** What styles say of a paragraph or a run, by the names Word gives its own styles, whatever language it speaks. */

import type { Style, Styles } from '../package/styles.ts'
import { type Tag, walkXml } from '../package/xml.ts'

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
