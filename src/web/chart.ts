import type { Value } from '../core/types.ts'
import { byId, count, el } from './dom.ts'
import type { PageFinding } from './messages.ts'

/** The draft beside the values: a row for each, with what was found under it as a bar and in words. */

const shades = ['error', 'warning', 'note'] as const

export function showChart(
  values: readonly Value[],
  findings: readonly PageFinding[],
  chosen: number | undefined,
  choose: (value: number) => void,
): void {
  const byValue = new Map<number, PageFinding[]>(values.map(({ number }) => [number, []]))
  for (const finding of findings) byValue.get(finding.value)?.push(finding)
  const live = (list: readonly PageFinding[]) => list.filter(({ outcome }) => outcome !== 'excused')
  const most = Math.max(1, ...[...byValue.values()].map((list) => live(list).length))
  byId('chart').replaceChildren(
    ...values.map(({ number, title }) => {
      const found = byValue.get(number) ?? []
      const counts = shades.map((shade) => live(found).filter(({ level }) => level === shade).length)
      const words = said(counts, found.length - live(found).length)
      const name = el(
        'button',
        { type: 'button', 'aria-pressed': String(chosen === number) },
        el('span', { class: 'number' }, String(number)),
        el('span', {}, title),
      )
      name.addEventListener('click', () => choose(number))
      return el(
        'tr',
        { class: live(found).length ? 'met' : 'silent' },
        el('th', { scope: 'row' }, name),
        el('td', {}, bar(counts, most)),
        el('td', { class: 'words' }, words),
      )
    }),
  )
}

function said([errors = 0, warnings = 0, notes = 0]: number[], alone: number): string {
  const parts = [count(errors + warnings, 'conflict'), count(notes, 'note'), alone ? `${alone} left alone` : '']
  return parts.filter(Boolean).join(', ') || 'silent'
}

/** A bar of 100 by 10 units, stretched to its cell; a sliver of paper parts the levels. */
function bar(counts: readonly number[], most: number): SVGSVGElement {
  const svg = shape('svg', { 'aria-hidden': 'true', viewBox: '0 0 100 10', preserveAspectRatio: 'none' })
  let x = 0
  for (const [i, times] of counts.entries()) {
    if (!times) continue
    const width = (times / most) * 100
    const size = { x: String(x), width: String(Math.max(width - 1, 1)), height: '10' }
    svg.append(shape('rect', { class: shades[i] as string, ...size }))
    x += width
  }
  return svg
}

function shape<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
): SVGElementTagNameMap[K] {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
  return element
}
