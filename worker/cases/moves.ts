import { type ConsentStanding, personStanding } from '../../catalogue/rules/consent.ts'
import { dueByName } from '../../catalogue/rules/deadline.ts'
import { stageOf, waitsForPlace, whereTo } from '../../catalogue/rules/pathway.ts'
import type { Move, PlaceKind } from '../../catalogue/schema/pathway.ts'
import type { CaseChangedReply, CaseReply, MoveRequest, NoPlaceLeft } from '../../catalogue/wire/case.ts'
import type { SealedPerson } from '../consents/asking.ts'
import { familyDoor } from '../consents/family-door.ts'
import { Failure, invalid } from '../failures.ts'
import { stepForFamily, stepForSchool, type ToldStep, type Unreached } from '../letters/case-told.en.ts'
import { newLetterId } from '../letters/letter.ts'
import type { Written } from '../letters/order-parts.en.ts'
import { date } from '../letters/words.en.ts'
import { decideOnAgenda } from '../panels/panel.store.ts'
import { howManyWait } from '../places/waiting.store.ts'
import type { StoredPerson } from '../referrals/case.store.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'
import { plannedDays } from '../referrals/planned.ts'
import { schoolDoor } from '../referrals/school-door.ts'
import { changeCase, type Doer } from './doing.ts'
import {
  kindOf,
  NO_TERM,
  nameOfNeed,
  type PlaceToGive,
  panelDeciding,
  passesFor,
  placeToGive,
  possibleMoves,
} from './facts.ts'
import type { ReadCase } from './reading.ts'
import { tellToSign } from './signing.ts'
import { tellTurn } from './turn.ts'

/**
 * Decides on a case: it moves on or ends, a place is given or given back, and school and family are told. Throws `invalid` at `/move`,
 * `/reason`, `/early`, `/place`, `/panel` or `/term`, `no-place` where the last one has gone, and `conflict` where something happened meanwhile.
 */
export async function moveCase(doer: Doer, reference: string, body: MoveRequest): Promise<CaseChangedReply> {
  const { env, provider, as, today } = doer
  const request = [
    'move',
    body.move,
    body.seen,
    body.reason ?? '',
    body.panel ?? '',
    body.place ?? '',
    body.term ?? '',
    body.early ?? '',
  ]
  const full = async (read: ReadCase) => {
    const move = moveIn(read.opened, doer, body.move)
    const kind = kindToGive(read.opened, move, body.place)
    return noPlace(doer, read, await placeToGive(env.DB, read, kind, today, body))
  }
  return changeCase(
    doer,
    reference,
    request,
    body.seen,
    async (change, read) => {
      const { opened } = read
      const move = moveIn(opened, doer, body.move)
      if (move.reason && !body.reason) throw invalid([{ pointer: '/reason', code: 'required' }])
      if (body.place !== undefined && move.gives === undefined) throw invalid([{ pointer: '/place', code: 'choose' }])
      const kind = move.gives === undefined ? undefined : kindToGive(opened, move, body.place)
      if (passesFor(read, kind) > 0 && !body.reason) throw invalid([{ pointer: '/reason', code: 'required' }])
      const panel = panelDeciding(read, body.panel)
      const isEarly = panel !== undefined && panel.meetsOn > today
      // No slip of a finger decides for a panel that has not met.
      if (isEarly && !body.early) throw invalid([{ pointer: '/early', code: 'required' }])
      const number = change.event('decided', move.id, {
        detail: {
          as: move.as,
          stage: opened.referral.stage,
          ...(panel && { panel: panel.id }),
          ...(isEarly && { early: true }),
          ...(move.gives === undefined ? {} : { place: body.place ?? move.gives }),
        },
        ...(body.reason === undefined ? {} : { said: { text: body.reason } }),
      })
      if (panel) change.also((db) => [decideOnAgenda(db, provider, panel.id, opened.referral.id, move.id)])
      if (move.frees) change.free()
      let given: PlaceToGive | undefined
      if (kind) {
        const place = await placeToGive(env.DB, read, kind, today, body)
        if (place.isTermUnknown) throw notComplete([NO_TERM])
        if (place.pool === undefined)
          throw invalid([{ pointer: place.kind.counted === 'panel' ? '/panel' : '/term', code: 'choose' }])
        if (place.left === 0) throw await noPlace(doer, read, place)
        change.give(place.kind, place.pool, number)
        change.entry('place-given', { kind: place.kind.id })
        given = place
      }
      const to = whereTo(move)
      if (to === 'ends') change.end(move.as)
      else if (to !== 'stays') change.enter(to.stage)
      change.entry('case-moved', { move: move.id, as })
      await tell(change, opened, move, doer, given)
      await tellTurn(env.DB, change, opened, doer)
    },
    full,
  )
}

/** The move that somebody may make, with nothing missing. */
function moveIn(opened: OpenCase, { as, today }: Doer, id: string): Move {
  const possible = possibleMoves(opened, as, today).find(({ move }) => move.id === id)
  if (!possible) throw invalid([{ pointer: '/move', code: 'choose' }])
  if (possible.missing.length > 0)
    throw notComplete(possible.missing.map((need) => ({ kind: need.kind, ...nameOfNeed(opened, need) })))
  return possible.move
}

function notComplete(missing: CaseReply['moves'][number]['missing']): Failure {
  return new Failure('invalid', { errors: [{ pointer: '/move', code: 'not-complete' }], more: { missing } })
}

/** The kind of place that a move gives: its own, or one that stands in for it and that no other move of the stage gives. */
function kindToGive(opened: OpenCase, { gives }: Move, asked: string | undefined): PlaceKind {
  const { pathway, referral } = opened
  const byItself = stageOf(pathway, referral.stage)?.moves.map((move) => move.gives)
  const kinds: PlaceKind[] = []
  for (let kind = kindOf(opened, gives); kind && !kinds.includes(kind); kind = kindOf(opened, kind.beyond))
    if (kind.id === gives || !byItself?.includes(kind.id)) kinds.push(kind)
    else break
  const found = kinds.find(({ id }) => id === (asked ?? gives))
  if (!found) throw invalid([{ pointer: '/place', code: 'choose' }])
  return found
}

/** Says that no place is left, and what there is instead. */
async function noPlace(
  { env, provider, as, today }: Doer,
  { opened, around }: ReadCase,
  { kind, pool = '', standing, term }: PlaceToGive,
): Promise<Failure> {
  const { pathway } = opened
  const { most, withdrawn, taken } = standing ?? { most: kind.most ?? 0, withdrawn: 0, taken: 0 }
  const panel = around.withPlaces.find(({ id }) => pool === `panel:${id}`)
  const beyond = kindOf(opened, kind.beyond)
  const instead = beyond && possibleMoves(opened, as, today).find(({ move }) => move.gives === beyond.id)?.move
  const wait = possibleMoves(opened, as, today).find(
    ({ move }) => move.to !== undefined && move.to !== opened.referral.stage && waitsForPlace(pathway, move.to),
  )?.move
  const count = await howManyWait(env.DB, provider, pathway.id)
  const all = most === 1 ? 'The only place' : most === 2 ? 'Both places' : `All ${most} places`
  const whose =
    kind.counted === 'panel'
      ? `of the panel${panel ? ` of ${date(panel.meetsOn)}` : ''} are taken.`
      : `of the kind “${kind.name}” that the school has${term ? ` in the ${term.name}` : ''} are used or withdrawn (${taken} used, ${withdrawn} withdrawn).`
  const detail = [
    `${all} ${most === 1 ? whose.replace(/\bare\b/, 'is') : whose}`,
    ...(beyond ? [`“${beyond.name}” can be given instead${instead ? `: “${instead.name}”` : ''}.`] : []),
    ...(wait ? [`Or “${wait.name}”: ${count === 1 ? '1 referral waits' : `${count} referrals wait`} already.`] : []),
  ].join(' ')
  const more: NoPlaceLeft = {
    detail,
    places: { kind: kind.id, name: kind.name, counted: kind.counted, most, withdrawn, taken, term: term?.id ?? null },
    beyond: beyond
      ? { id: beyond.id, name: beyond.name, move: instead?.id ?? null, moveName: instead?.name ?? null }
      : null,
    waiting: { move: wait?.id ?? null, name: wait?.name ?? null, count },
  }
  return new Failure('no-place', { more: { ...more } })
}

/** Writes the letters of a step: to the school, and to each of the family who has said yes and has an address; and to the school where it brings an agreement to sign. */
export async function tell(
  change: CaseChange,
  opened: OpenCase,
  move: Move,
  { provider, today, now, link }: Pick<Doer, 'provider' | 'today' | 'now' | 'link'>,
  given?: PlaceToGive,
): Promise<void> {
  const { document, pathway, calendar } = opened
  const { reference, status, stage } = change.state
  if (reference === null) return
  const due = dueByName(pathway, change.events, calendar)
  const here = status === 'open' ? stageOf(pathway, stage) : undefined
  const agreed = plannedDays(pathway, change.events).filter(({ on }) => on >= today)
  const step = (text: string): ToldStep => ({
    reference,
    text,
    term: given?.term?.name,
    stage: here,
    agreed: status === 'open' ? agreed : [],
    due: status === 'open' ? due : [],
  })
  const post = (to: string, { subject, text }: Written) => {
    const writtenAt = new Date(now).toISOString()
    change.letter({ id: newLetterId(), provider, about: reference, kind: 'case-told', to, subject, text, writtenAt })
  }
  const { told, why } = await familyToTell(opened, today)
  const toFamily = move.tells.filter(({ who }) => who === 'carer').map(({ text }) => text)
  const unreached = toFamily.length > 0 && why !== undefined ? { why, text: toFamily.join(' ') } : undefined
  const toSchool = move.tells.filter(({ who }) => who === 'school').map(({ text }) => text)
  const referrer = await opened.read<{ email: string }>('referrer')
  if (referrer && (toSchool.length > 0 || unreached !== undefined))
    post(
      referrer.email,
      stepForSchool(
        document,
        step(toSchool.join(' ') || 'Your referral has come a step further.'),
        await schoolDoor(change, opened, { now, link }),
        unreached,
      ),
    )
  for (const { email, person } of toFamily.length > 0 ? told : []) {
    const { address } = await familyDoor(change, opened, person.id, { now, link })
    post(email, stepForFamily(document, step(toFamily.join(' ')), person, address))
  }
  await tellToSign(change, opened, { now, link })
}

/** Who of the family is told of steps: whoever has agreed that the provider sees the referral, and has an address; and why somebody is not. */
async function familyToTell(
  opened: OpenCase,
  today: string,
): Promise<{ told: { person: StoredPerson; email: string }[]; why: Unreached | undefined }> {
  const { consent } = opened.pathway
  const family = opened.kept.people.filter(({ as }) => as !== 'social-worker')
  const stands = (standing: ConsentStanding) => (person: { id: string }) =>
    consent.purposes.some(
      (purpose) =>
        purpose.releases && personStanding(consent, purpose, '', person.id, opened.consentHistory, today) === standing,
    )
  const agreed = await Promise.all(
    family.filter(stands('given')).map(async (person) => ({
      person,
      email: (await opened.read<SealedPerson>(`person:${person.id}`))?.email ?? '',
    })),
  )
  const told = agreed.filter(({ email }) => email !== '')
  if (agreed.length === 0) return { told, why: family.some(stands('expired')) ? 'run-out' : 'not-agreed' }
  if (told.length === agreed.length) return { told, why: undefined }
  return { told, why: told.length === 0 ? 'no-address' : 'not-all' }
}
