import type { Quote } from '../catalogue/rules/quote.ts'
import type { Fault } from '../catalogue/wire/faults.ts'
import type { ProblemType, Wait } from '../catalogue/wire/problem.ts'
import type { AppContext } from './environment.ts'
import { PROBLEM_HEADERS } from './requests/headers.ts'
import { requestIdOf } from './requests/journal.ts'
import { KeyError } from './sealing/keyring.ts'

const KINDS: Record<ProblemType, { status: number; title: string }> = {
  unreadable: { status: 400, title: 'The request could not be read.' },
  'key-required': { status: 400, title: 'The request needs an Idempotency-Key of 1 to 200 printable characters.' },
  'not-found': { status: 404, title: 'There is nothing at this address.' },
  'method-not-allowed': { status: 405, title: 'This address does not answer to that method.' },
  'price-changed': { status: 409, title: 'The price is not the one expected. The new quote is in this reply.' },
  'too-large': { status: 413, title: 'The request is too large.' },
  'not-json': { status: 415, title: 'The request has to be JSON, with the content type application/json.' },
  invalid: { status: 422, title: 'Something in the request is wrong.' },
  'key-reused': { status: 422, title: 'This Idempotency-Key was used for another request.' },
  'too-many-requests': { status: 429, title: 'Too many requests. Try again a little later.' },
  'signed-out': { status: 401, title: 'Nobody is signed in here, or no longer. Sign in and try again.' },
  forbidden: { status: 403, title: 'Your role at this provider does not allow this. An owner can change it.' },
  'wrong-origin': { status: 403, title: 'The console only takes what its own pages send.' },
  'link-needed': {
    status: 401,
    title: 'This opens with the link in the letter about it, and its link has run out or was not given.',
  },
  'code-wrong': { status: 422, title: 'The code is not the one in the e-mail.' },
  'code-expired': { status: 410, title: 'The code has run out or was used. Ask for a new one.' },
  'passkey-refused': { status: 422, title: 'The passkey does not open this console. Try another way of signing in.' },
  conflict: { status: 409, title: 'Somebody else has done something here meanwhile.' },
  'no-place': { status: 409, title: 'No place of this kind is left. What else there is stands in this reply.' },
  'changed-meanwhile': { status: 412, title: 'It was changed meanwhile. How it stands now is in this reply.' },
  'match-required': { status: 428, title: 'The request has to say which revision it changes, with If-Match.' },
  'last-owner': {
    status: 409,
    title: 'A provider needs an owner who has signed in. Make somebody else an owner first.',
  },
  'not-publishable': { status: 422, title: 'The catalogue cannot be published as it stands.' },
  failed: { status: 500, title: 'Something went wrong here. Nothing was changed.' },
  unavailable: { status: 503, title: 'The service cannot be reached at the moment. Try again a little later.' },
}

/** A place in the request, and a fault's code or the problem's own. */
type Trouble = Fault | { pointer: string; code: ProblemType }

/** What a problem carries beside its kind. */
export interface Details {
  errors?: readonly Trouble[]
  quote?: Quote & { version: number }
  opensOn?: string
  servedBy?: string | null
  /** Seconds, for the Retry-After header. */
  retryAfter?: number
  /** The methods that the address answers to, for the Allow header. */
  allow?: readonly string[]
  /** What else the reply carries. */
  more?: Readonly<Record<string, unknown>>
}

/** The longest that a limit of a minute makes anybody wait, in seconds. */
const A_MINUTE = 60

/** A refusal on its way to the caller. */
export class Failure extends Error {
  readonly type: ProblemType
  readonly details: Details

  constructor(type: ProblemType, details: Details = {}) {
    super(type)
    this.type = type
    this.details = details
  }

  get status(): number {
    return KINDS[this.type].status
  }
}

/** What was read and is wrong, as a 422; what its sentences need stands beside the errors too. */
export function invalid(faults: readonly Fault[], opensOn?: string): Failure {
  const outside = faults.find(({ servedBy }) => servedBy !== undefined)
  return new Failure('invalid', {
    errors: faults,
    ...(opensOn === undefined ? {} : { opensOn }),
    ...(outside ? { servedBy: outside.servedBy ?? null } : {}),
  })
}

/** What D1 says when it cannot be reached, or is busy, rather than when a statement is wrong. */
const AWAY =
  /network connection lost|storage|timed? ?out|overloaded|reset|internal error|not reachable|fetch failed|too many requests|D1 DB is/i
const WRONG_STATEMENT = /constraint|syntax|no such|SQLITE_MISMATCH|SQLITE_ERROR/i

/** Any error as a failure: ours as it is, the database away as 503, everything else as a 500 that tells nothing. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Failure) return error
  const said = error instanceof Error ? error.message : ''
  // What is erased while something is on its way to it is not there any more.
  if (/the referral is erased/.test(said)) return new Failure('not-found')
  if (error instanceof KeyError) return new Failure('unavailable', { retryAfter: 60 })
  if (AWAY.test(said) && !WRONG_STATEMENT.test(said)) return new Failure('unavailable', { retryAfter: 5 })
  return new Failure('failed')
}

/** How long somebody has to wait who has asked too often. */
export function waitOf({ retryAfter = 0 }: Details): Wait {
  return retryAfter > A_MINUTE ? 'tomorrow' : 'minute'
}

/** The one function that turns an error into a reply (RFC 9457). */
export function replyTo(error: unknown, c: AppContext): Response {
  const { type, details } = failureOf(error)
  const { status, title } = KINDS[type]
  const { errors = type === 'invalid' ? [] : [{ pointer: '', code: type }], retryAfter, allow, more, ...rest } = details
  const id = requestIdOf(c)
  const headers = new Headers(PROBLEM_HEADERS)
  headers.set('X-Request-Id', id)
  if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter))
  if (allow) headers.set('Allow', allow.join(', '))
  if (status >= 500 && !(error instanceof Failure))
    // The stack names our files, never what was sent.
    console.error(JSON.stringify({ id, error: error instanceof Error ? stackOf(error) : 'not an error' }))
  const body = {
    type: `/api/problems/${type}`,
    title,
    status,
    instance: `urn:request:${id}`,
    errors,
    ...(type === 'too-many-requests' && { wait: waitOf(details) }),
    ...rest,
    ...more,
  }
  return new Response(JSON.stringify(body), { status, headers })
}

/** Where an error came from, without its message, which could quote what was sent. */
function stackOf({ name, message, stack }: Error): string {
  const places = (stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  const database = /^D1_\w+: [A-Za-z ]+/.exec(message)?.[0] ?? ''
  return [`${name} ${database}`.trim(), ...places.slice(0, 8).map((line) => line.trim())].join(' < ')
}

/** Every kind of refusal with its status and sentence, for the reference. */
export function problemKinds(): readonly { type: ProblemType; status: number; title: string }[] {
  return (Object.keys(KINDS) as ProblemType[]).map((type) => ({ type, ...KINDS[type] }))
}
