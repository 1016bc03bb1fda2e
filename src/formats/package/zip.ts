/**
 * Zip files: their entries, and a copy in which some of them are replaced. An entry that is not replaced keeps its bytes,
 * compressed as they are; no library copies entries unopened without touching the rest.
 */

import { deflateSync, Inflate } from 'fflate'
import { Unreadable } from './unreadable.ts'

export interface Zip {
  bytes: Uint8Array
  /** By name, in the order of the directory. */
  entries: Map<string, Entry>
  /** Where the directory begins, and its closing record. */
  directory: number
  closing: number
}

export interface Entry {
  name: string
  /** Where its own header begins, and where the next entry or the directory does. */
  start: number
  end: number
  method: number
  packed: number
  size: number
  /** Its record in the directory. */
  record: Uint8Array
}

/** Limits that keep a hostile file from filling the memory: a Word file of 600,000 words stays below them. */
export const limits = {
  entries: 10_000,
  /** Bytes of all parts that are unpacked from one document. */
  unpacked: 32 * 1024 * 1024,
}

const LOCAL = 0x04034b50
const RECORD = 0x02014b50
const CLOSING = 0x06054b50
const recordSize = 46
const closingSize = 22

/** Reads the directory of a zip file. Throws an Unreadable for what is no whole, plain one. */
export function readZip(given: Uint8Array): Zip {
  // Node's Buffer is an array of bytes whose slices are no copies.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const closing = closingRecord(view)
  const count = view.getUint16(closing + 10, true)
  const directory = view.getUint32(closing + 16, true)
  if (count > limits.entries || directory === 0xffffffff)
    throw new Unreadable('holds more parts than any Word or OpenDocument file does; it is not read')
  const entries = new Map<string, Entry>()
  let at = directory
  for (let i = 0; i < count; i++) {
    if (at + recordSize > closing || view.getUint32(at, true) !== RECORD) throw damaged()
    const length =
      recordSize + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (at + length > closing) throw damaged()
    const entry = entryAt(bytes, view, at, length)
    if (entries.has(entry.name)) throw damaged()
    entries.set(entry.name, entry)
    at += length
  }
  setEnds(entries, directory, view)
  return { bytes, entries, directory, closing }
}

/** The closing record is the last thing in the file but for a comment. */
function closingRecord(view: DataView): number {
  const least = Math.max(0, view.byteLength - closingSize - 0xffff)
  for (let at = view.byteLength - closingSize; at >= least; at--) {
    if (view.getUint32(at, true) === CLOSING) return at
  }
  throw damaged()
}

function entryAt(bytes: Uint8Array, view: DataView, at: number, length: number): Entry {
  const flags = view.getUint16(at + 8, true)
  if (flags & 1) throw new Unreadable('is protected by a password; save a copy without one')
  const nameEnd = at + recordSize + view.getUint16(at + 28, true)
  return {
    name: new TextDecoder().decode(bytes.subarray(at + recordSize, nameEnd)),
    start: view.getUint32(at + 42, true),
    end: 0,
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    record: bytes.subarray(at, at + length),
  }
}

/** Entries lie one after the other; where they overlap, one stretch of bytes would be unpacked many times. */
function setEnds(entries: ReadonlyMap<string, Entry>, directory: number, view: DataView): void {
  const ordered = [...entries.values()].sort((a, b) => a.start - b.start)
  for (const [index, entry] of ordered.entries()) {
    entry.end = ordered[index + 1]?.start ?? directory
    if (entry.end > directory || entry.start + 30 > entry.end || view.getUint32(entry.start, true) !== LOCAL)
      throw damaged()
    if (dataStart(entry, view) + entry.packed > entry.end) throw damaged()
  }
}

function dataStart({ start }: Entry, view: DataView): number {
  return start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true)
}

const pushed = 1 << 14

/** Unpacks an entry of at most `most` bytes. Throws an Unreadable where it is larger or damaged. */
export function unpack({ bytes }: Zip, entry: Entry, most: number): Uint8Array {
  const from = dataStart(entry, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength))
  const packed = bytes.subarray(from, from + entry.packed)
  if (entry.size > most) throw tooLarge()
  if (entry.method === 0) return packed
  if (entry.method !== 8) throw damaged()
  const unpacked = new Uint8Array(entry.size)
  let length = 0
  let ended = false
  // Packed bytes go in by little, so that a size that lies costs little.
  const inflate = new Inflate((chunk, final) => {
    if (length + chunk.length > entry.size) throw damaged()
    unpacked.set(chunk, length)
    length += chunk.length
    ended ||= final
  })
  try {
    for (let at = 0; !ended && at < packed.length; at += pushed)
      inflate.push(packed.subarray(at, at + pushed), at + pushed >= packed.length)
  } catch {
    throw damaged()
  }
  if (length !== entry.size || crc32(unpacked) !== crcOf(entry)) throw damaged()
  return unpacked
}

function crcOf({ record }: Entry): number {
  return new DataView(record.buffer, record.byteOffset).getUint32(16, true)
}

function tooLarge(): Unreadable {
  return new Unreadable(`unpacks to more than ${limits.unpacked / 1024 / 1024} MiB of text and markup; split it`)
}

function damaged(): Unreadable {
  return new Unreadable('is damaged or not complete; open it in Word or LibreOffice and save it again')
}

/** The zip file with some entries replaced or added, by name; all others keep their bytes, and all their order. */
export function patchZip(zip: Zip, changes: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const pieces: Uint8Array[] = []
  const records: Uint8Array[] = []
  let at = 0
  const add = (piece: Uint8Array): void => {
    pieces.push(piece)
    at += piece.length
  }
  const starts = new Map<string, number>()
  const replaced = new Map<string, Uint8Array>()
  for (const entry of [...zip.entries.values()].sort((a, b) => a.start - b.start)) {
    starts.set(entry.name, at)
    const content = changes.get(entry.name)
    if (!content) add(zip.bytes.subarray(entry.start, entry.end))
    else {
      const written = packedEntry(entry.name, content, at, entry.record)
      add(written.local)
      replaced.set(entry.name, written.record)
    }
  }
  for (const entry of zip.entries.values()) {
    records.push(replaced.get(entry.name) ?? moved(entry.record, starts.get(entry.name) as number))
  }
  for (const [name, content] of changes) {
    if (zip.entries.has(name)) continue
    const written = packedEntry(name, content, at)
    add(written.local)
    records.push(written.record)
  }
  const directory = at
  for (const record of records) add(record)
  const closing = zip.bytes.slice(zip.closing)
  const view = new DataView(closing.buffer)
  view.setUint16(8, records.length, true)
  view.setUint16(10, records.length, true)
  view.setUint32(12, at - directory, true)
  view.setUint32(16, directory, true)
  add(closing)
  return joined(pieces, at)
}

function moved(record: Uint8Array, start: number): Uint8Array {
  const copy = record.slice()
  new DataView(copy.buffer).setUint32(42, start, true)
  return copy
}

/** An entry as written: its header with the packed bytes, and its record; name and time are those of the record it replaces. */
function packedEntry(
  name: string,
  content: Uint8Array,
  start: number,
  old?: Uint8Array,
): { local: Uint8Array; record: Uint8Array } {
  const packed = deflateSync(content)
  const title = new TextEncoder().encode(name)
  const record = new Uint8Array(recordSize + title.length)
  // The time of a new entry is that of the format's first day: the engine has no clock.
  if (old) record.set(old.subarray(0, recordSize))
  const view = new DataView(record.buffer)
  view.setUint32(0, RECORD, true)
  view.setUint16(4, 20, true)
  view.setUint16(6, 20, true)
  view.setUint16(8, 0x800, true)
  view.setUint16(10, 8, true)
  if (!old) view.setUint32(12, 0x00210000, true)
  view.setUint32(16, crc32(content), true)
  view.setUint32(20, packed.length, true)
  view.setUint32(24, content.length, true)
  view.setUint16(28, title.length, true)
  view.setUint32(30, 0, true)
  view.setUint32(42, start, true)
  record.set(title, recordSize)
  const local = new Uint8Array(30 + title.length + packed.length)
  new DataView(local.buffer).setUint32(0, LOCAL, true)
  local.set(record.subarray(6, 32), 4)
  local.set(title, 30)
  local.set(packed, 30 + title.length)
  return { local, record }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? 0xedb88320 ^ (crc >>> 1) : crc >>> 1
  return crc
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (let i = 0; i < bytes.length; i++) crc = (crcTable[(crc ^ (bytes[i] as number)) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
