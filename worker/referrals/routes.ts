import { Hono } from 'hono'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import type { Limits } from '../requests/limits.ts'

/** Referrals, for whoever is let in by a link: begun at a provider, and gone on with by their id. Mounted at `/api`. */
export function referrals(_shelf: Shelf, _limits: Limits): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
