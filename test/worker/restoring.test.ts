import { deepEqual, doesNotMatch, equal, match, ok } from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { statementsFor } from '../../worker/catalogues/load.ts'
import { keepAnswers } from '../../worker/consents/answering.ts'
import { drain } from '../../worker/letters/drain.ts'
import type { Letter } from '../../worker/letters/letter.ts'
import { ringIn } from '../../worker/letters/sealed.ts'
import { keyringOf } from '../../worker/sealing/keyring.ts'
import { sealOwn } from '../../worker/sealing/own-text.ts'
import { localDatabase, migrate, migrationFiles, type TestDatabase } from '../database.ts'
import { type SignedInPerson, signIn } from './console.ts'
import { logged, shippedCatalogues, type World, worldOn } from './harness.ts'
import { type OpenedCase, opened, openedCase } from './opened-case.ts'

// A copy of the database that is restored, and the commands that are run over it, on the folder of a local D1 as `wrangler` keeps it.

const fileOf = (path: string) => fileURLToPath(new URL(`../../worker/${path}`, import.meta.url))
const [LEDGER, ROTATE] = [fileOf('erasures/ledger.ts'), fileOf('sealing/rotate.ts')]
const [OLD, NEW] = [`1:${'A'.repeat(43)}=`, `2:${'C'.repeat(43)}=`]
const INDEX_KEY = `${'B'.repeat(42)}A=`

let place = ''
let live = ''
let backup = ''
let ledger = ''
let database: TestDatabase | undefined
let world: World
let owner: SignedInPerson

/** Opens the folder as the worker does. */
async function openFolder(): Promise<void> {
  // What wrangler.toml calls the database.
  database = await localDatabase({ folder: join(live, 'v3'), id: '00000000-0000-0000-0000-000000000000' })
  world = worldOn(database.db, { MAILER: 'none' })
}

async function closeFolder(): Promise<void> {
  await database?.stop()
  database = undefined
}

/** Runs a command over the folder as `npm run` does. */
function run(command: string, ...more: string[]): Promise<{ code: number; said: string; wrong: string }> {
  const options = ['--disable-warning=ExperimentalWarning', command, ...more, '--local', `--persist-to=${live}`]
  // wrangler is read in once, and quicker each time after.
  const cache = { NODE_COMPILE_CACHE: join(place, 'cache') }
  const env = { ...process.env, ...cache, MASTER_KEYS: `${NEW},${OLD}`, INDEX_KEY }
  return new Promise((resolve) => {
    execFile(process.execPath, options, { env }, (error, said, wrong) =>
      resolve({ code: error ? Number(error.code) : 0, said, wrong }),
    )
  })
}

const all = async (sql: string) => (await world.db.prepare(sql).all<Record<string, string | number | null>>()).results
const statusOf = async ({ id }: OpenedCase) => (await all(`SELECT status FROM referral WHERE id = '${id}'`))[0]?.status
const sealedOf = async ({ id }: OpenedCase) =>
  (await all(`SELECT name FROM sealed WHERE referral = '${id}' ORDER BY name`)).map(({ name }) => String(name))

/** A family takes its permission back. */
async function withdraw({ id, today, pathway }: OpenedCase): Promise<void> {
  const purpose = pathway.consent.purposes.find(({ releases }) => releases)?.id ?? ''
  const by = { actor: 'family', today, now: world.clock.now, link: { origin: 'http://localhost' } }
  const answerer = { person: 'carer-1', name: 'Carer', how: 'page' } as const
  const { status } = await keepAnswers(world.env, { id }, answerer, [{ purpose, each: '', answer: 'withdrawn' }], by)
  equal(status, 'stopped')
}

describe('A copy that is restored', () => {
  let erased: OpenedCase
  let withdrawn: OpenedCase
  let takenBack: OpenedCase
  let stays: OpenedCase

  before(async () => {
    place = await mkdtemp(join(tmpdir(), 'outreach-kit-restoring-'))
    live = join(place, 'live')
    backup = join(place, 'backup')
    ledger = join(place, 'ledger.jsonl')
    await openFolder()
    for (const file of await migrationFiles()) await migrate(world.db, file)
    await world.db.batch(statementsFor(await shippedCatalogues(), false).map((one) => world.db.prepare(one)))
    owner = await signIn(world, { provider: 'stepping-stones', role: 'owner' })
    erased = await openedCase(world)
    withdrawn = await openedCase(world, { pathway: 'placement' })
    takenBack = await openedCase(world, { status: 'waiting' })
    stays = await openedCase(world)
    await world.db.batch([
      world.db.prepare("INSERT INTO place_pool VALUES ('stepping-stones', 'panel:a-panel', 3, 0, 1)"),
      world.db
        .prepare("INSERT INTO place VALUES (?1, 90, 'stepping-stones', 'x', 'panel:a-panel', '2024-09-10', NULL)")
        .bind(withdrawn.id),
    ])
    await closeFolder()
    await cp(live, backup, { recursive: true })
    await openFolder()
    const path = `/api/console/providers/stepping-stones/cases/${erased.reference}/erase`
    equal((await world.ask('POST', path, { reason: 'family-asked' }, owner.headers)).status, 200)
    logged.length = 0
    await withdraw(withdrawn)
    const back = await world.ask('POST', `/api/referrals/${takenBack.id}/progress/take-back`, {}, takenBack.headers)
    equal(back.status, 200, back.text)
    await closeFolder()
  })
  after(async () => {
    await closeFolder()
    await rm(place, { recursive: true, force: true })
  })

  it('is told by the ledger what was erased and what was stopped, in lines that the log has too and that name nobody', async () => {
    const { code, said, wrong } = await run(LEDGER, 'print')
    equal(code, 0, wrong)
    await writeFile(ledger, said)
    const lines = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    equal(lines.length, 5)
    deepEqual([lines[0], lines[4]], [{ ledger: 'begins' }, { ledger: 'ends', lines: 3 }])
    deepEqual([lines[1].erased, lines[1].why], [erased.id, 'asked'])
    const inOrder = (stops: { stopped: string }[]) => stops.toSorted((one) => (one.stopped === withdrawn.id ? -1 : 1))
    const told = inOrder(lines.slice(2, 4))
    const until = (days: number) => new Date(Date.parse('2024-09-10') + days * 86_400_000).toISOString().slice(0, 10)
    deepEqual(told, [
      {
        stopped: withdrawn.id,
        provider: 'stepping-stones',
        on: '2024-09-10',
        why: 'withdrawn',
        until: until(withdrawn.pathway.retention.withdrawnDays),
      },
      {
        stopped: takenBack.id,
        provider: 'stepping-stones',
        on: '2024-09-10',
        why: 'taken-back',
        until: until(takenBack.pathway.retention.withdrawnDays),
      },
    ])
    deepEqual(inOrder(logged.map((line) => JSON.parse(line)).filter((line) => 'stopped' in line)), told)
    doesNotMatch(said, /SS-|Amira|@/)
  })

  it('opens nothing and loses no letter while the worker has no master key', async () => {
    await openFolder()
    delete world.env.MASTER_KEYS
    const at = { ...owner.headers, 'X-Today': stays.today }
    const base = '/api/console/providers/stepping-stones/cases'
    for (const path of [`${base}/${stays.reference}`, `${base}/${withdrawn.reference}`, base])
      equal((await world.ask('GET', path, undefined, at)).status, 503, path)
    equal((await world.ask('GET', `/api/referrals/${stays.id}`, undefined, stays.headers)).status, 503)
    const sent: Letter[] = []
    const mailer = {
      keepsText: false,
      send: async (letter: Letter) => {
        sent.push(letter)
        return { outcome: 'sent' as const }
      },
    }
    const waiting = async () =>
      (await all(`SELECT count(*) AS n FROM letter WHERE state = 'waiting' AND referral = '${stays.id}'`))[0]?.n
    const before = await waiting()
    ok(Number(before) > 0)
    await drain(world.db, mailer, () => world.clock.now, ringIn(world.env))
    deepEqual([await waiting(), sent.filter(({ about }) => about === stays.reference)], [before, []])
    world.env.MASTER_KEYS = OLD
    world.clock.now += 3_600_000
    await drain(world.db, mailer, () => world.clock.now, ringIn(world.env))
    equal(await waiting(), 0)
    ok(sent.some(({ to, about }) => to === 'carer@family.example' && about === stays.reference))
    await closeFolder()
  })

  it('is erased and stopped again by the ledger, as often as it is replayed, and nothing else is touched', async () => {
    await rm(live, { recursive: true })
    await cp(backup, live, { recursive: true })
    await openFolder()
    deepEqual(
      [await statusOf(erased), await statusOf(withdrawn), await statusOf(takenBack)],
      ['open', 'open', 'waiting'],
    )
    const untouched = await sealedOf(stays)
    await closeFolder()
    const lines = join(place, 'log.jsonl')
    await writeFile(lines, ['Some other line', ...logged.filter((line) => line.includes('"stopped"'))].join('\n'))
    for (const [file, expected] of [
      [ledger, '3 lines were read. 1 referral was there again and is erased. 2 went on again and are stopped.'],
      // The log’s own lines, of what is stopped by now.
      [lines, '2 lines were read. 0 referrals were there again and are erased. 0 went on again and are stopped.'],
    ] as const) {
      const { code, said, wrong } = await run(LEDGER, 'replay', file)
      equal(code, 0, wrong)
      equal(said.trim(), expected)
    }
    await openFolder()
    deepEqual([await statusOf(erased), await statusOf(stays)], [undefined, 'open'])
    deepEqual(await sealedOf(stays), untouched)
    for (const [one, why] of [
      [withdrawn, 'withdrawn'],
      [takenBack, 'taken-back'],
    ] as const) {
      const { referral, kept } = await opened(world, one.id)
      const { status, outcome, endedOn, dueOn, dueOf, flags, heldUntil, consentOn, deleteOn, events } = referral
      deepEqual(
        { status, outcome, endedOn, dueOn, dueOf, flags, heldUntil, consentOn },
        {
          status: 'stopped',
          outcome: why,
          endedOn: '2024-09-10',
          dueOn: '9999-12-31',
          dueOf: '',
          flags: '',
          heldUntil: '9999-12-31',
          consentOn: '9999-12-31',
        },
      )
      ok(deleteOn > '2024-09-10' && deleteOn < '2024-12-31')
      deepEqual([kept.events.length, kept.events.at(-1)?.kind], [events, 'stopped'])
      deepEqual(
        (await sealedOf(one)).filter((name) => /^(part|event|answer):|card|eligibility|agreement/.test(name)),
        [],
      )
      deepEqual(await all(`SELECT mark FROM pupil_mark WHERE referral = '${one.id}'`), [])
      deepEqual(await all(`SELECT id FROM letter WHERE referral = '${one.id}' AND state = 'waiting'`), [])
      const path = `/api/console/providers/stepping-stones/cases/${one.reference}`
      equal((await world.ask('GET', path, undefined, owner.headers)).status, 404)
    }
    // The record stays, so that it does not say what a family answered.
    deepEqual(await all("SELECT DISTINCT detail FROM record WHERE action = 'referral-stopped' AND actor = 'system'"), [
      { detail: '{}' },
    ])
    deepEqual(await all('SELECT taken FROM place_pool'), [{ taken: 0 }])
    const [open] = await all("SELECT sum(referrals) AS n FROM referral_tally WHERE status = 'open'")
    equal(open?.n, 1)
    await closeFolder()
  })

  it('is not replayed by half of a ledger, or by what is none', async () => {
    const whole = await readFile(ledger, 'utf8')
    const lines = whole.trim().split('\n')
    const attempts = [
      ['', /There is no line of the ledger/],
      ['{"id":"x","method":"GET","route":"/","status":500,"ms":3}\nnothing\n', /There is no line of the ledger/],
      [whole.slice(0, whole.indexOf('"stopped"') + 20), /Line 3 is torn/],
      [lines.slice(0, 3).join('\n'), /The file was cut off/],
      [[lines[0], ...lines.slice(2)].join('\n'), /Lines are missing before line 4/],
      [`${lines[1]?.replace('asked', 'hunger')}\n`, /Line 1 is no line of the ledger/],
    ] as const
    const heard = await Promise.all(
      attempts.map(async ([text], index) => {
        const file = join(place, `ledger-${index}.jsonl`)
        await writeFile(file, text)
        return run(LEDGER, 'replay', file)
      }),
    )
    for (const [index, { code, said, wrong }] of heard.entries()) {
      deepEqual([code, said], [1, ''], `${index}`)
      match(wrong, attempts[index]?.[1] ?? /^$/)
    }
  })

  it('has its keys wrapped anew by the command, past one that does not open and is named, until nothing needs the old one', async () => {
    await openFolder()
    const note = await sealOwn(keyringOf(world.env), 'panel:a-panel', 'Room 2')
    ok(note.key)
    await world.db.batch([
      world.db
        .prepare('INSERT INTO referral_key VALUES (?1, ?2, ?3)')
        .bind(note.key.row, note.key.master, note.key.wrapped),
      world.db.prepare("INSERT INTO referral_key VALUES ('a-lost-one', 1, 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')"),
    ])
    const before = await all('SELECT referral FROM referral_key ORDER BY referral')
    await closeFolder()
    const first = await run(ROTATE)
    equal(first.code, 1, first.wrong)
    match(first.said, /1 did not open, and stay as they were:\na-lost-one, wrapped by version 1: /)
    doesNotMatch(first.said, /can be put again without them|AAAA|CCCC/)
    await openFolder()
    deepEqual(await all('SELECT referral FROM referral_key ORDER BY referral'), before)
    deepEqual(await all("SELECT DISTINCT master FROM referral_key WHERE referral <> 'a-lost-one'"), [{ master: 2 }])
    world.env.MASTER_KEYS = NEW
    equal((await opened(world, stays.id)).referral.id, stays.id)
    deepEqual(await all("SELECT actor, subject, detail FROM record WHERE action = 'keys-rotated'"), [
      { actor: 'system', subject: 'master key 2', detail: '{"referrals":3}' },
    ])
    await world.db.prepare("DELETE FROM referral_key WHERE referral = 'a-lost-one'").run()
    await closeFolder()
    const second = await run(ROTATE)
    equal(second.code, 0, second.wrong)
    match(second.said, /0 keys were wrapped anew/)
    match(second.said, /MASTER_KEYS can be put again without them/)
  })
})
