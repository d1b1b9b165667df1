import type { Clock } from '../environment.ts'
import type { Keyring } from '../sealing/keyring.ts'
import { type Delivery, MAIL_PATIENCE, type Mailer } from './mailer.ts'
import { openedLetter } from './sealed.ts'
import { dueLetters, giveBackLease, giveUp, markAttempt, markSent, putOff, takeLease } from './store.ts'

/** How many letters one turn of the schedule takes from the queue at a time. */
const PAGE = 20

/** How long a turn may go on, in milliseconds: less than the lease by more than one letter can take. */
const TURN = 50_000
const LEASE = TURN + 3 * MAIL_PATIENCE

/** After so many attempts, over three days and more, a letter is given up. */
export const MOST_ATTEMPTS = 20

/** What a turn of the schedule did. */
export interface Turn {
  sent: number
  putOff: number
  failed: number
}

/** When to try again after so many attempts, in milliseconds: one minute, two, four, up to six hours. */
export function pauseAfter(attempts: number): number {
  return Math.min(60_000 * 2 ** Math.max(0, attempts - 1), 6 * 3_600_000)
}

/** Sends what is due, one drainer at a time; letters about referrals are opened with the keys, right before. Every letter is marked before it goes out and after, so a crash in between is known to the next turn. */
export async function drain(db: D1Database, mailer: Mailer, now: Clock, ring?: Keyring): Promise<Turn> {
  const turn: Turn = { sent: 0, putOff: 0, failed: 0 }
  const holder = crypto.randomUUID()
  const began = now()
  if (!(await takeLease(db, 'letters', holder, at(began), at(began + LEASE)))) return turn
  try {
    for (;;) {
      const letters = await dueLetters(db, at(now()), PAGE)
      for (const letter of letters) {
        if (now() - began > TURN) return turn
        if (letter.endsAt !== null && at(now()) >= letter.endsAt) continue
        await markAttempt(db, letter)
        const opened = await openedLetter(letter, ring)
        const delivery: Delivery = opened
          ? await mailer.send(opened, letter.attempts > 0)
          : letter.secret?.key
            ? // The keys are put back after a copy was restored, or one followed another too soon: the letter is not lost by it.
              { outcome: 'later', why: 'the key that it is sealed with is not held' }
            : { outcome: 'never', why: 'what it was about is erased' }
        const attempts = letter.attempts + 1
        const again = at(now() + pauseAfter(attempts))
        const isLast = attempts >= MOST_ATTEMPTS || (letter.endsAt !== null && again >= letter.endsAt)
        if (delivery.outcome === 'sent') {
          await markSent(db, letter, at(now()), mailer.keepsText)
          turn.sent += 1
        } else if (delivery.outcome === 'never' || isLast) {
          await giveUp(db, letter, delivery.why)
          turn.failed += 1
        } else {
          await putOff(db, letter, again, delivery.why)
          turn.putOff += 1
        }
      }
      if (letters.length < PAGE) return turn
    }
  } finally {
    await giveBackLease(db, 'letters', holder)
  }
}

function at(instant: number): string {
  return new Date(instant).toISOString()
}
