/** PDFs that were made to take time or memory, by the built command: nothing but one line may come of them, and soon. */

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'values-lint-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An object, or a stream: what stands in its dictionary, and its data. */
type PdfObject = string | { dictionary: string; data: Buffer }

function file(objects: readonly PdfObject[]): Buffer {
  const parts = [Buffer.from('%PDF-1.7\n')]
  let length = 9
  const places: number[] = []
  for (const [i, object] of objects.entries()) {
    const written =
      typeof object === 'string'
        ? [Buffer.from(object)]
        : [
            Buffer.from(`<< ${object.dictionary} /Length ${object.data.length} >>\nstream\n`),
            object.data,
            Buffer.from('\nendstream'),
          ]
    const all = Buffer.concat([Buffer.from(`${i + 1} 0 obj\n`), ...written, Buffer.from('\nendobj\n')])
    places.push(length)
    parts.push(all)
    length += all.length
  }
  const size = objects.length + 1
  const entries = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`
  return Buffer.concat([...parts, Buffer.from(end)])
}

const MB = 1024 * 1024
const font = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'
const words = 'BT /F1 12 Tf 72 700 Td (A page of words.) Tj ET\n'
const page = (contents: string, resources = '', more = ''): string =>
  `<< /Type /Page ${more} /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${contents} /Resources << /Font << /F1 3 0 R >> ${resources} >> >>`
const pages = (kids: string, count: number): string => `<< /Type /Pages /Kids [${kids}] /Count ${count} >>`
const head = ['<< /Type /Catalog /Pages 2 0 R >>', pages('4 0 R', 1), font]
const stream = (data: string | Buffer, dictionary = ''): PdfObject => ({ dictionary, data: Buffer.from(data) })
const packed = (data: string | Buffer, dictionary = ''): PdfObject =>
  stream(deflateSync(data), `/Filter /FlateDecode ${dictionary}`)
const onePage = (content: PdfObject, resources = '', ...more: PdfObject[]): Buffer =>
  file([...head, page('5 0 R', resources), content, ...more])
const filled = (text: string, size: number): Buffer => Buffer.alloc(size * MB, text)
const form = (inner: string): string => `/Type /XObject /Subtype /Form /BBox [0 0 1 1] ${inner}`
/** A page of marked content, with a structure whose elements are numbered from 7 on. */
const structured = (content: string, root: string, ...elements: string[]): Buffer =>
  file([
    '<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /StructTreeRoot 6 0 R >>',
    pages('4 0 R', 1),
    font,
    page('5 0 R', '', '/StructParents 0'),
    stream(`/P <</MCID 0>> BDC ${content} EMC`),
    root,
    ...elements,
  ])

const cases: [string, () => Buffer][] = [
  ['200 MB of nothing', () => onePage(packed(filled(' ', 200)))],
  ['1 GB of nothing', () => onePage(packed(filled(' ', 1000)))],
  [
    'packed twice',
    () => onePage(stream(deflateSync(deflateSync(filled(' ', 1000))), '/Filter [/FlateDecode /FlateDecode]')),
  ],
  ['states kept and brought back', () => onePage(packed(filled('q Q ', 60)))],
  ['marks that never end', () => onePage(packed(filled('/P BMC ', 15)))],
  ['a string that never ends', () => onePage(packed(filled('(', 30)))],
  ['a million names', () => onePage(packed(Array.from({ length: 1_500_000 }, (_, i) => `/n${i} gs`).join(' ')))],
  ['images in the text', () => onePage(packed(filled('BI /W 1 /H 1 ID x EI ', 30)))],
  [
    'forms in forms, ten to the twelfth power',
    () =>
      onePage(
        stream('/X Do '.repeat(10)),
        '/XObject << /X 6 0 R >>',
        ...Array.from({ length: 12 }, (_, i) =>
          stream('/X Do '.repeat(10), form(`/Resources << /XObject << /X ${7 + i} 0 R >> >>`)),
        ),
        stream(words, form('')),
      ),
  ],
  [
    'a form in itself',
    () =>
      onePage(
        stream('/X Do '.repeat(10)),
        '/XObject << /X 6 0 R >>',
        stream('/X Do '.repeat(10), form('/Resources << /XObject << /X 6 0 R >> >>')),
      ),
  ],
  [
    'one content, 100,000 times',
    () => file([...head, page(`[${'5 0 R '.repeat(100_000)}]`), packed(Buffer.alloc(100_000, ' '))]),
  ],
  [
    'a million pages',
    () => file([head[0] as string, pages('4 0 R '.repeat(1e6), 1e6), font, page('5 0 R'), packed(words)]),
  ],
  [
    '500 pages of work without a word',
    () => file([head[0] as string, pages('4 0 R '.repeat(500), 500), font, page('5 0 R'), packed(filled('q Q ', 1))]),
  ],
  [
    '500 pages of work with a word',
    () =>
      file([
        head[0] as string,
        pages('4 0 R '.repeat(500), 500),
        font,
        page('[5 0 R 6 0 R]'),
        packed(filled('q Q ', 1)),
        packed(words),
      ]),
  ],
  [
    'a tree of pages 100,000 deep',
    () =>
      file([head[0] as string, ...Array.from({ length: 100_000 }, (_, i) => pages(`${i + 3} 0 R`, 1)), page('1 0 R')]),
  ],
  [
    'a tree of pages that lies and goes in a circle',
    () => file([head[0] as string, pages('4 0 R '.repeat(100_000), 2000), font, pages('2 0 R 2 0 R', 0)]),
  ],
  [
    'a structure that goes in a circle',
    () =>
      structured(
        words,
        '<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>',
        '<< /Type /StructElem /S /P /P 8 0 R /Pg 4 0 R /K [0 8 0 R] >>',
        '<< /Type /StructElem /S /P /P 7 0 R /Pg 4 0 R /K [7 0 R 8 0 R 8 0 R] >>',
      ),
  ],
  [
    'a text that is 100,000 paragraphs',
    () =>
      structured(
        words.repeat(100),
        '<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>',
        `<< /Type /StructElem /S /P /P 6 0 R /Pg 4 0 R /K [${'0 '.repeat(100_000)}] >>`,
      ),
  ],
  ['an object stream of 200 MB', () => onePage(packed(filled(' ', 200), '/Type /ObjStm /N 1 /First 10'))],
  [
    'no table of objects, and 30 MB of them',
    () => Buffer.concat([Buffer.from('%PDF-1.7\n'), filled('1 0 obj\n', 30), Buffer.from('%%EOF\n')]),
  ],
  ['60 MB of empty lines', () => Buffer.concat([Buffer.from('%PDF-1.7\n'), filled('\n', 60), Buffer.from('%%EOF\n')])],
  [
    'rows of a billion columns',
    () =>
      onePage(
        stream(
          deflateSync(Buffer.alloc(1000)),
          '/Filter /FlateDecode /DecodeParms << /Predictor 15 /Columns 1000000000 >>',
        ),
      ),
  ],
  [
    'a fax of white rows',
    () =>
      onePage(
        stream(
          Buffer.alloc(20_000, 255),
          '/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 60000 /Rows 100000 /EndOfBlock false >>',
        ),
      ),
  ],
  [
    'letters that stand for four billion codes',
    () =>
      file([
        ...head.slice(0, 2),
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>',
        page('5 0 R'),
        stream(words),
        packed(
          `begincmap 1 begincodespacerange <00000000> <FFFFFFFF> endcodespacerange 100 beginbfrange ${'<00000000> <00FFFFFF> <0041>\n'.repeat(100)} endbfrange endcmap`,
        ),
      ]),
  ],
]

/** Tells what the process took, when it ends. Its largest memory is Linux's own figure: that of Node begins with its parent's. */
const measure = `data:text/javascript,import{readFileSync as read}from'node:fs';import{isMainThread}from'node:worker_threads';if(isMainThread)process.on('exit',()=>{const{userCPUTime:u,systemCPUTime:s}=process.resourceUsage();process.stderr.write(JSON.stringify({work:(u+s)/1e6,memory:/VmHWM:\\s*(\\d+)/.exec(read('/proc/self/status','utf8'))[1]/1024}))})`

interface Run {
  code: number | null
  /** What it says on standard error. */
  said: string
  /** Seconds of work, and MiB at its largest. */
  work: number
  memory: number
}

function run(bytes: Buffer): Run {
  const path = join(folder, 'draft.pdf')
  writeFileSync(path, bytes)
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--import', measure, 'dist/cli.cjs', 'check', path, '--quiet'],
    {
      encoding: 'utf8',
      timeout: 60_000,
    },
  )
  const [, said = '', usage] = /^([^{]*)(\{.*\})$/s.exec(stderr) ?? []
  return { code: status, said, ...JSON.parse(usage ?? '{}') }
}

test('24 hostile files: each within two seconds and 500 MB of what a short letter takes', () => {
  const plain = run(onePage(stream(words)))
  expect(plain.code).toBe(0)
  for (const [name, make] of cases) {
    const { code, said, work, memory } = run(make())
    const more = [work - plain.work, memory - plain.memory] as const
    console.log(
      `${name}: ${more[0].toFixed(2)} s, ${more[1].toFixed(0)} MB, ${said.slice(said.indexOf(':') + 2).trim()}`,
    )
    if (code !== 0) expect([name, said]).toEqual([name, expect.stringMatching(/^.*draft\.pdf: [a-z][^\n]*\n$/)])
    expect([name, more[0] < 2, more[1] < 500]).toEqual([name, true, true])
  }
}, 300_000)
