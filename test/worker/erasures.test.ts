import { deepEqual, doesNotMatch, equal, match, ok, rejects } from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { PupilExport } from '../../catalogue/wire/erasure.ts'
import { replayStatements } from '../../worker/erasures/ledger.store.ts'
import { erasingStatements } from '../../worker/erasures/store.ts'
import { drain } from '../../worker/letters/drain.ts'
import { CaseChange } from '../../worker/referrals/open-case.ts'
import { TABLES } from '../../worker/retention/columns.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import { rewrapStatement, rotatedStatement, staleKeysQuery } from '../../worker/sealing/rotate.store.ts'
import { openReferralKey, rewrapped } from '../../worker/sealing/seal.ts'
import { answer, letIn } from './consenting.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { logged, openWorld, type World } from './harness.ts'
import { opened, openedCase, openUp } from './opened-case.ts'
import { filledReferral, lettersOf, SAMPLE, sentReferral } from './referring.ts'

let world: World
let owner: SignedInPerson
before(async () => {
  world = await openWorld({ MAILER: 'none' })
  owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
})
after(() => world.stop())

const BASE = '/api/console/providers/stepping-stones/cases'
const erase = (reference: string, more: Record<string, string> = {}, body: unknown = { reason: 'family-asked' }) =>
  world.ask('POST', `${BASE}/${reference}/erase`, body, { ...owner.headers, ...more })
const exported = (reference: string, query = '') =>
  world.ask('GET', `${BASE}/${reference}/export${query}`, undefined, owner.headers)

/** How many rows each table has of a referral. */
async function rowsOf(id: string): Promise<Record<string, number>> {
  const tables = Object.entries(TABLES).filter(([name, { columns }]) => 'referral' in columns && name !== 'erasure')
  const counted = await world.db.batch<{ n: number }>(
    tables.map(([name]) => world.db.prepare(`SELECT count(*) AS n FROM "${name}" WHERE referral = ?1`).bind(id)),
  )
  return Object.fromEntries(tables.map(([name], at) => [name, counted[at]?.results[0]?.n ?? 0]))
}

const all = async (sql: string) => (await world.db.prepare(sql).all<Record<string, string | number | null>>()).results

describe('Erasing a referral', () => {
  it('leaves nothing of it but a line in the ledger and the record, frees a panel’s place and keeps the counts right', async () => {
    const { id, reference } = await openedCase(world, { assigned: [owner.person] })
    const before = await openedCase(world)
    await world.db.batch([
      world.db.prepare(
        "INSERT INTO panel VALUES ('stepping-stones', 'panel-1', 'x', '2024-10-01', '', '2024-09-10', NULL)",
      ),
      world.db.prepare("INSERT INTO panel_case VALUES ('stepping-stones', 'panel-1', ?1, 1, '')").bind(id),
      world.db.prepare("INSERT INTO place_pool VALUES ('stepping-stones', 'panel:panel-1', 3, 0, 2)"),
      world.db
        .prepare("INSERT INTO place VALUES (?1, 90, 'stepping-stones', 'x', 'panel:panel-1', '2024-09-10', NULL)")
        .bind(id),
      world.db
        .prepare("INSERT INTO place VALUES (?1, 91, 'stepping-stones', 'x', 'panel:panel-1', '2024-09-10', NULL)")
        .bind(id),
      world.db
        .prepare(
          "INSERT INTO waiting_place VALUES ('stepping-stones', 'x', 1, ?1, '2024-09-10') ON CONFLICT DO NOTHING",
        )
        .bind(id),
    ])
    // The provider had no address for this one, so that it is not sealed.
    await world.db
      .prepare(
        `INSERT INTO letter (state, due_at, id, provider, about, recipient, written_at, subject, text)
         VALUES ('unaddressed', '2024-09-10', 'nobody', 'stepping-stones', ?1, '', '2024-09-10', 'x', 'x')`,
      )
      .bind(reference)
      .run()
    const [held, other] = [await rowsOf(id), await rowsOf(before.id)]
    deepEqual(
      Object.entries(held).filter(([, count]) => count === 0),
      [],
      'the test leaves a table empty',
    )
    await world.db.batch([
      world.db.prepare("INSERT INTO place_pool VALUES ('stepping-stones', 'school:autumn:core:mark', 2, 0, 1)"),
      world.db
        .prepare(
          "INSERT INTO place VALUES (?1, 92, 'stepping-stones', 'core', 'school:autumn:core:mark', '2024-09-10', NULL)",
        )
        .bind(id),
    ])
    const tallied = await all("SELECT sum(referrals) AS n FROM referral_tally WHERE status = 'open'")
    logged.length = 0
    const heard = await erase(reference)
    equal(heard.status, 200, heard.text)
    deepEqual(heard.body, { erased: reference, on: '2024-09-10' })
    deepEqual(
      Object.entries(await rowsOf(id)).filter(([, count]) => count > 0),
      [],
    )
    deepEqual(await rowsOf(before.id), other)
    deepEqual(await all(`SELECT id FROM referral WHERE id = '${id}'`), [])
    deepEqual(await all(`SELECT about FROM letter WHERE about = '${reference}'`), [])
    const [left] = await all("SELECT sum(referrals) AS n FROM referral_tally WHERE status = 'open'")
    equal(left?.n, Number(tallied[0]?.n) - 1)
    // What a school has used of its term stays used, though nobody can say any more by whom.
    deepEqual(await all('SELECT pool, taken FROM place_pool ORDER BY pool'), [
      { pool: 'panel:panel-1', taken: 0 },
      { pool: 'school:autumn:core:mark', taken: 1 },
    ])
    deepEqual(await all(`SELECT provider, why FROM erasure WHERE referral = '${id}'`), [
      { provider: 'stepping-stones', why: 'asked' },
    ])
    deepEqual(
      await all(`SELECT actor, detail FROM record WHERE subject = '${reference}' AND action = 'referral-erased'`),
      [{ actor: owner.person, detail: '{"why":"family-asked"}' }],
    )
    const lines = logged.filter((line) => line.includes('erased'))
    equal(lines.length, 1)
    equal(JSON.parse(lines[0] ?? '').erased, id)
  })

  it('happens once, whoever asks twice or at once, and is answered the same under the same key', async () => {
    const { id, reference } = await openedCase(world)
    const key = { 'Idempotency-Key': crypto.randomUUID() }
    const heard = await Promise.all(Array.from({ length: 8 }, () => erase(reference, key)))
    deepEqual(new Set(heard.map(({ status }) => status)), new Set([200]))
    equal((await erase(reference, key)).status, 200)
    equal((await erase(reference, key, { reason: 'school-asked' })).status, 422)
    equal((await erase(reference)).status, 404)
    deepEqual(await all(`SELECT count(*) AS n FROM erasure WHERE referral = '${id}'`), [{ n: 1 }])
    deepEqual(
      await all(`SELECT count(*) AS n FROM record WHERE subject = '${reference}' AND action = 'referral-erased'`),
      [{ n: 1 }],
    )
  })

  it('refuses a reason that could say more than a code', async () => {
    const { reference } = await openedCase(world)
    for (const body of [{}, { reason: 'Zoë asked' }, { reason: 7 }, []]) {
      const heard = await erase(reference, {}, body)
      equal(heard.status, 422, heard.text)
    }
    equal((await exported(reference)).status, 200)
  })

  it('stops whatever is still on its way to it', async () => {
    const { id, reference, headers, pathway } = await openedCase(world)
    const late = await opened(world, id)
    equal((await erase(reference)).status, 200)
    const change = new CaseChange(late, { actor: owner.person, today: '2024-09-10', now: world.clock.now })
    change.event('note', '', { said: { text: 'too late' } })
    change.letter({
      id: 'late',
      provider: 'stepping-stones',
      about: reference,
      to: 'a@b.example',
      subject: '',
      text: '',
      writtenAt: '',
    })
    equal(await change.keep(world.db), 'conflict')
    deepEqual(
      Object.entries(await rowsOf(id)).filter(([, count]) => count > 0),
      [],
    )
    await rejects(
      async () => world.db.prepare("INSERT INTO sealed VALUES (?1, 'part:x', 1, 'x', 'x')").bind(id).run(),
      /is erased/,
    )
    const saved = await world.ask(
      'PUT',
      `/api/referrals/${id}/parts/${pathway.parts[0]?.id}`,
      { revision: 1, answers: {} },
      headers,
    )
    ok([401, 404].includes(saved.status), saved.text)
  })

  it('reaches one that still waits for consent, though nobody may read it', async () => {
    const { id, reference } = await openedCase(world, { status: 'waiting' })
    equal((await erase(reference.toLowerCase())).status, 200)
    deepEqual(await all(`SELECT id FROM referral WHERE id = '${id}'`), [])
  })

  it('looks for nothing by reading a whole table', async () => {
    for (const sql of erasingStatements({ prepare: (sql) => ({ bind: () => sql }) }, '')) {
      const { results } = await world.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind('x').all<{ detail: string }>()
      for (const { detail } of results) doesNotMatch(detail, /^SCAN|TEMP B-TREE/, `${detail}: ${sql}`)
    }
  })
})

describe('A copy that was restored', () => {
  it('is erased again by the ledger, as often as it is replayed', async () => {
    const { id, reference } = await openedCase(world)
    const kept = Object.fromEntries(
      await Promise.all(
        ['referral', 'referral_key', 'sealed', 'case_event', 'letter', 'pupil_mark'].map(async (table) => [
          table,
          await all(`SELECT * FROM ${table} WHERE ${table === 'referral' ? 'id' : 'referral'} = '${id}'`),
        ]),
      ),
    ) as Record<string, Record<string, string | number | null>[]>
    equal((await erase(reference)).status, 200)
    const [line] = await all(`SELECT referral, provider, erased_at AS at, why FROM erasure WHERE referral = '${id}'`)
    // Back to the minute before: the rows are there again, and the ledger knows nothing of it.
    await world.db.prepare('DELETE FROM erasure WHERE referral = ?1').bind(id).run()
    for (const [table, rows] of Object.entries(kept))
      for (const row of rows)
        await world.db
          .prepare(
            `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
              .map(() => '?')
              .join(', ')})`,
          )
          .bind(...Object.values(row))
          .run()
    equal((await exported(reference)).status, 200)
    const statements = replayStatements({
      referral: id,
      provider: String(line?.provider),
      at: String(line?.at),
      why: 'asked',
    })
    for (let turn = 0; turn < 2; turn += 1) {
      await world.db.batch(statements.map((sql) => world.db.prepare(sql)))
      deepEqual(
        Object.entries(await rowsOf(id)).filter(([, count]) => count > 0),
        [],
      )
      equal((await exported(reference)).status, 404)
      deepEqual(await all(`SELECT referral, provider, erased_at AS at, why FROM erasure WHERE referral = '${id}'`), [
        line,
      ])
    }
  })
})

describe('The export of a pupil', () => {
  it('holds every answer and everything else that is sealed, in words, and says so in the record', async () => {
    const words = 'Kestrel & <Wren>'
    const { id, reference, answers, pathway } = await openedCase(world, { words, assigned: [owner.person] })
    const heard = await exported(reference)
    equal(heard.status, 200, heard.text)
    match(heard.headers.get('Cache-Control') ?? '', /no-store/)
    const { referrals, provider } = heard.body as unknown as PupilExport
    equal(provider.id, 'stepping-stones')
    const [one] = referrals
    ok(one)
    for (const part of pathway.parts)
      for (const question of part.questions) {
        const given = answers[part.id]?.[question.id]
        if (given === undefined) continue
        const shown: { text: string; name: string } | undefined = one.parts
          .find(({ id: named }) => named === part.id)
          ?.answers.find((answer) => answer.question === question.id)
        const expected = [given]
          .flat()
          .map((value) => question.choices?.find((choice) => choice.id === value)?.name ?? value)
        equal(shown?.text, expected.join(', '), `${part.id} ${question.id}`)
        equal(shown?.name, question.label)
      }
    const choices = pathway.parts.flatMap(({ questions }) => questions.flatMap((question) => question.choices ?? []))
    // Each sealed text stands somewhere.
    const openCase = await opened(world, id)
    for (const name of openCase.kept.sealed.keys())
      for (const value of leavesOf(await openCase.read(name))) {
        const said = [value, ...choices.filter(({ id: choice }) => choice === value).map(({ name: called }) => called)]
        ok(
          leavesOf(one).some((text) => said.some((spelling) => text.includes(spelling))),
          `${name}: ${value}`,
        )
      }
    equal(one.letters[0]?.to, 'carer@family.example')
    deepEqual(one.assigned, ['A owner (owner)'])
    deepEqual(
      one.links.map(({ as, how, revokedAt }) => [as, how, revokedAt]),
      [['referrer', 'link', null]],
    )
    match(one.links[0]?.madeAt ?? '', /^2026-11-02T/)
    doesNotMatch(heard.text, /[0-9a-f]{64}/)
    deepEqual(one.waiting, null)
    deepEqual(
      (await all(`SELECT actor, detail FROM record WHERE subject = '${reference}' AND action = 'pupil-exported'`)).map(
        ({ actor, detail }) => [actor, detail],
      ),
      [[owner.person, '{"as":"json"}']],
    )
  })

  it('opens no door of the family’s or the school’s, though letters that bring their links still wait', async () => {
    const sent = await sentReferral(world, { provider: 'stepping-stones', pathway: 'outreach' })
    const carer = SAMPLE['carer.email'] ?? ''
    await answer(await letIn(world, sent, carer), { 'answer.share': 'given', 'answer.support': 'given' })
    const secrets = (await lettersOf(world, sent.id)).flatMap(
      ({ links }) => links.join(' ').match(/[0-9a-f]{64}/g) ?? [],
    )
    ok(secrets.length > 3)
    for (const query of ['', '?as=page']) {
      const heard = await exported(sent.reference, query)
      equal(heard.status, 200, heard.text)
      ok(heard.text.includes(carer))
      ok(heard.text.includes('Whoever is asked can answer until'), 'what letters say otherwise is there')
      deepEqual(
        secrets.filter((secret) => heard.text.includes(secret)),
        [],
      )
    }
  })

  it('can be read and printed as a page that runs nothing, with nobody in its title', async () => {
    const words = 'Kestrel & <Wren>'
    const { reference } = await openedCase(world, { words })
    const heard = await exported(reference, '?as=page')
    equal(heard.status, 200)
    match(heard.headers.get('Content-Type') ?? '', /text\/html/)
    match(heard.headers.get('Content-Security-Policy') ?? '', /^default-src 'none'; style-src 'self'; (?!.*script)/)
    match(heard.headers.get('Cache-Control') ?? '', /no-store/)
    match(heard.text, /Carer Kestrel &amp; &lt;Wren&gt;/)
    doesNotMatch(heard.text, /<Wren>|<script/)
    const title = /<title>(.*)<\/title>/.exec(heard.text)?.[1] ?? ''
    equal(title, `What is held: ${reference}`)
    ok(heard.text.includes('Amira Okonkwo-Kaye'))
  })

  it('says which place on the waiting list it has, in words too', async () => {
    const [first, second] = [await openedCase(world), await openedCase(world)]
    await world.db.batch(
      [first, second].map(({ id }, index) =>
        world.db
          .prepare("INSERT INTO waiting_place VALUES ('stepping-stones', 'its-pathway', ?1, ?2, '2024-09-09')")
          .bind(7 * (index + 1), id),
      ),
    )
    const { referrals } = (await exported(second.reference)).body as unknown as PupilExport
    deepEqual(referrals[0]?.waiting, { position: 2, since: '2024-09-09' })
    const page = (await exported(second.reference, '?as=page')).text.replace(/\s+/g, ' ')
    match(page, /Waits for a place since 9 September 2024, as number 2\./)
    match(page, /a link for whoever referred, until 2 November 2027/)
  })

  it('gives the same pupil’s other referrals where they are asked for, and no other pupil’s', async () => {
    const name = 'Zoë O’Hara'
    const fills = { 'pupil.name': name }
    const one = await openedCase(world, { fills })
    const same = await openedCase(world, { fills: { 'pupil.name': "O'HARA, ZOE" } })
    const waits = await openedCase(world, { fills, status: 'waiting' })
    await openedCase(world, { fills: { 'pupil.name': 'Someone Else' } })
    const references = async (query: string) => {
      const { referrals } = (await exported(one.reference, query)).body as unknown as PupilExport
      return referrals.map(({ reference }) => reference)
    }
    deepEqual(await references(''), [one.reference])
    deepEqual(await references('?others=all'), [one.reference, same.reference])
    ok(!(await references('?others=all')).includes(waits.reference))
    equal((await exported(one.reference, '?others=some')).status, 422)
  })

  it('says of one that nobody may read that it is held and until when, and not a word of it', async () => {
    const words = 'Kestrel'
    const { reference } = await openedCase(world, { words, status: 'waiting' })
    for (const query of ['', '?as=page']) {
      const heard = await exported(reference, query)
      equal(heard.status, 200)
      doesNotMatch(heard.text, /Kestrel|Amira|Okonkwo|family\.example|school\.example/)
      ok(heard.text.includes(reference))
    }
    const { referrals } = (await exported(reference)).body as unknown as PupilExport
    equal(referrals[0]?.contents, 'closed')
    ok((referrals[0]?.texts ?? 0) > 5)
    deepEqual(referrals[0]?.links, [])
    match((await exported(reference, '?as=page')).text, /whoever referred reads and prints what they sent/)
    const stopped = await openedCase(world, { words })
    const back = await world.ask('POST', `/api/referrals/${stopped.id}/progress/take-back`, {}, stopped.headers)
    equal(back.status, 200, back.text)
    const page = (await exported(stopped.reference, '?as=page')).text
    doesNotMatch(page, /Kestrel|Amira|family\.example/)
    match(page, /What it said of the pupil was deleted when it was stopped/)
  })

  it('knows no draft, and no case of another provider', async () => {
    const { id } = await filledReferral(world)
    equal((await exported(id)).status, 404)
    equal((await exported('SS-2222-2222')).status, 404)
  })
})

describe('A letter about an erased referral', () => {
  it('is not sent any more', async () => {
    const { id, reference } = await openedCase(world)
    const waiting = () => all(`SELECT state FROM letter WHERE about = '${reference}' OR referral = '${id}'`)
    ok((await waiting()).some(({ state }) => state === 'waiting'))
    equal((await erase(reference)).status, 200)
    deepEqual(await waiting(), [])
    const about: string[] = []
    await drain(
      world.db,
      {
        keepsText: false,
        send: async (letter) => {
          about.push(letter.about)
          return { outcome: 'sent' }
        },
      },
      () => world.clock.now,
      keyringOf(world.env),
    )
    ok(!about.includes(reference))
  })
})

describe('The master key', () => {
  it('is followed by another: every key is wrapped anew, a case opens by the new one alone, and what is erased meanwhile stays so', async () => {
    const { id, provider, pathway, today } = await filledReferral(world)
    await openUp(world, { id, provider, pathway, today })
    const old = String(world.env.MASTER_KEYS)
    const fresh = `2:${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`
    const both = keyringOf({ ...world.env, MASTER_KEYS: `${fresh},${old}` })
    const only = keyringOf({ ...world.env, MASTER_KEYS: fresh })
    const stale = async (after: string) =>
      (await all(staleKeysQuery(2, after, 3))).map((row) => ({
        referral: String(row.referral),
        provider: String(row.provider),
        master: Number(row.master),
        wrapped: String(row.wrapped),
      }))
    // Ids are by chance: the case that is opened afterwards stays.
    const gone = (await stale('')).find(({ referral }) => referral !== id)
    ok(gone)
    const rotated = await rewrapped(both, gone.referral, gone)
    await world.db.prepare('DELETE FROM referral_key WHERE referral = ?1').bind(gone.referral).run()
    await world.db.prepare(rewrapStatement(gone, rotated)).run()
    deepEqual(await all(`SELECT * FROM referral_key WHERE referral = '${gone.referral}'`), [])
    let count = 0
    for (let after = ''; ; ) {
      const page = await stale(after)
      for (const key of page)
        await world.db.prepare(rewrapStatement(key, await rewrapped(both, key.referral, key))).run()
      count += page.length
      const last = page.at(-1)
      if (!last) break
      after = last.referral
    }
    ok(count > 3)
    deepEqual(await all('SELECT DISTINCT master FROM referral_key'), [{ master: 2 }])
    const [kept] = await all(`SELECT master, wrapped FROM referral_key WHERE referral = '${id}'`)
    ok(await openReferralKey(only, id, { master: Number(kept?.master), wrapped: String(kept?.wrapped) }))
    await world.db.prepare(rotatedStatement('stepping-stones', 2, count)).run()
    deepEqual(await all("SELECT actor, detail FROM record WHERE action = 'keys-rotated'"), [
      { actor: 'system', detail: JSON.stringify({ referrals: count }) },
    ])
    world.env.MASTER_KEYS = fresh
    equal((await opened(world, id)).referral.id, id)
    world.env.MASTER_KEYS = old
  })

  it('is missed by /healthz in a sentence that shows none', async () => {
    const given = world.env.MASTER_KEYS
    delete world.env.MASTER_KEYS
    const heard = await world.ask('GET', '/healthz')
    equal(heard.status, 503)
    match(heard.text, /MASTER_KEYS is missing/)
    doesNotMatch(heard.text, new RegExp(String(world.env.INDEX_KEY).slice(0, 20)))
    if (given !== undefined) world.env.MASTER_KEYS = given
  })
})

/** Every text of a value. */
function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return value === '' ? [] : [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(leavesOf)
}
