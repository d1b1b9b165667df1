import type { ListPrice } from '../../catalogue/rules/list-price.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Problem } from '../../catalogue/wire/problem.ts'

/** A catalogue as the worker sends it: the document, its version, the day that it was asked for and whether it takes orders on that day. */
export type CatalogueReply = Catalogue & {
  version: number
  on: string
  inForce: boolean
  /** What one of each offer costs somebody of whom nothing is known, so that a price list needs no rules to be shown. */
  prices?: Record<string, ListPrice>
}

/** How long an answer may take, in milliseconds. A database can stall for seconds and still answer. */
const PATIENCE = 20_000

/** The worker said no, and why. */
export class ProblemError extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.title)
    this.problem = problem
  }
}

/** The worker did not answer, or not in words that we know. */
export class ConnectionError extends Error {}

/** Asks the worker. Throws `ProblemError` where it refuses and `ConnectionError` where it does not answer; sends no cookies. */
export async function ask<Reply>(url: string, init: RequestInit = {}): Promise<Reply> {
  let response: Response
  let body: unknown
  try {
    response = await fetch(url, { credentials: 'omit', signal: AbortSignal.timeout(PATIENCE), ...init })
    body = await response.json()
  } catch (cause) {
    throw new ConnectionError('no answer', { cause })
  }
  if (response.ok) return body as Reply
  if (typeof body === 'object' && body && 'errors' in body && response.status < 500)
    throw new ProblemError(body as unknown as Problem)
  throw new ConnectionError(String(response.status))
}

const asked = new Map<string, Promise<unknown>>()

/** What a provider's widgets are made from, asked for once a page however many show it: `catalogue`, `pathways/ID`. `year` names one, else the one in force; `today` is a development day. */
export function served<Reply>(
  api: string,
  provider: string,
  what: string,
  year?: string | null,
  today?: string | null,
): Promise<Reply> {
  const query = [year && `catalogue=${year}`, today && `today=${today}`].filter(Boolean).join('&')
  const url = `${api}/api/providers/${encodeURIComponent(provider)}/${what}${query && `?${query}`}`
  const reply = (asked.get(url) as Promise<Reply> | undefined) ?? ask<Reply>(url)
  asked.set(url, reply)
  // A failure is not kept: the next widget, or "Try again", asks anew.
  reply.catch(() => asked.delete(url))
  return reply
}
