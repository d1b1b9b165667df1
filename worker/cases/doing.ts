import type { CaseChangedReply, CaseMeanwhile } from '../../catalogue/wire/case.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { insertAsk, keptAsk } from '../referrals/asked.store.ts'
import { CaseChange } from '../referrals/open-case.ts'
import type { Limits } from '../requests/limits.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { markOf } from '../sealing/seal.ts'
import { statusOf } from './around.store.ts'
import { eventsFor, nameIn, nameOf } from './one.ts'
import { caseFor, type ReadCase, type Reader, readerOf } from './reading.ts'

/** What an Idempotency-Key may look like. */
const KEY = /^[\x21-\x7e]{1,200}$/

/** How often a change is decided anew over what somebody else has done at the same instant. */
const TURNS = 30

/** Somebody who changes something, with the key that makes it happen once. */
export interface Doer extends Reader {
  key: string
}

/** Who changes something, counted. Throws `key-required` where the request has no Idempotency-Key. */
export async function doerOf(c: AppContext, limits: Limits): Promise<Doer> {
  await limits.countWrite(c)
  const key = (c.req.header('Idempotency-Key') ?? '').trim()
  if (!KEY.test(key)) throw new Failure('key-required')
  return { ...readerOf(c), key }
}

/** The scope of the keys of a provider’s console. */
export function scopeOf({ provider }: Pick<Reader, 'provider'>): string {
  return `console:${provider}`
}

/** What a key was used for, where it was used for the same request. Throws `key-reused` where it was another. */
export async function doneBefore<Receipt>(doer: Doer, asked: string): Promise<Receipt | undefined> {
  const earlier = await keptAsk(doer.env.DB, scopeOf(doer), doer.key)
  if (earlier && earlier.asked !== asked) throw new Failure('key-reused')
  return earlier && JSON.parse(earlier.receipt)
}

/** The blind mark of a request, by which a key that is used again is told from one that is reused: what was typed cannot be guessed from it. */
export function requestOf(
  { env, provider, person }: Pick<Reader, 'env' | 'provider' | 'person'>,
  parts: readonly unknown[],
): Promise<string> {
  return markOf(keyringOf(env), provider, 'request', JSON.stringify([person, ...parts]))
}

/** What is put together for a change: the change, the case that it is made to, and what the reply says beside how it then stands. */
export type Decide = (
  change: CaseChange,
  read: ReadCase,
) => Promise<Record<string, unknown> | 'nothing-new' | undefined>

/** What can be done with a case whose permission has run out: the family is asked anew. */
const ASKING = 'ask'

/**
 * Changes a case once for each key. One whose permission has run out is a `conflict` with that status, unless the family is asked. What somebody else has done since `seen` is a `conflict` that says what it was; where nothing was
 * seen, it is decided anew. `full` says what there is instead where no place is left.
 */
export async function changeCase(
  doer: Doer,
  reference: string,
  request: readonly unknown[],
  seen: number | undefined,
  decide: Decide,
  full?: (read: ReadCase) => Promise<Failure>,
): Promise<CaseChangedReply> {
  const { env, person, today, now } = doer
  const asked = await requestOf(doer, [reference, ...request])
  for (let turn = 0; turn < TURNS; turn += 1) {
    const [earlier, read] = await Promise.all([doneBefore<CaseChangedReply>(doer, asked), caseFor(doer, reference)])
    if (earlier) return earlier
    if (!read) throw await unreadable(doer, reference)
    const { referral } = read.opened
    const { id } = referral
    if (seen !== undefined && seen !== referral.events) throw meanwhile(doer.as, read, seen)
    if (read.opened.hasRunOut(today) && request[0] !== ASKING) throw ranOut(referral.status)
    const change = new CaseChange(read.opened, { actor: person, today, now })
    const more = await decide(change, read)
    if (more === 'nothing-new') return receiptOf(reference, referral.status, referral.stage, referral.events)
    const { status, stage } = change.state
    const receipt = { ...receiptOf(reference, status, stage, change.events.at(-1)?.number ?? 0), ...more }
    change.also((db, at) => [
      insertAsk(db, { scope: scopeOf(doer), key: doer.key, asked, receipt: JSON.stringify(receipt), referral: id }, at),
    ])
    const kept = await change.keep(env.DB)
    if (kept === 'done') return receipt
    if (kept === 'no-place' && full) throw await full((await caseFor(doer, reference)) ?? read)
  }
  throw new Failure('conflict')
}

/** How a case stands once something was done with it. */
export function receiptOf(reference: string, status: string, stage: string, seen: number): CaseChangedReply {
  return { reference, status: status === 'open' || status === 'ended' ? status : 'stopped', stage, seen }
}

/** What happened since somebody looked. */
export function meanwhile(as: Reader['as'], { opened, around }: ReadCase, seen: number): Failure {
  const { referral, kept } = opened
  const more: CaseMeanwhile = {
    seen: referral.events,
    status: referral.status,
    stage: referral.stage,
    events: eventsFor(as, kept.events)
      .filter(({ number }) => number > seen)
      .map((event) => {
        const somebody = around.names.get(event.actor)
        return {
          number: event.number,
          kind: event.kind,
          of: event.of,
          name: nameIn({ opened, around }, event),
          at: event.at,
          detail: event.detail,
          actor: somebody ? { kind: 'person', name: nameOf(somebody) } : { kind: event.actor, name: null },
        }
      }),
  }
  return new Failure('conflict', { more: { ...more } })
}

function ranOut(status: string): Failure {
  const detail =
    'The permission that released it has run out. Until the family has agreed anew, nobody can read it, and nothing can be done but ask.'
  return new Failure('conflict', { more: { detail, status } })
}

/** A case that cannot be read any more: where it was stopped meanwhile, whoever decides on it is told so. */
async function unreadable({ env, provider }: Doer, reference: string): Promise<Failure> {
  if ((await statusOf(env.DB, provider, reference)) !== 'stopped') return new Failure('not-found')
  const detail =
    'Consent was withdrawn or has run out, or the school took the referral back. Work on it stops, and nothing was changed.'
  return new Failure('conflict', { more: { detail, status: 'stopped' } })
}
