import { Hono } from 'hono'
import type { AppEnv } from '../environment.ts'

/** The reference of the API, made from the schemas that the routes themselves use. */
export function reference(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  return routes
}
