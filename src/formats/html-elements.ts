/** What the elements of HTML mean to a reader of prose. */

import type { Place } from './passage.ts'

const set = (names: string): ReadonlySet<string> => new Set(names.split(' '))

/** Elements without content and without an end tag. */
export const VOID = set('area base br col embed hr img input link meta param source track wbr')

/** Elements whose text is a block of its own. */
export const BLOCK = set(
  'address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup option p ' +
    'pre search section select summary table tbody td textarea tfoot th thead title tr ul',
)

/** Elements whose content is not prose. */
export const UNREAD = set(
  'applet audio canvas code iframe kbd math noembed noframes noscript object pre samp script style svg template tt ' +
    'video xmp',
)

/** Unread elements that stand in a line like a word: they leave one U+FFFC. */
export const WORDLIKE = set('code kbd math samp svg tt')

export const EMPHASIS = set('a b cite dfn em i mark strong u')

/** An open element of the first name ends where one of the others begins. */
const ENDED_BY: Record<string, ReadonlySet<string>> = {
  li: set('li'),
  dt: set('dt dd'),
  dd: set('dt dd'),
  td: set('td th tr tbody tfoot'),
  th: set('td th tr tbody tfoot'),
  tr: set('tr tbody tfoot'),
  option: set('option optgroup'),
  head: set('body'),
}

/** Whether an open block element, its end tag left out, ends at the start of another. */
export function endsAt(open: string, next: string): boolean {
  return open === 'p' ? BLOCK.has(next) : (ENDED_BY[open]?.has(next) ?? false)
}

/** The place inside an element. `nextGroup` numbers lists and tables. */
export function placeInside(name: string, outside: Place, nextGroup: () => number): Place {
  switch (name) {
    case 'blockquote':
      return { ...outside, quoteDepth: outside.quoteDepth + 1 }
    case 'ul':
    case 'ol':
    case 'dl':
    case 'menu':
    case 'dir':
    case 'table':
      return { ...outside, group: nextGroup() }
    case 'li':
    case 'dt':
    case 'dd':
      return { ...outside, kind: 'list-item' }
    case 'td':
    case 'th':
      return { ...outside, kind: 'table-cell' }
    case 'caption':
    case 'figcaption':
      return { kind: 'caption', quoteDepth: outside.quoteDepth }
    case 'title':
      return { kind: 'title', quoteDepth: outside.quoteDepth }
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return { kind: 'heading', quoteDepth: outside.quoteDepth, level: Number(name.charAt(1)) }
    default:
      return outside
  }
}
