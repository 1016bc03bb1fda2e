// The generated pages of docs/, as texts by path: pure functions of the compiled pack, of the stored results of `npm run eval`
// and of the table in fixtures/passages/ROUNDS.md.

/** At most so many examples of a kind are shown; `values-lint explain` prints all. */
const shownExamples = 3

/** What a mark says of a passage, after “where it is”. */
const contexts = {
  quoted: 'quoted',
  attributed: 'somebody else’s view',
  negated: 'negated',
  denied: 'rejected as a name',
  opposed: 'opposed',
  endorsed: 'endorsed',
  name: 'part of a name',
  legal: 'a term of law',
  historical: 'about the past',
  mention: 'under discussion',
  irony: 'held at arm’s length',
  question: 'asked',
  hypothetical: 'supposed',
  myth: 'named as a myth',
  reported: 'reported as a fact about others',
  'own-voice': 'said by the author’s own people',
}

/** The contexts, each with a sentence, in the order of the index. */
const explained = {
  quoted:
    'It stands in somebody else’s quotation, or in a block quotation. Your own people’s quotations are your voice.',
  attributed: '“Critics say …”, “according to …”: the sentence gives it to somebody else.',
  negated: '“We do not …”, “nobody should …”. Two turns make none: “we do not oppose X” supports X.',
  denied: '“Not slavery but …”: the sentence rejects the word as a name for it.',
  opposed: '“… puts people in danger”, “we oppose …”: the draft says something against it.',
  name: 'The name of an organisation, a campaign, a title.',
  legal: 'The name of a law, or a term that a law defines.',
  historical: 'It speaks of the past, such as the enslavement of Africans.',
  mention: '“The term …”, “language to avoid”: the words are discussed, not used.',
  irony: 'So-called, or in quotation marks that hold it at arm’s length.',
  question: 'It is asked, not said.',
  hypothetical: '“If …”, “would”: it is supposed, not said.',
  myth: 'It is named as a myth.',
  reported: 'It is told as a fact about others, without a word for or against it.',
}

const kinds = {
  language: 'an expression',
  claim: 'what a draft says is so',
  position: 'what a draft stands for',
  frame: 'things that together make a conflict',
  document: 'the draft as a whole',
}

/** Name of a value's page in docs/values/. */
export function pageName({ number, slug }) {
  return `${String(number).padStart(2, '0')}-${slug}.md`
}

/** `docs/values/`: one page a value and the index, by path. */
export function valuePages(pack) {
  const pages = pack.values.map((value) => [`docs/values/${pageName(value)}`, valuePage(value, pack)])
  return new Map([['docs/values/README.md', index(pack)], ...pages])
}

const made = '<!-- Made by `npm run docs` from the rules; change the rules, not this page. -->'

function rulesOf(value, pack) {
  return pack.rules.filter((rule) => rule.value.number === value.number && rule.kind !== 'affirmation')
}

function index(pack) {
  const rows = pack.values.map((value) => {
    const rules = rulesOf(value, pack)
    const gaps = rules.flatMap(({ examples }) => examples.gap).length
    return `| ${value.number} | [${value.title}](${pageName(value)}) | ${rules.length} | ${gaps || ''} |`
  })
  const profiles = Object.entries(pack.profiles).map(([name, says]) => `- \`${name}\`: ${oneLine(says)}`)
  return page([
    made,
    `# The values of ${pack.title}`,
    `The rules hold drafts against the ${pack.statement}. The meanings are in our own words; the statement itself is the ` +
      'organisation’s. A value’s page has a section for each of its rules, and the rule’s name is the section’s anchor.',
    ['| | value | rules | known gaps |', '| ---: | --- | ---: | ---: |', ...rows],
    '## Levels',
    [
      '- **error**: the draft asserts or supports what the value rejects.',
      '- **warning**: a wording that works against the value.',
      '- **note**: worth a look, never a failure. What others are quoted as saying becomes a note.',
    ],
    ...(profiles.length
      ? ['## Profiles', 'Some rules count only where a profile is chosen (`--profile`).', profiles]
      : []),
    '## Contexts',
    'A rule names the contexts in which a passage is left alone, or only noted:',
    Object.entries(explained).map(([kind, says]) => `- **${contexts[kind]}**: ${says}`),
    'Besides, a rule’s file names innocent senses (“modern slavery statement”) and topics without which a phrase means something ' +
      'else (a “buyer” of houses). `values-lint explain draft.md:12` says what decided on a line.',
  ])
}

function valuePage(value, pack) {
  const rules = rulesOf(value, pack)
  const affirms = pack.rules.find((rule) => rule.value.number === value.number && rule.kind === 'affirmation')
  const yes = affirms?.examples.fail.slice(0, shownExamples) ?? []
  return page([
    made,
    `# Value ${value.number}: ${value.title}`,
    text(value.means),
    `Source: ${text(value.source)}. All values: [index](README.md). Rules: ` +
      `[\`rules/${pack.name}/${pageName(value).replace('.md', '.yaml')}\`](../../rules/${pack.name}/${pageName(value).replace('.md', '.yaml')}).`,
    '## What is looked for',
    [
      '| rule | level | what the draft does |',
      '| --- | --- | --- |',
      ...rules.map(
        (rule) => `| [${nameOf(rule)}](#${nameOf(rule)}) | ${rule.level} | ${messageOf(rule).replaceAll('|', '\\|')} |`,
      ),
    ],
    ...rules.flatMap(section),
    ...(yes.length ? ['## What speaks for it', '`check --alignment` counts passages such as:', quotes(yes)] : []),
  ])
}

function section(rule) {
  const { examples, instead, kind, least, level, only, profile, unless } = rule
  const gaps = {
    missed: examples.gap.filter((line) => line.includes('[[')),
    flagged: examples.gap.filter((line) => !line.includes('[[')),
  }
  return [
    `## ${nameOf(rule)}`,
    `**${messageOf(rule)}** ${text(rule.why.replaceAll('{match}', matchOf(rule)))}`,
    `${level === 'error' ? 'An error' : `A ${level}`}; a rule about ${kinds[kind]}.${
      profile ? ` Counts only with the profile \`${profile}\`.` : ''
    }${least > 1 ? ` Counts from the ${ordinal(least)} time on.` : ''}`,
    instead.length ? `Instead: ${instead.map(text).join(' · ')}` : '',
    'Found:',
    quotes(examples.fail.slice(0, shownExamples)),
    'Left alone:',
    quotes(examples.pass.slice(0, shownExamples)),
    unless.size ? `Left alone, or only noted, where it is: ${list(unless)}.` : '',
    only.size ? `Counts only where it is: ${list(only)}.` : '',
    ...(gaps.missed.length ? ['Known gap, missed today:', quotes(gaps.missed)] : []),
    ...(gaps.flagged.length ? ['Known gap, flagged today though it should not be:', quotes(gaps.flagged)] : []),
    more(rule),
  ]
}

function more({ id, examples: { fail, pass } }) {
  const hidden = [fail, pass].reduce((sum, { length }) => sum + Math.max(0, length - shownExamples), 0)
  if (!hidden) return ''
  return `${hidden} more ${hidden === 1 ? 'example' : 'examples'}: \`values-lint explain ${id}\``
}

function nameOf({ id }) {
  return id.slice(id.indexOf('/') + 1)
}

function messageOf(rule) {
  return text(rule.message.replaceAll('{match}', matchOf(rule)))
}

/** What `{match}` stands for, from the rule's first example. */
function matchOf({ examples }) {
  return /\[\[(.+?)\]\]/.exec(examples.fail[0] ?? '')?.[1] ?? '…'
}

function list(marks) {
  return [...marks].map((mark) => contexts[mark] ?? fault(`no words for the mark "${mark}"`)).join(', ')
}

function ordinal(number) {
  return { 2: 'second', 3: 'third' }[number] ?? `${number}th`
}

function fault(message) {
  throw new Error(message)
}

/** Examples as one block quotation; what a rule finds is bold. */
function quotes(examples) {
  return examples.map((example) => `> - ${quoted(example)}`)
}

function quoted(example) {
  return example
    .replaceAll('\\n', '\n')
    .split('\n')
    .filter((line) => line.trim())
    .map((line) => literal(line.trim()).replace(/\\\[\\\[\s*(.+?)\s*\\\]\\\]/g, '**$1**'))
    .join('\\\n>   ')
}

/** A line as it stands, whatever Markdown would make of it. */
function literal(line) {
  return line
    .replace(/[\\`*_[\]<>~|&]/g, '\\$&')
    .replace(/^([#+-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

function text(words) {
  return literal(oneLine(words))
}

function oneLine(words) {
  return words.replace(/\s+/g, ' ').trim()
}

/** Blocks, each a text or the lines of one, with an empty line between. */
function page(blocks) {
  return `${blocks
    .map((block) => (Array.isArray(block) ? block.join('\n') : block))
    .filter(Boolean)
    .join('\n\n')}\n`
}

/** What the tags of passages mean. */
const tags = {
  plain: 'says it in plain wording',
  paraphrase: 'no stock phrase of the field in it',
  markup: 'lists, headings, emphasis, links, tables around it',
  typo: 'variant spellings and hyphenation',
  mixed: 'one clause conflicts, another does not',
  document: 'a judgement on the whole text',
  'own-quote': 'the organisation’s own people are quoted',
  negated: 'a negation stands near',
  opposed: 'the author speaks against the thing',
  quoted: 'somebody else is quoted',
  reported: 'others’ views or acts are reported',
  mention: 'the words are discussed, not used',
  question: 'asked, not said',
  name: 'names of organisations, laws, campaigns',
  legal: 'terms of law',
  historical: 'about the past',
  'other-sense': 'the same words mean something else',
}

/**
 * The accuracy page with its figures put in: what stands between `<!-- figures: NAME -->` and `<!-- /figures -->` is replaced.
 * Throws where the page asks for figures that there are not.
 */
export function accuracyPage(source, results, rounds, pack) {
  const figures = {
    sets: setTable(results),
    misses: misses(results),
    values: valueTable(results, pack),
    tags: tagTable(results),
    rounds: roundTable(rounds),
  }
  return source.replace(/(<!-- figures: (\w+) -->\n)[\s\S]*?(<!-- \/figures -->)/g, (_, open, name, close) => {
    const rows = figures[name] ?? fault(`docs/accuracy.md asks for figures that there are not: "${name}"`)
    return `${open}${rows.join('\n')}\n${close}`
  })
}

const sets = {
  shared: 'shared development sets, read by the authors',
  open: 'rounds, open part, read by the authors',
  locked: 'rounds, locked part, never read',
}

function setTable({ date, sets: all }) {
  const rows = Object.entries(sets)
    .filter(([name]) => all[name])
    .map(([name, title]) => {
      const { passages, gold, hit, paraphrase, findings, right, clean, alarmed } = all[name]
      const plain = percent(hit - paraphrase.hit, gold - paraphrase.gold)
      return `| ${title} | ${passages} | ${percent(hit, gold)} | ${plain} | ${percent(paraphrase.hit, paraphrase.gold)} | ${percent(right, findings)} | ${percent(alarmed, clean)} |`
    })
  return [
    `Measured on ${date}, in per cent.`,
    '',
    '| passages | how many | conflicts found | in plain wording | in paraphrase | alarms that are right | clean passages with a false alarm |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function misses({ sets: { locked } }) {
  const missed = locked.gold - locked.hit
  const paraphrases = locked.paraphrase.gold - locked.paraphrase.hit
  return [`Of the ${missed} conflicts that are missed in the locked part, ${paraphrases} are paraphrases.`]
}

function valueTable({ sets: { open, locked } }, pack) {
  const rows = pack.values.map(({ number, title, ...value }) => {
    const page = `values/${pageName({ number, ...value })}`
    return `| ${number} | [${title}](${page}) | ${cells(locked.values[number])} | ${cells(open.values[number])} |`
  })
  return [
    '| | value | never read: found | false alarms | read: found | false alarms |',
    '| ---: | --- | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function tagTable({ sets: { open, locked } }) {
  const rows = Object.entries(tags).map(
    ([tag, means]) =>
      `| ${tag}: ${means} | ${locked.tags[tag]?.passages ?? 0} | ${cells(locked.tags[tag])} | ${open.tags[tag]?.passages ?? 0} | ${cells(open.tags[tag])} |`,
  )
  for (const tag of Object.keys(open.tags)) if (!tags[tag]) fault(`no words for the tag "${tag}"`)
  return [
    '| what is hard about a passage | never read: passages | found | false alarms | read: passages | found | false alarms |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
  ]
}

function cells({ gold, hit, wrong } = { gold: 0, hit: 0, wrong: 0 }) {
  return `${gold ? `${hit} of ${gold}` : ''} | ${wrong || ''}`
}

function percent(part, whole) {
  return whole ? ((100 * part) / whole).toFixed(1) : ''
}

/** How many of the latest rounds the accuracy page shows. */
const latest = 10

/** Head and last rows of the first table in ROUNDS.md. */
function roundTable(rounds) {
  const lines = rounds.split('\n')
  const start = lines.findIndex((line) => line.startsWith('| round |'))
  if (start < 0) fault('fixtures/passages/ROUNDS.md has no table that begins with "| round |"')
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
  const rows = lines.slice(start + 2, end < 0 ? undefined : end)
  return [...lines.slice(start, start + 2), ...rows.slice(-latest)]
}
