/** Which format a path or a name stands for. Apart from the readers, so that asking loads none of them. */

export type Format = 'markdown' | 'html' | 'text'

const formats: Readonly<Record<string, Format>> = {
  markdown: 'markdown',
  md: 'markdown',
  mdown: 'markdown',
  mkd: 'markdown',
  html: 'html',
  htm: 'html',
  text: 'text',
  txt: 'text',
}

/** What a walk through a folder takes for a draft; other files are read when they are named. */
export const extensions: readonly string[] = ['.md', '.markdown', '.mdown', '.mkd', '.mdx', '.txt', '.docx', '.odt']

/** The format of a path, by its extension (none: plain text), or of the name of a format; undefined if there is none. */
export function formatOf(pathOrFormat: string): Format | undefined {
  if (Object.hasOwn(formats, pathOrFormat)) return formats[pathOrFormat]
  const name = pathOrFormat.slice(Math.max(pathOrFormat.lastIndexOf('/'), pathOrFormat.lastIndexOf('\\')) + 1)
  const extension = /(?<=.)\.([^.]*)$/.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined) return 'text'
  return Object.hasOwn(formats, extension) ? formats[extension] : undefined
}
