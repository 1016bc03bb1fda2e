/**
 * Makes micromark linear where it is not: at the end of each quote and list, and at each setext heading, its EditMap
 * rebuilds the event list of the whole document, so that 13,000 short quotes (80 kB) took a minute. The edits are all near the
 * end of the list; rebuilding from the first edit on gives the same list.
 */

import { EditMap } from 'micromark-util-edit-map'
import type { Event } from 'micromark-util-types'

/** Applies the edits to `events`, in place, as EditMap.consume does. */
function consume(this: EditMap, events: Event[]): undefined {
  this.map.sort((a, b) => a[0] - b[0])
  const first = this.map[0]?.[0]
  if (first === undefined) return
  const rest = events.splice(first)
  let at = first
  for (const [index, remove, added] of this.map) {
    for (const event of rest.slice(at - first, index - first)) events.push(event)
    for (const event of added) events.push(event)
    at = index + remove
  }
  for (const event of rest.slice(at - first)) events.push(event)
  this.map.length = 0
  this.index.clear()
}

EditMap.prototype.consume = consume
