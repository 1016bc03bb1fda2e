/** How the parts of a Word file refer to each other. */

import type { Package } from '../package/package.ts'
import { walkXml } from '../package/xml.ts'

export interface Relationship {
  id: string
  /** The last word of its type: `styles`, `comments` … */
  type: string
  /** The name of the part that it leads to. */
  target: string
}

/** What a part refers to; the package itself is the part ''. */
export function relationships(pack: Package, part: string): Relationship[] {
  const xml = pack.text(relationshipsName(part))
  const found: Relationship[] = []
  if (xml === undefined) return found
  walkXml(xml, {
    open(tag) {
      if (tag.name !== 'Relationship' || tag.attribute('TargetMode') === 'External') return
      const [id = '', type = '', target = ''] = ['Id', 'Type', 'Target'].map((name) => tag.attribute(name))
      found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolved(target, folderOf(part)) })
    },
  })
  return found
}

export function relationshipsName(part: string): string {
  return `${folderOf(part)}_rels/${part.slice(folderOf(part).length)}.rels`
}

export function folderOf(part: string): string {
  return part.slice(0, part.lastIndexOf('/') + 1)
}

/** A target as a part's name: targets are relative to the folder of the part that names them. */
function resolved(target: string, folder: string): string {
  const steps: string[] = []
  for (const step of (target.startsWith('/') ? target : folder + target).split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '' && step !== '.') steps.push(step)
  }
  return steps.join('/')
}
