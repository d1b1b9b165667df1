import type { Json } from './places.ts'
import { written } from './written.ts'

/** How many changes can be taken back. */
const REMEMBERED = 200

/** A draft as it stood: its text, its document, or both, since each gives the other. */
interface Snapshot {
  text?: string
  document?: Json
  /** Where the change was made that followed. */
  place: string
}

/** What has changed, and who changed it. */
export interface DraftChange {
  /** The form, the text, undo or redo, or somebody else's work that came in. */
  by: 'form' | 'text' | 'history' | 'others'
  /** Where, as far as that is known. */
  place: string
}

/**
 * One draft with its two faces, the document that the form changes and the text that the JSON view changes, and what was done to
 * it. A change of the form writes the text anew; a text that cannot be read leaves the last document that could.
 *
 * @fires change - `DraftChange`
 */
export class DraftDocument extends EventTarget {
  #text: string | undefined
  #document: Json | undefined
  #isBroken = false
  #isTyped = false
  #past: Snapshot[] = []
  #future: Snapshot[] = []
  /** The place that the latest change was typed into, while more may be typed there. */
  #typingAt: string | undefined

  constructor(text: string) {
    super()
    this.#take(text)
  }

  /** The text, as it is kept. */
  get text(): string {
    this.#text ??= this.#document === undefined ? '' : written(this.#document)
    return this.#text
  }

  /** The document; of a broken text, the last one that could be read, if there ever was one. */
  get document(): Json | undefined {
    return this.#document
  }

  /** Whether the text was typed or kept as such, and not written from the document: where its lines are then matters. */
  get isText(): boolean {
    return this.#text !== undefined && this.#isTyped
  }

  /** Whether the text cannot be read as JSON, so that the form has to wait. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Takes over a changed document. What is typed into one place one after the other is one change, until `settle`. */
  change(document: Json, place: string, typing = false): void {
    if (document === this.#document && !this.#isBroken) return
    if (!(typing && this.#typingAt === place)) this.#remember(place)
    this.#typingAt = typing ? place : undefined
    this.#document = document
    this.#text = undefined
    this.#isTyped = false
    this.#isBroken = false
    this.#say({ by: 'form', place })
  }

  /** Takes over a text that was typed. `began` says that the change before it was another one. */
  type(text: string, place: string): void {
    if (text === this.text) return
    if (this.#typingAt !== 'text') this.#remember(place)
    this.#typingAt = 'text'
    this.#take(text)
    this.#say({ by: 'text', place })
  }

  /** What comes next is a change of its own. */
  settle(): void {
    this.#typingAt = undefined
  }

  /** Takes the latest change back; answers where it was made. */
  undo(): string | undefined {
    return this.#step(this.#past, this.#future)
  }

  /** Makes the change again that was taken back last. */
  redo(): string | undefined {
    return this.#step(this.#future, this.#past)
  }

  /**
   * Takes over what somebody else has done meanwhile. `renewed` gives each remembered state as it would be with that work in it, so
   * that taking one's own change back leaves theirs.
   */
  join(text: string, renewed: (before: Json) => Json): void {
    const renew = ({ document, text: old, place }: Snapshot): Snapshot[] => {
      const before = document ?? (old === undefined ? undefined : read(old))
      return before === undefined ? [] : [{ document: renewed(before), place }]
    }
    this.#past = this.#past.flatMap(renew)
    this.#future = this.#future.flatMap(renew)
    this.settle()
    this.#take(text)
    this.#say({ by: 'others', place: '' })
  }

  #take(text: string): void {
    this.#text = text
    this.#isTyped = true
    const document = read(text)
    this.#isBroken = document === undefined
    if (document !== undefined) this.#document = document
  }

  #now(place: string): Snapshot {
    return {
      ...(this.#text !== undefined && { text: this.#text }),
      ...(!this.#isBroken && this.#document !== undefined && { document: this.#document }),
      place,
    }
  }

  #remember(place: string): void {
    this.#past = [...this.#past.slice(1 - REMEMBERED), this.#now(place)]
    this.#future = []
  }

  #step(from: Snapshot[], to: Snapshot[]): string | undefined {
    const snapshot = from.pop()
    if (!snapshot) return undefined
    const { text, document, place } = snapshot
    to.push(this.#now(place))
    this.settle()
    if (text !== undefined) this.#take(text)
    else if (document !== undefined) {
      this.#document = document
      this.#text = undefined
      this.#isTyped = false
      this.#isBroken = false
    }
    this.#say({ by: 'history', place })
    return place
  }

  #say(detail: DraftChange): void {
    this.dispatchEvent(new CustomEvent<DraftChange>('change', { detail }))
  }
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return undefined
  }
}
