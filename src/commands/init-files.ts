import { stringify } from 'yaml'
import type { FailOn } from '../config/shape.ts'
import { extensions } from '../formats/names.ts'

/** What `init` was told. */
export interface Answers {
  pack: string
  names: string[]
  people: string[]
  accepted: string[]
  profiles: string[]
  failOn: FailOn
  ci?: 'github' | 'gitlab'
  preCommit: boolean
}

/** A file to write, and what to add by hand where there is such a file already. */
interface NewFile {
  path: string
  text: string
  entry: string
}

/** values-lint.yaml with a word on every setting; a setting that is not made stands as an example, commented out by a bare "#". */
export function configFile({ pack, names, people, accepted, profiles, failOn }: Answers): string {
  return `# How values-lint checks the drafts in this folder and below. What holds for a draft, and why: values-lint config DRAFT

# The rule pack: a name, or a folder relative to this file.
${stringify({ pack }).trim()}

# Names of your organisation: what it is quoted as saying is your own voice, and its names may stand as they are.
${list('names', names, 'Name of the Organisation')}

# People who speak for it: what they are quoted as saying is your own voice.
${list('people', people, 'First and Last Name')}

# Names of programmes and partners, and other phrases, that may stand as they are.
${list('accepted', accepted, 'Name of a Programme')}

# Profiles: strict (warnings count as errors), lenient (only errors fail, no notes), or one of the pack.
${list('profiles', profiles, 'federally-funded')}

# A check fails from this level on: error, warning, note or never.
${stringify({ 'fail-on': failOn }).trim()}

# Drafts that are not checked; patterns as in .gitignore.
#ignore:
#  - archive/

# Values, by number, and rules: off, on, note, warning or error. values-lint rules lists the rules.
#values:
#  4: note
#rules:
#  slavery-abolition/modern-slavery: off

# Other settings for some drafts; a later entry wins.
#overrides:
#  - files: research/**
#    fail-on: never
`
}

function list(field: string, items: readonly string[], example: string): string {
  if (items.length) return stringify({ [field]: items }, { lineWidth: 0 }).trim()
  return `#${field}:\n#  - ${example}`
}

// A version that is not named would change what a check finds from one day to the next.
const command = (version: string): string => `npx --yes values-lint@${version} check .`

/** CI workflows, by service. */
export const workflows: Readonly<Record<'github' | 'gitlab', (version: string) => NewFile>> = {
  github: (version) => {
    const steps = `      - uses: actions/checkout@v4
      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${command(version)}
`
    return {
      path: '.github/workflows/values-lint.yml',
      text: `name: values-lint
on:
  pull_request:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  values-lint:
    runs-on: ubuntu-latest
    steps:
${steps}`,
      entry: steps,
    }
  },
  gitlab: (version) => {
    const job = `values-lint:
  image: node:22
  script:
    - ${command(version)}
`
    return { path: '.gitlab-ci.yml', text: job, entry: job }
  },
}

/** The hook for pre-commit: it gets the drafts of the commit. */
export function preCommit(version: string): NewFile {
  const repo = `  - repo: local
    hooks:
      - id: values-lint
        name: values-lint
        entry: values-lint check
        language: node
        additional_dependencies: ['values-lint@${version}']
        files: '\\.(${extensions.map((extension) => extension.slice(1)).join('|')})$'
`
  return { path: '.pre-commit-config.yaml', text: `repos:\n${repo}`, entry: repo }
}
