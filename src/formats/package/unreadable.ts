/** A document that cannot be read: the message says why in one line, to go after its name, and what to do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}
