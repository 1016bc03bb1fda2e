import type { Level } from '../core/types.ts'
import { type Report, reported } from './report.ts'
import { escaped, oneLine, saidInFull, weight } from './said.ts'
import { whereIn } from './where.ts'

const severities: Readonly<Record<Level, string>> = { error: 'error', warning: 'warning', note: 'info' }

/** Checkstyle's XML, which many review tools and CI services read. */
export function checkstyle(report: Report): string {
  const files = report.files.map((file) => {
    const where = whereIn(file)
    return element(
      file.path,
      reported(file, report).map((finding) => {
        const { line, column } = where(finding).start
        return error(
          line,
          column,
          severities[weight(finding)],
          saidInFull(finding, file.draft).join('\n'),
          finding.rule.id,
        )
      }),
    )
  })
  const unread = report.errors.map(({ path, message }) =>
    element(path, [error(1, 1, 'error', oneLine(message), 'input')]),
  )
  return `<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n${[...files, ...unread].join('')}</checkstyle>\n`
}

function element(path: string, errors: readonly string[]): string {
  return `  <file name="${escaped(oneLine(path))}">\n${errors.join('')}  </file>\n`
}

function error(line: number, column: number, severity: string, message: string, source: string): string {
  const rule = escaped(`values-lint/${source}`)
  return `    <error line="${line}" column="${column}" severity="${severity}" message="${escaped(message)}" source="${rule}"/>\n`
}
