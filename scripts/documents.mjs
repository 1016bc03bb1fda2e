// Makes the documents in fixtures/documents anew, with the programs that people write in, and beside each what another program
// reads in it. Needs LibreOffice (soffice) and pandoc; tests read the files and need neither.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as docx from 'docx'

const target = 'fixtures/documents'
const scratch = mkdtempSync(join(tmpdir(), 'documents-'))
mkdirSync(target, { recursive: true })

const run = (program, ...args) =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })
const convert = (file, to, folder) => run('soffice', '--headless', '--convert-to', to, '--outdir', folder, file)

/** What pandoc reads, all changes accepted; LibreOffice where pandoc leaves something out. */
const byPandoc = (file) => run('pandoc', '--track-changes=accept', '--wrap=none', '-t', 'plain', file)
function byOffice(file) {
  convert(file, 'txt:Text (encoded):UTF8', scratch)
  return readFileSync(
    join(
      scratch,
      file
        .split('/')
        .at(-1)
        .replace(/\.\w+$/, '.txt'),
    ),
    'utf8',
  ).replace(/^\uFEFF/, '')
}

writeFileSync(join(scratch, 'letter.md'), readFileSync(`${target}/source.md`))
run('pandoc', '-f', 'markdown', '-o', `${target}/pandoc.docx`, join(scratch, 'letter.md'))
run('pandoc', '-f', 'markdown', '-o', `${target}/pandoc.odt`, join(scratch, 'letter.md'))
convert(`${target}/source.fodt`, 'docx:MS Word 2007 XML', scratch)
convert(`${target}/source.fodt`, 'odt:writer8', scratch)
for (const kind of ['docx', 'odt'])
  writeFileSync(`${target}/libreoffice.${kind}`, readFileSync(join(scratch, `source.${kind}`)))
writeFileSync(`${target}/docx-package.docx`, await byPackage())

for (const name of ['pandoc.docx', 'docx-package.docx', 'libreoffice.docx'])
  writeFileSync(`${target}/${name}.txt`, byPandoc(`${target}/${name}`))
for (const name of ['pandoc.odt', 'libreoffice.odt'])
  writeFileSync(`${target}/${name}.txt`, byOffice(`${target}/${name}`))
rmSync(scratch, { recursive: true })

/** A file by the docx package: split runs, a note, a table, changes, a comment, a link. */
function byPackage() {
  const { TextRun, Paragraph } = docx
  const text = (words, look = {}) => new TextRun({ text: words, ...look })
  const cell = (words) => new docx.TableCell({ children: [new Paragraph(words)] })
  const change = { author: 'A. Reader', date: '2024-01-02T10:00:00Z' }
  const document = new docx.Document({
    footnotes: { 1: { children: [new Paragraph('Figures of the county, 2023.')] } },
    comments: {
      children: [{ id: 0, author: 'A. Reader', date: new Date(0), children: [new Paragraph('Is this right?')] }],
    },
    features: { trackRevisions: true },
    sections: [
      {
        headers: { default: new docx.Header({ children: [new Paragraph('Riverside Network')] }) },
        children: [
          new Paragraph({ text: 'What we ask for', heading: docx.HeadingLevel.HEADING_1 }),
          new Paragraph({
            children: [
              text('We fight modern-day '),
              text('slav', { bold: true }),
              text('ery in '),
              new docx.CommentRangeStart(0),
              text('every county'),
              new docx.CommentRangeEnd(0),
              new TextRun({ children: [new docx.CommentReference(0)] }),
              text('.'),
              new docx.FootnoteReferenceRun(1),
            ],
          }),
          new Paragraph({
            children: [
              text('The county should '),
              new docx.DeletedTextRun({ text: 'perhaps ', id: 1, ...change }),
              new docx.InsertedTextRun({ text: 'now ', id: 2, ...change }),
              text('adopt the Equality Model'),
              text(', as '),
              new docx.ExternalHyperlink({ link: 'https://example.org', children: [text('our page')] }),
              text(' says.'),
            ],
          }),
          new Paragraph({ text: 'Housing first', bullet: { level: 0 } }),
          new Paragraph({ text: 'Legal help & a phone', bullet: { level: 0 } }),
          new docx.Table({
            rows: [
              new docx.TableRow({ tableHeader: true, children: [cell('Avoid'), cell('Say')] }),
              new docx.TableRow({ children: [cell('modern-day slavery'), cell('human trafficking')] }),
            ],
          }),
          new Paragraph({
            children: [
              text('One'),
              new TextRun({ children: [new docx.Tab(), 'two'] }),
              new TextRun({ text: 'three', break: 1 }),
            ],
          }),
        ],
      },
    ],
  })
  return docx.Packer.toBuffer(document)
}
