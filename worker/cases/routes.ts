import { Hono } from 'hono'
import type { Shelf } from '../catalogues/shelf.ts'
import type { AppEnv } from '../environment.ts'
import type { Limits } from '../requests/limits.ts'

/** The console's API of cases, panels, places and the waiting list. Mounted at the console’s `/providers`. */
export function cases(_shelf: Shelf, _limits: Limits): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
