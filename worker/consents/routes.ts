import { Hono } from 'hono'
import { generateCookie, getCookie } from 'hono/cookie'
import { isDay } from '../../catalogue/rules/dates.ts'
import { isPlainText } from '../../catalogue/schema/plain.ts'
import { filled, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import { type AppContext, type AppEnv, isDevelopment } from '../environment.ts'
import { Failure, failureOf, replyTo } from '../failures.ts'
import { consentLetterIn } from '../letters/consent-letter.ts'
import { linkBaseOf } from '../letters/link.ts'
import { sendSoon } from '../letters/soon.ts'
import {
  answersPage,
  CONSENT_PAGE_LANGUAGES,
  type ConsentFault,
  type ConsentPageLanguage,
  type ConsentShown,
  type ConsentTrouble,
  type ConsentVisitor,
  codePage,
  consentAddress,
  consentLanguageNamed,
  type DoorShown,
  doorPage,
  endedPage,
  heldPage,
  leftPage,
  troubleOfConsentPage,
} from '../pages/consent-pages.ts'
import { hashOf, newSecret } from '../people/secret.ts'
import { formOf } from '../portal/form.ts'
import { privatePage, seeOther, wantsPage } from '../portal/reply.ts'
import { MOST_TRIES } from '../referrals/door.ts'
import { endVisit, enter, type KeptLink, linkWith, takeTry, visitWith } from '../referrals/link.store.ts'
import { type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { prolong, VISIT_LASTS } from '../referrals/visit.ts'
import { acceptedOf } from '../requests/accepted.ts'
import { askedDayOf } from '../requests/day.ts'
import type { Limits } from '../requests/limits.ts'
import { isOwnForm } from '../requests/origin.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { type AnswerToKeep, keepAnswers, keepWords, type SealedAnswer } from './answering.ts'
import { hasOnlyAnswered, lastAnswerOf } from './asked.ts'
import { reachOf, type SealedPerson } from './asking.ts'
import { codeIn, keptOfSecret } from './code.ts'
import { nameOfItem, type SentBack, shownTo } from './showing.ts'

const COOKIE = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax' } as const

/** The most characters of a name, a relationship and what a young person, or somebody for a child, says in words. */
const MOST = { name: 200, relationship: 200, words: 2_000 }

/** What the forms of a page send that can be sent again. */
const HELD = /^(seen|form|held|name|relationship|words|answer\..+)$/

type Form = readonly (readonly [name: string, value: string])[]

/** What a page says that something has become of an answer. */
const DONE = ['kept', 'same', 'stale', 'closed', 'words'] as const

/** The pages for parents, carers, young people and social workers. Mounted at `/consent`. */
export function consents(limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.onError(async (error, c) => {
    const trouble = troubleOf(failureOf(error).status)
    if (trouble === undefined || !wantsPage(c)) throw error
    const { status, headers } = replyTo(error, c)
    // What another website sends is handed to nobody, to be sent from a page of ours.
    const held = (trouble === 'busy' || trouble === 'failed') && isOwnForm(c.req.raw) ? trouble : undefined
    const html =
      (held && (await heldFrom(c, held, await formIn(c).catch(() => [])))) ??
      (await troubleOfConsentPage(visitorOf(c, CONSENT_PAGE_LANGUAGES), trouble))
    const kept = ['X-Request-Id', 'Retry-After'].flatMap((name): [string, string][] => {
      const value = headers.get(name)
      return value === null ? [] : [[name, value]]
    })
    return privatePage(html, status, kept)
  })
  routes.use(async (c, next) => {
    limits.countRequest(c)
    if (!/^(GET|HEAD)$/.test(c.req.method)) {
      if (!isOwnForm(c.req.raw)) throw new Failure('wrong-origin')
      await limits.countWrite(c)
    }
    await next()
    if (c.res.status < 400) await prolong(c)
  })

  routes.get('/', async (c) => privatePage(await codePage(visitorOf(c, CONSENT_PAGE_LANGUAGES))))
  routes.post('/', async (c) => {
    const visitor = visitorOf(c, CONSENT_PAGE_LANGUAGES)
    const typed = new Map(await formOf(c)).get('code')?.slice(0, 100) ?? ''
    const code = codeIn(typed)
    const link = code === undefined ? undefined : await foundBy(c, code)
    if (code === undefined || !link) {
      const fault = typed.trim() === '' ? 'missing' : 'unknown'
      return privatePage(await codePage(visitor, { typed, fault }), 422)
    }
    return seeOther(consentAddress(`/consent/${code}`, visitor))
  })

  routes.get('/left', async (c) => {
    const provider = c.req.query('of') ?? ''
    const known = /^[a-z0-9-]{1,60}$/.test(provider) ? provider : undefined
    return privatePage(await leftPage(visitorOf(c, CONSENT_PAGE_LANGUAGES), known))
  })

  routes.get('/:secret', async (c) => {
    const door = await doorOf(c)
    if (door instanceof Response) return door
    return privatePage(await doorPage(door.visitor, shownAtDoor(c, door)))
  })
  routes.post('/:secret', async (c) => {
    const door = await doorOf(c)
    if (door instanceof Response) return door
    const { openCase, visitor, link } = door
    const { pathway } = openCase
    const form = new Map(await formOf(c))
    const part = (name: string) => western(form.get(name) ?? '').slice(0, 20)
    const typed = { day: part('day'), month: part('month'), year: part('year') }
    const shown = { ...shownAtDoor(c, door), typed }
    const born = dayIn(typed)
    // What cannot be a date costs no try.
    if (born === undefined) return privatePage(await doorPage(visitor, { ...shown, fault: 'missing' }), 422)
    const now = c.var.now()
    // Before what was typed is looked at: of many guesses at once no more are looked at than there are tries.
    const taken = await takeTry(c.env.DB, link.hash, new Date(now).toISOString(), MOST_TRIES)
    if (taken === undefined) return troubled(visitor, 'locked', openCase)
    const parts = await openCase.readAll<ReferralAnswers[string]>('part:')
    if (born !== filled(pathway, parts, 'pupil.born')) {
      const left = MOST_TRIES - taken
      if (left === 0) return troubled(visitor, 'locked', openCase)
      return privatePage(await doorPage(visitor, { ...shown, fault: left }), 422)
    }
    const secret = newSecret()
    await enter(
      c.env.DB,
      {
        hash: await hashOf(secret),
        referral: link.referral,
        link: link.hash,
        endsAt: new Date(now + VISIT_LASTS).toISOString(),
      },
      c.var.today,
    )
    return seeOther(consentAddress(`/consent/p/${link.who}`, visitor), [
      ['Set-Cookie', generateCookie(cookieOf(link.who), secret, { ...COOKIE, maxAge: VISIT_LASTS / 1_000 })],
    ])
  })

  routes.get('/p/:person', async (c) => {
    const inside = await insideOf(c)
    if (inside instanceof Response) return inside
    const { openCase, visitor, person } = inside
    const done = DONE.find((one) => one === c.req.query('done'))
    const shown = await shownTo(openCase, person, visitor, c.var.today, { done })
    return privatePage(await answersPage(visitor, shown), 200, [keptVisit(c, person)])
  })
  routes.post('/p/:person', async (c) => {
    const pairs = await formIn(c)
    const inside = await insideOf(c, pairs)
    if (inside instanceof Response) return inside
    const { openCase, visitor, person } = inside
    const shown = await shownTo(openCase, person, visitor, c.var.today)
    const { answers, back } = readForm(pairs, shown)
    if (back.faults.length > 0) {
      const again = await shownTo(openCase, person, visitor, c.var.today, { back })
      return privatePage(await answersPage(visitor, again), 422)
    }
    const { name, relationship, words } = back.typed
    const form = new Map(pairs)
    const answerer = {
      person,
      how: 'page',
      through: inside.through,
      readIn: visitor.language,
      name,
      relationship: relationship || undefined,
      // What stands there as it was shown is nothing new, whatever another window has made of it meanwhile.
      words: words === wordsIn(form, 'held') ? undefined : words,
    } as const
    const seen = Number(form.get('seen'))
    return answered(c, inside, answerer, answers, Number.isSafeInteger(seen) ? seen : 0)
  })
  routes.post('/p/:person/take-back', async (c) => {
    const inside = await insideOf(c)
    if (inside instanceof Response) return inside
    const { openCase, person } = inside
    const form = new Map(await formOf(c))
    const one = { purpose: form.get('purpose') ?? '', each: form.get('each') ?? '' }
    const last = lastAnswerOf(openCase, person, one)
    // Only what was given can be taken back; pressed twice, it is taken back already.
    if (!last) return seeOther(consentAddress(`/consent/p/${person}`, inside.visitor))
    const before = await openCase.read<SealedAnswer>(`answer:${last.number}`)
    const asked = await openCase.read<SealedPerson>(`person:${person}`)
    const by = before?.by === 'page' ? before : asked
    const { through, visitor } = inside
    const readIn = visitor.language
    const answerer = {
      person,
      how: 'page',
      through,
      readIn,
      name: by?.name ?? '',
      relationship: by?.relationship,
    } as const
    return answered(c, inside, answerer, last.answer === 'given' ? [{ ...one, answer: 'withdrawn' }] : [])
  })
  routes.post('/p/:person/words', async (c) => {
    const pairs = await formIn(c)
    const inside = await insideOf(c, pairs)
    if (inside instanceof Response) return inside
    const { openCase, visitor, person } = inside
    const words = wordsIn(new Map(pairs))
    const faults = faultsInWords(words, 'own-words')
    if (faults.length > 0) {
      const back = { typed: { name: '', relationship: '', words }, sent: 'own-', faults, chosen: new Map() } as const
      return privatePage(
        await answersPage(visitor, await shownTo(openCase, person, visitor, c.var.today, { back })),
        422,
      )
    }
    const by = { actor: 'family', today: c.var.today, now: c.var.now() }
    const isKept = await keepWords(c.env, { id: openCase.referral.id }, person, words, by)
    return seeOther(consentAddress(`/consent/p/${person}`, visitor, isKept ? 'words' : 'closed'))
  })
  routes.post('/p/:person/leave', async (c) => {
    const person = c.req.param('person')
    const inside = await insideOf(c)
    const secret = getCookie(c, cookieOf(person))
    if (secret !== undefined) await endVisit(c.env.DB, await hashOf(secret))
    const of = inside instanceof Response ? undefined : inside.openCase.document.provider.id
    const left = consentAddress('/consent/left', visitorOf(c, CONSENT_PAGE_LANGUAGES))
    return seeOther(of === undefined ? left : `${left}${left.includes('?') ? '&' : '?'}of=${of}`, [
      ['Set-Cookie', generateCookie(cookieOf(person), '', { ...COOKIE, maxAge: 0 })],
    ])
  })

  return routes
}

/** Somebody who has been let in. */
interface Inside {
  openCase: OpenCase
  person: string
  visitor: ConsentVisitor
  /** `code`: the code of a printed letter has opened the page. */
  through: 'code' | undefined
}

/** Keeps answers and leads to the page that shows them. */
async function answered(
  c: AppContext,
  { openCase, person, visitor }: Inside,
  answerer: Parameters<typeof keepAnswers>[2],
  answers: readonly AnswerToKeep[],
  seen?: number,
): Promise<Response> {
  const { outcome } = await keepAnswers(c.env, { id: openCase.referral.id }, answerer, answers, {
    actor: 'family',
    today: c.var.today,
    now: c.var.now(),
    link: linkBaseOf(c),
    seen,
  })
  if (outcome === 'kept') sendSoon(c)
  // What was typed beside an answer that changed nothing is none the less theirs.
  const { words } = answerer
  if (words !== undefined && outcome !== 'kept') {
    const by = { actor: 'family', today: c.var.today, now: c.var.now() }
    await keepWords(c.env, { id: openCase.referral.id }, person, words, by)
  }
  const done = outcome === 'nothing-new' || outcome === 'key-taken' ? 'same' : outcome
  return seeOther(consentAddress(`/consent/p/${person}`, visitor, done))
}

/** A form’s answers, and what is wrong with it. */
function readForm(pairs: Form, { as, items }: ConsentShown): { answers: AnswerToKeep[]; back: SentBack } {
  const form = new Map(pairs)
  const sent = form.get('form') === 'again-' ? 'again-' : ''
  const chosen = new Map(pairs.filter(([name]) => name.startsWith('answer.')))
  const answers = items.flatMap(({ purpose, each }): AnswerToKeep[] => {
    const answer = chosen.get(nameOfItem({ purpose, each }))
    return answer === 'given' || answer === 'refused' ? [{ purpose, each, answer }] : []
  })
  const typed = {
    name: (form.get('name') ?? '').trim(),
    relationship: (form.get('relationship') ?? '').trim(),
    words: wordsIn(form),
  }
  const faults: ConsentFault[] = []
  const [first] = items.filter(({ state }) => state === (sent === '' ? 'asked' : 'answered'))
  if (answers.length === 0) faults.push({ name: first?.name ?? `${sent}name`, code: 'choose' })
  for (const field of ['name', 'relationship', 'words'] as const) {
    const text = typed[field]
    const isNeeded = field === 'name' || (field === 'relationship' && as !== 'young-person')
    const at = `${sent}${field}`
    if (text === '' && isNeeded) faults.push({ name: at, code: field === 'name' ? 'name' : 'relationship' })
    else if (field === 'words') faults.push(...faultsInWords(text, at))
    else if (text.length > MOST[field]) faults.push({ name: at, code: 'long', most: MOST[field] })
    else if (!isPlainText(text)) faults.push({ name: at, code: 'signs' })
  }
  return { answers, back: { typed, sent, chosen, faults } }
}

function wordsIn(form: ReadonlyMap<string, string>, name: 'words' | 'held' = 'words'): string {
  return (form.get(name) ?? '').replace(/\r\n?/g, '\n').trim()
}

function faultsInWords(words: string, name: string): ConsentFault[] {
  if (words.length > MOST.words) return [{ name, code: 'long', most: MOST.words }]
  return isPlainText(words.replace(/[\n\t]/g, ' ')) ? [] : [{ name, code: 'signs' }]
}

/** The door of a link, and whose it is. */
interface Door {
  link: KeptLink
  openCase: OpenCase
  visitor: ConsentVisitor
  as: ConsentShown['as']
}

function shownAtDoor(c: AppContext, { openCase, as, link }: Door): DoorShown {
  const { document } = openCase
  return { as, document, looks: hasOnlyAnswered(openCase, link.who, c.var.today), reach: reachOf(document) }
}

/** The open door of the link that the address names, or the page that says why there is none. Looking changes nothing. */
async function doorOf(c: AppContext): Promise<Response | Door> {
  const link = await foundBy(c, c.req.param('secret') ?? '')
  const openCase = link && (await openCaseWith(c.env, { id: link.referral }))
  const asked = openCase?.kept.people.find(({ id }) => id === link?.who)
  if (!link || !openCase || !asked) return troubled(visitorOf(c, CONSENT_PAGE_LANGUAGES), 'unknown')
  const visitor = visitorOf(c, languagesOf(openCase), asked.language)
  if (openCase.referral.status === 'stopped') {
    const { deleteOn } = openCase.referral
    const dated = consentLetterIn(visitor.language).date(deleteOn)
    return privatePage(await endedPage(visitor, openCase.document, dated, reachOf(openCase.document)), 410)
  }
  if (link.revokedAt !== null) return troubled(visitor, 'replaced', openCase)
  if (Date.parse(link.endsAt) <= c.var.now()) return troubled(visitor, 'old', openCase)
  if (link.tries >= MOST_TRIES) return troubled(visitor, 'locked', openCase)
  return { link, openCase, visitor, as: asked.as }
}

/** Who has been let in by the browser’s cookie, or the page that asks to open the link again, and hands back the form that was sent. */
async function insideOf(c: AppContext, form: Form = []): Promise<Response | Inside> {
  const person = c.req.param('person') ?? ''
  const secret = getCookie(c, cookieOf(person))
  const at = new Date(c.var.now()).toISOString()
  const visit =
    secret !== undefined && /^[0-9a-f]{64}$/.test(secret)
      ? await visitWith(c.env.DB, await hashOf(secret), at)
      : undefined
  const isTheirs = visit?.as === 'consent' && visit.who === person && visit.deleteOn > c.var.today
  const openCase = isTheirs ? await openCaseWith(c.env, { id: visit.referral }) : undefined
  const asked = openCase?.kept.people.find(({ id }) => id === person)
  if (!visit || !openCase || !asked) {
    const held = await heldFrom(c, 'away', form)
    return held === undefined ? troubled(visitorOf(c, CONSENT_PAGE_LANGUAGES), 'away') : privatePage(held, STATUS.away)
  }
  c.set('visit', { hash: visit.hash, endsAt: Date.parse(visit.endsAt) })
  const through = visit.how === 'code' ? 'code' : undefined
  return { openCase, person, visitor: visitorOf(c, languagesOf(openCase), asked.language), through }
}

const formsOf = new WeakMap<Request, Form>()

/** What a request’s form says; nothing where it has none. It can be read once, and is asked for again where something fails. */
async function formIn(c: AppContext): Promise<Form> {
  const form = formsOf.get(c.req.raw) ?? (c.req.method === 'POST' ? await formOf(c) : [])
  formsOf.set(c.req.raw, form)
  return form
}

/** The page that hands a form of answers or words back; undefined where nothing was typed or chosen in it. */
async function heldFrom(c: AppContext, trouble: 'away' | 'busy' | 'failed', form: Form): Promise<string | undefined> {
  const entries = form.filter(([name]) => HELD.test(name))
  if (!entries.some(([name, value]) => !/^(seen|form|held)$/.test(name) && value.trim() !== '')) return undefined
  const visitor = visitorOf(c, CONSENT_PAGE_LANGUAGES)
  return heldPage(visitor, trouble, { action: consentAddress(c.req.path, visitor), entries })
}

/** The link of a secret or a code, as long as what it leads to is kept. */
async function foundBy(c: AppContext, secret: string): Promise<KeptLink | undefined> {
  const kept = await keptOfSecret(keyringOf(c.env), secret)
  const link = kept === undefined ? undefined : await linkWith(c.env.DB, kept)
  return link?.as === 'consent' && link.deleteOn > c.var.today ? link : undefined
}

const STATUS: Record<ConsentTrouble, number> = {
  locked: 423,
  old: 410,
  replaced: 410,
  unknown: 404,
  away: 401,
  failed: 500,
  busy: 429,
  foreign: 403,
  big: 413,
}

/** Which page says that something was refused, in the reader’s language; undefined where another says it better. */
function troubleOf(status: number): ConsentTrouble | undefined {
  if (status >= 500) return 'failed'
  return (['busy', 'foreign', 'big'] as const).find((one) => STATUS[one] === status)
}

async function troubled(visitor: ConsentVisitor, trouble: ConsentTrouble, openCase?: OpenCase): Promise<Response> {
  const { document } = openCase ?? {}
  const html = await troubleOfConsentPage(visitor, trouble, document, document && reachOf(document))
  return privatePage(html, STATUS[trouble])
}

/** The languages of a referral’s pages: those of every public page, and those that its catalogue turns on. */
function languagesOf({ pathway }: OpenCase): ConsentPageLanguage[] {
  return CONSENT_PAGE_LANGUAGES.filter(
    (one) => one === 'en' || one === 'cy' || pathway.consent.languages.some((language) => language === one),
  )
}

function visitorOf(
  c: AppContext,
  languages: readonly ConsentPageLanguage[],
  theirs: string | undefined = undefined,
): ConsentVisitor {
  const named = languages.find((one) => one === consentLanguageNamed(c.req.query('lang')))
  // Where nobody is known yet, their browser is: what it reads is carried on by no link, so that a letter’s own language comes first.
  const read = theirs === undefined ? acceptedOf(c.req.header('Accept-Language'), languages) : undefined
  const language = named ?? languages.find((one) => one === theirs) ?? read ?? 'en'
  const today = askedDayOf(c)
  return {
    language,
    languages,
    // What is only sent to leads back to the page that sends it.
    path: c.req.path.replace(/\/(take-back|words|leave)$/, ''),
    today: c.req.query('today') === undefined ? undefined : today,
    demonstrationDay: isDevelopment(c.env) ? consentLetterIn(language).date(c.var.today) : undefined,
    // Where nobody is let in any more, the address alone says in which language they read.
    isNamed: named !== undefined || (language !== 'en' && language !== read),
  }
}

/** The cookie again: a visit that goes on is kept by the browser too. */
function keptVisit(c: AppContext, person: string): [string, string] {
  const secret = getCookie(c, cookieOf(person)) ?? ''
  return ['Set-Cookie', generateCookie(cookieOf(person), secret, { ...COOKIE, maxAge: VISIT_LASTS / 1_000 })]
}

function cookieOf(person: string): string {
  return `__Host-c-${/^[0-9a-f]{32}$/.test(person) ? person : ''}`
}

/** Digits as this worker reads them: those of Arabic and Urdu keyboards are digits too. */
function western(text: string): string {
  return text.trim().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
}

function dayIn({ day, month, year }: Record<'day' | 'month' | 'year', string>): string | undefined {
  if (!/^\d{1,2}$/.test(day) || !/^\d{1,2}$/.test(month) || !/^\d{4}$/.test(year)) return undefined
  const born = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(born) ? born : undefined
}
