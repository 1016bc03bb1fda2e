import { byId, count, el } from './dom.ts'
import type { Stand } from './messages.ts'

/** The draft beside the values: a row for each, with what was found under it as a bar and in words. */

/** Shows how the draft stands to each value; a click on one chooses it. */
export function showChart(stands: readonly Stand[], chosen: number | undefined, choose: (value: number) => void): void {
  const most = Math.max(1, ...stands.map((stand) => total(stand)))
  byId('chart').replaceChildren(
    ...stands.map((stand) => {
      const { value, title } = stand
      const name = el(
        'button',
        { type: 'button', 'aria-pressed': String(chosen === value) },
        el('span', { class: 'number' }, String(value)),
        el('span', {}, title),
      )
      name.addEventListener('click', () => choose(value))
      return el(
        'tr',
        { class: total(stand) ? 'met' : 'silent' },
        el('th', { scope: 'row' }, name),
        el('td', {}, bar(stand, most)),
        el('td', { class: 'words' }, inWords(stand)),
      )
    }),
  )
}

function total({ errors, warnings, notes, affirmed }: Stand): number {
  return errors + warnings + notes + affirmed
}

function inWords({ errors, warnings, notes, affirmed, alone }: Stand): string {
  const parts = [
    count(errors + warnings, 'conflict'),
    count(notes, 'note'),
    affirmed ? `affirmed ${affirmed === 1 ? 'once' : `${affirmed} times`}` : '',
    alone ? `${alone} left alone` : '',
  ]
  return parts.filter(Boolean).join(', ') || 'silent'
}

/** A bar of 100 by 10 units, stretched to its cell; a sliver of paper parts the shares. */
function bar({ errors, warnings, notes, affirmed }: Stand, most: number): SVGSVGElement {
  const svg = shape('svg', { 'aria-hidden': 'true', viewBox: '0 0 100 10', preserveAspectRatio: 'none' })
  let x = 0
  for (const [shade, times] of Object.entries({ error: errors, warning: warnings, note: notes, affirmed })) {
    if (!times) continue
    const width = (times / most) * 100
    svg.append(shape('rect', { class: shade, x: String(x), width: String(Math.max(width - 1, 1)), height: '10' }))
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
