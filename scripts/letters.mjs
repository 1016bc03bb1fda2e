// Makes the letters in fixtures/letters anew from letter.md: the same letter in every format that is read. Needs pandoc and
// LibreOffice (soffice); the test reads the files and needs neither.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folder = 'fixtures/letters'
const source = `${folder}/letter.md`
const scratch = mkdtempSync(join(tmpdir(), 'letters-'))
const run = (program, ...args) =>
  execFileSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' })

for (const format of ['docx', 'odt', 'html'])
  run('pandoc', source, '--standalone', '--metadata', 'pagetitle=Letter', '-o', `${folder}/letter.${format}`)
run('pandoc', source, '-t', 'plain', '--columns=72', '-o', `${folder}/letter.txt`)

// The same PDF twice: once it says what its paragraphs are, once it does not.
for (const [name, tagged] of [
  ['tagged', 'true'],
  ['untagged', 'false'],
]) {
  const options = { UseTaggedPDF: { type: 'boolean', value: tagged } }
  const filter = `pdf:writer_pdf_Export:${JSON.stringify(options)}`
  run('soffice', '--headless', '--convert-to', filter, '--outdir', scratch, `${folder}/letter.odt`)
  renameSync(join(scratch, 'letter.pdf'), join(scratch, `${name}.pdf`))
  writeFileSync(`${folder}/${name}.pdf`, readFileSync(join(scratch, `${name}.pdf`)))
}

const text = readFileSync(source, 'utf8')
const [title, ...rest] = text.split('\n')
writeFileSync(`${folder}/letter.mdx`, `import { Box } from './box.js'\n\n${title}\n\n<Box>${rest.join('\n')}</Box>\n`)

// A mail of two parts: plain text, quoted-printable, with a quoted reply below; and HTML in base64.
const plain = run('pandoc', source, '-t', 'plain', '--columns=72')
const html = run('pandoc', source, '-t', 'html')
const reply =
  '\nOn Tue, 3 Mar 2026 at 10:12, A. Reader <reader@example.org>\nwrote:\n> Will you join the raids on modern-day slavery?\n'
const head = [
  'From: The Network <news@example.org>',
  'To: friends@example.org',
  'Subject: Spring letter',
  'MIME-Version: 1.0',
]
const part = (type, encoding, body) => [
  `Content-Type: text/${type}; charset=utf-8`,
  `Content-Transfer-Encoding: ${encoding}`,
  '',
  body,
]
const mail = [
  ...head,
  'Content-Type: multipart/alternative; boundary="part"',
  '',
  '--part',
  ...part('plain', 'quoted-printable', quotedPrintable(plain + reply)),
  '--part',
  ...part('html', 'base64', inLines(Buffer.from(html).toString('base64'))),
  '--part--',
  '',
]
writeFileSync(`${folder}/letter.eml`, mail.join('\r\n'))
writeFileSync(
  `${folder}/html.eml`,
  [...head, ...part('html', 'base64', inLines(Buffer.from(html).toString('base64'))), ''].join('\r\n'),
)
rmSync(scratch, { recursive: true })

function quotedPrintable(words) {
  const encode = (char) =>
    [...Buffer.from(char)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')
  return words
    .split('\n')
    .map((line) => line.replace(/[^ -<>-~]|\s$/gu, encode).replace(/(?:=..|[^=]){60}(?=.)/g, '$&=\r\n'))
    .join('\r\n')
}

function inLines(letters) {
  return letters.match(/.{1,76}/g).join('\r\n')
}
