import type { Bindings } from '../environment.ts'
import { tellLedger } from '../erasures/erase.ts'
import { erase } from '../erasures/store.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { thrownAway } from '../letters/referral-school.en.ts'
import { insertAsk } from './asked.store.ts'
import { type Doing, openVisited } from './drafts.ts'
import { spreadLetters } from './mailbox.ts'
import type { Visit } from './visit.ts'

/** For how long colleagues can be told that a draft is deleted, in milliseconds: longer than a letter is tried again. */
const TOLD_FOR = 7 * 86_400_000

/**
 * Throws a draft away: it is erased at once, and colleagues who were let in hear that there is nothing left to finish. Throws `conflict` once it is
 * sent. Whom it told is forgotten with the letter that tells them.
 */
export async function throwAway(env: Bindings, visit: Visit, { now }: Pick<Doing, 'now'>): Promise<void> {
  const openCase = await openVisited(env, visit)
  const { id: referral, provider } = openCase.referral
  const colleagues = await openCase.readAll<{ email: string }>('colleague:')
  const at = new Date(now).toISOString()
  // The draft’s own letters end with its key, so these are of no referral.
  const written = [...new Set(Object.values(colleagues).map(({ email }) => email))].map((to) => ({
    id: newLetterId(),
    provider,
    about: '',
    to,
    ...thrownAway(openCase.document),
    writtenAt: at,
    endsAt: new Date(now + TOLD_FOR).toISOString(),
  }))
  const { letters, counts } = await spreadLetters(env, written, now)
  const also = counts.map((ask) => insertAsk(env.DB, ask, at))
  const erasing = { referral, provider, reference: null, actor: 'school', at, why: 'asked', detail: {} } as const
  if ((await erase(env.DB, { ...erasing, isDraft: true, letters, also })) !== 'done') throw new Failure('conflict')
  tellLedger(referral, provider, 'asked', now)
}
