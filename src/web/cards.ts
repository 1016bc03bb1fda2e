import { byId, el } from './dom.ts'
import type { PageFinding } from './messages.ts'

/** The list of findings: each a card that says what was written and what is the matter, and opens to say why and what instead. */

export interface CardHooks {
  /** A card was opened by hand, or closed. */
  opened(finding: PageFinding | undefined): void
  use(finding: PageFinding, words: string): void
}

/** As many cards are made at once; a list of thousands helps nobody. */
const page = 100

export class Cards {
  readonly #list = byId<HTMLOListElement>('cards')
  readonly #more = byId<HTMLButtonElement>('more')
  readonly #hooks: CardHooks
  #findings: readonly PageFinding[] = []
  #items = new Map<PageFinding, HTMLLIElement>()
  #open: string | undefined
  #shown = page

  constructor(hooks: CardHooks) {
    this.#hooks = hooks
    this.#more.addEventListener('click', () => this.#extend(this.#shown + page))
  }

  get findings(): readonly PageFinding[] {
    return this.#findings
  }

  /** Shows these findings. Cards that were there and say the same stay as they are, also open. */
  show(findings: readonly PageFinding[]): void {
    const before = new Map<string, HTMLLIElement>()
    for (const [finding, item] of this.#items) before.set(keyOf(finding), item)
    const seen = new Map<string, number>()
    this.#findings = findings
    this.#items = new Map()
    for (const finding of findings) {
      const says = saying(finding)
      const nth = seen.get(says) ?? 0
      seen.set(says, nth + 1)
      keys.set(finding, `${says}\n${nth}`)
    }
    const items = findings.slice(0, this.#shown).map((finding) => this.#item(finding, before.get(keyOf(finding))))
    if (items.length !== this.#list.childElementCount || items.some((item, i) => item !== this.#list.children[i]))
      this.#list.replaceChildren(...items)
    this.#list.hidden = !items.length
    this.#more.hidden = findings.length <= this.#shown
  }

  /** Opens a finding's card, closes the one that was open, and brings it into view. */
  open(finding: PageFinding | undefined, scroll: boolean): void {
    const index = finding ? this.#findings.indexOf(finding) : -1
    if (index >= this.#shown) this.#extend(index + page)
    for (const [other, item] of this.#items) if (other !== finding && isOpen(item)) setOpen(item, false)
    this.#open = finding && keyOf(finding)
    const item = finding && this.#items.get(finding)
    if (!item) return
    setOpen(item, true)
    if (scroll) item.scrollIntoView({ block: 'nearest', behavior: calm() })
  }

  /** Brings the open card into view, and the focus to it. */
  focus(): void {
    const item = this.current && this.#items.get(this.current)
    item?.scrollIntoView({ block: 'start', behavior: calm() })
    item?.querySelector('button')?.focus({ preventScroll: true })
  }

  /** The finding whose card is open. */
  get current(): PageFinding | undefined {
    return this.#findings.find((finding) => keyOf(finding) === this.#open)
  }

  #extend(to: number): void {
    this.#shown = to
    this.show(this.#findings)
  }

  #item(finding: PageFinding, before: HTMLLIElement | undefined): HTMLLIElement {
    const item = before ?? card(finding)
    this.#items.set(finding, item)
    // The card is kept, the finding is the new one: its place may have moved.
    handlers.set(item, {
      toggle: () => {
        const opening = !isOpen(item)
        this.open(opening ? finding : undefined, false)
        this.#hooks.opened(opening ? finding : undefined)
      },
      use: (words) => this.#hooks.use(finding, words),
    })
    return item
  }
}

const keys = new WeakMap<PageFinding, string>()
const handlers = new WeakMap<HTMLLIElement, { toggle(): void; use(words: string): void }>()

function keyOf(finding: PageFinding): string {
  return keys.get(finding) ?? ''
}

function saying({ rule, state, text, message, here, suppressedBy }: PageFinding): string {
  return [rule, state, text, message, suppressedBy?.reason, ...here].join('\n')
}

let ids = 0

function card(finding: PageFinding): HTMLLIElement {
  const id = `card-${++ids}`
  const head = el(
    'button',
    { type: 'button', class: 'head', 'aria-expanded': 'false', 'aria-controls': id },
    el('span', { class: 'state' }, finding.state),
    el('span', { class: 'passage' }, `“${shortened(finding.text)}”`),
    el('span', { class: 'what' }, finding.outcome === 'excused' ? sentences(finding.here) : finding.message),
  )
  const item = el('li', { class: `card ${finding.shade}` }, head)
  contents.set(item, finding)
  head.addEventListener('click', () => handlers.get(item)?.toggle())
  return item
}

/** What is inside is made when a card is first opened. */
function setOpen(item: HTMLLIElement, open: boolean): void {
  const head = item.firstElementChild as HTMLButtonElement
  head.setAttribute('aria-expanded', String(open))
  item.classList.toggle('open', open)
  if (open && item.childElementCount === 1) item.append(details(item, head.getAttribute('aria-controls') ?? ''))
}

function isOpen(item: HTMLLIElement): boolean {
  return item.classList.contains('open')
}

const contents = new WeakMap<HTMLLIElement, PageFinding>()

function details(item: HTMLLIElement, id: string): HTMLDivElement {
  const finding = contents.get(item) as PageFinding
  const { why, here, instead, value, title, rule, outcome, suppressedBy } = finding
  const conflict = outcome === 'conflict'
  return el(
    'div',
    { class: 'more', id },
    conflict ? el('p', {}, why) : undefined,
    outcome === 'excused' ? undefined : labelled('Why here', sentences(here)),
    suppressedBy ? labelled('Kept on purpose', suppressedBy.reason) : undefined,
    conflict && instead.length ? choices(item, finding) : undefined,
    el('p', { class: 'rule' }, `Value ${value}, ${title}`, el('span', { class: 'id' }, rule)),
  )
}

function labelled(label: string, text: string): HTMLParagraphElement {
  return el('p', {}, el('b', {}, label), ' ', text)
}

function choices(item: HTMLLIElement, { instead, wordings }: PageFinding): HTMLDivElement {
  const rows = instead.map((text) => {
    const words = wordings.find((wording) => text.toLowerCase().startsWith(wording.toLowerCase()))
    if (words === undefined) return el('li', {}, text)
    const button = el('button', { type: 'button', class: 'use', 'aria-label': `Use this: ${words}` }, 'Use this')
    button.addEventListener('click', () => handlers.get(item)?.use(words))
    return el('li', { class: 'usable' }, el('span', {}, text), button)
  })
  return el('div', { class: 'instead' }, el('p', {}, el('b', {}, 'Instead')), el('ul', {}, ...rows))
}

function sentences(all: readonly string[]): string {
  return all.map((text) => text.charAt(0).toUpperCase() + text.slice(1)).join(' ')
}

const longest = 160

function shortened(text: string): string {
  const plain = text.replaceAll('\uFFFC', '…').replace(/\s+/g, ' ')
  return plain.length <= longest ? plain : `${plain.slice(0, longest - 50).trimEnd()} … ${plain.slice(-45).trimStart()}`
}

function calm(): ScrollBehavior {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'
}
