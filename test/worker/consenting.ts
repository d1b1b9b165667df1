import { deepEqual, equal, ok } from 'node:assert/strict'
import type { Heard, World } from './harness.ts'
import { lettersOf, type OpenedLetter, type Sent } from './referring.ts'

/** A browser that somebody who was asked looks with: it keeps cookies, and names the origin of its forms as `null`, as pages without a referrer do. */
export interface Visitor {
  get: (path: string, method?: 'GET' | 'HEAD', headers?: Record<string, string>) => Promise<Heard>
  post: (path: string, form: Record<string, string>, headers?: Record<string, string>) => Promise<Heard>
  cookies: Map<string, string>
}

/** Opens a browser on a day. */
export function visitorOn(world: World, today: string): Visitor {
  const cookies = new Map<string, string>()
  const ask = async (
    method: string,
    path: string,
    form?: Record<string, string>,
    more: Record<string, string> = {},
  ) => {
    const heard = await world.send(
      new Request(`http://localhost${path}`, {
        method,
        headers: {
          Accept: 'text/html',
          'X-Today': today,
          ...(form && {
            'Content-Type': 'application/x-www-form-urlencoded',
            Origin: 'null',
            'Sec-Fetch-Site': 'same-origin',
          }),
          Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...more,
        },
        ...(form && { body: new URLSearchParams(form).toString() }),
        redirect: 'manual',
      }),
    )
    const [name = '', value = ''] = (heard.headers.get('Set-Cookie')?.split(';')[0] ?? '').split('=')
    if (name) cookies.set(name, value)
    return heard
  }
  return {
    get: (path, method = 'GET', headers) => ask(method, path, undefined, headers),
    post: (path, form, headers) => ask('POST', path, form, headers),
    cookies,
  }
}

/** The path of a consent link in a letter. */
export function consentPathIn({ links }: Pick<OpenedLetter, 'links'>): string {
  const link = links.find((one) => one.includes('/consent/'))
  ok(link, 'there is no link in the letter')
  return new URL(link).pathname
}

/** The letter that asked somebody last. */
export async function askedAt(world: World, { id }: Pick<Sent, 'id'>, address: string): Promise<OpenedLetter> {
  const asked = (await lettersOf(world, id)).filter(
    ({ to, links }) => to === address && links.some((one) => one.includes('/consent/')),
  )
  const last = asked.at(-1)
  ok(last, `nobody asked ${address}`)
  return last
}

/** A date of birth as the door’s three fields. */
export function bornAs(day: string): Record<string, string> {
  const [year = '', month = '', date = ''] = day.split('-')
  return { day: String(Number(date)), month: String(Number(month)), year }
}

/** The pupil’s date of birth, as the sample gives it. */
export function bornOf({ today }: Pick<Sent, 'today'>): string {
  return `${Number(today.slice(0, 4)) - 9}-02-03`
}

/** Somebody who has been let in: their browser, and the path of their page. */
export interface LetIn extends Visitor {
  page: string
}

/** Opens the link of a letter and its door. */
export async function letIn(
  world: World,
  sent: Sent,
  address: string,
  { today = sent.today, born = bornOf(sent) }: { today?: string; born?: string } = {},
): Promise<LetIn> {
  const visitor = visitorOn(world, today)
  const path = consentPathIn(await askedAt(world, sent, address))
  const heard = await visitor.post(path, bornAs(born))
  equal(heard.status, 303, heard.text.slice(0, 300))
  return { ...visitor, page: (heard.headers.get('Location') ?? '').replace(/\?.*$/, '') }
}

/** What a form of the page would send, over what a test chooses. */
export function formWith(html: string, chosen: Record<string, string>): Record<string, string> {
  const seen = /name="seen" value="(\d+)"/.exec(html)?.[1] ?? '0'
  return { seen, form: '', name: 'Ngozi Okonkwo', relationship: 'Mother', words: '', ...chosen }
}

/** Answers on the page of somebody who has been let in, and says what the page shows then. */
export async function answer(visitor: LetIn, chosen: Record<string, string>): Promise<Heard> {
  const before = await visitor.get(visitor.page)
  const sent = await visitor.post(visitor.page, formWith(before.text, chosen))
  equal(sent.status, 303, sent.text.slice(0, 500))
  return visitor.get(sent.headers.get('Location') ?? '')
}

/** How a referral is kept: its status, and every answer. */
export async function keptOf(
  { db }: World,
  { id }: Pick<Sent, 'id'>,
): Promise<{ status: string; answers: string[]; sealed: string[]; deleteOn: string }> {
  const row = await db
    .prepare('SELECT status, delete_on AS deleteOn FROM referral WHERE id = ?1')
    .bind(id)
    .first<{ status: string; deleteOn: string }>()
  const { results: answers } = await db
    .prepare('SELECT purpose, each, answer, how FROM consent_answer WHERE referral = ?1 ORDER BY number')
    .bind(id)
    .all<{ purpose: string; each: string; answer: string; how: string }>()
  const { results: sealed } = await db
    .prepare('SELECT name FROM sealed WHERE referral = ?1 ORDER BY name')
    .bind(id)
    .all<{ name: string }>()
  return {
    status: row?.status ?? 'gone',
    deleteOn: row?.deleteOn ?? '',
    answers: answers.map(({ purpose, each, answer: given, how }) =>
      [purpose, each, given, how].filter(Boolean).join(' '),
    ),
    sealed: sealed.map(({ name }) => name),
  }
}

/** Holds a list to what a test expects, in any order. */
export function sameSet(found: readonly string[], expected: readonly string[]): void {
  deepEqual([...found].sort(), [...expected].sort())
}
