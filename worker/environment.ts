import type { Context } from 'hono'
import type { SendingBinding } from './letters/cloudflare.ts'
import type { Actor } from './people/actor.ts'

/** What the worker is given from outside: bindings, variables and secrets. `worker/README.md` says what each is for. */
export interface Bindings {
  DB: D1Database
  ASSETS?: SiteFiles
  ENVIRONMENT?: string
  TODAY?: string
  DEMO_ORIGIN?: string
  MAILER?: string
  MAIL_FROM?: string
  NOTIFY_API_KEY?: string
  NOTIFY_TEMPLATE_ID?: string
  NOTIFY_URL?: string
  EMAIL?: SendingBinding
  ORDERS_PER_ADDRESS?: RateLimit
  ORDERS_PER_SCHOOL?: RateLimit
  READS_A_MINUTE?: string
  WRITES_A_MINUTE?: string
  LETTERS_A_DAY?: string
  LOG?: string
  ORIGIN?: string
  MASTER_KEYS?: string
  INDEX_KEY?: string
}

/** The files of the site that the worker was deployed with. */
export interface SiteFiles {
  fetch: (address: string | URL, init?: { method: string }) => Promise<{ ok: boolean; text: () => Promise<string> }>
}

/** What every request knows of itself. */
export interface Situation {
  /** The calendar's day in England, or the one that development asks for. */
  today: string
  /** The real clock, for sessions, tokens and instants. */
  now: Clock
  /** What may show the page in a frame, on a provider's pages; nothing, where that is not said. */
  ancestors?: string
  /** The visit of a referral by which somebody asks, and when it ends by the real clock. */
  visit?: { hash: string; endsAt: number }
  /** Who asks, on the console's routes. */
  actor?: Actor
}

export interface AppEnv {
  Bindings: Bindings
  Variables: Situation
}

export type AppContext = Context<AppEnv>

/** Milliseconds since 1970, by the real clock. */
export type Clock = () => number

/** Whether this is somebody's own machine. Anything but a clear yes is production. */
export function isDevelopment({ ENVIRONMENT }: Pick<Bindings, 'ENVIRONMENT'>): boolean {
  return ENVIRONMENT === 'development'
}

/** What ends the work of a request; absent in a plain call, as a test makes. */
export function executionOf(c: AppContext): ExecutionContext | undefined {
  try {
    return c.executionCtx as ExecutionContext
  } catch {
    return undefined
  }
}

/** Lets work go on after the reply; where the host has no such thing (a plain call in a test), it simply goes on. */
export function afterReply(c: AppContext, work: Promise<unknown>): void {
  const quiet = work.catch(() => {})
  // Without an execution context nothing ends the work early either.
  executionOf(c)?.waitUntil(quiet)
}
