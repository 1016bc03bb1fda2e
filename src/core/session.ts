import { counted, type Look, type Looked, replaced } from './fix.ts'
import { kept } from './keep.ts'
import type { Draft, Finding } from './types.ts'

interface State {
  looked: Looked
  /** Findings that were passed over, by their words, so that they are known again in a draft that has changed. */
  skipped: readonly string[]
}

/** A walk through the findings of a draft. Every step can be undone. */
export class Session {
  readonly #look: Look
  readonly #past: State[] = []
  #now: State

  constructor(looked: Looked, look: Look, skipped: readonly string[] = []) {
    this.#look = look
    this.#now = { looked, skipped }
  }

  get draft(): Draft {
    return this.#now.looked.draft
  }

  get skipped(): readonly string[] {
    return this.#now.skipped
  }

  /** Findings that are still to be looked at, in the order of the draft. */
  get left(): Finding[] {
    const passed = [...this.#now.skipped]
    return this.#now.looked.findings.filter(counted).filter((finding) => {
      const at = passed.indexOf(keyOf(finding, this.draft))
      if (at >= 0) passed.splice(at, 1)
      return at < 0
    })
  }

  /** Puts a wording in place of the finding. Gives what stands against it, if anything does. */
  replace(finding: Finding, wording: string): string | undefined {
    return this.#step(replaced(finding, wording, this.#now.looked, this.#look))
  }

  /** Puts other source in place of that of the finding, as a person has written it. */
  edit({ start, end }: Finding, text: string): void {
    const { source } = this.draft
    this.#step(this.#look(source.slice(0, start) + text + source.slice(end)))
  }

  /** Keeps the finding on purpose. Gives what stands against it, if anything does. */
  keep(finding: Finding, reason: string): string | undefined {
    return this.#step(kept(finding, reason, this.#now.looked, this.#look))
  }

  skip(finding: Finding): void {
    this.#past.push(this.#now)
    this.#now = { ...this.#now, skipped: [...this.#now.skipped, keyOf(finding, this.draft)] }
  }

  /** Takes the last step back; false where there is none. */
  undo(): boolean {
    const before = this.#past.pop()
    if (before) this.#now = before
    return before !== undefined
  }

  #step(result: Looked | string): string | undefined {
    if (typeof result === 'string') return result
    this.#past.push(this.#now)
    this.#now = { ...this.#now, looked: result }
    return undefined
  }
}

function keyOf({ rule, outcome, block, sentence, text }: Finding, { blocks }: Draft): string {
  return [rule.id, outcome, text, blocks[block]?.text.slice(sentence.start, sentence.end)].join('\n')
}
