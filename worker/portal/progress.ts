import { Hono } from 'hono'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import type { Limits } from '../requests/limits.ts'

/** The pages of a referral once it is sent: how it stands, and what the school can do. */
export function progressPages(_shelf: Shelf, _limits: Limits): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
