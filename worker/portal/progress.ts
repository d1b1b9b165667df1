import { Hono } from 'hono'
import type * as z from 'zod/mini'
import type { PartAnswers } from '../../catalogue/wire/answers.ts'
import type { AgreedFor } from '../../catalogue/wire/case.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import {
  askRequest,
  heardRequest,
  replyRequest,
  schoolMoveRequest,
  schoolRecordRequest,
  signRequest,
} from '../../catalogue/wire/referral.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import type { SealedPerson } from '../consents/asking.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure, waitOf } from '../failures.ts'
import { addressOf } from '../pages/language.ts'
import {
  agreementPage,
  answersPage,
  deedPage,
  isDeed,
  type ProgressShown,
  progressAddress,
  progressPage,
} from '../pages/progress-pages.ts'
import { agreedFor } from '../referrals/agreement.ts'
import { doingOf, noteReading } from '../referrals/drafts.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import { openSent, progressIn } from '../referrals/progress.ts'
import {
  askAgain,
  hear,
  letterFor,
  moveOn,
  record,
  reply,
  type SchoolDoing,
  sign,
  takeBack,
} from '../referrals/school-side.ts'
import { leave, referrerOf, type Visit } from '../referrals/visit.ts'
import { parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { isOwnForm } from '../requests/origin.ts'
import { type Form, guarded, isTyped } from './guarded.ts'
import { privatePage, retryOf, seeOther, visitorOf } from './reply.ts'

const DAY_PARTS = ['year', 'month', 'day'] as const

/** The pages of a referral once it is sent: how it stands, and what the school can do. */
export function progressPages(shelf: Shelf, limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const path = '/:provider/referrals/:referral/progress'

  routes.get(
    path,
    guarded(shelf, async (c) => {
      const { shown } = await shownFor(c)
      return privatePage(await progressPage({ ...shown, said: c.req.query('said') }))
    }),
  )

  routes.get(
    `${path}/answers`,
    guarded(shelf, async (c) => {
      const { shown, openCase } = await shownFor(c)
      // What a referral that is stopped said is kept no more.
      if (shown.progress.status === 'stopped') return seeOther(addressIn(c, await visitHere(c), 'conflict'))
      await noteReading(c.env, openCase, c.var.now())
      return privatePage(await answersPage(shown, await openCase.readAll<PartAnswers>('part:')))
    }),
  )

  routes.get(
    `${path}/:what`,
    guarded(shelf, async (c) => {
      const what = c.req.param('what') ?? ''
      if (!isDeed(what)) throw new Failure('not-found')
      const { shown, openCase } = await shownFor(c)
      const asked = Object.fromEntries(new URL(c.req.url).searchParams)
      const about = await aboutIn(c, what, shown.progress, openCase)
      if (about && !shown.progress.can.sign) return privatePage(await agreementPage(shown, about))
      if (!canDo(what, shown.progress, asked)) return seeOther(addressIn(c, await visitHere(c), 'conflict'))
      const typed = { ...(await knownOf(shown.progress, openCase, asked)), ...asked }
      return privatePage(await deedPage({ ...shown, deed: what, typed, key: crypto.randomUUID(), faults: [], about }))
    }),
  )

  routes.post(
    `${path}/:what`,
    guarded(shelf, async (c, sent: Form = []) => {
      if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
      await limits.countWrite(c)
      const what = c.req.param('what') ?? ''
      const form = Object.fromEntries(sent)
      if (what === 'leave') {
        const gone = await leave(c, c.req.param('referral') ?? '')
        return seeOther(addressOf(`/${encodeURIComponent(c.req.param('provider') ?? '')}`, visitorOf(c)), [gone])
      }
      const visit = await visitHere(c)
      if (what === 'letter') {
        try {
          const { html } = await letterFor(c.env, visit, form.person ?? '', doingOf(c))
          return privatePage(html)
        } catch (error) {
          if (!(error instanceof Failure) || error.type !== 'too-many-requests') throw error
          return seeOther(addressIn(c, visit, 'tooOften'))
        }
      }
      if (!isDeed(what)) throw new Failure('not-found')
      const by = { ...doingOf(c), key: form.key || undefined }
      try {
        const progress = await done(c, limits, visit, what, form, by)
        const said = what === 'ask' ? (form.purpose ? askedHow(progress, form) : 'link') : what
        return seeOther(addressIn(c, visit, said))
      } catch (error) {
        if (!(error instanceof Failure)) throw error
        const { type, status, details } = error
        const faults = type === 'invalid' ? ((details.errors ?? []) as readonly Fault[]) : []
        // What a form carries unseen was right when it was shown, so something has happened meanwhile.
        const isPast =
          type === 'conflict' || faults.some(({ pointer }) => /^\/(move|purpose|each|person)$/.test(pointer))
        if (isPast && !isTyped(sent)) return seeOther(addressIn(c, visit, 'conflict'))
        if (isPast) throw new Failure('conflict')
        if (type !== 'invalid' && type !== 'too-many-requests') throw error
        // What was typed is shown once more, so that none of it is gone.
        const { shown, openCase } = await shownFor(c)
        const about = await aboutIn(c, what, shown.progress, openCase)
        const notice = type === 'invalid' ? undefined : waitOf(details) === 'tomorrow' ? 'tooOften' : 'busy'
        const key = by.key ?? crypto.randomUUID()
        return privatePage(
          await deedPage({ ...shown, said: notice, deed: what, typed: form, key, faults, about }),
          status,
          retryOf(details),
        )
      }
    }),
  )

  return routes
}

/** Whom the agreement is for, where its page is shown: it names the pupil, so that it is noted as read. Undefined before consent and once it is stopped. */
async function aboutIn(
  c: AppContext,
  deed: string,
  { agreement, status }: ProgressReply,
  openCase: OpenCase,
): Promise<AgreedFor | undefined> {
  if (deed !== 'agreement' || !agreement || (status !== 'open' && status !== 'ended')) return undefined
  await noteReading(c.env, openCase, c.var.now())
  return agreedFor(openCase, 'school')
}

/** Whether the school can do something now, so that a page for it is of use. */
function canDo(deed: string, { can, consent }: ProgressReply, asked: Readonly<Record<string, string>>): boolean {
  switch (deed) {
    case 'ask':
      return can.ask
    case 'heard':
      return can.hear && consent.some(({ people }) => people.some(({ person }) => person === asked.person))
    case 'agreement':
      return can.sign
    case 'reply':
      return can.reply
    case 'move':
      return can.moves.some(({ id, isReady }) => id === asked.move && isReady)
    case 'record':
      return can.record.length > 0
    default:
      return can.takeBack
  }
}

/** Does what a form says. */
function done(
  c: AppContext,
  limits: Limits,
  visit: Visit,
  what: string,
  form: Readonly<Record<string, string>>,
  by: SchoolDoing,
): Promise<ProgressReply> {
  const said = <Schema extends z.ZodMiniType>(schema: Schema, more: object = {}): z.infer<Schema> =>
    parsed(schema, { ...filled(form), ...more })
  switch (what) {
    case 'ask':
      return asked(c, limits, visit, form, by)
    case 'heard':
      return hear(
        c.env,
        visit,
        said(heardRequest, { on: dayIn(form, 'on'), ...answerIn(form), seen: numberIn(form.seen) }),
        by,
      )
    case 'agreement':
      return sign(c.env, visit, said(signRequest), by)
    case 'reply':
      return reply(c.env, visit, said(replyRequest), by)
    case 'move':
      return moveOn(c.env, visit, said(schoolMoveRequest), by)
    case 'record':
      return record(c.env, visit, said(schoolRecordRequest, { on: dayIn(form, 'on') }), by)
    default:
      return takeBack(c.env, visit, by)
  }
}

/** What was answered and how, from one choice: `refused in-person`. */
function answerIn({ answer = '' }: Readonly<Record<string, string>>): { answer?: string; how?: string } {
  const [said = '', how = ''] = answer.split(' ')
  return said === '' ? {} : { answer: said, how }
}

/** A number that a form carries; what is none counts as nothing seen. */
function numberIn(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text) || 0
}

async function asked(
  c: AppContext,
  limits: Limits,
  visit: Visit,
  form: Readonly<Record<string, string>>,
  by: SchoolDoing,
): Promise<ProgressReply> {
  const openCase = await openSent(c.env, visit)
  const known = openCase.kept.people.find(({ id }) => id === form.person)
  const request = parsed(askRequest, {
    ...filled(form),
    ...(known ? { as: known.as } : {}),
    // Whoever is only sent a new link keeps their address.
    ...(form.purpose ? { by: form.email?.trim() ? 'link' : 'letter' } : {}),
  })
  if (request.email !== undefined) await limits.countLetter(c, visit.provider, request.email)
  return askAgain(c.env, visit, request, by)
}

/** Whether somebody was asked by e-mail, or has a letter to be printed. */
function askedHow({ consent }: ProgressReply, form: Readonly<Record<string, string>>): string {
  const people = consent.filter(({ purpose }) => purpose === form.purpose).flatMap((one) => one.people)
  const person =
    people.find((one) => one.person === form.person) ?? people.find(({ name }) => name === form.name?.trim())
  return person?.by === 'letter' ? 'letter' : 'ask'
}

/** What a form says, without what was left empty. */
function filled(form: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value.trim() !== ''))
}

/** A day from its three lines; what makes none is refused as it is. */
function dayIn(form: Readonly<Record<string, string>>, name: string): string | undefined {
  const [year = '', month = '', day = ''] = DAY_PARTS.map((part) => (form[`${name}.${part}`] ?? '').trim())
  if (year + month + day === '') return undefined
  return `${year.padStart(4, '0')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

/** What is known already stands in the controls: whom one asks again, today's day. */
async function knownOf(
  progress: ProgressReply,
  openCase: OpenCase,
  asked: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const person = progress.consent.flatMap(({ people }) => people).find((one) => one.person === asked.person)
  const held = person && (await openCase.read<SealedPerson>(`person:${person.person}`))
  return {
    language: person?.language ?? 'en',
    ...(person ? { name: person.name, relationship: person.relationship, email: held?.email ?? '' } : {}),
  }
}

/** The referrer who asks for a page of this provider's. */
async function visitHere(c: AppContext): Promise<Visit> {
  const visit = await referrerOf(c, c.req.param('referral') ?? '')
  if (visit.provider !== c.req.param('provider')) throw new Failure('not-found')
  return visit
}

async function shownFor(c: AppContext): Promise<{ shown: ProgressShown; openCase: OpenCase }> {
  const visit = await visitHere(c)
  const openCase = await openSent(c.env, visit)
  const { document, pathway, referral } = openCase
  const progress = await progressIn(c.env.DB, openCase, c.var.today)
  const shown = { visitor: visitorOf(c), document, version: referral.version, pathway, id: referral.id, progress }
  return { shown, openCase }
}

function addressIn(c: AppContext, { provider, referral }: Visit, said: string): string {
  return progressAddress({ visitor: visitorOf(c), provider, id: referral }, undefined, { said })
}
