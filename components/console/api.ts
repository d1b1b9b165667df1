import type { Problem, ProblemType } from '../../catalogue/wire/problem.ts'
import { ConnectionError, ProblemError } from '../kit/api.ts'

/** How long an answer may take, in milliseconds. */
const PATIENCE = 20_000

/** What a request brings with it beside its address. */
export interface Asking {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Sent as JSON. */
  body?: unknown
  /** The intention's Idempotency-Key, made by `newKey` once and used for every try. */
  key?: string
  /** The ETag of what is being changed, as it was read. */
  match?: string | undefined
  /** What happens by itself (a beat, a poll) asks nobody to sign in. */
  quiet?: boolean
  signal?: AbortSignal
}

/** An answer with its ETag, which the next change brings back as `match`. */
export interface Answer<Reply> {
  body: Reply
  etag: string | undefined
}

/** Asks for a signature and says whether it was given. */
export type Gate = () => Promise<boolean>

let gate: Gate | undefined
let opening: Promise<boolean> | undefined

/** Says who asks people to sign in again when a session has ended. */
export function guardedBy(next: Gate | undefined): void {
  gate = next
}

/** A key for one intention: whatever is sent again under it happens once. */
export function newKey(): string {
  return crypto.randomUUID()
}

/** The console's API: a path below `/api/console`, every part of it encoded. */
export function path(strings: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  return String.raw({ raw: strings }, ...parts.map((part) => encodeURIComponent(part)))
}

const early = new Map<string, Promise<Answer<unknown>>>()

/** Starts to fetch what a page will ask for, which finds the answer under way. */
export function begin(address: string): void {
  if (early.has(address)) return
  const answer = ask<unknown>(address)
  answer.catch(() => {})
  early.set(address, answer)
  // Whoever comes later wants to know how it stands then.
  setTimeout(() => early.delete(address), PATIENCE)
}

/** Reads an address of the console's API. */
export async function get<Reply>(address: string, asking: Asking = {}): Promise<Reply> {
  const begun = early.get(address)
  early.delete(address)
  return ((await (begun ?? ask<unknown>(address, asking))) as Answer<Reply>).body
}

/** Changes something through the console's API. */
export async function send<Reply = unknown>(
  method: 'POST' | 'PUT' | 'DELETE',
  address: string,
  body?: unknown,
  asking: Asking = {},
): Promise<Reply> {
  return (await ask<Reply>(address, { ...asking, method, body })).body
}

/**
 * The console's only fetch. `address` begins after `/api/console`. Throws `ProblemError` where the worker refuses and
 * `ConnectionError` where it does not answer. Where the session has ended, somebody is asked to sign in over the page, and
 * the request is sent again.
 */
export async function ask<Reply>(address: string, asking: Asking = {}): Promise<Answer<Reply>> {
  try {
    return await once<Reply>(address, asking)
  } catch (error) {
    if (problemOf(error) !== 'signed-out' || asking.quiet || !gate) throw error
    opening ??= gate().finally(() => {
      opening = undefined
    })
    if (!(await opening)) throw error
    return once<Reply>(address, asking)
  }
}

async function once<Reply>(
  address: string,
  { method = 'GET', body, key, match, signal }: Asking,
): Promise<Answer<Reply>> {
  const headers = new Headers({ Accept: 'application/json' })
  if (body !== undefined) headers.set('Content-Type', 'application/json')
  if (key) headers.set('Idempotency-Key', key)
  if (match) headers.set('If-Match', match)
  const patience = AbortSignal.timeout(PATIENCE)
  let response: Response
  let reply: unknown
  try {
    response = await fetch(`/api/console${address}`, {
      method,
      headers,
      credentials: 'same-origin',
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    reply = text ? JSON.parse(text) : undefined
  } catch (cause) {
    throw new ConnectionError('no answer', { cause })
  }
  if (response.ok) return { body: reply as Reply, etag: response.headers.get('ETag') ?? undefined }
  if (typeof reply === 'object' && reply && 'errors' in reply && response.status < 500)
    throw new ProblemError(reply as unknown as Problem)
  throw new ConnectionError(String(response.status))
}

/** The kind of a refusal; undefined for every other error. */
export function problemOf(error: unknown): ProblemType | undefined {
  return error instanceof ProblemError ? (error.problem.type.split('/').at(-1) as ProblemType) : undefined
}

/** What a refusal carries beside its kind: a current draft, tries left. */
export function detailOf<Detail>(error: unknown): Partial<Detail> {
  return error instanceof ProblemError ? (error.problem as unknown as Partial<Detail>) : {}
}
