import { z } from 'zod'

/**
 * The shape of `values-lint.yaml`, and of the key "values-lint" in package.json. It is also the JSON Schema that editors check
 * against. Only what reads a configuration loads this file: most runs have none.
 */

const texts = z.array(z.string().min(1))
const oneOrMore = z.union([z.string().min(1), texts])
const setting = z.enum(['off', 'on', 'note', 'warning', 'error'])

const settings = {
  pack: z.string().optional().describe('the rule pack: a name, or a folder relative to this file'),
  profile: oneOrMore.optional().describe("strict, lenient, or a profile of the pack; the same as 'profiles'"),
  profiles: oneOrMore.optional().describe('strict, lenient, or profiles of the pack'),
  values: z
    .record(z.string(), setting)
    .optional()
    .describe('by number or slug: off, on as the pack has it, or a level'),
  rules: z.record(z.string(), setting).optional().describe('by id or name: off, on as the pack has it, or a level'),
  names: texts.optional().describe("your organisation's names: their words are yours, and the names are accepted"),
  people: texts.optional().describe('your people: what they are quoted as saying is your own voice'),
  programmes: texts.optional().describe('names of your programmes: accepted as they stand'),
  accepted: texts.optional().describe('other names and phrases that are accepted as they stand'),
  notes: z.boolean().optional().describe('false: notes are not shown'),
  'fail-on': z.enum(['error', 'warning', 'note', 'never']).optional().describe('exit with 1 from this level on'),
}

const override = z.strictObject({
  files: oneOrMore.describe('which drafts: patterns as in .gitignore, relative to the configuration'),
  ...settings,
})

export const configShape = z.strictObject({
  $schema: z.string().optional(),
  extends: oneOrMore.optional().describe('other configurations that this one builds on, relative to this file'),
  ignore: texts.optional().describe('drafts that are not checked: patterns as in .gitignore'),
  ...settings,
  overrides: z.array(override).optional().describe('settings for some drafts; a later one wins'),
})

/** package.json, of which only our key matters. */
export const packageShape = z.looseObject({ 'values-lint': configShape })

export type ConfigSource = z.infer<typeof configShape>
export type SettingsSource = Omit<z.infer<typeof override>, 'files'>
export type FailOn = NonNullable<SettingsSource['fail-on']>

export function configSchema(): unknown {
  return z.toJSONSchema(configShape, { io: 'input' })
}
