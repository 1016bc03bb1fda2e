/** LibreOffice opens files with comments and writes them again: each comment stands on the same words. Skipped without soffice. */

import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { openDocx } from '../src/formats/docx/index.ts'
import { openOdt } from '../src/formats/odt/index.ts'
import type { Note, OpenDocument } from '../src/formats/package/document.ts'
import { seen } from './comments.ts'
import { annotations } from './odt.ts'
import { random } from './random.ts'
import { letter, word } from './word.ts'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hasOffice = spawnSync('soffice', ['--version']).status === 0

/** The letter without what LibreOffice 7.4 itself undoes: it empties comments in block controls, and works out fields again. */
const kept = letter.body
  .replace(/<w:sdt><w:sdtPr><w:alias .*?<w:sdtContent>(.*?)<\/w:sdtContent><\/w:sdt>/, '$1')
  .replaceAll(/ PAGE | REF here \\h /g, ' DOCPROPERTY Place ')
const fixture = (name: string): Uint8Array => readFileSync(`fixtures/documents/${name}`)
const files: [name: string, bytes: Uint8Array, open: (bytes: Uint8Array) => OpenDocument][] = [
  ['word.docx', word({ ...letter, body: kept }), openDocx],
  ...['libreoffice', 'pandoc', 'docx-package'].map(
    (name) => [`${name}.docx`, fixture(`${name}.docx`), openDocx] as (typeof files)[number],
  ),
  ...['libreoffice', 'pandoc'].map(
    (name) => [`${name}.odt`, fixture(`${name}.odt`), openOdt] as (typeof files)[number],
  ),
]

/** Comments on one to four words of the body each; in odd rounds most have a suggestion. */
function randomNotes({ draft }: OpenDocument, round: number): Note[] {
  const next = random(round + 41)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(next() * from.length)] as T
  const lines = draft.source.split('\n')
  const body = draft.places?.filter(({ part }) => part === 'body').map(({ paragraph }) => paragraph - 1) ?? []
  return Array.from({ length: 8 }, (_, index) => {
    const number = pick(body)
    const at = lines.slice(0, number).reduce((sum, { length }) => sum + length + 1, 0)
    const words = [...(lines[number] as string).matchAll(/[\p{L}-]+/gu)]
    const first = Math.floor(next() * words.length)
    const last = words[Math.min(words.length - 1, first + Math.floor(next() * 4))] as RegExpExecArray
    const note: Note = {
      start: at + (words[first]?.index as number),
      end: at + last.index + last[0].length,
      paragraphs: [`Number ${index}`],
    }
    if (round % 2 && next() < 0.6) note.replacement = `new words ${index}`
    return note
  })
}

/** The words under each comment of ours; a box that is anchored between them, and a picture sign, are none of them. */
function ranges(name: string, bytes: Uint8Array): string[][] {
  const bare = (text: string): string => text.replace(/[\s\uFFFC\uE000-\uF8FF]+/g, '')
  if (name.endsWith('.odt')) return annotations(bytes).map(({ says, range }) => [says.trim(), bare(range)])
  const parts = unzipSync(bytes)
  const body = strFromU8(parts['word/document.xml'] as Uint8Array)
  const unboxed = body.replace(/<w:txbxContent>.*?<\/w:txbxContent>/gs, '')
  return seen(zipSync({ ...parts, 'word/document.xml': strToU8(unboxed) }, { level: 0 }))
    .comments.filter(({ author }) => author === 'values-lint')
    .map(({ says, range }) => [says.trim(), bare(range)])
}

test.skipIf(!hasOffice)(
  'what LibreOffice writes has every comment on the same words',
  () => {
    const again = join(folder, 'again')
    mkdirSync(again)
    const written = files.flatMap(([name, bytes, open]) =>
      Array.from({ length: 10 }, (_, round) => {
        const document = open(bytes)
        const { bytes: out } = document.comment(randomNotes(document, round), { date: '2024-05-06T07:08:09Z' })
        const path = `${round}-${name}`
        writeFileSync(join(folder, path), out)
        return { path, before: ranges(name, out) }
      }),
    )
    for (const [extension, filter] of [
      ['odt', 'odt:writer8'],
      ['docx', 'docx:MS Word 2007 XML'],
    ] as const) {
      const paths = written.map(({ path }) => join(folder, path)).filter((path) => path.endsWith(extension))
      const profile = `-env:UserInstallation=file://${folder}/profile`
      execFileSync('soffice', [profile, '--headless', '--convert-to', filter, '--outdir', again, ...paths], {
        stdio: 'ignore',
      })
    }
    let count = 0
    for (const { path, before } of written) {
      const after = new Map(ranges(path, readFileSync(join(again, path))) as [string, string][])
      for (const [says, range] of before as [string, string][])
        if (/^Number \d$/.test(says)) expect([path, says, after.get(says)]).toEqual([path, says, range])
      count += before.filter(([says]) => says?.startsWith('Number ')).length
    }
    console.log(`${count} ranges`)
    expect(count).toBe(480)
  },
  120_000,
)
