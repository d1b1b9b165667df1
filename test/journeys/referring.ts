import { deepEqual, equal, ok } from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from 'playwright-core'
import type { Part } from '../../catalogue/schema/pathway.ts'
import type { CaseReply } from '../../catalogue/wire/case.ts'
import type { PathwayReply } from '../../catalogue/wire/referral.ts'
import { databaseFile } from '../power-cut.ts'
import { signInAddress, type TestProduct } from '../product.ts'
import type { Heard } from '../worker/harness.ts'
import {
  type Answers,
  type Begun,
  declared,
  filledReferral,
  type Referring,
  sampleAnswers,
} from '../worker/referring.ts'
import type { Stage, Visit, Visiting } from './visit.ts'

/** A letter as the outbox shows it. */
export interface Letter {
  to: string
  subject: string
  text: string
  about: string
  links: string[]
}

/** A referral that a school has sent. */
export interface SentReferral extends Begun {
  reference: string
  /** The referrer’s address. */
  email: string
}

/** Asks the product’s API as the tests of the worker ask theirs. */
export function asking({ origin }: Pick<TestProduct, 'origin'>) {
  return {
    ask: async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Heard> => {
      const reply = await fetch(`${origin}${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await reply.text()
      return { status: reply.status, headers: reply.headers, text, body: text.startsWith('{') ? JSON.parse(text) : {} }
    },
  }
}

let schools = 0

/** An address that no other referral of these tests has. */
function referrerAddress(): string {
  schools += 1
  return `referrer-${process.pid}-${schools}@school.example`
}

/** Begins, fills and sends a referral through the API, from an address of its own. */
export async function sendReferral(product: TestProduct, referring: Referring): Promise<SentReferral> {
  const email = referring.email ?? referrerAddress()
  const world = asking(product)
  const filled = await filledReferral(world, { ...referring, email })
  const heard = await world.ask('POST', `/api/referrals/${filled.id}/send`, declared(filled), filled.headers)
  equal(heard.status, 201, heard.text)
  return { ...filled, reference: String(heard.body.reference), email }
}

/** What to refer on pages, how far to go, and who looks at them on the way. */
export interface ReferringOnPages extends Referring {
  /** The part whose page is left open, filled and not saved; without one the referral is sent. */
  until?: string
  /** Where the form stands, if it is not the portal’s own page. */
  at?: string
  /** Looks at the first page of each kind. */
  look?: ((page: Page, where: string) => Promise<void>) | undefined
}

/** A referral as a school writes it. */
export type OnPaper = Pick<SentReferral, 'pathway' | 'today' | 'answers' | 'email' | 'provider'>

/** Begins a referral as a school does, page by page, and goes on until a part or until it is sent: then with its reference. */
export async function referOnPages(
  stage: Stage,
  { provider = 'stepping-stones', until, at, look, ...referring }: ReferringOnPages,
  visiting: Visiting = { script: false },
): Promise<OnPaper & Visit & { reference: string }> {
  const { today = '2024-09-10', email = referrerAddress() } = referring
  const { ask } = asking(stage.product)
  const listed = await ask('GET', `/api/providers/${provider}/pathways?today=${today}`)
  const [first] = listed.body.pathways as { id: string }[]
  const name = referring.pathway ?? first?.id ?? ''
  const heard = await ask('GET', `/api/providers/${provider}/pathways/${name}?today=${today}`)
  const { pathway } = heard.body as unknown as PathwayReply
  const referral = { provider, pathway, today, email, answers: sampleAnswers(pathway, today, referring) }

  const address = `${stage.product.origin}/${provider}/referral/${name}?today=${today}`
  const visit = await stage.visit(at ?? address, visiting)
  const { page } = visit
  // A website’s form leads to every pathway, unless the page names one.
  if (at !== undefined) await press(page, pathway.name)
  await look?.(page, 'the beginning')
  await goOn(page)
  for (const { id, pass } of pathway.eligibility) {
    await page.locator(`input[type=radio][name="eligibility.${id}"][value=${pass}]`).check()
    if (id === pathway.eligibility[0]?.id) await look?.(page, 'a question of whether it goes this way')
    await goOn(page)
  }
  await page.locator('input[name=email]').fill(email)
  await look?.(page, 'the address')
  await goOn(page)
  await page.getByRole('heading', { name: 'Your referral', exact: true }).waitFor()
  await look?.(page, 'the list of parts')
  const [opening] = pathway.parts
  await press(page, opening?.name ?? '')
  return { ...visit, ...referral, reference: await fillParts(page, referral, { until, look }) }
}

/** Goes on with a referral on the page of a part, to another or until it is sent: then it has a reference, else the empty text. */
export async function fillParts(
  page: Page,
  { pathway, answers }: OnPaper,
  {
    from,
    until,
    look,
  }: { from?: string | undefined } & Pick<ReferringOnPages, 'look'> & { until?: string | undefined },
): Promise<string> {
  const begin = pathway.parts.findIndex(({ id }) => id === from)
  for (const part of pathway.parts.slice(Math.max(0, begin))) {
    await page.getByRole('heading', { name: part.name, exact: true }).waitFor()
    await fillPart(page, part, answers[part.id] ?? {})
    if (part === pathway.parts[0]) await look?.(page, 'a part')
    if (part.id === until) return ''
    await goOn(page)
  }
  await page.getByRole('heading', { name: 'Check your answers', exact: true }).waitFor()
  await look?.(page, 'the check')
  await goOn(page)
  for (const { id: declaration } of pathway.declarations)
    await page.locator(`input[name=declarations][value=${declaration}]`).check()
  await look?.(page, 'what the school confirms')
  await goOn(page)
  await page.getByRole('heading', { name: 'Your referral is sent' }).waitFor()
  await look?.(page, 'the reference')
  return (await page.locator('.reference').innerText()).trim()
}

/** Presses what leads on from a page of the form. */
export function goOn(page: Page): Promise<void> {
  return page.locator('form button[name=step][value=next]').click()
}

/** Follows the first link, or presses the first button, that says so. */
export function press(page: Page, text: string): Promise<void> {
  return page.locator('a, button').filter({ hasText: text }).first().click()
}

/** Gives the answers of a part on its page. */
export async function fillPart(page: Page, { questions }: Part, answers: Answers[string]): Promise<void> {
  for (const { id, as } of questions) {
    const said = answers[id]
    if (said === undefined) continue
    const control = `[name="answers.${id}"]`
    if (as === 'date') {
      const [year = '', month = '', day = ''] = String(said).split('-')
      for (const [part, value] of Object.entries({ day, month, year }))
        await page.locator(`[name="answers.${id}.${part}"]`).fill(String(Number(value)))
    } else if (as === 'choice' || as === 'choices' || as === 'yes-no') {
      for (const one of [said].flat()) await page.locator(`${control}[value="${one}"]`).check()
    } else await page.locator(control).fill(String(said))
  }
}

/** Opens the link of a school’s newest letter in a browser of its own, by the address that the letter went to. */
export async function openLink(stage: Stage, letters: readonly Letter[], email: string): Promise<Visit> {
  const newest = letters.findLast(({ to }) => to === email)
  const link = newest?.links.find((one) => one.includes('/open/'))
  ok(link, `no link came to ${email} with “${newest?.subject}”`)
  const visit = await stage.visit(link, { script: false })
  await visit.page.locator('input[name=email]').fill(email)
  await visit.page.locator('main form button').first().click()
  await visit.page.waitForURL((url) => !url.pathname.includes('/open/'))
  return visit
}

/** The letters about referrals, as they come: the outbox shows the last two hundred alone. */
export class Letters {
  readonly #product: TestProduct
  readonly #all = new Map<string, Letter[]>()

  constructor(product: TestProduct) {
    this.#product = product
  }

  /** All about a referral so far, the oldest first, once there are as many as wanted, of those that `counts` alone; fails after 10 seconds. */
  about(reference: string, wanted: number, counts: (letter: Letter) => boolean = () => true): Promise<Letter[]> {
    return this.#those((letter) => letter.about === reference, reference, wanted, counts)
  }

  /** All to an address, likewise. */
  to(address: string, wanted: number): Promise<Letter[]> {
    return this.#those(
      ({ to }) => to === address,
      address,
      wanted,
      () => true,
    )
  }

  async #those(
    isMeant: (letter: Letter) => boolean,
    name: string,
    wanted: number,
    counts: (letter: Letter) => boolean,
  ): Promise<Letter[]> {
    const { origin } = this.#product
    for (const until = Date.now() + 10_000; ; await new Promise((resolve) => setTimeout(resolve, 100))) {
      // The schedule, which sends what is due, comes by every few seconds of itself.
      await (await fetch(`${origin}/cdn-cgi/handler/scheduled?cron=*+*+*+*+*`)).arrayBuffer()
      const shown: Letter[] = await (await fetch(`${origin}/dev/outbox.json`)).json()
      const known = this.#all.get(name) ?? []
      // Two letters can be the same word for word: as many of a kind as the outbox shows.
      const unmatched = [...known]
      const fresh = shown.toReversed().filter((letter) => {
        if (!isMeant(letter)) return false
        const same = unmatched.findIndex((one) => one.to === letter.to && one.text === letter.text)
        if (same >= 0) unmatched.splice(same, 1)
        return same < 0
      })
      known.push(...fresh)
      this.#all.set(name, known)
      const come = known.filter(counts).length
      if (come >= wanted) return known
      ok(Date.now() < until, `${wanted} letters for ${name} wanted, ${come} came`)
    }
  }
}

/** Somebody at the console by its API alone, on a day. */
export interface Caller {
  get: (path: string) => Promise<Heard>
  /** Sends something, and fails where it is refused unless `refused` says with which status. */
  send: (path: string, body: object, refused?: number) => Promise<Heard>
  /** A case as they read it. */
  read: (reference: string) => Promise<CaseReply>
  /** Changes a case as it stands. */
  act: (reference: string, what: string, body: object, refused?: number) => Promise<Heard>
  /** Makes a move. */
  move: (reference: string, move: string, more?: object, refused?: number) => Promise<Heard>
}

/** Signs somebody in by the code in their letter and asks for them. */
export async function callerOf(
  product: TestProduct,
  role: string,
  { provider, today }: { provider: string; today: string },
): Promise<Caller> {
  const { origin } = product
  const address = new URL(await signInAddress(product, `${role}@${provider}.example`))
  const { ask } = asking(product)
  const body = { attempt: address.searchParams.get('attempt'), code: address.hash.replace('#code=', '') }
  const entered = await ask('POST', '/api/console/sign-in', body, { Origin: origin })
  equal(entered.status, 200, entered.text)
  const cookies = entered.headers.getSetCookie().map((cookie) => cookie.split(';')[0])
  const headers = { Cookie: cookies.join('; '), Origin: origin, 'X-Today': today }
  const path = (rest: string) => `/api/console/providers/${provider}${rest}`

  const get = (rest: string) => ask('GET', path(rest), undefined, headers)
  const send = async (rest: string, what: object, refused?: number) => {
    const heard = await ask('POST', path(rest), what, { ...headers, 'Idempotency-Key': crypto.randomUUID() })
    if (refused === undefined) ok(heard.status < 300, `${rest}: ${heard.text}`)
    else equal(heard.status, refused, `${rest}: ${heard.text}`)
    return heard
  }
  const read = async (reference: string) => {
    const heard = await get(`/cases/${reference}`)
    equal(heard.status, 200, heard.text)
    return heard.body as unknown as CaseReply
  }
  const act = async (reference: string, what: string, more: object, refused?: number) => {
    const { seen } = (await read(reference)).case
    return send(`/cases/${reference}/${what}`, { seen, ...more }, refused)
  }
  return {
    get,
    send,
    read,
    act,
    move: (reference, move, more = {}, refused = undefined) => act(reference, 'moves', { move, ...more }, refused),
  }
}

/** The page about a referral that its school has opened by the cookie of its visit. */
export async function schoolPage(stage: Stage, { id, key, provider, today }: SentReferral): Promise<Visit> {
  const { origin, host } = new URL(stage.product.origin)
  const context = await stage.browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false })
  const cookie = { name: `__Host-r-${id}`, value: key, url: `https://${host}`, secure: true, httpOnly: true }
  await context.addCookies([{ ...cookie, sameSite: 'Lax' }])
  return stage.visit(`${origin}/${provider}/referrals/${id}/progress?today=${today}`, { script: false, context })
}

/** The link to the consent pages that a letter brings. */
export function consentLink(letters: readonly Letter[], to: string): string {
  const link = letters
    .filter((letter) => letter.to === to)
    .flatMap(({ links }) => links)
    .findLast((one) => one.includes('/consent/'))
  ok(link, `no link to consent came to ${to}`)
  return link
}

/** What somebody who is asked does on their page, and how they look at it. */
export interface Answering {
  /** By purpose, or by `purpose.each`. */
  answers: Record<string, 'given' | 'refused'>
  name: string
  relationship?: string
  words?: string
  born: string
  lang?: string
  /** Whether the browser translates each page before anything is done on it. */
  translated?: boolean
  script?: boolean
}

/** Opens the door of a consent link on a phone, answers, and hands over the page that says so. */
export async function answerOnPhone(stage: Stage, link: string, answering: Answering): Promise<Visit> {
  const { answers, name, relationship, words, born, lang, translated = false, script = false } = answering
  const address = new URL(link)
  if (lang) address.searchParams.set('lang', lang)
  const visit = await stage.visit(address.href, { width: 360, script: script || translated })
  const { page } = visit
  const look = async () => {
    if (translated) await translate(page)
  }
  await look()
  const [year = '', month = '', day = ''] = born.split('-')
  await page.locator('#day').fill(String(Number(day)))
  await page.locator('#month').fill(String(Number(month)))
  await page.locator('#year').fill(year)
  await page.locator('main form button').first().click()
  await page.waitForURL(/\/consent\/p\//)
  await look()
  for (const [purpose, answer] of Object.entries(answers))
    await page.locator(`input[name="answer.${purpose}"][value=${answer}]`).check()
  await page.locator('input[name=name]').first().fill(name)
  if (relationship) await page.locator('input[name=relationship]').first().fill(relationship)
  if (words) await page.locator('textarea[name=words]').first().fill(words)
  await page.locator('main form:has(input[name=name]) button').first().click()
  await page.waitForURL(/done=kept/)
  await page.getByRole('status').first().waitFor()
  return visit
}

/** Does to a page what browsers that translate do: each text is replaced, within two elements of their own. */
export function translate(page: Page): Promise<void> {
  return page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const texts: Text[] = []
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      if (node instanceof Text && /\S/.test(node.data) && !node.parentElement?.closest('script, style, textarea'))
        texts.push(node)
    for (const text of texts) {
      const outer = document.createElement('font')
      const inner = outer.appendChild(document.createElement('font'))
      inner.textContent = text.data.replace(/\p{L}/gu, 'ж')
      text.replaceWith(outer)
    }
  })
}

/** Holds that letters say nothing of a pupil: none of these texts stands in one, in any way of writing it. */
export function saysNothingOf(letters: readonly Letter[], texts: readonly string[]): void {
  for (const { subject, text, to } of letters)
    deepEqual(
      texts.filter((one) => `${subject}\n${text}`.toLowerCase().includes(one.toLowerCase())),
      [],
      `${subject} to ${to}`,
    )
}

/** Everything in a referral’s answers that is about the pupil or somebody of the family. */
export function privateIn({ answers, pathway }: Pick<SentReferral, 'answers' | 'pathway'>): string[] {
  const open = /^(school|referrer|told)/
  return pathway.parts.flatMap(({ id, questions }) =>
    questions.flatMap(({ id: question, as, fills = '' }) => {
      const said = answers[id]?.[question] ?? ''
      if (typeof said !== 'string' || open.test(fills)) return []
      return /^(line|text|date|email|telephone)$/.test(as) && said.length > 6 ? [said] : []
    }),
  )
}

/** How a referral is kept: its row, and the kinds of places that it has and has given back. */
export async function keptAs(
  { dataDir }: TestProduct,
  reference: string,
): Promise<{ status: string; stage: string; outcome: string; places: string[] }> {
  const db = new DatabaseSync(await databaseFile(dataDir), { readOnly: true })
  try {
    const row = db.prepare('SELECT id, status, stage, outcome FROM referral WHERE reference = ?').get(reference)
    const places = db.prepare('SELECT kind, freed_on FROM place WHERE referral = ? ORDER BY number').all(row?.id ?? '')
    return {
      status: String(row?.status),
      stage: String(row?.stage),
      outcome: String(row?.outcome),
      places: places.map(({ kind, freed_on: freed }) => `${kind}${freed === null ? '' : ' given back'}`),
    }
  } finally {
    db.close()
  }
}
