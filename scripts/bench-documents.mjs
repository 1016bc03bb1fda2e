// How long a Word file of 100,000 words takes, stage by stage: node scripts/bench-documents.mjs [words]. Needs a build.
import { readdirSync, readFileSync } from 'node:fs'
import { strToU8, zipSync } from 'fflate'
import { checkDraft, documentOpenerFor, notesFor } from '../dist/index.js'
import { loadPack } from '../dist/node.js'

const wanted = Number(process.argv[2] ?? 100_000)
const w = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const look =
  '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr>'

/** The repository's drafts over and over, in runs of four words with what Word notes at each. */
function body() {
  const folder = 'fixtures/drafts'
  const paragraphs = readdirSync(folder)
    .filter((name) => /\.(md|txt)$/.test(name) && !name.includes('findings'))
    .flatMap((name) => readFileSync(`${folder}/${name}`, 'utf8').split(/\n{2,}/))
  let words = 0
  const parts = []
  for (let i = 0; words < wanted; i++) {
    const list = paragraphs[i % paragraphs.length].replace(/[&<>]/g, ' ').split(/\s+/)
    words += list.length
    const runs = []
    for (let at = 0; at < list.length; at += 4)
      runs.push(
        `<w:r w:rsidR="00A1B2C3" w:rsidRPr="00D4E5F6">${look}<w:t xml:space="preserve">${list.slice(at, at + 4).join(' ')} </w:t></w:r>`,
      )
    parts.push(
      `<w:p w:rsidR="00A1B2C3" w:rsidRDefault="00A1B2C3" w:rsidP="00A1B2C3"><w:pPr><w:spacing w:after="120"/></w:pPr>${runs.join('')}</w:p>`,
    )
  }
  return {
    words,
    xml: `<?xml version="1.0"?><w:document xmlns:w="${w}"><w:body>${parts.join('')}</w:body></w:document>`,
  }
}

const { words, xml } = body()
const bytes = zipSync({
  '[Content_Types].xml': strToU8(
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
  ),
  '_rels/.rels': strToU8(
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
  ),
  'word/document.xml': strToU8(xml),
})
console.log(
  `${words.toLocaleString('en')} words, ${(xml.length / 1e6).toFixed(1)} MB of XML in ${(bytes.length / 1e6).toFixed(1)} MB`,
)

async function timed(name, work) {
  const [start, used] = [performance.now(), process.cpuUsage()]
  const result = await work()
  const { user, system } = process.cpuUsage(used)
  console.log(
    `${name.padEnd(24)} ${((performance.now() - start) / 1000).toFixed(2)} s (${((user + system) / 1e6).toFixed(2)} s of work)`,
  )
  return result
}

const { pack } = await timed('load the pack', () => loadPack())
const open = await timed('load the reader', documentOpenerFor('draft.docx'))
const document = await timed('unzip, read', () => open(bytes))
const findings = await timed('check', () => checkDraft(document.draft, pack))
const notes = notesFor(findings, document.draft, { suggest: true, showExcused: false })
const { comments } = await timed('mark, zip', () => document.comment(notes))
console.log(`${notes.length.toLocaleString('en')} findings, ${comments.toLocaleString('en')} comments`)
