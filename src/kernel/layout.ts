/** What the kernel and the rest of the engine agree upon: both compile this file. */

/** Instructions, each with its operands: read a word of a set as a part of speech (0: any) … */
export const READ = 0
/** … a stretch that a concept matches … */
export const CONCEPT = 1
/** … go on here, and then at an address, counted from where the program begins … */
export const SPLIT = 2
/** … go on at an address … */
export const JUMP = 3
/** … skip up to so many words … */
export const GAP = 4
/** … only at the start of a sentence, before punctuation or the end; the pattern is met. */
export const START = 5
export const END = 6
export const ACCEPT = 7

/** The keys that every sentence has, and that of any number (see needs.ts). */
export const ANY_KEY = 0
export const NUMBER_KEY = 1

/** The set that stands for any word. */
export const anyWord = 0

/**
 * The keys of the commonest words have the first numbers. Of these words a sentence nearly always holds some, and each meets
 * thousands of needs: so they are not written down by key but by need, a bit each.
 */
export const mostCommon = 32

/** The arrays of a pack (see `Patterns`), by the place that the kernel has them at: of a list its starts, and its entries next. */
export const CODE = 0
export const PROGRAMS = 1
export const PATTERN_OF = 2
export const SETS = 3
export const BEGIN_SETS = 5
export const BEGIN_CONCEPTS = 6
export const WAYS = 8
export const SIGNS = 10
export const NEEDS = 11
export const NEEDS_BY_KEY = 13
export const LEADS_BY_KEY = 15
export const NEED_WORDS = 16
export const NEED_CONCEPTS = 17
export const FINDS = 19
/** From where a tree begins: the branches at its root, its needs, its branches, its ways. */
export const TREE_ROOTS = 0
export const TREE_NEEDS = 2
export const TREE_BRANCHES = 3
export const TREE_WAYS = 4
export const CUES = 25
export const KEY_CHARS = 31
export const KEY_STARTS = 32
export const KEY_SLOTS = 33
export const FAMILY_BY_KEY = 34
export const FAMILY_STARTS = 35
export const arrays = 36

/** How a token is parted from the one before. */
export const APART = 1
export const PARTED = 2

/** What a stretch of text without white space says of what follows: a sentence may end with it, a phrase ends. */
export const ENDS_SENTENCE = 1
export const ENDS_PHRASE = 2
/** Punctuation around it may be its own, as in an address. */
export const TAKES_PUNCTUATION = 4
/** It is a plain word, so that spaces alone part it from another. */
export const IS_PLAIN = 8

/** In tokens. No sentence that people read is longer; text without full stops is cut, so that time stays linear. */
export const longestSentence = 400
