import type { Role } from '../../catalogue/wire/roles.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'

/** Who asks: a person in a session, and what they are at the provider that the address names, if it names one. */
export interface Actor {
  person: string
  email: string
  name: string
  /** The session's id, which is no secret. */
  session: string
  provider?: string
  role?: Role
}

/** Who asks. A route that `may('signed-in')` or some right guards always knows. */
export function actorOf(c: AppContext): Actor {
  const { actor } = c.var
  if (!actor) throw new Failure('signed-out')
  return actor
}

/** The provider that the address names, and that whoever asks belongs to. */
export function providerOf(c: AppContext): string {
  const { provider } = actorOf(c)
  if (provider === undefined) throw new Failure('not-found')
  return provider
}
