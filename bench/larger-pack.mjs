// A pack of so many times the rules: each copy has words of its own, so that what a draft does not say grows, as new rules would.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse, stringify } from 'yaml'

const patterns = new Set(['find', 'except', 'without', 'absent'])
const names = new Set(['topic', 'off-topic'])

/** Writes the pack in `from` to the folder `to`, with `times` its rules. */
export function writeLargerPack(from, to, times) {
  mkdirSync(to, { recursive: true })
  const files = readdirSync(from).filter((name) => name.endsWith('.yaml') && name !== 'pack.yaml')
  const sources = files.map((name) => ({ name, text: readFileSync(join(from, name), 'utf8') }))
  const own = new Set(sources.flatMap(({ name, text }) => Object.keys(conceptsOf(name, parse(text)))))
  writeFileSync(join(to, 'pack.yaml'), readFileSync(join(from, 'pack.yaml')))
  for (const { name, text } of sources) writeFileSync(join(to, name), text)
  mkdirSync(join(to, 'concepts'), { recursive: true })
  for (let copy = 1; copy < times; copy++) {
    const word = (text) => `${text}q${'bcdfghjklmnpr'[copy]}`
    const concept = (name) => (own.has(name) ? `copy-${copy}-${name}` : name)
    const pattern = (text) =>
      text.replace(/@[\w-]+|:[nva]\b|(?<![\w'’-])[a-z][a-z'’-]{3,}/gi, (part) =>
        part.startsWith('@') ? `@${concept(part.slice(1))}` : part.startsWith(':') ? part : word(part),
      )
    const named = (text) => text.replace(/[\w-]+/g, concept)
    const concepts = (all) =>
      Object.fromEntries(Object.entries(all).map(([name, text]) => [concept(name), typeof text === 'string' ? pattern(text) : text]))
    const walked = (value, key) => {
      if (typeof value === 'string') return patterns.has(key) ? pattern(value) : names.has(key) ? named(value) : value
      if (Array.isArray(value)) return value.map((item) => walked(item, key))
      if (value === null || typeof value !== 'object') return value
      return Object.fromEntries(
        Object.entries(value).map(([name, inner]) => [name, name === 'concepts' ? concepts(inner) : walked(inner, name)]),
      )
    }
    for (const { name, text } of sources) {
      const source = parse(text)
      if (!/^\d/.test(name)) writeFileSync(join(to, 'concepts', `concepts-${copy}.yaml`), stringify(concepts(source)))
      else {
        const value = { ...walked(source), value: source.value + 100 * copy, slug: `${source.slug}-${copy}` }
        writeFileSync(join(to, `${copy}${name}`), stringify(value))
      }
    }
  }
}

function conceptsOf(name, source) {
  return /^\d/.test(name) ? (source.concepts ?? {}) : source
}
