import { Hono } from 'hono'
import type { AppEnv } from '../environment.ts'

/** The console's API of what is held about one pupil: exported and erased. Mounted at the console’s `/providers`. */
export function erasures(): Hono<AppEnv> {
  return new Hono<AppEnv>()
}
