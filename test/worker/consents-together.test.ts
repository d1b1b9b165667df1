import { deepEqual, equal, ok } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  answer,
  askedAt,
  bornAs,
  bornOf,
  consentPathIn,
  formWith,
  keptOf,
  type LetIn,
  letIn,
  visitorOn,
} from './consenting.ts'
import { openWorld, type World } from './harness.ts'
import { lettersOf, sentReferral } from './referring.ts'

// On a real D1: what many do at once is decided there.

const CARER = 'ngozi@family.example'
const OTHER = 'piotr@family.example'

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.stop())

const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))
const statusesOf = (heard: readonly { status: number }[]): string =>
  [...new Set(heard.map(({ status }) => status))].sort().join()
const eventsOf = async (id: string): Promise<string[]> => {
  const { results } = await world.db
    .prepare("SELECT kind FROM case_event WHERE referral = ?1 AND kind NOT IN ('asked', 'sent') ORDER BY number")
    .bind(id)
    .all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}
const visitsOf = async (id: string): Promise<number | undefined> =>
  (
    await world.db
      .prepare(
        'SELECT count(*) AS n FROM referral_visit AS v JOIN referral_link AS l ON l.secret_hash = v.link WHERE v.referral = ?1 AND l.as_who = ?2',
      )
      .bind(id, 'consent')
      .first<{ n: number }>()
  )?.n
const takeBack = (visitor: LetIn) => visitor.post(`${visitor.page}/take-back`, { purpose: 'share', each: '' })

describe('Fifty posts at once', () => {
  it('of one answer are one answer, one release and one letter to each', async () => {
    const sent = await sentReferral(world)
    const visitor = await letIn(world, sent, CARER)
    const form = formWith((await visitor.get(visitor.page)).text, {
      'answer.share': 'given',
      'answer.support': 'refused',
    })
    const heard = await times(50, () => visitor.post(visitor.page, form))
    equal(statusesOf(heard), '303')
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.answers], ['open', ['share given page', 'support refused page']])
    deepEqual(await eventsOf(sent.id), ['answered', 'answered', 'released', 'entered'])
    const subjects = (await lettersOf(world, sent.id)).map(({ to, subject }) => `${to} ${subject}`)
    equal(new Set(subjects).size, subjects.length, subjects.join('\n'))
  })

  it('that take a yes back stop the referral once', async () => {
    const sent = await sentReferral(world)
    const visitor = await letIn(world, sent, CARER)
    await answer(visitor, { 'answer.share': 'given' })
    const heard = await times(50, () => takeBack(visitor))
    equal(statusesOf(heard), '303')
    deepEqual((await eventsOf(sent.id)).slice(-2), ['answered', 'stopped'])
    deepEqual((await keptOf(world, sent)).answers, ['share given page', 'share withdrawn page'])
  })

  it('of the right date open the door to no fewer than five, and to everybody afterwards', async () => {
    const sent = await sentReferral(world)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const knock = () => visitorOn(world, sent.today).post(path, bornAs(bornOf(sent)))
    // Who presses twice or three times is in by each.
    equal(statusesOf(await times(3, knock)), '303')
    const heard = await times(50, knock)
    ok(heard.filter(({ status }) => status === 303).length >= 5)
    equal((await knock()).status, 303)
  })
})

describe('Sixty guesses at a date of birth', () => {
  const sixty = 60
  const wrongDay = (index: number) => `2011-${String((index % 12) + 1).padStart(2, '0')}-${(index % 28) + 1}`

  it('at once are no more than five, and the right one after them opens nothing', async () => {
    const sent = await sentReferral(world)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const guess = (day: string) => visitorOn(world, sent.today).post(path, bornAs(day))
    const heard = await times(sixty, (index) => guess(wrongDay(index)))
    equal(statusesOf(heard), '422,423')
    equal(heard.filter(({ status }) => status === 422).length, 4, 'the fifth locks the link')
    equal((await guess(bornOf(sent))).status, 423)
    equal(await visitsOf(sent.id), 0)
  })

  it('of which one is right do not open a link that five wrong ones have locked, whoever comes first', async () => {
    const sent = await sentReferral(world)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const guess = (day: string) => visitorOn(world, sent.today).post(path, bornAs(day))
    for (let index = 0; index < 5; index += 1) await guess(wrongDay(index))
    const heard = await times(sixty + 1, (index) => guess(index === 30 ? bornOf(sent) : wrongDay(index)))
    equal(statusesOf(heard), '423')
    equal(await visitsOf(sent.id), 0)
  })

  it('give all tries back to whoever knows the date', async () => {
    const sent = await sentReferral(world)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const guess = (day: string) => visitorOn(world, sent.today).post(path, bornAs(day))
    for (let turn = 0; turn < 3; turn += 1) {
      for (let index = 0; index < 4; index += 1) equal((await guess(wrongDay(index))).status, 422)
      equal((await guess(bornOf(sent))).status, 303)
    }
  })
})

describe('Two at once', () => {
  it('who both agree release the referral once', async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const both = [await letIn(world, sent, CARER), await letIn(world, sent, OTHER)]
    await Promise.all(both.map((visitor) => answer(visitor, { 'answer.share': 'given' })))
    deepEqual(await eventsOf(sent.id), ['answered', 'answered', 'released', 'entered'])
    equal((await keptOf(world, sent)).status, 'open')
  })

  it('of whom one agrees and one refuses leave it closed, whoever was quicker', async () => {
    for (let round = 0; round < 3; round += 1) {
      const sent = await sentReferral(world, { pathway: 'placement' })
      const [one, other] = [await letIn(world, sent, CARER), await letIn(world, sent, OTHER)]
      await Promise.all([answer(one, { 'answer.share': 'given' }), answer(other, { 'answer.share': 'refused' })])
      equal((await keptOf(world, sent)).status, 'waiting')
    }
  })

  it('in one person’s two windows leave one outcome, which both windows show', async () => {
    for (let round = 0; round < 3; round += 1) {
      const sent = await sentReferral(world)
      const visitor = await letIn(world, sent, CARER)
      const { text } = await visitor.get(visitor.page)
      const pages = await Promise.all(
        (['given', 'refused'] as const).map(async (said) => {
          const heard = await visitor.post(visitor.page, formWith(text, { 'answer.share': said }))
          return visitor.get(heard.headers.get('Location') ?? '')
        }),
      )
      const kept = await keptOf(world, sent)
      equal(kept.answers.length, 1)
      const shown = kept.answers[0]?.includes('given') ? /<b>Yes, on/ : /<b>No, on/
      for (const page of pages) ok(shown.test(page.text))
    }
  })

  it('who take back both yeses stop it once', async () => {
    const sent = await sentReferral(world, { pathway: 'placement' })
    const both = [await letIn(world, sent, CARER), await letIn(world, sent, OTHER)]
    for (const visitor of both) await answer(visitor, { 'answer.share': 'given' })
    equal(statusesOf(await Promise.all(both.map(takeBack))), '303')
    deepEqual(
      (await eventsOf(sent.id)).filter((kind) => kind === 'stopped'),
      ['stopped'],
    )
  })
})
