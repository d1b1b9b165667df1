import { addDays } from '../../catalogue/rules/dates.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { colleagueLetter } from '../letters/referral-school.en.ts'
import { hashOf, newSecret } from '../people/secret.ts'
import { seal } from '../sealing/seal.ts'
import { LINK_LASTS } from './door.ts'
import { keepColleague, removeColleague } from './draft.store.ts'
import { type Doing, openVisited } from './drafts.ts'
import type { Visit } from './visit.ts'

/** How many colleagues one referral may have: more letters are sent by nobody who means well. */
const MOST_COLLEAGUES = 10

/** Lets a colleague in to finish some parts: a link goes to their address. Somebody who is let in for the same parts already is not written to again. */
export async function letIn(
  env: Bindings,
  visit: Visit,
  { email, parts }: { email: string; parts: string[] },
  { now, link: base }: Doing,
): Promise<{ id: string }> {
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
  const link = newSecret()
  const at = new Date(now).toISOString()
  const words = colleagueLetter(openCase.document, base, openCase.referral, link, {
    by: self?.email ?? '',
    parts: wanted.map((part) => part.name),
    keptUntil: addDays(deleteOn, -1),
  })
  const kept = await keepColleague(
    env.DB,
    {
      sealed: {
        name,
        text: await seal(openCase.key, JSON.stringify({ email, parts: open }), { referral, name, revision: 1 }),
      },
      link: {
        hash: await hashOf(link),
        referral,
        as: 'colleague',
        how: 'link',
        who: id,
        parts: open,
        madeAt: at,
        endsAt: new Date(now + LINK_LASTS).toISOString(),
      },
    },
    await openCase.sealed({ id: newLetterId(), provider, about: '', to: email, ...words, writtenAt: at }),
  )
  if (!kept) throw new Failure('conflict', { more: { referral: 'waiting' } })
  return { id }
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
