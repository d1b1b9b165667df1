import type { Bindings } from '../environment.ts'
import { tellLedger } from '../erasures/erase.ts'
import { erase } from '../erasures/store.ts'
import { Failure } from '../failures.ts'
import { newLetterId } from '../letters/letter.ts'
import { thrownAway } from '../letters/referral-school.en.ts'
import { type Doing, openVisited } from './drafts.ts'
import type { Visit } from './visit.ts'

/** Throws a draft away: it is erased at once, and colleagues who were let in hear that there is nothing left to finish. Throws `conflict` once it is sent. */
export async function throwAway(env: Bindings, visit: Visit, { now }: Pick<Doing, 'now'>): Promise<void> {
  const openCase = await openVisited(env, visit)
  const { id: referral, provider } = openCase.referral
  const colleagues = await openCase.readAll<{ email: string }>('colleague:')
  const at = new Date(now).toISOString()
  // The draft’s own letters end with its key, so these are of no referral.
  const letters = [...new Set(Object.values(colleagues).map(({ email }) => email))].map((to) => ({
    id: newLetterId(),
    provider,
    about: '',
    to,
    ...thrownAway(openCase.document),
    writtenAt: at,
  }))
  const erasing = { referral, provider, reference: null, actor: 'school', at, why: 'asked', detail: {} } as const
  if ((await erase(env.DB, { ...erasing, isDraft: true, letters })) !== 'done') throw new Failure('conflict')
  tellLedger(referral, provider, 'asked', now)
}
