/** Mails, MDX and PDFs that nobody wrote: damaged at random, or made to take time. Nothing but an Unreadable may come of them. */

import { readdirSync, readFileSync } from 'node:fs'
import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { readMail } from '../src/formats/mail/index.ts'
import { readMdx } from '../src/formats/mdx.ts'
import { readPdf } from '../src/formats/pdf/index.ts'
import { pdf } from './pdf.ts'
import { random } from './random.ts'

const folder = 'fixtures/letters'
const bytesOf = (end: string): Uint8Array[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(end))
    .map((name) => readFileSync(`${folder}/${name}`))
const cases = Number(process.env.CASES ?? 2000)

/** Changed, cut, doubled and shuffled bytes; now and then a piece that means something. */
function damaged(bytes: Uint8Array, next: () => number, pieces: readonly string[]): Uint8Array {
  let now: Uint8Array = bytes.slice()
  for (let i = 0; i < 1 + next() * 6; i++) {
    const [a, b] = [next(), next()].map((part) => Math.floor(part * now.length)) as [number, number]
    const kind = next()
    if (kind < 0.4) now[a] = next() * 256
    else if (kind < 0.5 && now.length > 200) now = joined(now.subarray(0, a), now.subarray(a + next() * 100))
    else if (kind < 0.7) now = joined(now.subarray(0, a), now.subarray(b, b + next() * 300), now.subarray(a))
    else {
      const piece = new TextEncoder().encode(pieces[Math.floor(next() * pieces.length)])
      now = joined(now.subarray(0, a), piece, now.subarray(a))
    }
  }
  return now
}

const joined = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))

/** The seconds of work that reading takes. */
async function seconds(read: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  try {
    await read()
  } catch (error) {
    if ((error as Error).name !== 'Unreadable') throw error
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / 1e6
}

const formats: [string, Uint8Array[], (bytes: Uint8Array) => unknown, string[]][] = [
  [
    'mail',
    bytesOf('.eml'),
    readMail,
    [
      '--part\r\n',
      '--part--\r\n',
      'Content-Type: multipart/mixed; boundary=part\r\n\r\n',
      '=?utf-8?B?',
      '\r\n\r\n',
      '=',
      '\0',
      'charset=x',
      '<blockquote>',
    ],
  ],
  [
    'mdx',
    bytesOf('.mdx'),
    (bytes) => readMdx(new TextDecoder().decode(bytes)),
    ['<a>', '</Box>', '{', '}', 'import ', '\n\n', '<'],
  ],
  [
    'pdf',
    bytesOf('.pdf'),
    readPdf,
    ['<<', '>>', '/Length 99999999', '/Kids [1 0 R]', 'endobj', '0 R', '/K 5 0 R', 'BT', '('],
  ],
]

test.runIf(process.env.LONG).each(formats)(
  '%s: damaged at random',
  async (_, originals, read, pieces) => {
    const next = random(11)
    let slowest = 0
    for (let i = 0; i < cases; i++) {
      const bytes = damaged(originals[i % originals.length] as Uint8Array, next, pieces)
      slowest = Math.max(slowest, await seconds(() => read(bytes)))
    }
    expect(slowest).toBeLessThan(2)
  },
  900_000,
)

const many = (text: string, length = 200_000): string => text.repeat(length / text.length)
const mail = (body: string, head = ''): Uint8Array => new TextEncoder().encode(`From: a@example.org\n${head}\n${body}`)

test.runIf(process.env.LONG).each<[string, () => unknown]>([
  ['mail: lines that seem to introduce', () => readMail(mail(many('On 1 a\n')))],
  ['mail: headers of Outlook', () => readMail(mail(many('From: a\n____________\n\n')))],
  ['mail: drawn lines', () => readMail(mail(many('__________\n')))],
  ['mail: long line', () => readMail(mail(`On 1 ${many('wrote: ')}`))],
  ['mail: hyphens', () => readMail(mail(`${many('-')}\nOriginal Message`))],
  ['mail: HTML', () => readMail(mail(many('<div class="gmail_quote ">'), 'Content-Type: text/html\n'))],
  ['mail: headers', () => readMail(mail('x', many('Subject: a\n', 1_000_000)))],
  ['mail: parts', () => readMail(mail(many('--a\n\n', 1_000_000), 'Content-Type: multipart/mixed; boundary=a\n'))],
  ['mdx: exports without end', () => readMdx(`export const a = [\n\n${many('1,\n\n')}`)],
  ['mdx: braces', () => readMdx(many('{a}', 100_000))],
  ['mdx: text in braces', () => readMdx(many('{"}"', 100_000))],
  ['mdx: open tags', () => readMdx(many('<a>', 100_000))],
  ['mdx: attributes', () => readMdx(`<a ${many('b="c" ', 100_000)}/>`)],
  ['pdf: a page that says to be of itself', () => readPdf(changed('/Count 1', '/Count 9'))],
  ['pdf: the tree of pages goes in a circle', () => readPdf(changed('/Kids [4 0 R]', '/Kids [2 0 R]'))],
  [
    'pdf: much text',
    () =>
      readPdf(pdf([Array.from({ length: 40_000 }, (_, i) => ({ text: 'words of a page', x: 72, y: i, size: 12 }))])),
  ],
  ['pdf: a stream that unpacks to 50 MB of nothing', () => readPdf(bomb())],
])(
  '%s',
  async (_, read) => {
    expect(await seconds(read)).toBeLessThan(2)
  },
  60_000,
)

function changed(from: string, to: string): Uint8Array {
  const text = new TextDecoder('latin1').decode(pdf([[{ text: 'A page.', x: 72, y: 700, size: 12 }]]))
  expect(text).toContain(from)
  return Uint8Array.from(text.replace(from, to), (char) => char.charCodeAt(0))
}

function bomb(): Uint8Array {
  const packed = deflateSync(Buffer.alloc(50 * 1024 * 1024, ' '))
  const text = new TextDecoder('latin1').decode(pdf([[]]))
  const [before, after] = text.split(/<< \/Length 0 >>\nstream\n\nendstream/) as [string, string]
  const head = `<< /Length ${packed.length} /Filter /FlateDecode >>\nstream\n`
  return joined(Buffer.from(before + head), packed, Buffer.from(`\nendstream${after}`))
}
