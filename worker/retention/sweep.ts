import type { Clock } from '../environment.ts'
import { DEVICE_LASTS } from '../people/cookies.ts'
import { deleteOver } from './store.ts'

/** How many rows of a kind are deleted at a time, and for how long a sweep may go on, in milliseconds. */
const PAGE = 200
const TURN = 10_000

/** Codes are counted by the day, so attempts to sign in are kept for one, in milliseconds. */
const ATTEMPTS_LAST = 86_400_000

/** How long an answer that is sent again is known by its key, in milliseconds. */
const KEYS_LAST = 30 * 86_400_000

/** Deletes what has outstayed its purpose, whether anybody comes by or not: codes and their letters, attempts to sign in, sessions, browsers and keys of answers. */
export async function sweep(db: D1Database, now: Clock): Promise<void> {
  const began = now()
  const before = (milliseconds: number) => new Date(began - milliseconds).toISOString()
  const over = {
    at: before(0),
    attemptsBefore: before(ATTEMPTS_LAST),
    devicesBefore: before(DEVICE_LASTS),
    keysBefore: before(KEYS_LAST),
  }
  while ((await deleteOver(db, over, PAGE)) === PAGE && now() - began < TURN);
}
