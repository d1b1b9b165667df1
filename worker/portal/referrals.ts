import { Hono } from 'hono'
import type { PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import { neededParts } from '../../catalogue/wire/needed.ts'
import {
  beginRequest,
  colleagueRequest,
  linkRequest,
  openRequest,
  type PartConflict,
  partRequest,
} from '../../catalogue/wire/referral.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { SealedPerson } from '../consents/asking.ts'
import type { AppContext, AppEnv, Bindings } from '../environment.ts'
import { Failure, failureOf, waitOf } from '../failures.ts'
import { doorPage, heldPage, neededPage } from '../pages/door-pages.ts'
import {
  afterPart,
  answersIn,
  beginTurn,
  complaintsPage,
  type DraftShown,
  deletedPage,
  draftAddress,
  draftPage,
  privacyPage,
  type Said,
  sentPage,
  thanksPage,
  wrongInPart,
  wrongInRequest,
} from '../pages/referral-pages.ts'
import { beginReferral } from '../referrals/begin.ts'
import { letIn, letOut, saveVisited } from '../referrals/colleagues.ts'
import { doorWith, knock, sendLinkTo, sendNewLink } from '../referrals/door.ts'
import { doingOf, draftIn, openVisited } from '../referrals/drafts.ts'
import { faultsOfOwn, schoolsAddresses } from '../referrals/own-addresses.ts'
import { faultsBeforeSending, sendReferral } from '../referrals/send.ts'
import { throwAway } from '../referrals/throw-away.ts'
import { keepVisit, leave, type Visit, visitOf } from '../referrals/visit.ts'
import { parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { isOwnForm } from '../requests/origin.ts'
import { formOf } from './form.ts'
import { guarded, isTyped, typedIn } from './guarded.ts'
import { modelFor } from './provider-model.ts'
import { page, privatePage, retryOf, seeOther, visitorOf, wholePage } from './reply.ts'

/** The pages of a referral before it is sent: whether it goes this way, the door, the task list, a page for each part, the check. */
export function referralPages(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const draft = '/:provider/referrals/:referral'

  routes.get('/:provider/privacy', async (c) => page(c, await privacyPage(await modelFor(c, shelf))))
  routes.get('/:provider/complaints', async (c) => page(c, await complaintsPage(await modelFor(c, shelf))))

  routes.get('/:provider/referral/:pathway', async (c) => {
    const model = await modelFor(c, shelf)
    // An address begins a form and does no more, whatever it says.
    const turn = beginTurn({ ...model, entries: [] }, c.req.param('pathway'), newKey)
    if (turn?.kind !== 'page') throw new Failure('not-found')
    return wholePage(c, await turn.html())
  })
  routes.post('/:provider/referral/:pathway', async (c) => {
    const provider = c.req.param('provider')
    const form = await formOf(c)
    // The key opens what it begins, so that another website must not choose it.
    const entries = isOwnForm(c.req.raw) ? form : form.filter(([name]) => name !== 'key')
    const turn = beginTurn(await modelFor(c, shelf, entries), c.req.param('pathway'), newKey)
    if (!turn) throw new Failure('not-found')
    if (turn.kind === 'page') return wholePage(c, await turn.html())
    try {
      if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
      await limits.countWrite(c)
      const request = parsed(beginRequest, turn.body)
      await limits.countLetter(c, provider, request.email)
      const beginning = { provider, key: turn.key, request, ...doingOf(c) }
      const { id, key } = await beginReferral(c.env, await shelf.of(c, provider), beginning)
      return seeOther(addressOf(c, `/${provider}/referrals/${id}`), [keepVisit(id, key)])
    } catch (error) {
      const { type, status, details } = failureOf(error)
      const refused = wholePage(c, await turn.refused(type, faultsIn(error), waitOf(details)), status)
      for (const [name, value] of retryOf(details)) refused.headers.set(name, value)
      return refused
    }
  })

  routes.get(`${draft}/open/:link`, async (c) => {
    const model = await modelFor(c, shelf)
    const { referral, link } = namesIn(c)
    const door = await doorWith(c.env, referral, link, doingOf(c))
    const stands = door.provider === c.req.param('provider') ? door.state : 'unknown'
    return privatePage(await doorPage(model, `referrals/${referral}/open/${link}`, stands))
  })
  routes.post(`${draft}/open/:link`, async (c) => {
    if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
    await limits.countWrite(c)
    const model = await modelFor(c, shelf, await formOf(c))
    const { referral, link } = namesIn(c)
    const named = (name: string) => model.entries.find(([key]) => key === name)?.[1] ?? ''
    const path = `referrals/${referral}/open/${link}`
    if (named('step') === 'again') {
      await sendNewLink(c.env, referral, link, doingOf(c))
      return privatePage(await doorPage(model, path, 'sent'))
    }
    // What is no address takes none of the link’s tries.
    const typed = named('email')
    const asked = openRequest.safeParse({ link, email: typed })
    if (!asked.success && (await doorWith(c.env, referral, link, doingOf(c))).state === 'open')
      return privatePage(await doorPage(model, path, { typed, noAddress: true }), 422)
    const knocked = await knock(c.env, { referral, link, email: typed }, doingOf(c))
    if (knocked.outcome === 'in')
      return seeOther(addressOf(c, `/${c.req.param('provider')}/referrals/${referral}`), [
        keepVisit(referral, knocked.secret),
      ])
    const stands = knocked.outcome === 'wrong' ? { triesLeft: knocked.triesLeft, typed } : knocked.outcome
    return privatePage(await doorPage(model, path, stands), 422)
  })

  routes.get(`${draft}/link`, async (c) => privatePage(await neededPage(await modelFor(c, shelf), namesIn(c).referral)))
  // The answer is the same whether there is such a referral or not, and whoever’s address it is.
  routes.post(`${draft}/link`, async (c) => {
    if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
    await limits.countWrite(c)
    const model = await modelFor(c, shelf, await formOf(c))
    const provider = c.req.param('provider')
    const { referral } = namesIn(c)
    const typed = model.entries.find(([name]) => name === 'email')?.[1] ?? ''
    const asked = linkRequest.safeParse({ email: typed })
    if (!asked.success) return privatePage(await neededPage(model, referral, { typed }), 422)
    await limits.countLetter(c, provider, asked.data.email)
    await sendLinkTo(c.env, { provider, referral }, asked.data.email, doingOf(c))
    return privatePage(await neededPage(model, referral, 'sent'))
  })

  routes.get(
    draft,
    visited(async (c, { shown, own }) => privatePage(await draftPage(shown, 'tasks', saidIn(c, shown, own)))),
  )
  routes.get(
    `${draft}/parts/:part`,
    visited(async (c, { shown, own }) => {
      const part = partIn(c, shown)
      const answers = shown.draft.parts[part.id]?.answers ?? {}
      const ownFaults = faultsOfOwn(part, answers, own).map((one) => ({ ...one, pointer: `/answers${one.pointer}` }))
      const wrong =
        c.req.query('look') === undefined
          ? []
          : [...wrongInPart(shown, part, answers), ...wrongInRequest(shown, ownFaults, part)]
      return privatePage(await draftPage(shown, `part.${part.id}`, { wrong }))
    }),
  )
  routes.post(
    `${draft}/parts/:part`,
    visited(async (c, { shown, visit, form }) => {
      const part = partIn(c, shown)
      const named = (name: string) => form.find(([key]) => key === name)?.[1] ?? ''
      const step = named('step')
      if (step === 'theirs') return seeOther(draftAddress(shown, 'tasks'))
      const typed = answersIn(part, form)
      try {
        const request = parsed(partRequest, { revision: Number(named('revision')), answers: typed })
        const { complete } = await saveVisited(c.env, visit, part.id, request, doingOf(c))
        if (step === 'later') return seeOther(draftAddress(shown, 'tasks'))
        // Asked for again by an address of its own, so that going back or loading again sends nothing twice.
        if (!complete) return seeOther(draftAddress(shown, `part.${part.id}`, 'look'))
        return seeOther(draftAddress(shown, afterPart((await shownFor(c)).shown, part.id)))
      } catch (error) {
        const { type, status, details } = failureOf(error)
        const conflict = details.more as Partial<PartConflict> | undefined
        if (type === 'conflict' && conflict?.answers)
          return privatePage(
            await draftPage(shown, `part.${part.id}`, {
              typed,
              theirs: conflict.answers,
              notice: 'conflict',
              carried: { revision: `${conflict.revision ?? 0}` },
            }),
            status,
          )
        if (type !== 'invalid') throw error
        const wrong = wrongInRequest(shown, faultsIn(error), part)
        return privatePage(
          await draftPage(shown, `part.${part.id}`, { typed, wrong, carried: { revision: named('revision') } }),
          status,
        )
      }
    }),
  )
  routes.get(
    `${draft}/check`,
    owned(async (_, { shown }) => privatePage(await draftPage(shown, 'check'))),
  )
  routes.post(
    `${draft}/check`,
    owned(async (_, { shown }) => seeOther(draftAddress(shown, 'send'))),
  )
  routes.get(
    `${draft}/send`,
    owned(async (_, { shown }) => privatePage(await draftPage(shown, 'send'))),
  )
  routes.post(
    `${draft}/send`,
    owned(async (c, { shown, visit, form }) => {
      const declarations = form.flatMap(([name, value]) => (name === 'declarations' ? [value] : []))
      try {
        await sendReferral(c.env, visit, { declarations }, doingOf(c))
        return seeOther(draftAddress(shown, 'sent'))
      } catch (error) {
        const { type, status, details } = failureOf(error)
        const faults = faultsIn(error)
        if (type === 'too-many-requests')
          return privatePage(
            await draftPage(shown, 'send', { notice: waitOf(details), ticked: declarations }),
            status,
            retryOf(details),
          )
        if (type !== 'invalid') throw error
        if (faults.some(({ pointer }) => pointer.startsWith('/parts')))
          return seeOther(draftAddress(shown, 'tasks', 'said=incomplete'))
        const wrong = wrongInRequest(shown, faults)
        return privatePage(await draftPage(shown, 'send', { wrong, ticked: declarations }), status)
      }
    }),
  )
  routes.get(
    `${draft}/sent`,
    guarded(shelf, async (c) => {
      const { shown, visit } = await shownFor(c)
      if (shown.draft.status === 'draft' || visit.as !== 'referrer') return seeOther(draftAddress(shown, 'tasks'))
      const sent = await sendReferral(c.env, visit, { declarations: [] }, doingOf(c))
      return privatePage(await sentPage(shown, sent, await unreachedOf(c.env, visit)))
    }),
  )
  routes.get(
    `${draft}/colleague`,
    owned(async (_, { shown }) => privatePage(await draftPage(shown, 'colleague'))),
  )
  routes.post(
    `${draft}/colleague`,
    owned(async (c, { shown, visit, form }) => {
      const named = (name: string) => form.flatMap(([key, value]) => (key === name ? [value] : []))
      const [step = ''] = named('step')
      if (step.startsWith('out.')) {
        await letOut(c.env, visit, step.slice('out.'.length), doingOf(c))
        return seeOther(draftAddress(shown, 'colleague'))
      }
      const [email = ''] = named('email')
      try {
        const request = parsed(colleagueRequest, { email, parts: named('parts') })
        await limits.countLetter(c, visit.provider, request.email)
        const { id } = await letIn(c.env, visit, request, doingOf(c))
        // Its id and not its address, which is nothing for a history to keep.
        return seeOther(draftAddress(shown, 'tasks', `said=in.${id}`))
      } catch (error) {
        const { type, status, details } = failureOf(error)
        if (type !== 'invalid' && type !== 'too-many-requests') throw error
        const wrong = wrongInRequest(shown, faultsIn(error))
        const said = { wrong, ticked: named('parts'), email, ...(wrong.length ? {} : { notice: waitOf(details) }) }
        return privatePage(await draftPage(shown, 'colleague', said), status, retryOf(details))
      }
    }),
  )

  routes.get(
    `${draft}/delete`,
    owned(async (_, { shown }) => privatePage(await draftPage(shown, 'delete'))),
  )
  routes.post(
    `${draft}/delete`,
    owned(async (c, { shown, visit }) => {
      await throwAway(c.env, visit, doingOf(c))
      return privatePage(await deletedPage(shown), 200, [await leave(c, visit.referral)])
    }),
  )

  /** A page for whoever was let in, by a form of our own where it writes. */
  function visited(handler: (c: AppContext, at: At) => Promise<Response>): (c: AppContext) => Promise<Response> {
    return guarded(shelf, async (c, form) => {
      if (form) {
        if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
        await limits.countWrite(c)
      }
      const at = await shownFor(c)
      const { status, as } = at.shown.draft
      if (status !== 'draft') {
        if (form && isTyped(form)) {
          const place = { path: '', referral: at.visit.referral, typed: typedIn(form) }
          return privatePage(await heldPage(await modelFor(c, shelf), place, form, 'sent'), 409)
        }
        if (as === 'colleague') return privatePage(await thanksPage(at.shown))
        return seeOther(addressOf(c, `/${at.visit.provider}/referrals/${at.visit.referral}/progress`))
      }
      return handler(c, { ...at, form: form ?? [] })
    })
  }

  /** The same for what the referrer alone may do. */
  function owned(handler: (c: AppContext, at: At) => Promise<Response>): (c: AppContext) => Promise<Response> {
    return visited(async (c, at) => {
      if (at.visit.as !== 'referrer') throw new Failure('link-needed')
      return handler(c, at)
    })
  }

  return routes
}

/** What a page of a draft is about, and what its form says. */
interface At {
  shown: DraftShown
  visit: Visit
  /** The school’s addresses, of which none belongs to somebody who is asked for consent. */
  own: ReadonlySet<string>
  form: readonly [string, string][]
}

async function shownFor(c: AppContext): Promise<Omit<At, 'form'>> {
  const visit = await visitOf(c, c.req.param('referral') ?? '')
  if (visit.provider !== c.req.param('provider')) throw new Failure('not-found')
  const openCase = await openVisited(c.env, visit)
  const { document, pathway, referral } = openCase
  const draft = await draftIn(openCase, visit, c.var.today)
  const answers = await openCase.readAll<PartAnswers>('part:')
  const needed = neededParts(pathway, answers, c.var.today)
  const parts = visit.only.length ? needed.filter(({ id }) => visit.only.includes(id)) : needed
  const shown = {
    visitor: visitorOf(c),
    document,
    version: referral.version,
    pathway: { ...pathway, parts },
    draft,
    today: c.var.today,
  }
  return { shown, visit, own: await schoolsAddresses(openCase, answers) }
}

/** Whoever was asked and has no e-mail address: their letter is to be printed. */
async function unreachedOf(env: Bindings, visit: Visit): Promise<{ person: string; name: string }[]> {
  const openCase = await openVisited(env, visit)
  const people = await openCase.readAll<SealedPerson>('person:')
  return openCase.kept.people.flatMap(({ id }) => {
    const person = people[id]
    return person && person.email === undefined ? [{ person: id, name: person.name }] : []
  })
}

function partIn(c: AppContext, { pathway }: DraftShown): DraftShown['pathway']['parts'][number] {
  const part = pathway.parts.find(({ id }) => id === c.req.param('part'))
  if (!part) throw new Failure('not-found')
  return part
}

function namesIn(c: AppContext): { referral: string; link: string } {
  return { referral: c.req.param('referral') ?? '', link: c.req.param('link') ?? '' }
}

/** What still keeps a referral from being sent, beside what the school confirms in the end. */
function missingIn({ pathway, draft, today }: DraftShown, own: ReadonlySet<string>): Fault[] {
  const answers = Object.fromEntries(Object.entries(draft.parts).map(([id, part]) => [id, part.answers]))
  const confirmed = pathway.declarations.map(({ id }) => id)
  return faultsBeforeSending(pathway, answers, confirmed, today, own)
}

/** What was done a moment ago: a colleague’s link is on its way, or something is missing. */
function saidIn(c: AppContext, shown: DraftShown, own: ReadonlySet<string>): Pick<Said, 'missing' | 'invited'> {
  const said = c.req.query('said') ?? ''
  if (said.startsWith('in.')) return { invited: said.slice('in.'.length) }
  return said === 'incomplete' && shown.draft.as === 'referrer' ? { missing: missingIn(shown, own) } : {}
}

function faultsIn(error: unknown): Fault[] {
  return (failureOf(error).details.errors ?? []).filter((one): one is Fault => one.pointer !== '')
}

/** A path with the day and the language that the address names. */
function addressOf(c: AppContext, path: string): string {
  const { today, language } = visitorOf(c)
  const query = new URLSearchParams({ ...(today && { today }), ...(language !== 'en' && { lang: language }) })
  return query.size ? `${path}?${query}` : path
}

/** A key is for one intention: the form carries it from its first page on, so a page that is sent twice begins one referral. */
function newKey(): string {
  return crypto.randomUUID()
}
