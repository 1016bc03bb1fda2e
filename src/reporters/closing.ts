import type { Report, Summary } from './report.ts'

/** `3 conflicts (2 errors, 1 warning), 2 notes in 640 words; by value: 4 (3), 12 (2).` */
export function closing(summary: Summary, { errors, showExcused, baseline, scope, beyond }: Report): string {
  const { levels, words, files, excused, suppressed, values } = summary
  if (!files && !errors.length && scope) return `No draft was changed ${scope}.`
  if (!files)
    return `No draft was checked${errors.length ? `; ${count(errors.length, 'file')} could not be read` : ''}.`
  const conflicts = levels.error + levels.warning
  const kinds = listed([count(levels.error, 'error'), count(levels.warning, 'warning')])
  const found = listed([conflicts ? `${count(conflicts, 'conflict')} (${kinds})` : '', count(levels.note, 'note')])
  const drafts = files === 1 && !scope ? '' : ` of ${count(files, 'draft')}${scope ? ` changed ${scope}` : ''}`
  const where = `${count(words, 'word') || 'no words'}${drafts}`
  const byValue = Object.entries(values).map(([value, times]) => `${value} (${times})`)
  const more = [
    beyond ? `${count(beyond.size, 'more finding')} not shown (--max-findings)` : '',
    byValue.length ? `by value: ${byValue.join(', ')}` : '',
    excused ? `${count(excused, 'passage')} left alone in context${showExcused ? '' : ' (--show-excused)'}` : '',
    suppressed ? `${suppressed.toLocaleString('en')} kept on purpose` : '',
    baseline
      ? `${baseline.known.toLocaleString('en')} in the baseline: fixed ${baseline.fixed}, new ${baseline.new}`
      : '',
    errors.length ? `${count(errors.length, 'file')} could not be read` : '',
  ]
  return `${[`${found || (baseline?.known ? 'No new conflict with the values' : 'No conflict with the values')} in ${where}`, ...more.filter(Boolean)].join('; ')}.`
}

export function listed(parts: readonly string[]): string {
  return parts.filter(Boolean).join(', ')
}

/** `1 word`, `2,000 words`; nothing for none. */
export function count(times: number, noun: string): string {
  return times ? `${String(times).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${noun}${times === 1 ? '' : 's'}` : ''
}
