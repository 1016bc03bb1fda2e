import NounInflector from 'natural/lib/natural/inflectors/noun_inflector.js'
import { fold } from './fold.ts'

/**
 * The inflected forms of a dictionary word, so that a pattern's word matches all of them and no lemmatiser runs over a
 * draft. Nouns by natural's inflector, verbs by the spelling rules below and the irregular list. The noun forms of a
 * verb, and the other way round, are made too: forms that do not exist cost a map entry and match nothing.
 */

const nouns = new NounInflector()

// base past participle
const irregular = `
be was been|arise arose arisen|awake awoke awoken|bear bore born|beat beat beaten|become became become|begin began begun
bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken
breed bred bred|bring brought brought|build built built|burn burnt burnt|buy bought bought|cast cast cast|catch caught caught
choose chose chosen|cling clung clung|come came come|cost cost cost|creep crept crept|cut cut cut|deal dealt dealt|dig dug dug
do did done|draw drew drawn|dream dreamt dreamt|drink drank drunk|drive drove driven|eat ate eaten|fall fell fallen|feed fed fed
feel felt felt|fight fought fought|find found found|flee fled fled|fling flung flung|fly flew flown|forbid forbade forbidden
forget forgot forgotten|forgive forgave forgiven|freeze froze frozen|get got gotten|give gave given|go went gone|grind ground ground
grow grew grown|hang hung hung|have had had|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept
know knew known|lay laid laid|lead led led|learn learnt learnt|leave left left|lend lent lent|let let let|lie lay lain
light lit lit|lose lost lost|make made made|mean meant meant|meet met met|mistake mistook mistaken|overcome overcame overcome
oversee oversaw overseen|partake partook partaken|pay paid paid|prove proved proven|put put put|quit quit quit|read read read
rebuild rebuilt rebuilt|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said|see saw seen|seek sought sought
sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed|shine shone shone|shoot shot shot|show showed shown
shrink shrank shrunk|shut shut shut|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|slip slipped slipped
sow sowed sown|speak spoke spoken|spend spent spent|spill spilt spilt|spin spun spun|spread spread spread|stand stood stood
steal stole stolen|stick stuck stuck|sting stung stung|strike struck struck|strive strove striven|swear swore sworn
sweep swept swept|swell swelled swollen|swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn
tell told told|think thought thought|throw threw thrown|tread trod trodden|undergo underwent undergone
understand understood understood|undertake undertook undertaken|uphold upheld upheld|wake woke woken|wear wore worn
weave wove woven|weep wept wept|win won won|withdraw withdrew withdrawn|withhold withheld withheld|write wrote written
traffic trafficked trafficked|panic panicked panicked|mimic mimicked mimicked`
  .trim()
  .split(/[|\n]/)
  .map((line) => line.trim().split(' ') as [string, string, string])

const pasts = new Map(irregular.map(([base, past, participle]) => [base, [past, participle]]))
const bases = new Set(pasts.keys())
const pastForms = new Set(irregular.flatMap(([base, ...forms]) => forms.filter((f) => f !== base && !bases.has(f))))

const be = ['be', 'am', 'is', 'are', 'was', 'were', 'been', 'being']

/** Words with one form only: function words, and forms that are no dictionary form. */
const rigid = new Set(
  (
    'a an the and or but nor if of to in on at by for from with without into onto as than that this these those it its he him his she her ' +
    'hers they them their we us our you your i me my who whom whose which what when where why how not no all any some each every both ' +
    'only just even ever never always so such too very more most less least much many few am is are was were been being has had does did ' +
    'will would shall should can could may might must there here then now about above after against before between through until upon ' +
    'while because whether / equals plus percent'
  ).split(' '),
)

const known = new Map<string, string[]>()

/** All inflected forms of `word`, folded; a function word or a past form stands for itself alone. */
export function forms(word: string): string[] {
  const found = known.get(word) ?? inflect(fold(word))
  known.set(word, found)
  return found
}

function inflect(base: string): string[] {
  if (base === 'be') return be
  if (rigid.has(base) || pastForms.has(base) || /\d/.test(base)) return [base]
  return [...new Set([base, plural(base), ...verbForms(base)].map(fold))]
}

function plural(noun: string): string {
  return noun === 'people' || noun === 'police' ? noun : nouns.pluralize(noun)
}

const nominal =
  /(?:tion|sion|ness|ity|ment|ism|ist|ship|ly|ing|ful|less|ous|ive|able|ible|hood|dom|ance|ence|ery|ture)$/
const verbsAllTheSame = new Set(
  'comment torment document implement supplement experiment sentence silence influence reference evidence finance balance enhance advance capture torture picture feature lecture mention question condition function position list enlist assist persist insist resist exist consist twist give live drive receive survive strive arrive thrive deprive archive ship worship table enable fence dance glance chance commence'.split(
    ' ',
  ),
)

/** Nouns and adverbs known by their ending get no verb forms: they would only fill the pack. */
function verbForms(base: string): string[] {
  if (nominal.test(base) && !verbsAllTheSame.has(base) && !pasts.has(base)) return []
  const past = pasts.get(base)
  return [thirdPerson(base), ...(past ?? [suffixed(base, 'ed')]), suffixed(base, 'ing')]
}

function thirdPerson(base: string): string {
  if (/(s|x|z|ch|sh|o)$/.test(base)) return `${base}es`
  if (/[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ies`
  return `${base}s`
}

function suffixed(base: string, suffix: 'ed' | 'ing'): string {
  if (base.endsWith('ic')) return `${base}k${suffix}`
  if (base.endsWith('ie')) return suffix === 'ing' ? `${base.slice(0, -2)}ying` : `${base}d`
  if (/[^eoy]e$/.test(base)) return base.slice(0, -1) + suffix
  if (/ee$|oe$|ye$/.test(base)) return suffix === 'ed' ? `${base}d` : base + suffix
  if (suffix === 'ed' && /[^aeiou]y$/.test(base)) return `${base.slice(0, -1)}ied`
  return (doubles(base) ? base + base.at(-1) : base) + suffix
}

const stressedLast = new Set(
  'admit commit permit submit refer prefer defer deter occur regret compel expel control patrol propel rebut equip omit transfer incur abet begin forget upset'.split(
    ' ',
  ),
)

/** A final consonant doubles after one short stressed vowel: "stop, stopping", "permit, permitting". */
function doubles(base: string): boolean {
  if (
    !/[^aeiou][aeiou][bdgklmnprtvz]$/.test(base) &&
    !/^[aeiou][bdgmnprt]$/.test(base) &&
    !/qu[aeiou][bdgmnprt]$/.test(base)
  )
    return false
  const vowels = base.replace(/qu/, 'q').match(/[aeiouy]+/g)?.length ?? 0
  return vowels === 1 || stressedLast.has(base)
}
