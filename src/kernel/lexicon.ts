/** The words that patterns name, looked up as they stand in the text. */

import { FAMILY_BY_KEY, FAMILY_STARTS, KEY_CHARS, KEY_SLOTS, KEY_STARTS, NUMBER_KEY } from './layout'
import { Arena, allocate, arena, number, numbers, put } from './memory'
import { ints } from './pack'

/** By key: the word, once it was met (see `words` in sentence.ts). */
let wordByKey: usize = 0
const lists: Arena = arena()
let mask: i32 = 0
let familyCount: i32 = 0
/** A word that no pattern reads. */
const unread: usize = allocate(4)

/** Any number. */
const anyNumber: usize = numbers(2)

/** Letters of the word at hand, small. */
const longest = 40
const letters: usize = allocate(longest << 1)

export function openLexicon(keys: i32, slots: i32, families: i32): void {
  familyCount = families
  wordByKey = numbers(keys)
  mask = slots - 1
  put(anyNumber, 0, 1)
  put(anyNumber, 1, NUMBER_KEY)
}

/** The word that stands somewhere, if it is read as it is written; 0 for others. */
export function wordIn(at: usize, length: i32): usize {
  if (length < 1 || length > longest) return 0
  if (isNumber(at, length)) return keyIn(at, length) < 0 ? anyNumber : 0
  for (let i = 0; i < length; i++) {
    const small = load<u16>(at + ((<usize>i) << 1)) | 0x20
    if (small < 0x61 || small > 0x7a) return 0
    store<u16>(letters + ((<usize>i) << 1), small)
  }
  const key = keyIn(letters, length)
  if (key < 0) return mayBeRespelled(letters, length) || mayBeOfFamily(letters) ? 0 : unread
  const word = <usize>number(wordByKey, key)
  return word ? word : listed(key)
}

function isNumber(at: usize, length: i32): bool {
  for (let i = 0; i < length; i++) {
    const code = load<u16>(at + ((<usize>i) << 1))
    if (code < 0x30 || code > 0x39) return false
  }
  return true
}

/** The key of a word, -1 where it is none. */
function keyIn(at: usize, length: i32): i32 {
  const slots = ints(KEY_SLOTS)
  for (let slot = hashOf(at, length) & mask; slots[slot]; slot = (slot + 1) & mask)
    if (isKey(slots[slot] - 1, at, length)) return slots[slot] - 1
  return -1
}

function isKey(key: i32, at: usize, length: i32): bool {
  const start = ints(KEY_STARTS)[key]
  if (ints(KEY_STARTS)[key + 1] - start != length) return false
  const chars = ints(KEY_CHARS)
  for (let i = 0; i < length; i++) if (chars[start + i] != <i32>load<u16>(at + ((<usize>i) << 1))) return false
  return true
}

/** Whether a word may be folded by one of the endings in fold.ts. */
function mayBeRespelled(at: usize, length: i32): bool {
  for (let i = 0; i + 2 < length; i++) {
    const a = load<u16>(at + ((<usize>i) << 1))
    const b = load<u16>(at + ((<usize>i) << 1) + 2)
    const c = load<u16>(at + ((<usize>i) << 1) + 4)
    if ((a == 0x69 || a == 0x79) && b == 0x73 && (c == 0x65 || c == 0x69 || c == 0x61)) return true // is, ys
    if (a == 0x6c && b == 0x6c && (c == 0x65 || c == 0x69 || c == 0x6f)) return true // ll
    if (a == 0x6f && b == 0x75 && c == 0x72) return true // our
  }
  return false
}

/** Whether a word that is no key may be one of a family (see stem.ts). */
function mayBeOfFamily(at: usize): bool {
  const start = ((<i32>load<u16>(at)) << 8) + <i32>load<u16>(at + 2)
  for (let i = 0; i < familyCount; i++) if (ints(FAMILY_STARTS)[i] == start) return true
  return false
}

function listed(key: i32): usize {
  const family = ints(FAMILY_BY_KEY)[key]
  if (family == key) return 0
  const word = lists.take(12)
  put(word, 0, family ? 2 : 1)
  put(word, 1, key)
  put(word, 2, family)
  put(wordByKey, key, <i32>word)
  return word
}

/** FNV-1a over UTF-16 units, as in table.ts. */
export function hashOf(at: usize, length: i32): i32 {
  let hash: u32 = 0x811c9dc5
  for (let i = 0; i < length; i++) hash = (hash ^ <u32>load<u16>(at + ((<usize>i) << 1))) * 0x01000193
  return hash ^ (hash >>> 15)
}
