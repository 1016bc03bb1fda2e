import type { Finding } from '../core/types.ts'
import type { FileReport } from './report.ts'

/**
 * Names by which a service knows a finding again when the lines around it have moved: rule, passage and sentence, and which of
 * several that are alike. 16 hexadecimal digits each, one for each finding, in their order.
 */
export function fingerprints({ draft }: FileReport, findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map(({ rule, text, block, sentence }) => {
    const around = draft.blocks[block]?.text.slice(sentence.start, sentence.end) ?? ''
    const key = [rule.id, text, around].map(normal).join('\n')
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return digest(`${key}\n${before}`)
  })
}

function normal(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}

/** 64 bits of a text, as two multiplicative hashes that stir each other: to tell texts apart, not to protect them. */
export function digest(text: string): string {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}
