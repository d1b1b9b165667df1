import { Hono } from 'hono'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import type { Limits } from '../requests/limits.ts'

/** The pages of a referral before it is sent: whether it goes this way, the task list, a page for each part, the check. */
export function referralPages(_shelf: Shelf, _limits: Limits): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
