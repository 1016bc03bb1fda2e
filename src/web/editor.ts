import { defaultKeymap, history, historyKeymap, isolateHistory, undo } from '@codemirror/commands'
import {
  Annotation,
  type ChangeDesc,
  Compartment,
  EditorState,
  type Extension,
  Prec,
  type Range,
  StateEffect,
  StateField,
} from '@codemirror/state'
import { Decoration, type DecorationSet, EditorView, keymap, placeholder } from '@codemirror/view'
import { apart } from './draft-file.ts'
import type { PageFinding } from './messages.ts'

/** The draft as people edit it, with its passages marked. Offsets of passages follow the edits until the next check. */

/** A finding and where its passage stands now. */
export interface Placed {
  finding: PageFinding
  from: number
  to: number
}

/** The text at one time, and the edits since then. */
export interface Version {
  changes: ChangeDesc | undefined
}

export interface EditorHooks {
  /** The text changed; `opened` where a whole draft was put in its place. */
  changed(opened: boolean): void
  /** The cursor came to stand in a passage, or left one. */
  entered(finding: PageFinding | undefined): void
  /** A paste that is too large was refused. */
  refused(size: number): void
  /** The person asks for the first wording of the passage at the cursor. */
  apply(finding: PageFinding): void
}

const setMarks = StateEffect.define<DecorationSet>()
const setCurrent = StateEffect.define<PageFinding | undefined>()
const pasted = { userEvent: 'input.paste', scrollIntoView: true }
const opens = Annotation.define<boolean>()

/** Every finding's passage; one that is edited is taken out, since nothing is known of it until the next check. */
const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(held, transaction) {
    let next = held
    if (transaction.docChanged) {
      transaction.changes.iterChangedRanges((from, to) => {
        next = next.update({ filterFrom: from, filterTo: to, filter: (start, end) => end <= from || start >= to })
      })
      next = next.map(transaction.changes)
    }
    for (const effect of transaction.effects) if (effect.is(setMarks)) next = effect.value
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** The passage whose card is open. */
const current = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(held, transaction) {
    let next = held.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setCurrent)) continue
      const place = effect.value && placeIn(transaction.state, effect.value)
      next = place ? Decoration.set(Decoration.mark({ class: 'here' }).range(place.from, place.to)) : Decoration.none
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

function placeIn(state: EditorState, finding: PageFinding): Placed | undefined {
  for (const at = state.field(marks).iter(); at.value; at.next()) {
    if (at.value.spec.finding === finding) return { finding, from: at.from, to: at.to }
  }
  return undefined
}

function placeAt(state: EditorState, offset: number): Placed | undefined {
  let found: Placed | undefined
  state.field(marks).between(offset, offset, (from, to, value) => {
    // The last to begin is the innermost.
    found = { finding: value.spec.finding, from, to }
  })
  return found
}

export class Editor {
  readonly #view: EditorView
  readonly #hooks: EditorHooks
  readonly #locked = new Compartment()
  #versions: Version[] = []
  #entered: PageFinding | undefined

  constructor(parent: HTMLElement, nonce: string, largest: number, hooks: EditorHooks) {
    this.#hooks = hooks
    this.#view = new EditorView({
      parent,
      extensions: [this.#extensions(nonce, largest), this.#watching()],
    })
  }

  #extensions(nonce: string, largest: number): Extension {
    return [
      EditorView.cspNonce.of(nonce),
      history(),
      this.#locked.of(EditorState.readOnly.of(false)),
      marks,
      current,
      Prec.high(keymap.of([{ key: 'Mod-Enter', run: () => this.#applyAtCursor() }])),
      keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter' && key !== 'Ctrl-m'), ...historyKeymap]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        'aria-label': 'Your draft',
        tabindex: '0',
        spellcheck: 'true',
        autocorrect: 'on',
        autocapitalize: 'sentences',
      }),
      placeholder('Paste or type your draft here, or drop a file on the page.'),
      EditorView.domEventHandlers({
        paste: (event, view) => {
          const [plain, html] = ['text/plain', 'text/html'].map((type) => event.clipboardData?.getData(type) ?? '')
          if (!plain || view.state.readOnly) return false
          event.preventDefault()
          if (plain.length > largest) this.#hooks.refused(plain.length)
          else view.dispatch(view.state.replaceSelection(apart(plain, html ?? '')), pasted)
          return true
        },
      }),
    ]
  }

  #watching(): Extension {
    return EditorView.updateListener.of(({ docChanged, selectionSet, changes, transactions, state }) => {
      if (docChanged) {
        for (const version of this.#versions)
          version.changes = version.changes?.composeDesc(changes.desc) ?? changes.desc
        this.#hooks.changed(transactions.some((transaction) => transaction.annotation(opens)))
      }
      if (!selectionSet) return
      const entered = placeAt(state, state.selection.main.head)?.finding
      if (entered === this.#entered) return
      this.#entered = entered
      this.#hooks.entered(entered)
    })
  }

  get text(): string {
    return this.#view.state.doc.toString()
  }

  get length(): number {
    return this.#view.state.doc.length
  }

  /** Puts another draft in the place of this one; it can be undone. */
  open(text: string): void {
    this.#view.dispatch({
      changes: { from: 0, to: this.length, insert: text },
      selection: { anchor: 0 },
      annotations: [opens.of(true), isolateHistory.of('full')],
      scrollIntoView: true,
    })
  }

  /** Keeps the text as it is, or lets it be edited again. */
  lock(locked: boolean): void {
    this.#view.dispatch({ effects: this.#locked.reconfigure(EditorState.readOnly.of(locked)) })
  }

  /** The text to check, and its version: what is found in it is placed where the edits that are made meanwhile move it. */
  send(): { text: string; version: Version } {
    const version: Version = { changes: undefined }
    this.#versions.push(version)
    return { text: this.text, version }
  }

  /** Marks what was found in a version of the text; earlier ones are of no use any more. */
  show(findings: readonly PageFinding[], version: Version): void {
    this.#versions = this.#versions.slice(this.#versions.indexOf(version))
    const { changes } = version
    const ranges: Range<Decoration>[] = []
    for (const finding of findings) {
      const [start, end] = [finding.start.offset, finding.end.offset]
      if (changes?.touchesRange(start + 1, end - 1)) continue
      const from = changes ? changes.mapPos(start, 1) : start
      const to = changes ? changes.mapPos(end, -1) : end
      if (to > from) ranges.push(Decoration.mark({ class: `found ${finding.shade}`, finding }).range(from, to))
    }
    this.#view.dispatch({ effects: setMarks.of(Decoration.set(ranges, true)) })
  }

  /** Where a finding's passage stands now; nowhere once it was edited. */
  placeOf(finding: PageFinding): Placed | undefined {
    return placeIn(this.#view.state, finding)
  }

  /** All passages as they stand now, in their order. */
  placed(): Placed[] {
    const all: Placed[] = []
    for (const at = this.#view.state.field(marks).iter(); at.value; at.next())
      all.push({ finding: at.value.spec.finding, from: at.from, to: at.to })
    return all
  }

  get cursor(): number {
    return this.#view.state.selection.main.head
  }

  /** Shows the passage, with the cursor at its start. */
  goTo(finding: PageFinding): void {
    const place = this.placeOf(finding)
    if (!place) return
    this.#entered = finding
    this.#view.dispatch({
      selection: { anchor: place.from },
      effects: [setCurrent.of(finding), EditorView.scrollIntoView(place.from, { y: 'center' })],
    })
  }

  /** Marks the passage whose card is open, without moving. */
  point(finding: PageFinding | undefined): void {
    this.#view.dispatch({ effects: setCurrent.of(finding) })
  }

  /** Puts words in the place of a passage, as one step of undo. Tells whether it could. */
  replace(finding: PageFinding, words: string): boolean {
    const place = this.placeOf(finding)
    if (!place || this.#view.state.readOnly) return false
    this.#view.dispatch({
      changes: { from: place.from, to: place.to, insert: words },
      selection: { anchor: place.from + words.length },
      annotations: isolateHistory.of('full'),
      effects: EditorView.scrollIntoView(place.from, { y: 'center' }),
    })
    return true
  }

  undo(): void {
    undo(this.#view)
  }

  focus(): void {
    this.#view.focus()
  }

  #applyAtCursor(): boolean {
    const place = placeAt(this.#view.state, this.cursor)
    if (place) this.#hooks.apply(place.finding)
    return true
  }
}
