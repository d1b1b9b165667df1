import { type Conflict, merged, resolved } from '../../../catalogue/rules/merge.ts'
import { ask, detailOf, path, problemOf } from '../api.ts'
import type { DraftDocument } from './document/draft-document.ts'
import type { Json } from './document/places.ts'
import { written } from './document/written.ts'
import type { Draft } from './replies.ts'

/** So many milliseconds after the last key a draft is sent. */
const AFTER = 800

/** So many milliseconds after the last key it is kept in this browser. */
const LOCALLY_AFTER = 150

/** After a failure it is tried again so many milliseconds later, each time twice as long, up to the last. */
const AGAIN = [2_000, 4_000, 8_000, 15_000, 30_000]

/** How it stands with what was typed. */
export type KeepingState =
  | 'saved'
  | 'unsaved'
  | 'sending'
  /** The worker does not answer. */
  | 'offline'
  | 'signed-out'
  /** Somebody changed the same: people decide. */
  | 'conflict'
  /** The draft was published or thrown away meanwhile. */
  | 'closed'
  /** Published or thrown away from here: there is nothing to keep any longer. */
  | 'done'
  | 'too-large'
  | 'forbidden'

/** What two people changed in two ways. */
export interface Clash {
  theirs: Draft
  /** The places, or undefined where one of the two texts cannot be read and only the whole can be chosen. */
  conflicts: Conflict[] | undefined
  merge: ReturnType<typeof merged> | undefined
}

/** What this browser keeps of a draft that is not saved yet. */
interface LocalCopy {
  revision: number
  /** The text of that revision. */
  base: string
  text: string
  at: string
}

/**
 * Keeps a draft: sends it as one types, keeps a copy in this browser until that has succeeded, and joins what others have done
 * meanwhile.
 *
 * @fires change - whenever the state is another one
 */
export class Keeping extends EventTarget {
  state: KeepingState = 'saved'
  /** When the draft was last saved from here. */
  savedAt: Date | undefined
  /** Whether this browser has kept what is not saved yet. */
  isKeptHere = false
  clash: Clash | undefined
  /** Said once: that unsaved work came back, that somebody's changes came in. */
  news: 'restored' | 'joined' | undefined

  readonly #address: string
  readonly #key: string
  readonly #draft: DraftDocument
  #revision: number
  /** The text of that revision. */
  #base: string
  #timer: ReturnType<typeof setTimeout> | undefined
  #localTimer: ReturnType<typeof setTimeout> | undefined
  #failures = 0
  #sending: Promise<void> | undefined
  /** What was last written into this browser from here: another tab keeps its own work. */
  #kept = ''
  #mayAskToSignIn = true
  readonly #changed = () => this.#later()

  constructor(
    { provider, person }: { provider: string; person: string },
    { id, revision, text }: Draft,
    draft: DraftDocument,
  ) {
    super()
    this.#address = path`/providers/${provider}/drafts/${id}`
    this.#key = `outreach-draft:${person}:${provider}:${id}`
    this.#draft = draft
    this.#revision = revision
    this.#base = text
    draft.addEventListener('change', this.#changed)
  }

  /** The revision that the latest save or reading gave. */
  get revision(): number {
    return this.#revision
  }

  /** Whether the draft takes no more changes. */
  get isOver(): boolean {
    return this.state === 'closed' || this.state === 'done'
  }

  /** Whether all that was typed is saved. */
  get isSaved(): boolean {
    return this.#draft.text === this.#base
  }

  /** Takes up what this browser has kept from before: after a crash, a lost connection, an ended session. */
  restore(theirs: Draft): void {
    const copy = this.#local()
    if (!copy) return
    this.#kept = localStorage.getItem(this.#key) ?? ''
    if (copy.text === theirs.text) {
      this.#forget()
      return
    }
    this.#base = copy.base
    this.#revision = copy.revision
    this.#draft.type(copy.text, '')
    this.#draft.settle()
    this.news = 'restored'
    if (copy.revision === theirs.revision) this.#say('unsaved')
    else this.join(theirs)
  }

  /** Sends what is not saved yet, now. */
  async save({ signIn = false } = {}): Promise<void> {
    if (signIn) this.#mayAskToSignIn = true
    clearTimeout(this.#timer)
    await this.#sending
    if (this.isSaved || this.clash || this.isOver) {
      if (this.isSaved && !this.isOver && !this.clash) {
        this.#forget()
        this.#say('saved')
      }
      return
    }
    this.#sending = this.#send()
    await this.#sending
    this.#sending = undefined
  }

  /** Reads the draft anew, where somebody has saved it meanwhile. */
  async catchUp(): Promise<void> {
    if (this.#sending || this.clash || this.isOver) return
    try {
      const { body } = await ask<Draft>(this.#address, { quiet: true })
      if (body.state !== 'open') this.#say('closed')
      else if (body.revision > this.#revision) this.join(body)
    } catch (error) {
      if (problemOf(error) === 'not-found' || problemOf(error) === 'conflict') this.#say('closed')
    }
  }

  /** Joins somebody else's text with what was typed here; asks where both changed the same in two ways. */
  join(theirs: Draft): void {
    const base = read(this.#base)
    const other = read(theirs.text)
    const mine = this.#draft.isBroken ? undefined : this.#draft.document
    if (this.isSaved) {
      this.#take(theirs, theirs.text, (before) => joined(base, before, other))
      return
    }
    if (base === undefined || other === undefined || mine === undefined) {
      this.clash = { theirs, conflicts: undefined, merge: undefined }
      this.#say('conflict')
      return
    }
    const merge = merged(base, mine, other)
    if (merge.conflicts.length > 0) {
      this.clash = { theirs, conflicts: merge.conflicts, merge }
      this.#say('conflict')
      return
    }
    this.#take(theirs, written(merge.document as Json), (before) => joined(base, before, other))
  }

  /** Ends a clash: whose value stands at each place, or, of texts that cannot be read, whose text. */
  decide(choices: readonly ('mine' | 'theirs')[]): void {
    const { clash } = this
    if (!clash) return
    this.clash = undefined
    const base = read(this.#base)
    const other = read(clash.theirs.text)
    const text = clash.merge
      ? written(resolved(clash.merge, choices) as Json)
      : choices[0] === 'theirs'
        ? clash.theirs.text
        : this.#draft.text
    this.#take(clash.theirs, text, (before) => joined(base, before, other))
  }

  /** Ends the keeping; what is unsaved stays in this browser. */
  stop(): void {
    clearTimeout(this.#timer)
    if (!this.isSaved) this.keepHere()
    clearTimeout(this.#localTimer)
    this.#draft.removeEventListener('change', this.#changed)
  }

  /** Keeps what is unsaved in this browser, at once. */
  keepHere(): void {
    if (this.isSaved) return
    const copy: LocalCopy = {
      revision: this.#revision,
      base: this.#base,
      text: this.#draft.text,
      at: new Date().toISOString(),
    }
    try {
      this.#kept = JSON.stringify(copy)
      localStorage.setItem(this.#key, this.#kept)
      this.isKeptHere = true
    } catch {
      this.isKeptHere = false
    }
  }

  /** Forgets what this browser has kept: the draft is published or thrown away. */
  close(): void {
    this.#forget()
    this.#base = this.#draft.text
    this.#say('done')
  }

  #take(theirs: Draft, text: string, renewed: (before: Json) => Json): void {
    this.#base = theirs.text
    this.#revision = theirs.revision
    this.news = this.news ?? 'joined'
    this.#draft.join(text, renewed)
    if (this.isSaved) {
      this.#forget()
      this.#say('saved')
    } else this.#later()
  }

  /** Writing the text out takes a while, and no key waits for it: whether anything has changed is seen when it is saved. */
  #later(): void {
    clearTimeout(this.#localTimer)
    this.#localTimer = setTimeout(() => this.keepHere(), LOCALLY_AFTER)
    if (this.clash || this.isOver) return
    if (this.state === 'saved' || this.state === 'sending') this.#say('unsaved')
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.save(), AFTER)
  }

  async #send(): Promise<void> {
    const { text } = this.#draft
    if (this.state === 'saved' || this.state === 'unsaved') this.#say('sending')
    try {
      const { body } = await ask<{ revision: number }>(this.#address, {
        method: 'PUT',
        body: { text },
        match: `"${this.#revision}"`,
        quiet: !this.#mayAskToSignIn,
      })
      this.#failures = 0
      this.#mayAskToSignIn = true
      this.#revision = body.revision
      this.#base = text
      this.savedAt = new Date()
      if (this.isSaved) {
        this.#forget()
        this.#say('saved')
      } else this.#say('unsaved')
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    switch (problemOf(error)) {
      case 'changed-meanwhile': {
        const { current } = detailOf<{ current: Draft }>(error)
        if (current) this.join(current)
        else void this.catchUp()
        return
      }
      case 'signed-out':
        // Asked once, not at every key.
        this.#mayAskToSignIn = false
        this.#say('signed-out')
        return
      case 'not-found':
      case 'conflict':
        this.#say('closed')
        return
      case 'too-large':
        this.#say('too-large')
        return
      case 'forbidden':
        this.#say('forbidden')
        return
      default:
        this.#say('offline')
        this.#timer = setTimeout(() => void this.save(), AGAIN[Math.min(this.#failures, AGAIN.length - 1)])
        this.#failures += 1
    }
  }

  #local(): LocalCopy | undefined {
    try {
      const copy: Partial<LocalCopy> = JSON.parse(localStorage.getItem(this.#key) ?? '{}')
      const { revision, base, text, at = '' } = copy
      return typeof revision === 'number' && typeof base === 'string' && typeof text === 'string'
        ? { revision, base, text, at }
        : undefined
    } catch {
      return undefined
    }
  }

  #forget(): void {
    clearTimeout(this.#localTimer)
    this.isKeptHere = false
    try {
      if (localStorage.getItem(this.#key) === this.#kept) localStorage.removeItem(this.#key)
    } catch {
      // A browser that refuses storage has kept nothing either.
    }
  }

  #say(state: KeepingState): void {
    this.state = state
    this.dispatchEvent(new Event('change'))
  }
}

function joined(base: Json | undefined, mine: Json, theirs: Json | undefined): Json {
  return base === undefined || theirs === undefined ? mine : (merged(base, mine, theirs).document as Json)
}

function read(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
