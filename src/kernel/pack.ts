import { arrays } from './layout'
import { allocate, Ints } from './memory'

/** The arrays of the pack, by their place (see layout.ts). */
const table = allocate(<usize>arrays * offsetof<Ints>())

/** The array at a place. */
export function ints(place: i32): Ints {
  return changetype<Ints>(table + <usize>place * offsetof<Ints>())
}

/** Says where an array lies, and in how many bytes its numbers are. */
export function place(array: i32, at: usize, bytes: i32): void {
  ints(array).at = at
  ints(array).bytes = bytes
}
