/** What the styles of an OpenDocument text say, named ones and those that the program makes for each look. */

import type { Style, Styles } from '../package/styles.ts'
import { type Tag, walkXml } from '../package/xml.ts'

/** Reads the styles of some parts, those of later parts over those of earlier ones. */
export function readStyles(parts: readonly (string | undefined)[]): Styles {
  const styles = new Map<string, Style>()
  for (const xml of parts) {
    if (xml === undefined) continue
    let style: Style | undefined
    walkXml(xml, {
      open(tag) {
        if (tag.name === 'style:style') {
          style = styleOf(tag)
          styles.set(tag.attribute('style:name') ?? '', style)
        } else if (style && tag.name === 'style:text-properties') readLook(style, tag)
      },
      close(name) {
        if (name === 'style:style') style = undefined
      },
    })
  }
  return styles
}

function styleOf(tag: Tag): Style {
  const name = tag.attribute('style:display-name') ?? tag.attribute('style:name') ?? ''
  const basedOn = tag.attribute('style:parent-style-name')
  const level = Number(tag.attribute('style:default-outline-level'))
  return {
    name: name.replaceAll('_20_', ' ').toLowerCase(),
    ...(basedOn !== undefined && { basedOn }),
    ...(level > 0 && { level }),
  }
}

function readLook(style: Style, tag: Tag): void {
  const weight = tag.attribute('xsl-fo-compatible:font-weight')
  const slant = tag.attribute('xsl-fo-compatible:font-style')
  const line = tag.attribute('style:text-line-through-style')
  const display = tag.attribute('text:display')
  if (weight !== undefined || slant !== undefined)
    style.emphasised = (weight ?? 'normal') !== 'normal' || (slant ?? 'normal') !== 'normal'
  if (line !== undefined) style.struck = line !== 'none'
  if (display !== undefined) style.hidden = display === 'none'
}
