import { Hono } from 'hono'
import type { AppEnv } from '../environment.ts'
import type { Limits } from '../requests/limits.ts'

/** The pages for parents, carers, young people and social workers. Mounted at `/consent`. */
export function consents(_limits: Limits): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
