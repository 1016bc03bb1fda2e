/** Comments and suggestions of values-lint that an earlier run left in an OpenDocument text. */

import { applyEdits, type Edit } from '../package/edits.ts'
import { decodeXml, walkXml } from '../package/xml.ts'
import { withoutSuggestions } from './own-changes.ts'

export const author = 'values-lint'

export interface Earlier {
  /** The body without them. */
  xml: string
  /** The texts of those that people have resolved or answered, which stay. */
  kept: ReadonlySet<string>
}

interface Annotation {
  name: string
  start: number
  end: number
  creator: string
  text: string
  /** Resolved, or answered by another. */
  settled: boolean
}

export function earlierAnnotations(xml: string): Earlier {
  if (!xml.includes(`>${author}<`)) return { xml, kept: new Set() }
  const { annotations, ends } = annotationsIn(xml)
  const ours = annotations.filter(({ creator }) => creator === author)
  const gone = ours.filter(({ settled }) => !settled)
  const names = new Set(gone.map(({ name }) => name))
  const edits: Edit[] = [...gone, ...ends.filter(({ name }) => names.has(name))].map(({ start, end }) => ({
    start,
    end,
    text: '',
  }))
  return {
    xml: withoutSuggestions(applyEdits(xml, edits)),
    kept: new Set(ours.filter(({ settled }) => settled).map(({ text }) => text.trim())),
  }
}

function annotationsIn(xml: string): {
  annotations: Annotation[]
  ends: { name: string; start: number; end: number }[]
} {
  const annotations: Annotation[] = []
  const ends: { name: string; start: number; end: number }[] = []
  const answered = new Set<string>()
  let current: Annotation | undefined
  let within = ''
  walkXml(xml, {
    open(tag) {
      const { start, end } = tag
      within = tag.name
      const name = tag.attribute('office:name') ?? ''
      if (tag.name === 'office:annotation') {
        const settled = tag.attribute('loext:resolved') === 'true'
        current = { name, start, end, creator: '', text: '', settled }
        annotations.push(current)
        const parent = tag.attribute('loext:parent-name')
        if (parent !== undefined) answered.add(parent)
      } else if (tag.name === 'office:annotation-end') ends.push({ name, start, end })
    },
    close(name, _, end) {
      within = ''
      if (name === 'text:p' && current) current.text += '\n'
      if (name !== 'office:annotation' || !current) return
      current.end = end
      current = undefined
    },
    text(start, end) {
      if (!current) return
      if (within === 'dc:creator') current.creator += decodeXml(xml.slice(start, end))
      else if (within.startsWith('text:')) current.text += decodeXml(xml.slice(start, end))
    },
  })
  for (const annotation of annotations) annotation.settled ||= annotation.name !== '' && answered.has(annotation.name)
  return { annotations, ends }
}
