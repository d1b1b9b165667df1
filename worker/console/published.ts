import type { Published, Shelf } from '../catalogues/shelf.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { providerOf } from '../people/actor.ts'

/** What the provider that is asked about has published; one that has just been made has nothing yet. */
export function publishedHere(c: AppContext, shelf: Shelf): Promise<readonly Published[]> {
  return publishedBy(c, shelf, providerOf(c))
}

/** What a provider has published; one that has just been made has nothing yet. */
export async function publishedBy(c: AppContext, shelf: Shelf, provider: string): Promise<readonly Published[]> {
  try {
    return await shelf.of(c, provider)
  } catch (error) {
    if (error instanceof Failure && error.type === 'not-found') return []
    throw error
  }
}
