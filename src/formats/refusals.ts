import { byExtension } from './documents.ts'

const WORD = 'save it as .docx'
const pandoc = (format: string): string =>
  `is ${format}, which values-lint does not read; convert it: pandoc FILE -o draft.md`

/** What to do about files that people write in, but that are not read. */
const HINTS: Record<string, string> = {
  rst: pandoc('reStructuredText'),
  adoc: `is AsciiDoc, which values-lint does not read; convert it: asciidoctor FILE -o draft.html`,
  tex: pandoc('LaTeX'),
  org: pandoc('Org'),
  epub: 'is an e-book, which values-lint does not read; check its manuscript, or convert it: pandoc FILE -o draft.md',
  rtf: `is rich text, which values-lint does not read; open it in Word or LibreOffice and ${WORD}`,
  doc: `is an old Word file, which values-lint does not read; open it in Word or LibreOffice and ${WORD}`,
  docm: `is a Word file with macros, which values-lint does not read; ${WORD}`,
  fodt: 'is a flat OpenDocument text, which values-lint does not read; open it in LibreOffice and save it as .odt',
  ott: 'is an OpenDocument template, which values-lint does not read; save it as .odt',
  dotx: `is a Word template, which values-lint does not read; ${WORD}`,
  wpd: `is a WordPerfect file, which values-lint does not read; open it in LibreOffice and ${WORD}`,
  pages: 'is a Pages file, which values-lint does not read; in Pages, choose File > Export To > Word',
  gslides: 'is only a link to Google Slides; in Google Slides, choose File > Download > PDF document (.pdf)',
  zip: 'is a zip file; unpack it, and check the drafts in it',
  png: 'is a picture; have its text recognised (OCR), and check that text',
  gdoc: 'is only a link to a Google Doc; in Google Docs, choose File > Download > Microsoft Word (.docx)',
  msg: 'is an Outlook mail (.msg), which values-lint does not read; save it from your mail program as .eml or as HTML',
  mbox: 'holds many mails; save the one to check as .eml',
  pptx: 'holds slides, which values-lint does not read; export them as PDF, or their outline as .docx',
  xlsx: 'is a spreadsheet, which values-lint does not read; copy its text into a .docx or .txt file',
}
for (const [same, as] of [
  ['asciidoc', 'adoc'],
  ['latex', 'tex'],
  ['dot', 'doc'],
  ['ppt', 'pptx'],
  ['odp', 'pptx'],
  ['key', 'pptx'],
  ['xls', 'xlsx'],
  ['ods', 'xlsx'],
  ['numbers', 'xlsx'],
  ['csv', 'xlsx'],
  ['jpg', 'png'],
  ['jpeg', 'png'],
  ['heic', 'png'],
  ['tiff', 'png'],
] as const)
  HINTS[same] = HINTS[as] as string

/** Why the file at a path is not read, and what to do: to go after its name. */
export function refusalOf(path: string): string {
  const hint =
    byExtension(path, HINTS) ??
    'has an extension that values-lint does not read; it reads .docx, .odt, .md, .mdx, .html, .txt, .eml and .pdf'
  return hint.replace('FILE', /[^\w./-]/.test(path) ? `"${path}"` : path)
}
