import { addDays } from '../../catalogue/rules/dates.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { colleagueLetter } from '../letters/referral-school.en.ts'
import { newSecret } from '../people/secret.ts'
import { seal } from '../sealing/seal.ts'
import { keepColleague, removeColleague } from './draft.store.ts'
import { type Doing, openVisited } from './drafts.ts'
import { countedLetters } from './mailbox.ts'
import { newLink } from './school-door.ts'
import type { Visit } from './visit.ts'

/** How many colleagues one referral may have: more letters are sent by nobody who means well. */
const MOST_COLLEAGUES = 10

/** How often it is decided anew who is let in, where others are at the same moment. */
const MOST_TURNS = MOST_COLLEAGUES + 2

/** Lets a colleague in to finish some parts: a link goes to their address. Somebody who is let in for the same parts already is not written to again. */
export async function letIn(
  env: Bindings,
  visit: Visit,
  { email, parts }: { email: string; parts: string[] },
  { now, link: base }: Doing,
): Promise<{ id: string }> {
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const openCase = await openVisited(env, visit)
    const { id: referral, provider, status, deleteOn } = openCase.referral
    if (status !== 'draft') throw new Failure('conflict', { more: { referral: status } })
    const wanted = openCase.pathway.parts.filter(({ id }) => parts.includes(id))
    if (wanted.length < new Set(parts).size) throw invalid([{ pointer: '/parts', code: 'choose' }])
    const open = wanted.map(({ id }) => id)
    const colleagues = Object.entries(await openCase.readAll<{ email: string; parts: string[] }>('colleague:'))
    const already = colleagues.find(([, one]) => one.email === email && one.parts.join() === open.join())
    if (already) return { id: already[0] }
    if (colleagues.length >= MOST_COLLEAGUES)
      throw invalid([{ pointer: '/email', code: 'too-many', most: MOST_COLLEAGUES }])

    const self = await openCase.read<{ email: string }>('referrer')
    // 64 bits by chance: an id among the few of one referral, and no secret.
    const id = newSecret().slice(0, 16)
    const name = `colleague:${id}`
    const { secret, link } = await newLink({ referral, as: 'colleague', who: id, parts: open }, now)
    const words = colleagueLetter(openCase.document, base, openCase.referral, secret, {
      by: self?.email ?? '',
      parts: wanted.map((part) => part.name),
      keptUntil: addDays(deleteOn, -1),
    })
    const text = await seal(openCase.key, JSON.stringify({ email, parts: open }), { referral, name, revision: 1 })
    const letter = { id: newLetterId(), provider, about: '', to: email, ...words, writtenAt: link.madeAt }
    const counts = await countedLetters(env, [email], now)
    const keeping = { sealed: { name, text }, link, colleagues: colleagues.length, counts }
    if (await keepColleague(env.DB, keeping, await openCase.sealed(letter))) return { id }
  }
  throw new Failure('unavailable', { retryAfter: 1 })
}

/** Lets a colleague in no longer. Doing so twice is no mistake. */
export async function letOut(
  env: Bindings,
  visit: Visit,
  colleague: string,
  { now }: Pick<Doing, 'now'>,
): Promise<void> {
  await removeColleague(env.DB, visit.referral, colleague, new Date(now).toISOString())
}
