import { Recent } from './recent.ts'

/**
 * Spelling variants folded to one form, in drafts and in patterns alike: case, accents, curly apostrophes, British and
 * American spelling. A wrong fold is harmless as long as no two words of the field collide, since both sides fold alike.
 */

const words: Readonly<Record<string, string>> = {
  programme: 'program',
  programmes: 'programs',
  centre: 'center',
  centres: 'centers',
  centred: 'centered',
  defence: 'defense',
  defences: 'defenses',
  offence: 'offense',
  offences: 'offenses',
  licence: 'license',
  licences: 'licenses',
  practise: 'practice',
  practised: 'practiced',
  practising: 'practicing',
  gaol: 'jail',
  gaols: 'jails',
  gaoled: 'jailed',
  judgement: 'judgment',
  judgements: 'judgments',
  sceptical: 'skeptical',
  traffick: 'traffic',
  trafficed: 'trafficked',
  traffiked: 'trafficked',
  traffiking: 'trafficking',
  trafficing: 'trafficking',
  trafficers: 'traffickers',
  // spelling of the text message
  ppl: 'people',
  wimmin: 'women',
  bc: 'because',
  u: 'you',
  ur: 'your',
  thru: 'through',
  dont: "don't",
  cant: "can't",
  wont: "won't",
  isnt: "isn't",
  arent: "aren't",
  doesnt: "doesn't",
  didnt: "didn't",
  thats: "that's",
}

const endings: readonly (readonly [RegExp, string])[] = [
  [/is(e|ed|es|er|ers|ing|ation|ations)$/, 'iz$1'],
  [/ys(e|ed|es|ing)$/, 'yz$1'],
  [/^(col|lab|behavi|neighb|harb|hon|fav|savi|hum|rum|endeav|glam|val|vig)our/, '$1or'],
  [/^(counse|trave|labe|mode|cance|signa|tunne|channe|leve)ll(ed|ing|or|ors|er|ers)$/, '$1l$2'],
]

// Few words make up most of any text.
const known = new Recent<string>(8000)

/** The folded form of one word. */
export function fold(word: string): string {
  let form = known.get(word)
  if (form === undefined) {
    form = folded(word)
    known.set(word, form)
  }
  return form
}

/** Words that are folded one by one. */
export const respelled: readonly string[] = Object.keys(words)

/** What one of the endings may fit: most words fit none (src/kernel/lexicon.ts knows this, too). */
const mayEnd = /[iy]s(?:e|ed|es|er|ers|ing|ations?)$|our|ll(?:ed|ing|ors?|ers?)$/

function folded(word: string): string {
  const lower = plain.test(word) ? word.toLowerCase() : unaccented(word)
  if (Object.hasOwn(words, lower)) return words[lower] as string
  if (lower.length < 5 || !mayEnd.test(lower)) return lower
  return endings.reduce((w, [from, to]) => w.replace(from, to), lower)
}

const plain = /^[a-z]+$/i

function unaccented(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/^\$(?=\p{L})/u, 's')
}
