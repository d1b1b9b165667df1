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
  [...new Set(heard.map(({ status }) => status))].join()
const eventsOf = async (id: string): Promise<string[]> => {
  const { results } = await world.db
    .prepare("SELECT kind FROM case_event WHERE referral = ?1 AND kind NOT IN ('asked', 'sent') ORDER BY number")
    .bind(id)
    .all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}
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

  it('of the right date all open the door, and of wrong dates no more than five are looked at', async () => {
    const sent = await sentReferral(world)
    const path = consentPathIn(await askedAt(world, sent, CARER))
    equal(statusesOf(await times(50, () => visitorOn(world, sent.today).post(path, bornAs(bornOf(sent))))), '303')
    const guesses = await times(50, (index) =>
      visitorOn(world, sent.today).post(path, bornAs(`2011-01-${String((index % 28) + 1).padStart(2, '0')}`)),
    )
    ok(guesses.every(({ status }) => status === 422 || status === 423))
    equal((await visitorOn(world, sent.today).post(path, bornAs(bornOf(sent)))).status, 423)
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
