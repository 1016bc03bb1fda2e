import type { Finding, Level } from '../core/types.ts'
import { byValue, count, escaped, oneLine, weight } from './said.ts'

const levels: readonly Level[] = ['error', 'warning', 'note']

/** Findings by value: a list, so that it can be heard, with a bar in each line, so that it can be seen. */
export function chart(findings: readonly Finding[]): string {
  const values = byValue(findings)
  if (!values.length) return ''
  const most = Math.max(...values.map(([, list]) => list.length))
  const lines = values.map(([{ number, title }, list]) => {
    const counts = levels.map((level) => ({ level, times: list.filter((one) => weight(one) === level).length }))
    const words = counts.map(({ level, times }) => count(times, level)).filter(Boolean)
    return `<li><span class="value">${number}</span> <span>${escaped(oneLine(title))}</span> ${bar(counts, most)} <span class="small">${words.join(', ')}</span></li>`
  })
  return `<section aria-labelledby="chart"><h2 id="chart">Findings by value</h2><ul class="chart">${lines.join('')}</ul></section>\n`
}

/** A bar of 100 by 10 units, stretched to its cell; a sliver of paper parts the levels. */
function bar(counts: readonly { level: Level; times: number }[], most: number): string {
  let x = 0
  const parts = counts
    .filter(({ times }) => times)
    .map(({ level, times }) => {
      const width = (times / most) * 100
      const part = `<rect class="${level}" x="${round(x)}" width="${round(Math.max(width - 0.6, 0.6))}" height="10"/>`
      x += width
      return part
    })
  return `<svg aria-hidden="true" viewBox="0 0 100 10" preserveAspectRatio="none">${parts.join('')}</svg>`
}

function round(length: number): number {
  return Math.round(length * 100) / 100
}
