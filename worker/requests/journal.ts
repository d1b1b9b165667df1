import { routePath } from 'hono/route'
import type { AppContext, Clock } from '../environment.ts'

const ids = new WeakMap<Request, string>()

/** The request's id: Cloudflare's own where there is one. Made only when somebody asks for it. */
export function requestIdOf(c: AppContext): string {
  const known = ids.get(c.req.raw)
  if (known !== undefined) return known
  const ray = c.req.header('CF-Ray')
  const id = ray !== undefined && /^[\w-]{8,40}$/.test(ray) ? ray : crypto.randomUUID()
  ids.set(c.req.raw, id)
  return id
}

/** Slower than this is worth a line, in milliseconds. */
const SLOW = 1_000

/**
 * One JSON line for each write, refusal and slow reply: the route's pattern and never the address, so no name or basket ends up in a log.
 * `LOG=all` writes a line for each read that went well too; the host's own log of addresses is off, since links hold secrets.
 */
export function writeDown(c: AppContext, began: number, now: Clock): void {
  const { status } = c.res
  const ms = now() - began
  const quiet = status < 400 && status !== 201 && ms < SLOW && c.env.LOG !== 'all'
  if (quiet) return
  console.log(JSON.stringify({ id: requestIdOf(c), method: c.req.method, route: routePath(c, -1), status, ms }))
}
