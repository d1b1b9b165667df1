import { addDays } from '../../catalogue/rules/dates.ts'
import type { Clock } from '../environment.ts'
import { tellLedger } from '../erasures/erase.ts'
import { erase } from '../erasures/store.ts'
import { DEVICE_LASTS } from '../people/cookies.ts'
import { dayInEngland } from '../requests/day.ts'
import { clearOrders, deleteOver, referralsOver } from './store.ts'

/** How many rows of a kind are deleted at a time, and for how long a sweep may go on, in milliseconds. */
const PAGE = 200
const TURN = 10_000

/** A referral takes a batch of its own. */
const REFERRALS = 20

const DAY = 86_400_000

/** Codes are counted by the day, so attempts to sign in are kept for one, in milliseconds. */
const ATTEMPTS_LAST = DAY

/** How long an answer that is sent again is known by its key, in milliseconds. */
const KEYS_LAST = 30 * DAY

/** How long a draft of a catalogue keeps its text once it is closed: it can be looked up until what came of it is seen to be right. */
const CLOSED_DRAFTS_LAST = 90 * DAY

/** How long the name of somebody who belongs nowhere any more still stands beside what they did. */
const PEOPLE_LAST = 400 * DAY

/** How long a panel is kept when none of its cases is there any more, and for how long an exclusion is kept from the day on which it was noted, in days. */
const PANELS_LAST = 400
const EXCLUSIONS_LAST = 730

/**
 * For how long an order says who bought and signed at a school, and what was written beside it, in days: the accounts of a school year are open to audit and to a
 * claim for six years after it (Limitation Act 1980, section 5; HMRC’s VAT Notice 700/21), so seven years from the day of the order on (as of November 2026).
 */
const BUYERS_LAST = 7 * 366

/** How many of all orders a turn looks at: each is passed again after some days at most. */
const ORDERS = 500

/**
 * Deletes what has outstayed its purpose, whether anybody comes by or not: referrals on the day that their catalogue says with the links to them, visits, codes and their
 * letters, to whom letters went, attempts to sign in, sessions, browsers, keys of answers, the texts of closed drafts, who bought and signed seven years ago, and people who belong nowhere any more.
 *
 * @param today the calendar's day, by which referrals are kept
 */
export async function sweep(db: D1Database, now: Clock, today: string = dayInEngland(now())): Promise<void> {
  const began = now()
  const before = (milliseconds: number) => new Date(began - milliseconds).toISOString()
  const over = {
    at: before(0),
    dayBefore: before(ATTEMPTS_LAST),
    devicesBefore: before(DEVICE_LASTS),
    keysBefore: before(KEYS_LAST),
    draftsBefore: before(CLOSED_DRAFTS_LAST),
    peopleBefore: before(PEOPLE_LAST),
    panelsBefore: addDays(today, -PANELS_LAST),
    exclusionsBefore: before(EXCLUSIONS_LAST * DAY),
  }
  const troubles: unknown[] = []
  // Somebody who is at it right now has a day to send it, whatever the calendar says.
  for (let after: Place | undefined = ['', '']; after && now() - began < TURN; )
    after = await sweepReferrals(db, now, today, before(DAY), after, troubles)
  await clearOrders(db, before(BUYERS_LAST * DAY), ORDERS)
  while ((await deleteOver(db, over, PAGE)) >= PAGE && now() - began < TURN);
  if (troubles.length > 0) throw troubles[0]
}

/** A place among the referrals whose time is over: the day and the id of one. */
type Place = readonly [deleteOn: string, id: string]

/** Erases some of the referrals whose time is over, and says after which to go on. One that cannot be erased keeps none of the others. */
async function sweepReferrals(
  db: D1Database,
  now: Clock,
  today: string,
  untouchedSince: string,
  after: Place,
  troubles: unknown[],
): Promise<Place | undefined> {
  const found = await referralsOver(db, today, untouchedSince, after, REFERRALS)
  for (const { id, provider, reference } of found) {
    const at = new Date(now()).toISOString()
    const why = 'retention'
    try {
      const done = await erase(db, { referral: id, provider, reference, actor: 'system', at, why, detail: { why } })
      if (done === 'done') tellLedger(id, provider, why, now())
    } catch (error) {
      troubles.push(error)
    }
  }
  const last = found.at(-1)
  return last && found.length === REFERRALS ? [last.deleteOn, last.id] : undefined
}
