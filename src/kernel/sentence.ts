/** The sentence at hand: its words, and which needs they meet. */

import {
  ANY_KEY,
  LEADS_BY_KEY,
  mostCommon,
  NEED_CONCEPTS,
  NEED_WORDS,
  NEEDS,
  NEEDS_BY_KEY,
  SIGNS,
  TREE_BRANCHES,
  TREE_NEEDS,
  TREE_ROOTS,
  TREE_WAYS,
  WAYS,
} from './layout'
import { allocate, Buffer, buffer, number, numbers, put } from './memory'
import { ints } from './pack'

/** The words of the text at hand, by token: each is where its keys lie, after how many they are (see `Vocabulary`). */
export const words: Buffer = buffer()
/** By token: how it is parted from the one before. */
export const breaks: Buffer = buffer()
/** Where the sentence begins in them, and how many tokens it has. */
export let first: i32 = 0
export let width: i32 = 0

/** Grows with every sentence. */
export let sentence: i32 = 0
/** The same, as long as it fits into seven bits: what is marked with an earlier turn counts as not marked. */
let turn: i32 = 0
/** By need: the turn, doubled, and 1 where it is met. */
let needMet: usize = 0
/** By pattern that is asked for: the same, 1 where some way of it has its needs met. */
let mayMatch: usize = 0
/** The needs that words meet, of those that lead into trees. */
const leads: Buffer = buffer()
/** The common words that it holds, a bit each. */
let common: i32 = 0
/** By branch at the root of a tree: the climb in which it was met. */
let rootMet: usize = 0
let climbs: i32 = 0
/** The needs that are signs, a bit for each; by pattern that is asked for: the number of its bit. */
const signNeeds: Buffer = buffer()
let signBit: usize = 0
let signBits: usize = 0

let needs: i32 = 0
let patterns: i32 = 0
let branches: i32 = 0
/** The needs before this one are met only where a word is marked to meet them. */
let firstOpen: i32 = 0

/** Once, when all arrays are in their place. */
export function open(needCount: i32, patternCount: i32, branchCount: i32): void {
  needs = needCount
  patterns = patternCount
  branches = branchCount
  needMet = allocate(needs)
  mayMatch = allocate(patterns)
  rootMet = numbers(branches)
  const concepts = ints(NEED_CONCEPTS)
  while (firstOpen < needs && !ints(NEED_WORDS)[firstOpen] && concepts[firstOpen] == concepts[firstOpen + 1])
    firstOpen++
}

/** Marks the needs that the words of a sentence meet, `from` to `to` (exclusive) of the words at hand. */
export function begin(from: i32, to: i32): void {
  first = from
  width = to - from
  sentence++
  if (++turn >= 1 << 7) {
    memory.fill(needMet, 0, needs)
    memory.fill(mayMatch, 0, patterns)
    turn = 1
  }
  leads.length = 0
  common = 0
  meet(ANY_KEY)
  for (let i = from; i < to; i++) {
    const word = <usize>words[i]
    const end = word + ((<usize>load<i32>(word)) << 2)
    for (let at = word + 4; at <= end; at += 4) meet(load<i32>(at))
  }
}

function meet(key: i32): void {
  if (key < mostCommon) common |= 1 << key
  const list = ints(NEEDS_BY_KEY + 1)
  const met = turn * 2 + 1
  const start = ints(NEEDS_BY_KEY)[key]
  const end = ints(NEEDS_BY_KEY)[key + 1]
  const lead = start + ints(LEADS_BY_KEY)[key]
  for (let i = start; i < lead; i++) {
    const need = list[i]
    if (load<u8>(needMet + need) == met) continue
    store<u8>(needMet + need, met)
    leads.push(need)
  }
  for (let i = lead; i < end; i++) store<u8>(needMet + list[i], met)
}

/** Numbers the signs: only what is asked for by its pattern has one, and few drafts come so far. */
function numberSigns(): void {
  signBit = numbers(patterns)
  const signs = ints(SIGNS)
  const bits = numbers(needs)
  for (let pattern = 0; pattern < patterns; pattern++) {
    const sign = signs[pattern]
    if (sign < 0) {
      put(signBit, pattern, -1)
      continue
    }
    if (!number(bits, sign)) {
      signNeeds.push(sign)
      put(bits, sign, signNeeds.length)
    }
    put(signBit, pattern, number(bits, sign) - 1)
  }
  signBits = numbers(signWords())
}

/** How many words of 32 bits the signs take. */
export function signWords(): i32 {
  return (signNeeds.length >> 5) + 1
}

/** The number of the sign of a pattern that is asked for, -1 where there is none. */
export function signOf(pattern: i32): i32 {
  if (!signBit) numberSigns()
  return number(signBit, pattern)
}

/** Where the signs stand that the sentence holds, a bit each. */
export function signsIn(): usize {
  if (!signBit) numberSigns()
  memory.fill(signBits, 0, (<usize>signWords()) << 2)
  for (let i = 0; i < signNeeds.length; i++)
    if (meets(signNeeds[i])) put(signBits, i >> 5, number(signBits, i >> 5) | (1 << (i & 31)))
  return signBits
}

/** Collects the ways in a tree of which the sentence meets all needs. */
export function waysIn(tree: i32, ways: Buffer): void {
  ways.length = 0
  if (++climbs < 0) {
    memory.fill(rootMet, 0, (<usize>branches) << 2)
    climbs = 1
  }
  const starts = ints(tree + TREE_ROOTS)
  const list = ints(tree + TREE_ROOTS + 1)
  const needOf = ints(tree + TREE_NEEDS)
  for (let i = 0; i < leads.length; i++) {
    const need = leads[i]
    const end = starts[need + 1]
    for (let at = starts[need]; at < end; at++) {
      const branch = list[at]
      if (number(rootMet, branch) == climbs) continue
      put(rootMet, branch, climbs)
      if (meets(needOf[branch])) climb(tree, branch, ways)
    }
  }
}

/** Adds the ways of a branch whose need is met, and of those that go out from it. */
function climb(tree: i32, branch: i32, ways: Buffer): void {
  const starts = ints(tree + TREE_WAYS)
  for (let i = starts[branch]; i < starts[branch + 1]; i++) ways.push(ints(tree + TREE_WAYS + 1)[i])
  const end = ints(tree + TREE_BRANCHES)[branch + 1]
  for (let next = ints(tree + TREE_BRANCHES)[branch]; next < end; next++)
    if (meets(ints(tree + TREE_NEEDS)[next])) climb(tree, next, ways)
}

/** Whether the sentence meets all needs of a way. */
export function fulfilled(way: i32): bool {
  const end = ints(NEEDS)[way + 1]
  for (let i = ints(NEEDS)[way]; i < end; i++) if (!meets(ints(NEEDS + 1)[i])) return false
  return true
}

export function meets(need: i32): bool {
  const known = <i32>load<u8>(needMet + need)
  if (known >> 1 == turn) return (known & 1) == 1
  if (need < firstOpen) return false
  const met = (ints(NEED_WORDS)[need] & common) != 0 || hasConcept(need)
  store<u8>(needMet + need, turn * 2 + (met ? 1 : 0))
  return met
}

function hasConcept(need: i32): bool {
  const end = ints(NEED_CONCEPTS)[need + 1]
  for (let i = ints(NEED_CONCEPTS)[need]; i < end; i++) if (may(ints(NEED_CONCEPTS + 1)[i])) return true
  return false
}

/** Whether the sentence meets all needs of some way of a pattern. */
function may(pattern: i32): bool {
  const known = <i32>load<u8>(mayMatch + pattern)
  if (known >> 1 == turn) return (known & 1) == 1
  // A concept that uses itself is not met by that.
  store<u8>(mayMatch + pattern, turn * 2)
  if (!meets(ints(SIGNS)[pattern])) return false
  const end = ints(WAYS)[pattern + 1]
  for (let i = ints(WAYS)[pattern]; i < end; i++) {
    if (!fulfilled(ints(WAYS + 1)[i])) continue
    store<u8>(mayMatch + pattern, turn * 2 + 1)
    return true
  }
  return false
}
