import { isInForce } from '../../catalogue/rules/in-force.ts'
import { chosenOf, type Shelf } from '../catalogues/shelf.ts'
import type { AppContext } from '../environment.ts'
import { Failure } from '../failures.ts'
import { modelOf, type PageModel } from '../pages/model.ts'
import { visitorOf } from './reply.ts'

/** What a page of a provider shows: the catalogue that its address names, else the one for the day. */
export async function modelFor(c: AppContext, shelf: Shelf, form?: readonly [string, string][]): Promise<PageModel> {
  const on = c.var.today
  const query = [...new URL(c.req.url).searchParams]
  // A form says all that its page holds; its address only says which year and day it is about, and in which language.
  const entries = form ? [...form, ...query.filter(([name]) => /^(catalogue|today|lang)$/.test(name))] : query
  const year = entries.find(([name, value]) => name === 'catalogue' && value)?.[1]
  const provider = c.req.param('provider') ?? ''
  const published = await shelf.of(c, provider)
  c.set('ancestors', shelf.ancestorsOf(provider))
  const chosen = chosenOf(published, { catalogue: year, on })
  if (!chosen) throw new Failure('not-found')
  const catalogue = { ...chosen.document, version: chosen.version, on, inForce: isInForce(chosen, on) }
  return modelOf(catalogue, entries, visitorOf(c).demonstrationDay)
}
