import { compilePack } from '../src/core/pack.ts'
import { readPack } from '../src/files.ts'

/** Text without the indentation of its first line, and without the line ends around it. */
export function linesOf(text: string): string {
  const rows = text.replace(/^\n|\n *$/g, '').split('\n')
  const indent = /^ */.exec(rows[0] ?? '')?.[0].length ?? 0
  return `${rows.map((row) => row.slice(indent)).join('\n')}\n`
}

const value = `
value: 3
slug: no-shine
title: No shine
means: We do not shine.
source: the house rules
concepts:
  furniture: |
    table
rules:
  - id: shiny-chair
    kind: language
    level: warning
    find: |
      shiny chair
    except: |
      shiny chair wax
    message: “{match}” puts the shine first.
    why: A chair is for sitting, and the word turns guests away.
    instead: |
      chairs
      clean chairs
    fail: |
      Our [[shiny chairs]] are here.
    pass: |
      Our chairs are here.
  - id: shiny-lamp
    kind: language
    level: error
    find: |
      shiny lamp
    topic: |
      @furniture
    message: m
    why: w
    instead: |
      lamp
    fail: |
      A table and a [[shiny lamp]].
    pass: |
      A shiny lamp.
`

/** A pack of two made-up rules, with the shipped pack's English. */
export const { pack: smallPack, problems } = compilePack({
  ...readPack('nsn-2022'),
  pack: { path: 'pack.yaml', text: 'name: small\ntitle: Small\norganisation: The house\nstatement: the house rules\n' },
  values: [{ path: '03-no-shine.yaml', text: value }],
})
