/** Small PDFs made by hand: each page a few lines of Helvetica. */

export interface PdfLine {
  text: string
  x: number
  y: number
  size: number
}

export function pdf(pages: readonly (readonly PdfLine[])[]): Uint8Array {
  const kids = pages.map((_, i) => `${4 + 2 * i} 0 R`).join(' ')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((lines, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      stream(lines.map(shown).join('\n')),
    ]),
  ]
  let text = '%PDF-1.7\n'
  const places = objects.map((object, i) => {
    const start = text.length
    text += `${i + 1} 0 obj\n${object}\nendobj\n`
    return `${String(start).padStart(10, '0')} 00000 n \n`
  })
  const size = objects.length + 1
  text += `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${text.length}\n%%EOF\n`
  return Uint8Array.from(text, (char) => char.charCodeAt(0))
}

function stream(content: string): string {
  return `<< /Length ${content.length} >>\nstream\n${content}\nendstream`
}

function shown({ text, x, y, size }: PdfLine): string {
  const escaped = text.replaceAll('•', '\x95').replaceAll(/[()\\]/g, '\\$&')
  return `BT /F1 ${size} Tf ${x} ${y} Td (${escaped}) Tj ET`
}
