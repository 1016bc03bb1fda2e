/** Mails: what is read of them, and what is left out. */

import { expect, test } from 'vitest'
import { readMail } from '../src/formats/mail/index.ts'

const HEAD = [
  'From: A. Writer <a@example.org>',
  'To: all@example.org',
  'Subject: Our spring letter',
  'MIME-Version: 1.0',
]

/** The bytes of a mail; `latin`: one byte a character. */
function mail(lines: readonly string[], latin = false): Uint8Array {
  const text = lines.join('\r\n')
  return latin ? Uint8Array.from(text, (char) => char.charCodeAt(0)) : new TextEncoder().encode(text)
}

/** A mail of one part. */
const single = (type: string, body: string, encoding = '8bit', latin = false): Uint8Array =>
  mail([...HEAD, `Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`, '', body], latin)
const plain = (body: string): Uint8Array => single('text/plain; charset=utf-8', body)
const html = (body: string): Uint8Array => single('text/html; charset=utf-8', body)

/** The texts of the paragraphs below the subject. */
async function textsOf(bytes: Uint8Array): Promise<string[]> {
  const { blocks, places } = await readMail(bytes)
  return blocks.filter((_, i) => places?.[i]?.part !== 'subject').map(({ text }) => text)
}

test('the subject is the title, and every paragraph has a number and a line of its own', async () => {
  const draft = await readMail(plain('Dear friends,\n\nWe ask for\nhousing.\n'))
  expect(draft.source).toBe('Our spring letter\nDear friends,\nWe ask for housing.')
  expect(draft.blocks.map(({ kind }) => kind)).toEqual(['title', 'paragraph', 'paragraph'])
  expect(draft.places).toEqual([
    { part: 'subject', paragraph: 1, start: 0 },
    { part: 'body', paragraph: 2, start: 18 },
    { part: 'body', paragraph: 3, start: 32 },
  ])
  for (const { text, source } of draft.blocks) {
    for (let i = 0; i < text.length; i++) expect(draft.source[source[i] as number]).toBe(text[i])
    expect(source).toHaveLength(text.length + 1)
  }
})

test('encodings and character sets are decoded', async () => {
  expect(
    await textsOf(single('text/plain; charset=utf-8', 'caf=C3=A9 and a=\r\n long line', 'quoted-printable')),
  ).toEqual(['café and a long line'])
  expect(await textsOf(single('text/plain; charset=utf-8', btoa('housing first'), 'base64'))).toEqual(['housing first'])
  expect(await textsOf(single('text/plain; charset=windows-1252', '\x93caf\xe9\x94', '8bit', true))).toEqual(['“café”'])
  expect(await textsOf(single('text/plain; charset=iso-8859-15', '5 \xa4', '8bit', true))).toEqual(['5 €'])
  const subject = await readMail(
    mail(['Subject: =?utf-8?Q?Re:_caf=C3=A9?= =?utf-8?B?IG9wZW4=?=', 'From: a@b.org', '', 'Hello.']),
  )
  expect(subject.blocks[0]?.text).toBe('café open')
})

test('the plain text is read where there is one, else the HTML; attachments and attached mails are not', async () => {
  const nested = (alternatives: readonly string[]): Uint8Array =>
    mail([
      ...HEAD,
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      ...alternatives,
      '--inner--',
      '--outer',
      'Content-Type: text/plain',
      'Content-Disposition: attachment; filename=notes.txt',
      '',
      'Attached notes.',
      '--outer',
      'Content-Type: message/rfc822',
      '',
      'From: b@example.org',
      '',
      'Another mail.',
      '--outer--',
    ])
  const both = [
    '--inner',
    'Content-Type: text/plain',
    '',
    'In plain.',
    '--inner',
    'Content-Type: text/html',
    '',
    '<p>In HTML.',
  ]
  expect(await textsOf(nested(both))).toEqual(['In plain.'])
  expect(await textsOf(nested(both.slice(4)))).toEqual(['In HTML.'])
})

test('replies quoted below, and signatures, are left out of plain text', async () => {
  const own = async (body: string): Promise<string> => (await textsOf(plain(body))).join('|')
  expect(
    await own('Mine.\nOn Tue, 3 Mar 2026 at 10:12, A. Reader <a@b.org>\nwrote:\n> Theirs.\n>> Older.\nMine again.'),
  ).toBe('Mine.|Mine again.')
  expect(await own('Mine.\n\nOn 3 Mar 2026, A. Reader wrote:\n\nTheirs, without a mark.')).toBe('Mine.')
  expect(await own('Mine.\n\n-----Original Message-----\nFrom: B\nTheirs.')).toBe('Mine.')
  expect(
    await own('Mine.\n\n________________________________\nFrom: B\nSent: Monday\nTo: A\nSubject: x\n\nTheirs.'),
  ).toBe('Mine.')
  expect(await own('Mine.\n\nSent from my iPhone\n\n-- \nThe Network, since 1999')).toBe('Mine.')
  // What only looks like it.
  expect(await own('On Tuesday the sheriff wrote:\n\nFrom: here to there.\n\nWe disagree.')).toBe(
    'On Tuesday the sheriff wrote:|From: here to there.|We disagree.',
  )
})

test('replies quoted below, and signatures, are left out of HTML; quotations of the author stay', async () => {
  const quoted =
    '<div class="gmail_quote"><div class="gmail_attr">On 3 Mar, B wrote:</div><blockquote>Theirs.</blockquote></div>'
  expect(await textsOf(html(`<title>Template</title><p>Mine.<blockquote>A law.</blockquote>${quoted}`))).toEqual([
    'Mine.',
    'A law.',
  ])
  const { blocks } = await readMail(html('<p>Mine.<blockquote>A law.</blockquote>'))
  expect(blocks.map(({ quoteDepth }) => quoteDepth)).toEqual([0, 0, 1])
  expect(
    await textsOf(html('<p>Mine.<div class="moz-cite-prefix">On …</div><blockquote type="cite">Theirs.</blockquote>')),
  ).toEqual(['Mine.'])
  const outlook = '<p><b>From:</b> B<br><b>Sent:</b> Monday<br><b>To:</b> A<br><b>Subject:</b> x</p><p>Theirs.</p>'
  expect(await textsOf(html(`<p>Mine.</p>${outlook}`))).toEqual(['Mine.'])
  expect(await textsOf(html('<p>Mine.</p><p style="display:none">Unseen.</p>'))).toEqual(['Mine.'])
})

test('a mail that only hands on another is read as that other', async () => {
  expect(await textsOf(plain('---------- Forwarded message ---------\nFrom: B\n\nTheir draft.'))).toContain(
    'Their draft.',
  )
  expect(await textsOf(html('<div class="gmail_quote"><p>Their draft.</p></div>'))).toEqual(['Their draft.'])
})

test('what cannot be read is said in one line', async () => {
  const said = async (bytes: Uint8Array): Promise<string> => {
    const error = await readMail(bytes).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ name: 'Unreadable' })
    return (error as Error).message
  }
  expect(await said(mail(['Hello.', '', 'We write.']))).toMatch(/^is no mail/)
  expect(await said(new Uint8Array())).toMatch(/^is no mail/)
  expect(await said(plain(' \n'))).toBe('is a mail without a text')
  expect(await said(single('application/pkcs7-mime', 'eA==', 'base64'))).toMatch(/^is an encrypted mail/)
  expect(await said(single('application/pdf', 'eA==', 'base64'))).toMatch(/check its attachments by themselves/)
  const deep = Array.from({ length: 400 }, (_, i) => [
    `Content-Type: multipart/mixed; boundary=b${i}`,
    '',
    `--b${i}`,
  ]).flat()
  expect(await said(mail([...HEAD, ...deep]))).toMatch(/^nests deeper/)
})
