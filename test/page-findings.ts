import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { checkDraft } from '../src/core/check.ts'
import { chain, messageOf } from '../src/core/explain.ts'
import type { Finding } from '../src/core/types.ts'
import { readerFor } from '../src/formats/index.ts'
import { shade, state } from '../src/reporters/said.ts'
import { pack } from './pack.ts'
import { drop } from './page-browser.ts'

/** What is seen on the page, as data. */

/** Drops a draft on the page; its cards and its marked passages are those that the engine gives for it. */
export async function expectSame(page: Page, name: string, source: string): Promise<void> {
  // So tall that the editor draws every line.
  await page.setViewportSize({ width: 1280, height: 6000 })
  await drop(page, name, source)
  await showExcused(page, true)
  const draft = readerFor(name)?.(source)
  if (!draft) throw new Error(`no reader for ${name}`)
  const findings = checkDraft(draft, pack)
  expect(findings.length).toBeGreaterThan(0)
  expect(await cards(page)).toEqual(
    findings.map((finding) => ({
      state: state(finding),
      what: finding.outcome === 'excused' ? inSentences(chain(finding, draft)) : messageOf(finding),
      rule: finding.rule.id,
    })),
  )
  expect(await marks(page)).toEqual(expectedMarks(source, findings))
  await showExcused(page, false)
  await page.setViewportSize({ width: 1280, height: 800 })
}

/** Also where nothing was left alone, and so the box is not shown. */
async function showExcused(page: Page, shown: boolean): Promise<void> {
  await page.locator('#excused').evaluate((box, checked) => {
    Object.assign(box, { checked })
    box.dispatchEvent(new Event('change'))
  }, shown)
}

/** What every card says, opened. */
async function cards(page: Page): Promise<{ state: string; what: string; rule: string }[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.card')].map((card) => {
      const head = card.querySelector<HTMLElement>('.head')
      if (!card.classList.contains('open')) head?.click()
      const said = (part: string): string => card.querySelector(part)?.textContent ?? ''
      return { state: said('.state'), what: said('.what'), rule: said('.id') }
    }),
  )
}

function inSentences(all: readonly string[]): string {
  return all.map((line) => line.charAt(0).toUpperCase() + line.slice(1)).join(' ')
}

/** The shades of each character of the draft, as the editor shows them: `offset shades` where they change. */
async function marks(page: Page): Promise<string[]> {
  const shades = await page.evaluate(() =>
    [...document.querySelectorAll('.cm-line')].flatMap((line, i) => {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT)
      const all: string[] = i ? [''] : []
      while (walker.nextNode()) {
        const held = new Set<string>()
        for (let at = walker.currentNode.parentElement; at && at !== line; at = at.parentElement)
          if (at.classList.contains('found')) held.add(at.classList[1] ?? '')
        const shade = [...held].sort().join(' ')
        for (const _ of (walker.currentNode as Text).data.split('')) all.push(shade)
      }
      return all
    }),
  )
  return runs(shades)
}

function expectedMarks(source: string, findings: readonly Finding[]): string[] {
  const all = source.split('').map(() => new Set<string>())
  for (const finding of findings)
    for (let i = finding.start; i < finding.end; i++) if (source[i] !== '\n') all[i]?.add(shade(finding))
  return runs(all.map((set) => [...set].sort().join(' ')))
}

function runs(shades: readonly string[]): string[] {
  return shades.flatMap((shade, i) => (shade !== (shades[i - 1] ?? '') ? [`${i} ${shade}`] : []))
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe objects to, by rule and element. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(() => (window as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run())
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

interface AxeResults {
  violations: { id: string; nodes: { target: string[] }[] }[]
}
