/**
 * How the page looks: one column on a phone, the cards beside the draft where there is room, ink on paper in print. No `<` or
 * `&` in it, so that the page stays XML. Text and signs reach 4.5 to 1 on their ground, light and dark.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #faf8f4; --card: #ffffff; --ink: #23262d; --soft: #5d616b; --line: #dfdad0; --link: #1f5673;
  --error: #a3283a; --error-wash: #fadfdd; --warning: #855300; --warning-wash: #fbe9bf;
  --note: #1f5f7d; --note-wash: #d9ebf3; --alone: #36683c; --alone-wash: #dcedda;
  --serif: Charter, "Iowan Old Style", "Source Serif 4", Cambria, Georgia, serif;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181d; --card: #1e2127; --ink: #e8e5de; --soft: #a5a9b3; --line: #353a44; --link: #8ccbe8;
    --error: #ff9f97; --error-wash: #4d2427; --warning: #f2c66d; --warning-wash: #463511;
    --note: #93cdea; --note-wash: #1c3c4c; --alone: #a3d3a0; --alone-wash: #22402a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1.5rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); overflow-wrap: anywhere; }
header.top, footer, .head, .group, .clean { max-width: 44rem; margin-inline: auto; padding-inline: 2.75rem 1.25rem; }
a { color: var(--link); }
a:focus-visible, .card:focus-visible, .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.small, .kicker { color: var(--soft); font-size: 0.875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: -100vw; padding: 0.5rem 1rem; background: var(--card); }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; }

header.top { padding-top: 3rem; padding-bottom: 1rem; }
.kicker { margin: 0; letter-spacing: 0.08em; text-transform: uppercase; font-size: 0.8125rem; }
h1 { margin: 0.25rem 0 0.75rem; font: 600 1.75rem/1.25 var(--serif); }
.lead { margin: 0 0 1.5rem; font-size: 1.0625rem; }
nav ul, .unread ul, .clean ul { margin: 0 0 1.5rem; padding-left: 1.1rem; line-height: 1.6; }
.unread { padding: 0.75rem 1rem 0.1rem; margin: 1.5rem 0 0; border: 1px solid var(--line); border-left: 4px solid var(--error); border-radius: 6px; background: var(--card); }
.unread p { margin: 0; font-weight: 600; }
.unread ul { margin-bottom: 0.6rem; }
h2 { font: 600 1.0625rem/1.4 var(--sans); }
header.top h2 { margin: 0 0 0.35rem; }
.chart { margin: 0; padding: 0; list-style: none; font-size: 0.9375rem; line-height: 1.35; }
.chart li { display: grid; grid-template-columns: 1.75rem 1fr 10rem; align-items: center; gap: 0.2rem 0; padding: 0.45rem 0; border-top: 1px solid var(--line); }
.chart li span:nth-child(2), .chart li .small { grid-column: 2 / span 2; }
.chart svg { grid-column: 2 / span 2; display: block; width: 100%; height: 0.6rem; border-radius: 2px; }
@media (max-width: 34rem) { .chart .value { align-self: start; } }
.chart .value { color: var(--soft); font-variant-numeric: tabular-nums; }
rect.error { fill: var(--error); } rect.warning { fill: var(--warning); } rect.note { fill: var(--note); }

article { padding-top: 1rem; }
article + article { margin-top: 3rem; }
.head { border-top: 1px solid var(--line); }
.head h2 { margin: 1.5rem 0 0; }
.head p { margin: 0 0 1.25rem; }
.prose { position: relative; }
.number { position: absolute; left: -2.25rem; margin: 0; width: 1.5rem; text-align: right; color: var(--soft); font: 0.75rem/1 var(--sans); font-variant-numeric: tabular-nums; }
.prose p.number { top: 0.6rem; margin: 0; font: 0.75rem/1 var(--sans); }
.prose { font: 1.125rem/1.65 var(--serif); }
.prose p, .prose ul, .prose blockquote, .table { margin: 0 0 1rem; }
.prose h2, .prose h3, .prose h4, .prose h5, .prose h6 { margin: 0.75rem 0 0.6rem; font: 600 1.0625rem/1.3 var(--serif); }
.prose h2 { font-size: 1.5rem; } .prose h3 { font-size: 1.3125rem; } .prose h4 { font-size: 1.1875rem; }
.prose ul { padding-left: 1.25rem; }
.prose li .number { left: -2.25rem; }
.prose li { margin-bottom: 0.35rem; }
.prose li .number { margin-top: 0.65rem; }
.prose blockquote { padding-left: 1rem; border-left: 3px solid var(--line); }
.aside { color: var(--soft); font-size: 1rem; }
.kind { font: 600 0.75rem/1 var(--sans); letter-spacing: 0.04em; text-transform: uppercase; }
.table { overflow-x: auto; }
.table table { border-collapse: collapse; font-size: 1rem; min-width: 60%; }
.table th, .table td { padding: 0.35rem 0.75rem; border: 1px solid var(--line); text-align: left; vertical-align: top; overflow-wrap: break-word; }

mark { color: inherit; padding: 0.08em 0.1em; border-radius: 3px; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
mark.error { background: var(--error-wash); border-bottom: 3px double var(--error); }
mark.warning { background: var(--warning-wash); border-bottom: 2px solid var(--warning); }
mark.note { background: var(--note-wash); border-bottom: 2px dotted var(--note); }
mark.alone { background: var(--alone-wash); border-bottom: 1px dashed var(--alone); }
a.to { color: inherit; text-decoration: none; }
a.to sup { padding: 0 0.2rem; font: 600 0.75rem/1 var(--sans); vertical-align: super; }
a.to.error sup, .error .sign b { color: var(--error); } a.to.warning sup, .warning .sign b { color: var(--warning); }
a.to.note sup, .note .sign b { color: var(--note); } a.to.alone sup, .alone .sign b { color: var(--alone); }
a.to:target mark { outline: 3px solid var(--link); outline-offset: 1px; }

.cards { display: grid; gap: 0.75rem; margin: 0 0 1.75rem; }
.card { padding: 0.9rem 1.1rem 0.8rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; font-size: 0.9375rem; line-height: 1.5; }
.card:target { box-shadow: 0 0 0 3px var(--link); }
.card.error { border-left-color: var(--error); } .card.warning { border-left-color: var(--warning); }
.card.note { border-left-color: var(--note); } .card.alone { border-left-color: var(--alone); }
.card p { margin: 0 0 0.5rem; }
.card .sign { display: flex; flex-wrap: wrap; gap: 0.15rem 0.5rem; align-items: baseline; }
.card .back { min-width: 1.5rem; padding: 0.15rem 0.4rem; border-radius: 1rem; text-align: center; text-decoration: none; font: 600 0.8125rem/1.2 var(--sans); color: var(--ink); background: var(--line); }
.card.error .back { background: var(--error-wash); } .card.warning .back { background: var(--warning-wash); }
.card.note .back { background: var(--note-wash); } .card.alone .back { background: var(--alone-wash); }
.card .passage { font: italic 1.0625rem/1.4 var(--serif); }
.card .what { font-weight: 600; }
.card .here { color: var(--soft); }
.card .here b { color: var(--ink); }
.card b { font-weight: 600; }
.card .instead { padding: 0.4rem 0.6rem; margin-inline: -0.6rem; background: var(--paper); border-radius: 4px; }
.card .rule { margin: 0; padding-top: 0.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; }

.card .id { display: inline-block; }

.clean { margin-top: 3rem; }
.clean h2 { margin: 0 0 0.5rem; }
footer { margin-top: 3rem; padding-top: 1.25rem; padding-bottom: 3rem; color: var(--soft); font-size: 0.9375rem; }
footer b, footer strong { color: var(--ink); }

@media (min-width: 34rem) {
  .chart li { grid-template-columns: 1.75rem minmax(0, 1fr) minmax(0, 0.8fr) 11rem; column-gap: 0; }
  .chart li span:nth-child(2) { grid-column: 2; padding-right: 1rem; }
  .chart svg { grid-column: 3; height: 0.75rem; }
  .chart li .small { grid-column: 4; padding-left: 1rem; }
}
@media (min-width: 62rem) {
  header.top, .head, .group, footer, .clean { max-width: 72rem; }
  header.top .lead, .chart, .unread, footer p { max-width: 44rem; }
  .group { display: grid; grid-template: auto 1fr / minmax(0, 1.5fr) minmax(0, 1fr); column-gap: 2.75rem; }
  .first { grid-area: 1 / 1; }
  .rest { grid-area: 2 / 1; }
  .cards { grid-area: 1 / 2 / span 2; align-self: start; }
  .card .passage { display: none; }
}
@media (min-width: 84rem) {
  header.top, .head, .group, footer, .clean { max-width: 80rem; }
  .group { grid-template-columns: minmax(0, 40rem) minmax(0, 1fr); }
}
@media print {
  :root {
    color-scheme: light;
    --paper: #ffffff; --card: #ffffff; --ink: #000000; --soft: #444444; --line: #bbbbbb; --link: #000000;
    --error: #8c1f2f; --error-wash: #fadfdd; --warning: #6d4400; --warning-wash: #fbe9bf;
    --note: #174a62; --note-wash: #d9ebf3; --alone: #2b5330; --alone-wash: #dcedda;
  }
  @page { margin: 18mm 16mm; }
  body { font-size: 10pt; }
  .skip { display: none; }
  header.top, .head, .group, footer, .clean { max-width: none; padding-inline: 2.25rem 2px; }
  header.top { padding-top: 0; }
  .prose { font-size: 11.5pt; line-height: 1.5; }
  .card { break-inside: avoid; font-size: 9.5pt; }
  h2, h3, h4, h5, h6 { break-after: avoid; }
  mark, .card, .back, svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .table { overflow: visible; }
  .card:target, a.to:target mark { box-shadow: none; outline: none; }
}
`
