/** What the kernel asks the engine for. */

/** The part of speech of a token of the sentence, as an operand of READ has it: 0 for others. */
export declare function partOfSpeech(token: i32): i32
/** What a stretch of the text that was not met before holds: pushes its words and gives what it says of what follows (see layout.ts). */
export declare function stretch(from: i32, to: i32): i32
/** The word that a sign is which counts as one: / & % + = */
export declare function sign(unit: i32): i32
/** Whether a UTF-16 unit beyond ASCII is a capital letter. */
export declare function isCapitalLetter(unit: i32): bool
