#!/usr/bin/env node
/** Where a run begins: most checks end in `clean.ts`, and all else is for the whole program. */
const [command, ...rest] = process.argv.slice(2)
if (command !== 'check' || !(await import('./clean.ts')).checkedClean(rest)) await import('./cli.ts')

export {}
