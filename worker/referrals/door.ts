import type { Bindings } from '../environment.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { linkAgainLetter } from '../letters/referral-school.en.ts'
import { hashOf, newSecret } from '../people/secret.ts'
import { keepLinkAgain } from './draft.store.ts'
import type { Doing } from './drafts.ts'
import { enter, type KeptLink, linkWith, newestLink, takeTry } from './link.store.ts'
import { countedLetters } from './mailbox.ts'
import { type OpenCase, openCaseWith } from './open-case.ts'
import { newLink } from './school-door.ts'
import { VISIT_LASTS } from './visit.ts'

/** Wrong answers to what a door asks, after which a link is locked. */
export const MOST_TRIES = 5

/** A new link is sent at most so often, in milliseconds: whoever holds an old one cannot fill a mailbox. */
const LINK_AGAIN_AFTER = 10 * 60_000

/** How a link stands. `taken-back`: its colleague is let in no longer. `unknown`: there is no such link, or what it led to is gone. */
export type DoorState = 'open' | 'locked' | 'over' | 'taken-back' | 'unknown'

/** The door that a link of a letter leads to. It says nothing about anybody, and looking at it changes nothing. */
export interface Door {
  state: DoorState
  as: 'referrer' | 'colleague'
  provider: string
  referral: string
}

/** When and where somebody is at the door. */
export interface AtDoor {
  /** The calendar's day, and the real clock in milliseconds. */
  today: string
  now: number
}

/** The door of a link's secret, for a page that only shows it. */
export async function doorWith(env: Bindings, referral: string, secret: string, by: AtDoor): Promise<Door> {
  const link = await found(env, referral, secret, by)
  if (!link) return { state: 'unknown', as: 'referrer', provider: '', referral }
  return {
    state: stateOf(link, by),
    as: link.as === 'colleague' ? 'colleague' : 'referrer',
    provider: link.provider,
    referral,
  }
}

/** What came of knocking: a visit's secret, or how many tries are left. */
export type Knocked =
  | { outcome: 'in'; secret: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: Exclude<DoorState, 'open'> }

/** Opens a door to whoever names the address that its letter went to. */
export async function knock(
  env: Bindings,
  { referral, link: secret, email }: { referral: string; link: string; email: string },
  by: AtDoor,
): Promise<Knocked> {
  const link = await found(env, referral, secret, by)
  if (!link) return { outcome: 'unknown' }
  const state = stateOf(link, by)
  if (state !== 'open') return { outcome: state }
  const taken = await takeTry(env.DB, link.hash, instant(by.now), MOST_TRIES)
  if (taken === undefined) return { outcome: 'locked' }
  const openCase = await openCaseWith(env, { id: referral })
  if (!openCase || (await addressOf(openCase, link)) !== email.trim().toLowerCase()) {
    const triesLeft = MOST_TRIES - taken
    return triesLeft > 0 ? { outcome: 'wrong', triesLeft } : { outcome: 'locked' }
  }
  const visit = newSecret()
  const entering = { hash: await hashOf(visit), referral, link: link.hash, endsAt: instant(by.now + VISIT_LASTS) }
  await enter(env.DB, entering, by.today)
  return { outcome: 'in', secret: visit }
}

/**
 * Sends a new link to the address that an old one went to, whatever has become of that one. The answer is the same whether or
 * not a letter goes out: none does soon after the last, nor for a link that nobody knows.
 */
export async function sendNewLink(env: Bindings, referral: string, secret: string, by: Doing): Promise<void> {
  const link = await found(env, referral, secret, by)
  const openCase = link && (await openCaseWith(env, { id: referral }))
  const to = openCase && (await addressOf(openCase, link))
  // A colleague who is let in no longer has no address any more.
  if (openCase && to !== undefined) await sendLink(env, openCase, { ...link, to }, by)
}

/**
 * The same for whoever is at a page of a referral without a visit, and names an address: a link goes to it if it is the referrer’s or a
 * colleague’s, and the answer is the same.
 */
export async function sendLinkTo(
  env: Bindings,
  { provider, referral }: { provider: string; referral: string },
  email: string,
  by: Doing,
): Promise<void> {
  const openCase = await openCaseWith(env, { id: referral })
  if (!openCase || openCase.referral.provider !== provider || openCase.referral.deleteOn <= by.today) return
  const [referrer, colleagues] = await Promise.all([
    openCase.read<{ email: string }>('referrer'),
    openCase.readAll<{ email: string; parts: string[] }>('colleague:'),
  ])
  const to = email.trim().toLowerCase()
  if (referrer?.email === to) await sendLink(env, openCase, { as: 'referrer', who: '', parts: [], to }, by)
  for (const [who, colleague] of Object.entries(colleagues))
    if (colleague.email === to) await sendLink(env, openCase, { as: 'colleague', who, parts: colleague.parts, to }, by)
}

/** Sends somebody a new link, unless they had one a moment ago, or their mailbox has had enough for today. */
async function sendLink(
  env: Bindings,
  openCase: OpenCase,
  { as, who, parts, to }: Pick<KeptLink, 'as' | 'who' | 'parts'> & { to: string },
  by: Doing,
): Promise<void> {
  const { id: referral, provider, reference } = openCase.referral
  const newest = await newestLink(env.DB, referral, as, who)
  if (newest !== undefined && by.now - Date.parse(newest) < LINK_AGAIN_AFTER) return
  const counts = await countedLetters(env, [to], by.now).catch((error: unknown) => {
    if (error instanceof Failure && error.type === 'too-many-requests') return undefined
    throw error
  })
  if (!counts) return
  const { secret, link } = await newLink({ referral, as, who, parts }, by.now)
  await keepLinkAgain(
    env.DB,
    link,
    await openCase.sealed({
      id: newLetterId(),
      provider,
      about: reference ?? '',
      to,
      ...linkAgainLetter(openCase.document, by.link, openCase.referral, secret, as === 'colleague'),
      writtenAt: instant(by.now),
    }),
    counts,
  )
}

async function found(
  env: Bindings,
  referral: string,
  secret: string,
  { today }: AtDoor,
): Promise<KeptLink | undefined> {
  if (!/^[0-9a-f]{64}$/.test(secret)) return undefined
  const link = await linkWith(env.DB, await hashOf(secret))
  return link && link.referral === referral && link.as !== 'consent' && link.deleteOn > today ? link : undefined
}

function stateOf({ tries, revokedAt, endsAt, takenBack }: KeptLink, { now }: AtDoor): DoorState {
  if (takenBack === 1) return 'taken-back'
  if (revokedAt !== null || Date.parse(endsAt) <= now) return 'over'
  return tries >= MOST_TRIES ? 'locked' : 'open'
}

/** The address that a link's letter went to. */
async function addressOf(openCase: OpenCase, { as, who }: KeptLink): Promise<string | undefined> {
  return (await openCase.read<{ email: string }>(as === 'referrer' ? 'referrer' : `colleague:${who}`))?.email
}

function instant(milliseconds: number): string {
  return new Date(milliseconds).toISOString()
}
