import type { Shelf } from '../catalogues/shelf.ts'
import type { AppContext } from '../environment.ts'
import { failureOf } from '../failures.ts'
import { type Held, heldPage, neededPage } from '../pages/door-pages.ts'
import { keepVisitOf, prolong } from '../referrals/visit.ts'
import { formOf } from './form.ts'
import { modelFor } from './provider-model.ts'
import { privatePage } from './reply.ts'

/** What a form says, as pairs. */
export type Form = readonly [string, string][]

/** What a form carries or offers to choose; everything else was typed. */
const NOT_TYPED = /^(step|revision|key|at|purpose|each|person|move|declarations|parts)$/

/**
 * A page of a referral. Says to whoever has no visit, or no longer, what opens it, and keeps what a form says that cannot be kept: nothing
 * that was typed is gone. Whoever is let in stays so in their browser too.
 */
export function guarded(
  shelf: Shelf,
  handler: (c: AppContext, form?: Form) => Promise<Response>,
): (c: AppContext) => Promise<Response> {
  return async (c) => {
    const form = c.req.method === 'POST' ? await formOf(c) : undefined
    const referral = c.req.param('referral') ?? ''
    try {
      const reply = await handler(c, form)
      await prolong(c)
      if (reply.ok || reply.status === 303)
        if (!reply.headers.has('Set-Cookie'))
          for (const [name, value] of keepVisitOf(c, referral)) reply.headers.append(name, value)
      return reply
    } catch (error) {
      const { type, status, details } = failureOf(error)
      const takenBack = details.more?.link === 'taken-back'
      const why = heldBy(type, takenBack)
      if (form && why && isTyped(form)) {
        const { pathname, search } = new URL(c.req.url)
        const place = { path: pathname + search, referral, typed: typedIn(form) }
        return privatePage(await heldPage(await modelFor(c, shelf), place, form, why), status)
      }
      if (type !== 'link-needed') throw error
      return privatePage(
        await neededPage(await modelFor(c, shelf), referral, takenBack ? 'taken-back' : 'asked'),
        status,
      )
    }
  }
}

/** What was typed into a form. */
export function typedIn(form: Form): string[] {
  return form.flatMap(([name, value]) => (NOT_TYPED.test(name) || value.trim() === '' ? [] : [value.trim()]))
}

/** Whether a form says something that was typed. */
export function isTyped(form: Form): boolean {
  return typedIn(form).length > 0
}

function heldBy(type: string, takenBack: boolean): Held | undefined {
  if (type === 'link-needed') return takenBack ? 'takenBack' : 'closed'
  if (type === 'conflict') return 'over'
  return /^(too-many-requests|unavailable|failed)$/.test(type) ? 'busy' : undefined
}
