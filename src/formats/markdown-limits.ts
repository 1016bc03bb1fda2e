/**
 * Keeps hostile Markdown linear. Some of micromark's constructs read or walk back far before they fail, so that a
 * paragraph of nothing but `[`, `*` or `<!--` costs the square of its length. Each document gets an allowance of such
 * wasted steps, in proportion to its length; what they would open stays plain text once it is used up.
 * Ordinary drafts use a few per cent of it.
 */

import {
  autolink,
  characterEscape,
  characterReference,
  codeText,
  hardBreakEscape,
  htmlText,
  lineEnding,
} from 'micromark-core-commonmark'
import type { Code, Construct, Event, Extension, State, TokenizeContext } from 'micromark-util-types'

/** Steps of one character that may be wasted, per character of source and at least. */
const STEPS_PER_CHARACTER = 20
const STEPS_AT_LEAST = 1_000_000
/** Events walked back over in the time of one step. */
const EVENTS_PER_STEP = 8

/** Beyond this many quotes and list items on a line, or units of quote marks and indentation, nobody writes. */
const CONTAINERS_PER_LINE = 50
const PREFIX_LENGTH = 200
const ITEM_MARK = '(?:[-+*]|\\d{1,9}[.)])(?=[ \\t])'
const TOO_DEEP = new RegExp(
  `^(?:[ \\t>]{${PREFIX_LENGTH},}${ITEM_MARK}|(?:[ \\t]*(?:>|${ITEM_MARK})){${CONTAINERS_PER_LINE + 1}})`,
  'm',
)

/** The characters of constructs that walk back over the events of their paragraph. */
const WALKING = ['[', ']', '*', '_', '~', '!']

/** All constructs that end a stretch of data, by their first character (line ends: micromark's codes). */
const ENDING: [code: number, ...constructs: Construct[]][] = [
  [-5, lineEnding],
  [-4, lineEnding],
  [-3, lineEnding],
  [codeOf('&'), characterReference],
  [codeOf('<'), autolink, charged(htmlText)],
  [codeOf('\\'), hardBreakEscape, characterEscape],
  [codeOf('`'), charged(codeText)],
]

/** Whether a line nests deeper than the parser can follow in reasonable time. */
export function isTooDeep(source: string): boolean {
  return TOO_DEEP.test(source)
}

/** Steps the document at hand may still waste. Parsing is synchronous, so there is only ever one. */
let allowance = 0

/** To be called before parsing a document of `length` UTF-16 units. */
export function allowFor(length: number): void {
  allowance = STEPS_AT_LEAST + STEPS_PER_CHARACTER * length
}

function codeOf(char: string): number {
  return char.charCodeAt(0)
}

/** Comes before the real construct of its character: charges for the walk, and makes text of it once nothing is left. */
const literalWhenSpent: Construct = {
  name: 'literalWhenSpent',
  tokenize(effects, ok, nok) {
    allowance -= this.events.length / EVENTS_PER_STEP
    return (code) => {
      if (allowance >= 0) return nok(code)
      effects.enter('data')
      effects.consume(code)
      effects.exit('data')
      return ok
    }
  },
}

/** The construct, charged for every character it read in vain, and refused once nothing is left. */
function charged(construct: Construct): Construct {
  return {
    ...construct,
    tokenize(this: TokenizeContext, effects, ok, nok): State {
      let steps = 0
      const counting = {
        ...effects,
        consume(code: Code): undefined {
          steps++
          effects.consume(code)
        },
      }
      const fail: State = (code) => {
        allowance -= steps
        return nok(code)
      }
      const start = construct.tokenize.call(this, counting, ok, fail)
      return (code) => (allowance < 0 ? nok(code) : start(code))
    },
  }
}

/** The construct under another name, as that of the original is disabled, tidying up before itself. */
function tidied(construct: Construct): Construct {
  return { ...construct, name: `${construct.name}Tidied`, resolveTo: mergeDataBefore }
}

/**
 * Merges the data events before the construct that was just added to `events`. micromark does so at the end of the
 * paragraph, by cutting into the middle of all its events each time.
 */
function mergeDataBefore(events: Event[]): Event[] {
  const added = events.at(-1)?.[1]
  let start = events.length - 1
  while (start > 0 && !(events[start]?.[0] === 'enter' && events[start]?.[1] === added)) start--
  let first = start
  while (first > 0 && events[first - 1]?.[1].type === 'data') first--
  const [merged, last] = [events[first]?.[1], events[start - 1]?.[1]]
  if (merged && last && start - first > 2) {
    merged.end = last.end
    events.splice(first + 2, start - first - 2)
  }
  return events
}

/** The syntax extension that holds micromark's constructs to the allowance. */
export const limits: Extension = {
  text: {
    ...Object.fromEntries(WALKING.map((char) => [codeOf(char), literalWhenSpent])),
    ...Object.fromEntries(ENDING.map(([code, ...constructs]) => [code, constructs.map(tidied)])),
  },
  // In titles and addresses; disabling goes by name alone, there too.
  string: {
    [codeOf('&')]: tidied(characterReference),
    [codeOf('\\')]: tidied(characterEscape),
  },
  disable: { null: ENDING.flatMap(([, ...constructs]) => constructs.map(({ name }) => name ?? '')) },
}
