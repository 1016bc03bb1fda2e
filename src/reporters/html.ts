import type { Draft } from '../core/types.ts'
import { chart } from './html-chart.ts'
import { type Numbered, type Row, rows } from './html-draft.ts'
import { style } from './html-style.ts'
import { inWords as placeInWords } from './place.ts'
import { type FileReport, type Report, reported, summarise } from './report.ts'
import { count, escaped, excerpt, keptBecause, oneLine, said, shade, state, tally } from './said.ts'
import { inWords, type Where, whereIn } from './where.ts'

/**
 * One page that needs nothing else: each draft as people read it, its passages marked, and beside them what is the matter, why
 * here, and what to write instead. Without scripts; also well-formed XML, which holds whatever a draft says.
 */
export function html(report: Report): string {
  const files = numbered(report)
  const withFindings = files.filter(({ entries }) => entries.length)
  const alone = files.length === 1
  const title = alone ? (files[0]?.file.path ?? '') : `${files.length} drafts`
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"/>
<meta name="color-scheme" content="light dark"/>
<meta name="generator" content="values-lint ${text(report.version)}"/>
<title>${text(title)}: values check</title>
<style>${style}</style>
</head>
<body>
<a class="skip" href="#drafts">To the draft</a>
<header class="top">
<p class="kicker">Values check</p>
<h1${alone ? ' id="d1"' : ''}>${text(title)}</h1>
<p class="lead">${text(lead(report))}</p>
${withFindings.length > 1 ? contents(withFindings) : ''}${chart(files.flatMap(({ entries }) => entries.map(({ finding }) => finding)))}${unread(report)}</header>
<main id="drafts">
${withFindings.map((file) => article(file, alone)).join('')}${clean(files, report)}</main>
<footer>
<p><strong>How to read it.</strong> An <b>error</b> or a <b>warning</b> conflicts with a value of your organisation. A <b>note</b> is worth a look and never a failure: somebody else’s words, or a policy that is only named. The choice of words is yours.</p>
<p class="small">Rules: ${text(report.pack)}. Made by values-lint ${text(report.version)}, on your machine; no draft has left it for this page.</p>
</footer>
</body>
</html>
`
}

/** A finding with the number that it has on the page. */
interface Entry extends Numbered {
  where: Where
}

interface NumberedFile {
  file: FileReport
  /** The number of the file on the page, from 1. */
  id: number
  entries: Entry[]
}

function numbered(report: Report): NumberedFile[] {
  let number = 0
  return report.files.map((file, i) => {
    const where = whereIn(file)
    const entries = reported(file, report).map((finding) => ({ finding, number: ++number, where: where(finding) }))
    return { file, id: i + 1, entries }
  })
}

function lead(report: Report): string {
  const { files, excused } = summarise(report)
  if (!files) return 'No draft was checked.'
  const drafts = files > 1 ? ` of ${files} drafts` : ''
  const alone = excused
    ? ` ${count(excused, 'passage')} met a rule and ${excused === 1 ? 'was' : 'were'} left alone in context.`
    : ''
  return `${tally(summarise(report))}${drafts}.${alone}`
}

function contents(files: readonly NumberedFile[]): string {
  const items = files.map(
    ({ file, id, entries }) =>
      `<li><a href="#d${id}">${text(file.path)}</a> <span class="small">${count(entries.length, 'finding')}</span></li>`,
  )
  return `<nav aria-label="Drafts"><ul>${items.join('')}</ul></nav>\n`
}

function unread({ errors }: Report): string {
  if (!errors.length) return ''
  const items = errors.map(({ path, message }) => `<li><b>${text(path)}</b> ${text(message)}</li>`)
  return `<section class="unread" aria-label="Not checked"><p>Could not be checked:</p><ul>${items.join('')}</ul></section>\n`
}

function clean(files: readonly NumberedFile[], report: Report): string {
  const names = files.filter(({ entries }) => !entries.length).map(({ file }) => file.path)
  if (!names.length || report.files.length === 1) return ''
  const items = names.map((path) => `<li>${text(path)}</li>`)
  return `<section class="clean" aria-labelledby="clean"><h2 id="clean">Nothing found</h2><ul>${items.join('')}</ul></section>\n`
}

/** A draft; where it is the only one, the page's heading is its own. */
function article({ file, id, entries }: NumberedFile, alone: boolean): string {
  const { path, draft, findings } = file
  const head = `<h2 id="d${id}">${text(path)}</h2><p class="small">${text(tally(summarise({ files: [{ path, draft, findings }] })))}.</p>`
  const groups = grouped(rows(draft, entries, alone ? 1 : 2))
  return `<article aria-labelledby="d${id}">
${alone ? '' : `<div class="head">${head}</div>\n`}${groups.map((one) => group(one, draft)).join('')}</article>
`
}

/** Rows beside the cards of one of them. */
interface Group {
  /** The row with findings, if any, with the headings right above it. */
  first: Row[]
  /** Rows after it that have none: its cards have room beside them. */
  others: Row[]
}

function grouped(all: readonly Row[]): Group[] {
  const groups: Group[] = []
  for (const row of all) {
    const before = groups.at(-1)
    if (before && !row.found.length) before.others.push(row)
    else {
      const headings: Row[] = []
      while (before?.others.at(-1)?.heading) headings.unshift(before.others.pop() as Row)
      groups.push({ first: [...headings, row], others: [] })
    }
  }
  return groups
}

function group({ first, others }: Group, draft: Draft): string {
  const cards = first.flatMap(({ found }) => found.map((entry) => card(entry as Entry, draft))).join('')
  const rest = others.length ? `<div class="rest">${others.map(prose).join('')}</div>` : ''
  return `<div class="group"><div class="first">${first.map(prose).join('')}</div>${cards && `<div class="cards">${cards}</div>`}${rest}</div>\n`
}

function prose({ html, number }: Row): string {
  const sign = number === undefined ? '' : `<p class="number"><span class="unseen">Paragraph </span>${number}</p>`
  return `<div class="prose">${sign}${html}</div>`
}

function card({ finding, number, where }: Entry, draft: Draft): string {
  const { message, why, here, instead } = said(finding, draft)
  const { value, id } = finding.rule
  const reason = keptBecause(finding)
  const { passage } = excerpt(finding, draft, 60)
  const place = cardPlace(where)
  const parts = [
    `<p class="sign" id="t${number}"><a class="back" href="#p${number}" aria-label="Finding ${number}, back to its passage">${number}</a> <b>${text(state(finding))}</b> <span class="small">${text(place)}</span></p>`,
    `<p class="passage">${text(passage)}</p>`,
    `<p class="what">${text(message)}</p>`,
    why && `<p>${text(why)}</p>`,
    here && `<p class="here"><b>Why here.</b> ${text(here)}</p>`,
    instead.length &&
      `<p class="instead"><b>Instead:</b> ${instead.map((one) => `<span>${text(one)}</span>`).join(' · ')}</p>`,
    reason !== undefined && `<p><b>Kept on purpose:</b> ${text(reason)}</p>`,
    `<p class="rule">Value ${value.number}, ${text(value.title)} · <span class="id">${text(id)}</span></p>`,
  ]
  return `<div class="card ${shade(finding)}" id="f${number}" role="note" tabindex="-1" aria-labelledby="t${number}">
${parts.filter(Boolean).join('\n')}
</div>
`
}

/** The place without the heading, which stands above: by the number in the margin, and by line or page where there are any. */
function cardPlace({ start, place, paragraph }: Where): string {
  if (!place)
    return [`line ${start.line}`, paragraph === undefined ? '' : inWords({ paragraph })].filter(Boolean).join(', ')
  const { heading: _, ...rest } = place
  return placeInWords(rest)
}

function text(given: string): string {
  return escaped(oneLine(given))
}
