import { addDays } from '../../catalogue/rules/dates.ts'
import type { PartReply, PartRequest } from '../../catalogue/wire/referral.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { colleagueLetter, finishedLetter } from '../letters/referral-school.en.ts'
import { newSecret } from '../people/secret.ts'
import { seal } from '../sealing/seal.ts'
import { keepColleague, keepFinished, removeColleague } from './draft.store.ts'
import { type Doing, draftIn, openVisited, savePart } from './drafts.ts'
import { countedLetters, spreadLetters } from './mailbox.ts'
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

/** Saves a part as `savePart` does. The referrer hears once that a colleague has finished every part that they were let in for. */
export async function saveVisited(
  env: Bindings,
  visit: Visit,
  id: string,
  request: PartRequest,
  doing: Doing,
): Promise<PartReply> {
  const reply = await savePart(env, visit, id, request, doing)
  if (reply.complete && visit.as === 'colleague') await tellFinished(env, visit, doing)
  return reply
}

async function tellFinished(env: Bindings, visit: Visit, { today, now, link: base }: Doing): Promise<void> {
  const openCase = await openVisited(env, visit)
  const name = `colleague:${visit.who}`
  // Its second revision says that the referrer knows.
  if (openCase.kept.sealed.get(name)?.revision !== 1) return
  const { parts } = await draftIn(openCase, visit, today)
  if (!visit.only.every((part) => parts[part]?.complete)) return
  const [colleague, referrer] = await Promise.all([
    openCase.read<{ email: string }>(name),
    openCase.read<{ email: string }>('referrer'),
  ])
  if (!colleague || !referrer) return
  const { id: referral, provider } = openCase.referral
  const { secret, link } = await newLink({ referral, as: 'referrer' }, now)
  const words = finishedLetter(openCase.document, base, openCase.referral, secret, {
    by: colleague.email,
    parts: openCase.pathway.parts.flatMap((part) => (visit.only.includes(part.id) ? part.name : [])),
  })
  const written = { id: newLetterId(), provider, about: '', to: referrer.email, ...words, writtenAt: link.madeAt }
  const { letters, counts } = await spreadLetters(env, [written], now)
  const sealed = await Promise.all(letters.map((letter) => openCase.sealed(letter)))
  const text = await seal(openCase.key, JSON.stringify(colleague), { referral, name, revision: 2 })
  await keepFinished(env.DB, { name, text, link, counts }, sealed)
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
