import { flagsOf } from '../../catalogue/rules/case-flags.ts'
import {
  type ConsentHistory,
  type ConsentStanding,
  holdsUntil,
  isReleased,
  standingOf,
} from '../../catalogue/rules/consent.ts'
import { stepAhead, stopsOn } from '../../catalogue/rules/consent-ahead.ts'
import { addDays, NEVER } from '../../catalogue/rules/dates.ts'
import { type CaseEventKind, deadlinesOf, firstToMeet } from '../../catalogue/rules/deadline.ts'
import { firstStage, stageOf, waitsForPlace } from '../../catalogue/rules/pathway.ts'
import type { Calendar } from '../../catalogue/schema/calendar.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ConsentPurpose } from '../../catalogue/schema/consent.ts'
import type { Move, Pathway, PlaceKind } from '../../catalogue/schema/pathway.ts'
import type { LiveVersion } from '../catalogues/standing.ts'
import type { Bindings } from '../environment.ts'
import { tellStopped } from '../erasures/erase.ts'
import type { LetterToKeep } from '../letters/letter.ts'
import { sealedLetter } from '../letters/sealed.ts'
import { insertLetters } from '../letters/store.ts'
import { type Entry, recordEntry } from '../records/store.ts'
import { type Keyring, keyringOf } from '../sealing/keyring.ts'
import { open, openReferralKey, seal } from '../sealing/seal.ts'
import {
  type CaseName,
  caseWith,
  changeStatements,
  type EventToKeep,
  endPlaces,
  forgetStatements,
  freePlaces,
  joinWaitingList,
  type KeptCase,
  leaveWaitingList,
  type ReferralRow,
  type ReferralState,
  type StoredEvent,
  sealedStatement,
  takePlace,
} from './case.store.ts'
import { calendarOf, documentsFor } from './versions.ts'

/** A referral whose key is at hand, with the pathway that it goes. */
export class OpenCase {
  readonly kept: KeptCase
  readonly pathway: Pathway
  readonly document: Catalogue
  /** What its days are counted by: everything that its provider has published, as cases outlive their catalogue. */
  readonly calendar: Calendar
  readonly #key: CryptoKey

  private constructor(kept: KeptCase, pathway: Pathway, document: Catalogue, calendar: Calendar, key: CryptoKey) {
    this.kept = kept
    this.pathway = pathway
    this.document = document
    this.calendar = calendar
    this.#key = key
  }

  /** Opens a referral by the catalogue version that it keeps for ever. Throws `KeyError` where its master key is not held. */
  static async of(
    ring: Keyring,
    kept: KeptCase,
    document: Catalogue | undefined,
    calendar: Calendar,
  ): Promise<OpenCase> {
    const pathway = document?.pathways?.find(({ id }) => id === kept.referral.pathway)
    if (!document || !pathway) throw new RangeError('The catalogue of a referral has lost its pathway.')
    const key = await openReferralKey(ring, kept.referral.id, kept.referral)
    return new OpenCase(kept, pathway, document, calendar, key)
  }

  get referral(): ReferralRow {
    return this.kept.referral
  }

  get key(): CryptoKey {
    return this.#key
  }

  /** What is sealed under a name; undefined where nothing is. */
  async read<Value>(name: string): Promise<Value | undefined> {
    const sealed = this.kept.sealed.get(name)
    if (!sealed) return undefined
    const place = { referral: this.referral.id, name, revision: sealed.revision }
    return JSON.parse(await open(this.#key, sealed.text, place)) as Value
  }

  /** Everything that is sealed under names that begin so, by what follows: `part:`, `person:`. */
  async readAll<Value>(beginning: string): Promise<Record<string, Value>> {
    const names = [...this.kept.sealed.keys()].filter((name) => name.startsWith(beginning))
    const values = await Promise.all(
      names.map(async (name) => [name.slice(beginning.length), await this.read<Value>(name)] as const),
    )
    return Object.fromEntries(values.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
  }

  /** The statement that seals a value under a name, as the revision after the one that was read. */
  async write(db: D1Database, name: string, value: unknown, at: string): Promise<D1PreparedStatement> {
    const revision = (this.kept.sealed.get(name)?.revision ?? 0) + 1
    const text = await seal(this.#key, JSON.stringify(value), { referral: this.referral.id, name, revision })
    return sealedStatement(db, this.referral.id, name, revision, text, at)
  }

  /** A letter about the referral as it is kept: sealed under its key. */
  sealed(letter: LetterToKeep): Promise<LetterToKeep> {
    return sealedLetter(this.#key, this.referral.id, letter)
  }

  get consentHistory(): ConsentHistory {
    const { people, asks, answers } = this.kept
    return { people, asks, answers }
  }

  /** How it stands with a purpose; with each of its specialists, where it is asked for each: then any that is given counts. */
  standing(purpose: string, today: string, each = ''): ConsentStanding {
    const found = this.pathway.consent.purposes.find(({ id }) => id === purpose)
    return found ? standingOf(this.pathway.consent, found, each, this.consentHistory, today) : 'not-asked'
  }

  purpose(id: string): ConsentPurpose | undefined {
    return this.pathway.consent.purposes.find((purpose) => purpose.id === id)
  }

  isReleased(today: string): boolean {
    return isReleased(this.pathway.consent, this.consentHistory, today)
  }

  /** The day on which it stops unless its permission is given anew; undefined where that does not run out. */
  get stopsOn(): string | undefined {
    const { status, heldUntil } = this.referral
    if (status !== 'open' || heldUntil === NEVER) return undefined
    return stopsOn(this.pathway.consent, heldUntil, this.kept.events)
  }

  /** Whether the permission that released it has run out by a day: nobody may read what it says until it is given anew. */
  hasRunOut(today: string): boolean {
    return this.referral.status === 'open' && this.referral.heldUntil < today
  }

  /** The day on which the panel meets that is to decide on it; undefined where it stands on no agenda, or its panel has met. */
  panelOn(today: string): string | undefined {
    const { status, stage } = this.referral
    if (status !== 'open' || this.hasRunOut(today) || !stageOf(this.pathway, stage)?.panel) return undefined
    return this.kept.panels.find(({ meetsOn }) => meetsOn >= today)?.meetsOn
  }
}

/** A referral with its key and pathway; undefined where there is none, or its key was destroyed. */
export async function openCaseWith(env: Bindings, name: CaseName): Promise<OpenCase | undefined> {
  const kept = await caseWith(env.DB, name)
  if (!kept) return undefined
  const { referral } = kept
  const [documentOf, calendar] = await Promise.all([
    documentsFor(env.DB, referral.provider, [referral]),
    calendarOf(env.DB, referral.provider, withOwn(kept)),
  ])
  return OpenCase.of(keyringOf(env), kept, documentOf(referral), calendar)
}

/** What is published, and the referral’s own version where its catalogue was taken back. */
function withOwn({ referral: { catalogue, version }, published }: KeptCase): LiveVersion[] {
  const isThere = published.some((one) => one.catalogue === catalogue)
  return isThere ? published : [...published, { catalogue, version, fromOn: '' }]
}

/** Who changes a case, and when. */
export interface Changing {
  /** A person's id, `school`, `family` or `system`. */
  actor: string
  /** The calendar's day. */
  today: string
  /** The real clock, in milliseconds. */
  now: number
}

/** What became of a change: kept, or refused because somebody was quicker, or because no place was left, or because its key was used. */
export type Changed = 'done' | 'conflict' | 'no-place' | 'key-taken'

/**
 * A change to a case, put together and then kept as one batch or not at all: events, sealed texts, letters, the record, and the row as it
 * then stands. Two changes to the same state cannot both be kept: the number of an event belongs to who comes first.
 */
export class CaseChange {
  readonly #open: OpenCase
  readonly #by: Changing
  readonly #events: EventToKeep[] = []
  readonly #sealed: [name: string, value: unknown][] = []
  readonly #letters: LetterToKeep[] = []
  readonly #entries: Omit<Entry, 'provider' | 'actor' | 'subject'>[] = []
  readonly #more: ((db: D1Database, at: string) => D1PreparedStatement[])[] = []
  readonly #state: ReferralState
  #history: ConsentHistory
  #forgets = false

  constructor(openCase: OpenCase, by: Changing) {
    this.#open = openCase
    this.#by = by
    const { status, stage, sentOn, releasedOn, stageOn, endedOn, outcome, ...more } = openCase.referral
    const { dueOn, dueOf, flags, deleteOn, heldUntil, consentOn, reference, school } = more
    const days = { sentOn, releasedOn, stageOn, endedOn, dueOn, deleteOn, heldUntil, consentOn }
    this.#state = { status, stage, outcome, dueOf, flags, reference, school, ...days }
    this.#history = openCase.consentHistory
  }

  /** Who is asked what and who has answered, with what the change adds to it. */
  get consentHistory(): ConsentHistory {
    return this.#history
  }

  /** Says what the change adds to who is asked what and who has answered: by it the row knows until when its permission holds. */
  consents({ people = [], asks = [], answers = [] }: Partial<ConsentHistory>): void {
    const before = this.#history
    const known = (id: string) => people.some((one) => one.id === id)
    this.#history = {
      people: [...before.people.filter(({ id }) => !known(id)), ...people],
      asks: [...before.asks, ...asks],
      answers: [...before.answers, ...answers],
    }
  }

  /** The history with what the change adds to it. */
  get events(): readonly StoredEvent[] {
    return [...this.#open.kept.events, ...this.#events]
  }

  get state(): Readonly<ReferralState> {
    return this.#state
  }

  /** Adds an event; `said` is sealed with it as `event:N`, `detail` holds codes and ids alone. Returns its number. */
  event(
    kind: CaseEventKind,
    of: string,
    { said, detail = {}, on = this.#by.today }: { said?: unknown; detail?: EventToKeep['detail']; on?: string } = {},
  ): number {
    const number = this.#open.referral.events + this.#events.length + 1
    const at = new Date(this.#by.now).toISOString()
    this.#events.push({ number, kind, of, on, at, actor: this.#by.actor, detail })
    if (said !== undefined) this.#sealed.push([`event:${number}`, said])
    return number
  }

  /** Seals a value under a name, in place of what is there. */
  seal(name: string, value: unknown): void {
    this.#sealed.push([name, value])
  }

  /** A letter that goes out once the change is kept. */
  letter(letter: LetterToKeep): void {
    this.#letters.push(letter)
  }

  /** The letters that go out once the change is kept. */
  get letters(): readonly LetterToKeep[] {
    return this.#letters
  }

  /** Other letters in place of those that it has. */
  writesInstead(letters: readonly LetterToKeep[]): void {
    this.#letters.splice(0, this.#letters.length, ...letters)
  }

  /** An entry of the provider's record, about the referral's reference. */
  entry(action: string, detail?: Entry['detail']): void {
    this.#entries.push(detail ? { action, detail } : { action })
  }

  /** Statements that belong into the same batch. */
  also(statements: (db: D1Database, at: string) => D1PreparedStatement[]): void {
    this.#more.push(statements)
  }

  /** The school has sent it: it waits for consent. */
  sent(reference: string, school: string): void {
    Object.assign(this.#state, { status: 'waiting', reference, school, sentOn: this.#by.today })
    this.#state.deleteOn = addDays(this.#by.today, this.#open.pathway.retention.unansweredDays)
    this.event('sent', '')
  }

  /** Consent has released it: it comes to the first stage, and the provider may look. */
  released(): void {
    Object.assign(this.#state, { status: 'open', releasedOn: this.#by.today })
    this.event('released', '')
    this.enter(firstStage(this.#open.pathway))
  }

  enter(stage: string): void {
    Object.assign(this.#state, { stage, stageOn: this.#by.today })
    this.event('entered', stage)
  }

  /** The day on which it is deleted, unless something happens before. */
  keepUntil(day: string): void {
    this.#state.deleteOn = day
  }

  /** Consent was refused, was withdrawn or ran out, or the school took it back: work stops, places are given back, and what it said of the pupil goes at once. */
  stop(why: 'refused' | 'withdrawn' | 'taken-back' | 'expired'): void {
    Object.assign(this.#state, { status: 'stopped', outcome: why, endedOn: this.#by.today })
    this.#state.deleteOn = addDays(this.#by.today, this.#open.pathway.retention.withdrawnDays)
    this.event('stopped', why)
    this.#forgets = true
    if (this.#usedPlace) this.#endPlaces()
    else this.free()
  }

  /** It is decided or done: `decline` is kept for a time of its own, where the pathway gives it one. */
  end(outcome: Move['as']): void {
    const { endedMonths, declinedMonths = endedMonths } = this.#open.pathway.retention
    Object.assign(this.#state, { status: 'ended', outcome, endedOn: this.#by.today })
    this.#state.deleteOn = addMonths(this.#by.today, outcome === 'decline' ? declinedMonths : endedMonths)
    this.event('ended', outcome)
    this.#endPlaces()
  }

  /** Gives a place: of a pool that counts, or freely where `pool` is empty. */
  give(kind: PlaceKind, pool: string, number: number): void {
    const { id, provider } = this.#open.referral
    const place = { referral: id, number, provider, kind: kind.id, pool, on: this.#by.today, most: kind.most ?? 0 }
    this.also((db) => takePlace(db, place))
  }

  /** Gives its places back. */
  free(): void {
    const { id } = this.#open.referral
    if (this.#holdsPlace) this.also((db) => freePlaces(db, id, this.#by.today))
  }

  #endPlaces(): void {
    const { id } = this.#open.referral
    if (this.#holdsPlace) this.also((db) => endPlaces(db, id, this.#by.today))
  }

  get #holdsPlace(): boolean {
    return this.#open.kept.places.some(({ freedOn }) => freedOn === null)
  }

  /** Whether a place that it holds was used: the case has gone on since it was given, to where no decision gives it back any more. */
  get #usedPlace(): boolean {
    const { pathway, kept, referral } = this.#open
    if (stageOf(pathway, referral.stage)?.moves.some(({ frees }) => frees)) return false
    const held = kept.places.filter(({ freedOn }) => freedOn === null)
    // With the place it enters the stage that the decision leads to.
    const isAfter = (given: number) => (event: StoredEvent) =>
      (event.kind === 'entered' && event.number > given + 1) || (event.kind === 'recorded' && event.number > given)
    return held.some(({ number }) => kept.events.some(isAfter(number)))
  }

  /** It stands on the waiting list for as long as it is at a stage that waits for a place. */
  #waiting(db: D1Database): D1PreparedStatement[] {
    const { pathway, referral } = this.#open
    const waited = referral.status === 'open' && waitsForPlace(pathway, referral.stage)
    const waits = this.#state.status === 'open' && waitsForPlace(pathway, this.#state.stage)
    if (waits === waited) return []
    return [waits ? joinWaitingList(db, referral, this.#by.today) : leaveWaitingList(db, referral.id)]
  }

  /** What a change that stops a referral seals: its own texts, and the answers that stay as who gave them, without the words beside them. */
  async #withoutWords(): Promise<[name: string, value: unknown][]> {
    const answers = Object.entries(await this.#open.readAll<{ words?: string }>('answer:'))
    const own = this.#sealed.map(([name, value]): [string, unknown] =>
      name.startsWith('answer:') ? [name, { ...(value as object), words: undefined }] : [name, value],
    )
    const earlier = answers
      .filter(([, { words }]) => words !== undefined)
      .map(([number, answer]): [string, unknown] => [`answer:${number}`, { ...answer, words: undefined }])
    return [...own, ...earlier]
  }

  /** Keeps the change. */
  async keep(db: D1Database): Promise<Changed> {
    const { referral, pathway, calendar, key } = this.#open
    const { id, provider } = referral
    const at = new Date(this.#by.now).toISOString()
    // One that nobody ever ends is kept as long as one that has ended, from the last thing that happened on.
    if (this.#state.status === 'open') this.#state.deleteOn = addMonths(this.#by.today, pathway.retention.endedMonths)
    const due = firstToMeet(deadlinesOf(pathway, this.events, calendar))
    this.#state.dueOn = due?.dueOn ?? NEVER
    this.#state.dueOf = due?.id ?? ''
    const { status } = this.#state
    const holds = status === 'open' ? holdsUntil(pathway.consent, this.#history) : undefined
    this.#state.heldUntil = holds ?? NEVER
    const facts = { status, heldUntil: this.#state.heldUntil, events: this.events, history: this.#history }
    this.#state.consentOn = stepAhead(pathway.consent, facts)?.on ?? NEVER
    this.#state.flags = this.#state.status === 'open' ? flagsOf(pathway, this.events).join(' ') : ''
    const texts = this.#forgets ? await this.#withoutWords() : this.#sealed
    const sealed = await Promise.all(texts.map(([name, value]) => this.#open.write(db, name, value, at)))
    const letters = await Promise.all(this.#letters.map((letter) => sealedLetter(key, id, letter)))
    const subject = this.#state.reference ?? id
    const statements = [
      // First, so that who comes second is refused before anything else is looked at.
      ...changeStatements(db, id, this.#state, this.#events, at),
      // Before what this change seals, so that its own words stay.
      ...(this.#forgets ? forgetStatements(db, id) : []),
      ...sealed,
      ...this.#waiting(db),
      ...this.#more.flatMap((more) => more(db, at)),
      ...(letters.length > 0 ? [insertLetters(db, letters)] : []),
      ...this.#entries.map((entry) => recordEntry(db, { ...entry, provider, actor: this.#by.actor, subject }, at)),
    ]
    try {
      await db.batch(statements)
      if (this.#forgets) tellStopped(id, provider, this.#state)
      return 'done'
    } catch (error) {
      const said = error instanceof Error ? error.message : ''
      if (/no place is left/.test(said)) return 'no-place'
      // Read anew, it is found to be there no longer.
      if (/the referral is erased/.test(said)) return 'conflict'
      // Whom it was to stand before on the waiting list has left it: read anew, the order is another.
      if (/NOT NULL constraint failed: waiting_place/.test(said)) return 'conflict'
      if (!/UNIQUE constraint failed/i.test(said)) throw error
      if (/referral_asked\./.test(said)) return 'key-taken'
      return 'conflict'
    }
  }
}

function addMonths(day: string, months: number): string {
  const whole = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const first = `${Math.floor(whole / 12)}-${String((whole % 12) + 1).padStart(2, '0')}`
  // A month that lacks the day ends before it.
  const last = addDays(`${first}-01`, Math.min(Number(day.slice(8)), daysIn(first)) - 1)
  return last
}

function daysIn(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).getUTCDate()
}
