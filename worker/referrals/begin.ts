import { addDays } from '../../catalogue/rules/dates.ts'
import { eligibilityOf } from '../../catalogue/rules/eligibility.ts'
import { isInForce } from '../../catalogue/rules/in-force.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { BeginRequest, BegunReply } from '../../catalogue/wire/referral.ts'
import { chosenOf, type Published } from '../catalogues/shelf.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { begunLetter } from '../letters/referral-school.en.ts'
import { sealedLetter } from '../letters/sealed.ts'
import { hashOf, newAttempt } from '../people/secret.ts'
import { type Keyring, keyringOf } from '../sealing/keyring.ts'
import { markOf, newReferralKey, seal } from '../sealing/seal.ts'
import { type KeptAsk, keptAsk } from './asked.store.ts'
import { keepDraft } from './draft.store.ts'
import type { Doing } from './drafts.ts'
import { countedLetters } from './mailbox.ts'
import { newLink } from './school-door.ts'
import { VISIT_LASTS } from './visit.ts'

/** What a referral is begun with. */
export interface Beginning extends Doing {
  provider: string
  /** The Idempotency-Key: the same key and request get the same draft again. */
  key: string
  request: BeginRequest
}

/**
 * Begins a referral where it can go this way: keeps a draft under a key of its own, and sends the referrer a link. Throws `invalid`
 * with `/eligibility/ID` (`required`, `not-this-way`), `/pathway` or `/catalogue` (`choose`, `not-open`), or `key-reused`.
 */
export async function beginReferral(
  env: Bindings,
  published: readonly Published[],
  { provider, key, request, today, now, link: base }: Beginning,
): Promise<BegunReply> {
  const ring = keyringOf(env)
  // Neither the key nor the request can be read back from what is kept of them.
  const scope = `begin ${provider}`
  const [known, asked] = await Promise.all([
    markOf(ring, provider, 'request', `begin\n${key}`),
    markOf(ring, provider, 'request', JSON.stringify(['begin', key, request])),
  ])
  const secret = await keyOfDraft(ring, `${provider}\n${key}\n${asked}`)
  const earlier = await keptAsk(env.DB, scope, known)
  if (earlier) return again(earlier, asked, secret)

  const { document, version } = openOn(published, request, today)
  const pathway = pathwayIn(document, request)
  const counts = await countedLetters(env, [request.email], now)
  const id = newAttempt()
  const begunAt = new Date(now).toISOString()
  const deleteOn = addDays(today, pathway.retention.draftDays)
  const receipt = { id, keptUntil: addDays(deleteOn, -1) }
  const { key: own, kept } = await newReferralKey(ring, id)
  const sealedAs = async (name: string, value: unknown) => ({
    name,
    text: await seal(own, JSON.stringify(value), { referral: id, name, revision: 1 }),
  })
  const { secret: door, link } = await newLink({ referral: id, as: 'referrer' }, now)
  const about = { id, provider, reference: null }
  const words = begunLetter(document, base, about, door, receipt.keptUntil)
  const letter = { id: newLetterId(), provider, about: '', to: request.email, ...words, writtenAt: begunAt }
  const keeping = await keepDraft(
    env.DB,
    {
      id,
      provider,
      pathway: pathway.id,
      catalogue: document.catalogue,
      version,
      begunAt,
      begunOn: today,
      deleteOn,
      key: kept,
      sealed: [
        await sealedAs('referrer', { email: request.email }),
        await sealedAs('eligibility', answersTo(pathway, request)),
      ],
      link,
      visit: { hash: await hashOf(secret), endsAt: new Date(now + VISIT_LASTS).toISOString() },
      ask: { scope, key: known, asked, receipt: JSON.stringify(receipt), referral: id },
      counts,
    },
    await sealedLetter(own, id, letter),
  )
  if (keeping === 'kept') return { id, key: secret, keptUntil: receipt.keptUntil }
  const first = await keptAsk(env.DB, scope, known)
  if (!first) throw new Failure('unavailable', { retryAfter: 5 })
  return again(first, asked, secret)
}

function again({ asked: before, receipt }: KeptAsk, asked: string, key: string): BegunReply {
  if (before !== asked) throw new Failure('key-reused')
  const { id, keptUntil }: Omit<BegunReply, 'key'> = JSON.parse(receipt)
  return { id, key, keptUntil }
}

/** The key of a draft: made from the Idempotency-Key and the request, so that whoever asks again after a lost reply gets it again, and it is kept nowhere. */
async function keyOfDraft(ring: Keyring, subject: string): Promise<string> {
  const signed = await crypto.subtle.sign('HMAC', await ring.index(), new TextEncoder().encode(`begin\n${subject}`))
  return [...new Uint8Array(signed)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** The catalogue that a referral is made by; only one that is in force takes any. */
function openOn(published: readonly Published[], { catalogue }: BeginRequest, today: string): Published {
  const chosen = chosenOf(published, { catalogue, on: today })
  if (!chosen) throw invalid([{ pointer: '/catalogue', code: 'choose' }])
  const { opensOn, year } = chosen
  if (isInForce(chosen, today)) return chosen
  const closed = today > year.to ? { closedOn: year.to } : {}
  throw invalid([{ pointer: '/catalogue', code: 'not-open', opensOn, ...closed }], opensOn)
}

/** The pathway, if the answers to its conditions let a referral go it. */
function pathwayIn({ pathways = [] }: Catalogue, request: BeginRequest): Pathway {
  const pathway = pathways.find(({ id }) => id === request.pathway)
  if (!pathway) throw invalid([{ pointer: '/pathway', code: 'choose' }])
  const eligibility = eligibilityOf(pathway, request.eligibility)
  if (eligibility.verdict === 'eligible') return pathway
  const code = eligibility.verdict === 'unanswered' ? 'required' : 'not-this-way'
  throw invalid([{ pointer: `/eligibility/${eligibility.condition.id}`, code }])
}

function answersTo(
  { eligibility }: Pathway,
  { eligibility: answers }: BeginRequest,
): Record<string, string | undefined> {
  return Object.fromEntries(eligibility.map(({ id }) => [id, answers[id]]))
}
