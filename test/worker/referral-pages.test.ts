import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { hashOf } from '../../worker/people/secret.ts'
import { visitWith } from '../../worker/referrals/link.store.ts'
import { throwAway } from '../../worker/referrals/throw-away.ts'
import { type Heard, type World, worldOn } from './harness.ts'
import { quickDatabase } from './quick-database.ts'
import {
  begunReferral,
  declared,
  filledReferral,
  lettersOf,
  REFERRER,
  type Referring,
  sampleAnswers,
  secretIn,
} from './referring.ts'

let world: World
before(async () => {
  world = worldOn(await quickDatabase())
})

const ORIGIN = 'http://localhost'

/** A browser without a script: it keeps one cookie and sends forms. */
class Visitor {
  #cookies = new Map<string, string>()
  at = ''

  async #send(path: string, init: RequestInit = {}): Promise<Heard> {
    this.at = path
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = {
      Accept: 'text/html',
      Origin: ORIGIN,
      'Sec-Fetch-Site': 'same-origin',
      Cookie: cookie,
      ...init.headers,
    }
    const heard = await world.send(new Request(`${ORIGIN}${path}`, { ...init, headers, redirect: 'manual' }))
    for (const set of heard.headers.getSetCookie()) {
      const [pair = ''] = set.split(';')
      const [name = '', value = ''] = pair.split('=')
      if (value) this.#cookies.set(name, value)
      else this.#cookies.delete(name)
    }
    const to = heard.headers.get('Location')
    return to === null ? heard : this.#send(to)
  }

  go(path: string): Promise<Heard> {
    return this.#send(path)
  }

  post(path: string, fields: Iterable<[string, string]>, headers: Record<string, string> = {}): Promise<Heard> {
    return this.#send(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams([...fields]).toString(),
    })
  }

  /** Sends the form that a page holds, with what is typed over what it carries. */
  fill({ text }: Heard, typed: [string, string][]): Promise<Heard> {
    const carried = [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&#39;', "'").replaceAll('&amp;', '&')],
    )
    const [, action = this.at] = /<form method="post" action="([^"]*)"/.exec(text) ?? []
    return this.post(action.replaceAll('&amp;', '&'), [...carried, ...typed])
  }
}

/** The fields of a part's form, as a browser would send them. */
function fieldsOf(
  part: { questions: readonly { id: string; as: string }[] },
  answers: Record<string, string | string[]>,
): [string, string][] {
  return part.questions.flatMap(({ id, as }): [string, string][] => {
    const answer = answers[id] ?? ''
    if (typeof answer !== 'string') return answer.map((one) => [`answers.${id}`, one])
    const [year = '', month = '', day = ''] = answer.split('-')
    if (as !== 'date') return [[`answers.${id}`, answer]]
    return [
      [`answers.${id}.day`, day],
      [`answers.${id}.month`, month],
      [`answers.${id}.year`, year],
    ]
  })
}

const titleOf = ({ text }: Heard) => /<title>([^<]*)/.exec(text)?.[1] ?? ''

/** What the summary of a page says is wrong, in its order. */
const wrongs = ({ text }: Heard) => [...text.matchAll(/<a class="error"[^>]*>([^<]*)</g)].map(([, said]) => said)

/** A draft that a school's browser is let in to by the link of its letter. */
async function opened(referring?: Referring) {
  const begun = await begunReferral(world, referring)
  const [letter] = await lettersOf(world, begun.id)
  const visitor = new Visitor()
  const path = `/${begun.provider}/referrals/${begun.id}`
  const door = await visitor.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
  const list = await visitor.fill(door, [
    ['email', REFERRER],
    ['step', 'next'],
  ])
  return { begun, visitor, door, list, path }
}

describe('The referral’s pages', () => {
  it('take a school from the first question to the reference without a script', async () => {
    const visitor = new Visitor()
    const choice = await visitor.go('/stepping-stones/referral')
    match(choice.text, /href="\/stepping-stones\/referral\/outreach"/)
    let here = await visitor.go('/stepping-stones/referral/outreach')
    match(here.text, /Start now/)
    here = await visitor.fill(here, [['step', 'next']])
    for (const id of ['district', 'universal', 'package']) {
      match(here.text, new RegExp(`name="eligibility.${id}"`))
      here = await visitor.fill(here, [
        [`eligibility.${id}`, 'yes'],
        ['step', 'next'],
      ])
    }
    const wrong = await visitor.fill(here, [
      ['email', 'nobody'],
      ['step', 'next'],
    ])
    equal(wrong.status, 422)
    match(wrong.text, /Enter “Your work e-mail address” in full/)
    match(wrong.text, /value="nobody"/)
    const before = await world.count('referral')
    const list = await visitor.fill(here, [
      ['email', 'head@school.example'],
      ['step', 'next'],
    ])
    equal(list.status, 200)
    match(list.text, /0 of 13 parts are done/)
    equal(await world.count('referral'), before + 1)
    // The same page sent twice begins one referral.
    await visitor.fill(here, [
      ['email', 'head@school.example'],
      ['step', 'next'],
    ])
    equal(await world.count('referral'), before + 1)

    const path = visitor.at
    // Whoever goes back to put the address right begins anew, and hears so.
    const other = await visitor.fill(here, [
      ['email', 'heads@school.example'],
      ['step', 'next'],
    ])
    equal(other.status, 422)
    match(other.text, /begun this referral with another address already/)
    equal(await world.count('referral'), before + 1)
    match(
      (
        await visitor.fill(other, [
          ['email', 'heads@school.example'],
          ['step', 'next'],
        ])
      ).text,
      /0 of 13 parts/,
    )
    equal(await world.count('referral'), before + 2)

    const { pathway, today } = await begunReferral(world)
    const answers = sampleAnswers(pathway, today)
    for (const part of pathway.parts) {
      const page = await visitor.go(`${path}/parts/${part.id}`)
      equal(page.headers.get('Cache-Control'), 'no-store')
      const next = await visitor.fill(page, [...fieldsOf(part, answers[part.id] ?? {}), ['step', 'next']])
      equal(next.status, 200)
      ok(!visitor.at.includes(`/parts/${part.id}`), `${part.id} is not done`)
    }
    equal(visitor.at, `${path}/check`)
    const check = await visitor.go(`${path}/check`)
    match(check.text, /Amira Okonkwo-Kaye/)
    doesNotMatch(/<title>.*<\/title>/.exec(check.text)?.[0] ?? '', /Amira/)
    const send = await visitor.fill(check, [['step', 'next']])
    const unsaid = await visitor.fill(send, [['step', 'next']])
    equal(unsaid.status, 422)
    match(unsaid.text, /Confirm each of these/)
    const said = pathway.declarations.map(({ id }): [string, string] => ['declarations', id])
    const sent = await visitor.fill(send, [...said, ['step', 'next']])
    equal(visitor.at, `${path}/sent`)
    match(sent.text, /SS-[0-9A-Z]{4}-[0-9A-Z]{4}/)
    match(sent.text, /See how the referral stands/)
    // From now on its pages show how it stands.
    await visitor.go(path)
    equal(visitor.at, `${path}/progress`)
  })

  it('lead to the name that is missing where somebody has to be asked, and say what else is not done', async () => {
    const fills = { 'carer.name': '', 'carer.email': '', 'carer.relationship': '' }
    const { begun, visitor, path } = await opened({ provider: 'sedis', fills })
    let page = await visitor.go(path)
    for (const part of begun.pathway.parts) {
      page = await visitor.go(`${path}/parts/${part.id}`)
      page = await visitor.fill(page, [...fieldsOf(part, begun.answers[part.id] ?? {}), ['step', 'next']])
    }
    const carer = await visitor.go(`${path}/parts/carer?look`)
    match(carer.text, /href="#answers\.carer-name">Fill in “Name”/)
    doesNotMatch(carer.text, />Name<\/span>\s*(?:<!--[^>]*-->)?\s*\(optional\)/)
    // The focus goes there without a script too.
    match(carer.text, /<div class="summary" id="summary" autofocus tabindex="-1"/)
    const list = await visitor.go(path)
    match(list.text, /13 of 14 parts are done/)
    doesNotMatch(list.text, /href="[^"]*\/check/)
    // Whoever sends it by an earlier window is told what is missing, and led there.
    const said = begun.pathway.declarations.map(({ id }): [string, string] => ['declarations', id])
    const refused = await visitor.post(`${path}/send`, said)
    match(refused.text, /Some parts are not done yet\./)
    match(
      refused.text,
      /href="\/sedis\/referrals\/[^"]*\/parts\/carer\?look#answers\.carer-name"[^>]*>[^<]*(?:<!--[^>]*-->)?Parent or carer/,
    )
    equal(await visitor.go(path).then(({ text }) => /not done yet/.test(text)), false)
  })

  it('print the letter of whoever has no e-mail from the page that says that it is sent', async () => {
    const { begun, visitor, path } = await opened({ fills: { 'carer.email': '' } })
    for (const part of begun.pathway.parts) {
      const page = await visitor.go(`${path}/parts/${part.id}`)
      await visitor.fill(page, [...fieldsOf(part, begun.answers[part.id] ?? {}), ['step', 'next']])
    }
    const said = begun.pathway.declarations.map(({ id }): [string, string] => ['declarations', id])
    const sent = await visitor.post(`${path}/send`, said)
    const buttons = [
      ...sent.text.matchAll(/name="person" value="([^"]*)" formaction="([^"]*)" formtarget="_blank">(.*?)<\/button>/g),
    ]
    // The second carer has an address, and no letter.
    deepEqual(
      buttons.map(([, , , text]) => text),
      ['Print the letter for Ngozi Okonkwo'],
    )
    const [, person = '', to = ''] = buttons[0] ?? []
    const letter = await visitor.post(to.replaceAll('&amp;', '&'), [['person', person]])
    match(letter.text, /<title>A question for you/)
  })

  it('name no e-mail where none has been sent: what another website sends begins nothing', async () => {
    const { pathway } = await begunReferral(world)
    const said = pathway.eligibility.map(({ id, pass }): [string, string] => [`eligibility.${id}`, pass])
    const fields: [string, string][] = [...said, ['at', 'address'], ['email', 'a@b.example'], ['step', 'next']]
    const before = await world.count('referral')
    const forged = { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' }
    const refused = await new Visitor().post('/stepping-stones/referral/outreach', fields, forged)
    equal(refused.status, 403)
    match(refused.text, /Referrals cannot be made here today\. Ask /)
    doesNotMatch(refused.text, /our e-mail opens it|not reach the service/)
    equal(await world.count('referral'), before)
  })

  it('say honestly that it does not go this way, and keep nothing', async () => {
    const visitor = new Visitor()
    const before = await world.count('referral')
    const first = await visitor.fill(await visitor.go('/stepping-stones/referral/outreach'), [['step', 'next']])
    const no = await visitor.fill(first, [
      ['eligibility.district', 'no'],
      ['step', 'next'],
    ])
    match(no.text, /This is not the right way/)
    match(no.text, /Where you can turn/)
    match(titleOf(first), /^Is this the right way\? Question 1 of 3 – Outreach support for one pupil – /)
    match(titleOf(no), /^This is not the right way – Outreach support for one pupil – /)
    const unsaid = await visitor.fill(first, [['step', 'next']])
    match(titleOf(unsaid), /^There is a problem: Is this the right way\? Question 1 of 3/)
    match(
      unsaid.text,
      /class="summary"[\s\S]*?aria-level="2"[\s\S]*?There is a problem[\s\S]*?id="step"[^>]*aria-level="1"/,
    )
    equal(await world.count('referral'), before)
    equal((await visitor.go('/stepping-stones/referral/nothing')).status, 404)
  })

  it('lead on to where one can turn: another pathway, another provider, with its telephone number', async () => {
    const turned = async (path: string, ...answers: [id: string, answer: string][]) => {
      const visitor = new Visitor()
      let page = await visitor.fill(await visitor.go(path), [['step', 'next']])
      for (const [id, answer] of answers)
        page = await visitor.fill(page, [
          [`eligibility.${id}`, answer],
          ['step', 'next'],
        ])
      match(page.text, /Where you can turn/)
      return page.text
    }
    const district = ['district', 'yes'] as [string, string]
    const placement = await turned(
      '/stepping-stones/referral/placement',
      district,
      ['universal', 'yes'],
      ['roll', 'yes'],
      ['return', 'no'],
    )
    match(placement, /<a href="\/stepping-stones\/referral\/outreach[^"]*">[^<]*(<!--[^>]*-->)*The outreach pathway/)
    const next = await turned('/golden-hill/referral/outreach?today=2019-05-01', ['district', 'no'])
    const there = /href="(\/golden-hill\/\.\.\/[^"]+)"/.exec(next)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const { pathname, search } = new URL(there, 'http://localhost')
    equal(pathname, '/stepping-stones/referral')
    equal((await new Visitor().go(pathname + search)).status, 200)
    match(
      await turned('/stepping-stones/referral/outreach', district, ['universal', 'yes'], ['package', 'no']),
      /01524 67164/,
    )
  })

  it('lead to what has to be bought first, and to nobody of whom nothing is known', async () => {
    const visitor = new Visitor()
    let page = await visitor.fill(await visitor.go('/golden-hill/referral/outreach?today=2019-05-01'), [
      ['step', 'next'],
    ])
    for (const [id, answer] of [
      ['district', 'yes'],
      ['universal', 'no'],
    ])
      page = await visitor.fill(page, [
        [`eligibility.${id}`, answer ?? ''],
        ['step', 'next'],
      ])
    const [, packages = ''] =
      /<a href="([^"]*)">[^<]*(?:<!--[^>]*-->)*Order the universal support offer/.exec(page.text) ?? []
    equal(packages, '/golden-hill/packages?today=2019-05-01')
    doesNotMatch(page.text, />Ask Golden Hill/)
  })

  it('open by the address that the link went to, lock after five others, and send a new link', async () => {
    const { begun, list } = await opened()
    match(list.text, /Your referral/)
    const [letter] = await lettersOf(world, begun.id)
    const stranger = new Visitor()
    const door = await stranger.go(`/stepping-stones/referrals/${begun.id}/open/${secretIn(letter ?? { links: [] })}`)
    doesNotMatch(door.text, /referrer@school\.example/)
    match(door.text, /at most once in ten minutes[\s\S]*Send me a new link[\s\S]*Privacy notice/)
    for (const left of [4, 3, 2]) {
      const wrong = await stranger.fill(door, [
        ['email', 'a@b.example'],
        ['step', 'next'],
      ])
      equal(wrong.status, 422)
      match(wrong.text, new RegExp(`You can try ${left} more times`))
    }
    match(
      (
        await stranger.fill(door, [
          ['email', 'a@b.example'],
          ['step', 'next'],
        ])
      ).text,
      /try once more/,
    )
    // What is no address takes no try.
    const empty = await stranger.fill(door, [
      ['email', ''],
      ['step', 'next'],
    ])
    equal(empty.status, 422)
    match(empty.text, /Enter “The e-mail address that the link was sent to” in full/)
    const locked = await stranger.fill(door, [
      ['email', 'a@b.example'],
      ['step', 'next'],
    ])
    match(locked.text, /This link is locked/)
    world.clock.now += 3_600_000
    match((await stranger.fill(locked, [['step', 'again']])).text, /a new one is on its way/)
    equal((await lettersOf(world, begun.id)).length, 2)
    // The answer is the same where a mailbox has had its letters of today, so that each says when there is none.
    world.clock.now += 3_600_000
    world.env.LETTERS_A_DAY = '1'
    const none = /had too many from us today: then ask again tomorrow/
    match((await stranger.fill(locked, [['step', 'again']])).text, none)
    const needed = await stranger.go(`/stepping-stones/referrals/${begun.id}/link`)
    match((await stranger.fill(needed, [['email', REFERRER]])).text, none)
    delete world.env.LETTERS_A_DAY
    equal((await lettersOf(world, begun.id)).length, 2)
    match(
      (await stranger.go(`/stepping-stones/referrals/${begun.id}/open/${'0'.repeat(64)}`)).text,
      /nothing behind this link/,
    )
  })

  it('keep half an answer, say what is missing at an address of its own, and show both where somebody else saved', async () => {
    const { visitor, path } = await opened()
    const page = await visitor.go(`${path}/parts/pupil`)
    const half = await visitor.fill(page, [
      ['answers.name', "Zoë <b>O'Neil</b>"],
      ['answers.born.day', '31'],
      ['answers.born.month', '2'],
      ['answers.born.year', '2015'],
      ['step', 'next'],
    ])
    equal(visitor.at, `${path}/parts/pupil?look`)
    match(half.text, /must be a real day/)
    match(half.text, /Zoë &lt;b&gt;O(&#39;|')Neil/)
    // The first page still says that nothing was kept: another tab.
    const both = await visitor.fill(page, [
      ['answers.name', 'Mine'],
      ['step', 'next'],
    ])
    equal(both.status, 409)
    match(both.text, /value="Mine"/)
    match(both.text, /Saved meanwhile: Zoë/)
    const mine = await visitor.fill(both, [
      ['answers.name', 'Mine'],
      ['step', 'next'],
    ])
    match(mine.text, /value="Mine"/)
    equal(mine.status, 200)
  })

  it('keep what was typed where the visit is over, and take it once it is open again', async () => {
    const { begun, visitor, path } = await opened()
    const page = await visitor.go(`${path}/parts/strengths`)
    world.clock.now += 5 * 3_600_000
    const held = await visitor.fill(page, [
      ['answers.strengths', 'Kind, and "quick"'],
      ['step', 'later'],
    ])
    equal(held.status, 401)
    match(held.text, /What you typed is still on this page/)
    const [letter] = await lettersOf(world, begun.id)
    const door = await visitor.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
    await visitor.fill(door, [
      ['email', REFERRER],
      ['step', 'next'],
    ])
    const fields = [...held.text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(
      ([, name = '', value = '']): [string, string] => [name, value.replaceAll('&quot;', '"').replaceAll('&#34;', '"')],
    )
    await visitor.post(`${path}/parts/strengths`, fields)
    match((await visitor.go(`${path}/parts/strengths`)).text, /Kind, and (&quot;|&#34;|")quick/)
  })

  it('let a colleague finish a part, and no other, and take the link back', async () => {
    const { begun, visitor, path } = await opened()
    const page = await visitor.go(`${path}/colleague`)
    const wrong = await visitor.fill(page, [
      ['email', 'x'],
      ['step', 'next'],
    ])
    equal(wrong.status, 422)
    deepEqual(wrongs(wrong), [
      'Choose an answer to “Which parts?”',
      'Enter “Your colleague’s work e-mail address” in full, such as name@school.example',
    ])
    const invited = await visitor.fill(page, [
      ['email', 'teacher@school.example'],
      ['parts', 'strengths'],
      ['step', 'next'],
    ])
    match(invited.text, /A link is on its way to teacher@school\.example\./)
    doesNotMatch(visitor.at, /teacher/)
    match((await visitor.go(path)).text, /Being finished by a colleague/)
    const letter = (await lettersOf(world, begun.id)).find(({ to }) => to === 'teacher@school.example')
    const colleague = new Visitor()
    const door = await colleague.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
    const list = await colleague.fill(door, [
      ['email', 'teacher@school.example'],
      ['step', 'next'],
    ])
    match(list.text, /A colleague has asked you/)
    doesNotMatch(list.text, /parts\/pupil/)
    equal((await colleague.go(`${path}/parts/pupil`)).status, 404)
    equal((await colleague.go(`${path}/check`)).status, 401)
    const part = await colleague.go(`${path}/parts/strengths`)
    await colleague.fill(part, [
      ['answers.strengths', 'Draws'],
      ['step', 'next'],
    ])
    match((await colleague.go(path)).text, /That is all: your parts are done/)
    const told = async () =>
      (await lettersOf(world, begun.id)).filter(({ subject }) => /colleague has finished/.test(subject))
    const [finished, ...others] = await told()
    deepEqual(others, [])
    equal(finished?.to, REFERRER)
    match(finished?.text ?? '', /teacher@school\.example has finished[\s\S]*- What is going well/)
    doesNotMatch(finished?.text ?? '', /Draws/)
    const [own = ''] = finished?.links ?? []
    match((await new Visitor().go(new URL(own).pathname)).text, /Open your referral/)
    await colleague.fill(await colleague.go(`${path}/parts/strengths`), [
      ['answers.strengths', 'Draws well'],
      ['step', 'next'],
    ])
    equal((await told()).length, 1, 'It is said once.')
    match((await visitor.go(`${path}/check`)).text, /Draws well/)
    const { pathway, answers } = await filledReferral(world)
    for (const { id } of pathway.parts) {
      const revision = id === 'strengths' ? 2 : 0
      const body = { revision, answers: answers[id] ?? {} }
      const saved = await world.ask('PUT', `/api/referrals/${begun.id}/parts/${id}`, body, begun.headers)
      equal(saved.status, 200, saved.text)
    }
    const none = await visitor.go(`${path}/colleague`)
    match(none.text, /nothing for a colleague to finish/)
    doesNotMatch(none.text, /Send the link/)
    const out = /value="(out\.[^"]*)"/.exec((await visitor.go(`${path}/colleague`)).text)?.[1] ?? ''
    await visitor.post(`${path}/colleague`, [['step', out]])
    const gone = await colleague.fill(part, [
      ['answers.strengths', 'Draws and paints'],
      ['step', 'next'],
    ])
    equal(gone.status, 401)
    match(gone.text, /taken your link back/)
    match(gone.text, /<textarea readonly[^>]*>\nDraws and paints/)
    doesNotMatch(gone.text, /Open the link|open the link/)
    match((await colleague.go(path)).text, /taken your link back/)
    const shut = await colleague.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
    match(shut.text, /Your colleague has taken this link back/)
    doesNotMatch(shut.text, /Send me a new link/)
  })

  it('delete a draft in two presses, at once, tell colleagues, and leave one that is sent as it is', async () => {
    const { begun, visitor, path } = await opened()
    const body = { email: 'teacher@school.example', parts: ['strengths'] }
    await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)
    match((await visitor.go(path)).text, /Delete this draft/)
    const asks = await visitor.go(`${path}/delete`)
    equal((await world.ask('GET', `/api/referrals/${begun.id}`, undefined, begun.headers)).status, 200)
    const gone = await visitor.fill(asks, [['step', 'next']])
    match(gone.text, /The draft is deleted/)
    doesNotMatch(gone.text, /nothing was sent to anybody/)
    match(gone.text, /Colleagues whom you had let in are told by e-mail/)
    equal((await visitor.go(path)).status, 401)
    equal((await world.ask('GET', `/api/referrals/${begun.id}`, undefined, begun.headers)).status, 401)
    for (const table of ['referral', 'referral_key', 'sealed', 'referral_link', 'referral_visit']) {
      const named = table === 'referral' ? 'id' : 'referral'
      const row = await world.db
        .prepare(`SELECT count(*) AS left FROM ${table} WHERE ${named} = ?1`)
        .bind(begun.id)
        .first()
      equal(row?.left, 0, table)
    }
    const told = await world.db
      .prepare(
        "SELECT subject, text FROM letter WHERE recipient = 'teacher@school.example' AND subject LIKE '%nothing left%'",
      )
      .all<{ subject: string; text: string }>()
    equal(told.results.length, 1)

    const other = await filledReferral(world)
    const late = await visitWith(world.db, await hashOf(other.key), new Date(world.clock.now).toISOString())
    ok(late?.as === 'referrer')
    equal((await world.ask('POST', `/api/referrals/${other.id}/send`, declared(other), other.headers)).status, 201)
    await rejects(throwAway(world.env, { ...late, as: 'referrer', only: [] }, { now: world.clock.now }), /conflict/)
    const kept = await world.ask('GET', `/api/referrals/${other.id}/progress`, undefined, other.headers)
    equal(kept.status, 200)
  })

  it('say that it is tomorrow where a mailbox has had its letters of today, in English and in Welsh, and lose nothing that was typed', async () => {
    const { begun, visitor, path } = await opened()
    for (const part of begun.pathway.parts.slice(1)) {
      const body = { revision: 0, answers: begun.answers[part.id] ?? {} }
      equal((await world.ask('PUT', `/api/referrals/${begun.id}/parts/${part.id}`, body, begun.headers)).status, 200)
    }
    const stranger = new Visitor()
    let address = await stranger.go('/stepping-stones/referral/outreach')
    address = await stranger.fill(address, [['step', 'next']])
    for (const id of ['district', 'universal', 'package'])
      address = await stranger.fill(address, [
        [`eligibility.${id}`, 'yes'],
        ['step', 'next'],
      ])
    const isTomorrow = ({ status, text, headers }: Heard, again = /Try again tomorrow/) => {
      equal(status, 429)
      match(text, again)
      doesNotMatch(text, /minute|munud/)
      ok(Number(headers.get('Retry-After')) > 60)
    }
    world.env.LETTERS_A_DAY = '1'
    try {
      const email: [string, string] = ['email', REFERRER]
      const refused = await stranger.fill(address, [email, ['step', 'next']])
      isTomorrow(refused)
      match(refused.text, new RegExp(`value="${REFERRER}"`))

      const colleague = await visitor.go(`${path}/colleague`)
      const [part] = begun.pathway.parts
      const letIn: [string, string][] = [email, ['parts', part?.id ?? ''], ['step', 'next']]
      const held = await visitor.fill(colleague, letIn)
      isTomorrow(held)
      match(held.text, new RegExp(`value="${REFERRER}"`))
      equal(/<input[^>]*name="parts"[^>]*>/.exec(held.text)?.[0].includes('checked'), true)

      const first = { revision: 0, answers: begun.answers[part?.id ?? ''] ?? {} }
      equal((await world.ask('PUT', `/api/referrals/${begun.id}/parts/${part?.id}`, first, begun.headers)).status, 200)
      for (const [language, again] of [
        ['', /Try again tomorrow/],
        ['?lang=cy', /Rhowch gynnig arall arni yfory/],
      ] as const) {
        const send = await visitor.go(`${path}/send${language}`)
        const said = begun.pathway.declarations.map(({ id }): [string, string] => ['declarations', id])
        const unsent = await visitor.fill(send, [...said, ['step', 'next']])
        isTomorrow(unsent, again)
        const boxes = [...unsent.text.matchAll(/<input[^>]*name="declarations"[^>]*>/g)].map(([box]) => box)
        equal(boxes.length, begun.pathway.declarations.length)
        for (const box of boxes) match(box, /checked/)
      }
      const api = await world.ask('POST', `/api/referrals/${begun.id}/send`, declared(begun), begun.headers)
      deepEqual([api.status, api.body.wait], [429, 'tomorrow'])
    } finally {
      delete world.env.LETTERS_A_DAY
    }
  })

  it('say how complete a part is by the day on which it is looked at', async () => {
    const { begun, visitor, path } = await opened()
    const answers = { name: 'Amira', born: '2025-01-01' }
    const saved = await world.ask(
      'PUT',
      `/api/referrals/${begun.id}/parts/pupil`,
      { revision: 0, answers },
      begun.headers,
    )
    equal(saved.body.complete, false)
    const draft = await world.ask('GET', `/api/referrals/${begun.id}`, undefined, begun.headers)
    equal((draft.body.parts as { pupil: { complete: boolean } }).pupil.complete, false)
    doesNotMatch((await visitor.go(path)).text, /1 of 13 parts are done/)
  })

  it('tell a colleague that the referral is sent, by their link and where they are, and keep what they typed', async () => {
    const begun = await filledReferral(world)
    const path = `/stepping-stones/referrals/${begun.id}`
    const email = 'teacher@school.example'
    const body = { email, parts: ['strengths'] }
    equal((await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)).status, 201)
    const letter = (await lettersOf(world, begun.id)).find(({ to }) => to === email)
    const colleague = new Visitor()
    const door = await colleague.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
    await colleague.fill(door, [
      ['email', email],
      ['step', 'next'],
    ])
    const part = await colleague.go(`${path}/parts/strengths`)
    const sent = await world.ask('POST', `/api/referrals/${begun.id}/send`, declared(begun), begun.headers)
    equal(sent.status, 201)
    const late = await colleague.fill(part, [
      ['answers.strengths', 'Draws and paints'],
      ['step', 'next'],
    ])
    equal(late.status, 409)
    match(late.text, /has been sent meanwhile/)
    match(late.text, /<textarea readonly[^>]*>\nDraws and paints/)
    match((await colleague.go(path)).text, /Your colleague has sent this referral/)
    const later = new Visitor()
    const again = await later.go(`${path}/open/${secretIn(letter ?? { links: [] })}`)
    const thanks = await later.fill(again, [
      ['email', email],
      ['step', 'next'],
    ])
    match(thanks.text, /Your colleague has sent this referral/)
    doesNotMatch(thanks.text, /Amira/)
  })

  it('say that ten colleagues are the most, and what is wrong with a year of birth', async () => {
    const { begun, visitor, path } = await opened()
    for (let number = 0; number < 10; number += 1) {
      const body = { email: `c${number}@b.example`, parts: ['strengths'] }
      await world.ask('POST', `/api/referrals/${begun.id}/colleagues`, body, begun.headers)
    }
    const eleventh = await visitor.fill(await visitor.go(`${path}/colleague`), [
      ['email', 'c11@b.example'],
      ['parts', 'strengths'],
      ['step', 'next'],
    ])
    equal(eleventh.status, 422)
    match(eleventh.text, /No more than 10 colleagues can be let in/)
    const born = await visitor.fill(await visitor.go(`${path}/parts/pupil`), [
      ['answers.name', 'Zoë'],
      ['answers.born.day', '1'],
      ['answers.born.month', '2'],
      ['answers.born.year', '1915'],
      ['step', 'next'],
    ])
    match(born.text, /is too long ago\. Check the year/)
  })

  it('refuse strangers and other websites’ forms', async () => {
    const { visitor, path } = await opened()
    for (const page of ['', '/parts/pupil', '/check', '/send', '/sent', '/colleague'])
      equal((await new Visitor().go(`${path}${page}`)).status, 401, page)
    const forged = await visitor.post(
      `${path}/parts/pupil`,
      [
        ['revision', '0'],
        ['answers.name', 'X'],
        ['step', 'next'],
      ],
      {
        Origin: 'https://elsewhere.example',
        'Sec-Fetch-Site': 'cross-site',
      },
    )
    equal(forged.status, 403)
    equal((await visitor.go(path.replace('stepping-stones', 'golden-hill'))).status, 404)
  })

  it('show every provider’s privacy notice and complaints, in Welsh too', async () => {
    for (const provider of ['stepping-stones', 'golden-hill', 'school2school-norfolk', 'bridge', 'sedis']) {
      const notice = await new Visitor().go(`/${provider}/privacy`)
      equal(notice.status, 200)
      match(notice.text, /<h1>Privacy notice<\/h1>/)
      match(notice.text, /answers for what is kept/)
      const complaints = await new Visitor().go(`/${provider}/complaints`)
      match(complaints.text, /<ol lang="en">/)
      // Where a catalogue names no way to the provider, the school is one.
      const isReached = /stepping|norfolk/.test(provider)
      for (const { text } of [notice, complaints])
        equal(/Ask the school that made the request\. It passes your question on\./.test(text), !isReached, provider)
      match(notice.text, /<h2>Whom to ask about it<\/h2>/)
    }
    match((await new Visitor().go('/sedis/privacy?lang=cy')).text, /<h1>Hysbysiad preifatrwydd<\/h1>/)
  })
})
