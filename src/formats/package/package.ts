/** The zip file of a document, and the text of its parts. */

import { Unreadable } from './unreadable.ts'
import { limits, readZip, unpack, type Zip } from './zip.ts'

export interface Package {
  zip: Zip
  /** The text of a part; undefined if there is none. Throws an Unreadable where it is damaged. */
  text(name: string): string | undefined
}

/** Opens the zip file of a document. Throws an Unreadable that says what it is instead. */
export function openPackage(bytes: Uint8Array): Package {
  refuseOthers(bytes)
  const zip = readZip(bytes)
  const kept = new Map<string, string>()
  let left = limits.unpacked
  return {
    zip,
    text(name) {
      const entry = zip.entries.get(name)
      if (!entry) return undefined
      let text = kept.get(name)
      if (text === undefined) {
        const part = unpack(zip, entry, left)
        left -= part.length
        text = decode(part)
        kept.set(name, text)
      }
      return text
    },
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new Unreadable('has a part that is not in UTF-8; open it in Word or LibreOffice and save it again')
  }
}

const oldWord = [0xd0, 0xcf, 0x11, 0xe0]
/** “EncryptedPackage” as the directory of an OLE file writes it: the name of a stream, in UTF-16. */
const encrypted = [...'EncryptedPackage'].flatMap((char) => [char.charCodeAt(0), 0])

function refuseOthers(bytes: Uint8Array): void {
  if (oldWord.every((byte, i) => bytes[i] === byte)) {
    throw new Unreadable(
      holds(bytes, encrypted)
        ? 'is protected by a password; save a copy without one'
        : 'is an old Word file (.doc); save it as .docx',
    )
  }
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Unreadable('is no Word or OpenDocument file, or is damaged')
}

function holds(bytes: Uint8Array, wanted: readonly number[]): boolean {
  const first = wanted[0] as number
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true
  }
  return false
}
