import { Hono } from 'hono'
import { isInForce } from '../../catalogue/rules/in-force.ts'
import { chosenOf, type Shelf } from '../catalogues/shelf.ts'
import { type AppContext, type AppEnv, isDevelopment } from '../environment.ts'
import { Failure } from '../failures.ts'
import { modelOf, type PageModel } from '../pages/model.ts'
import {
  clusterPage,
  frontPage,
  packagesPage,
  providersPage,
  referralPage,
  trainingPage,
} from '../pages/provider-pages.ts'
import { formOf } from './form.ts'
import { page } from './reply.ts'

/** The portal: the widgets' views as plain pages and forms. */
export function portal(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/', async (c) => page(await providersPage(await shelf.providers(c), demonstrationDayOf(c))))
  routes.get('/:provider/brand.css', async (c) => {
    const [first] = await shelf.of(c, c.req.param('provider'))
    const colour = first?.document.provider.colour
    const css = colour ? `:root{--outreach-colour-brand:${colour}}` : ''
    return new Response(css, {
      headers: {
        'Content-Type': 'text/css; charset=utf-8',
        'Cache-Control': 'public, max-age=300',
        'X-Content-Type-Options': 'nosniff',
      },
    })
  })
  routes.get('/:provider', async (c) => page(await frontPage(await modelFor(c, shelf))))
  routes.get('/:provider/packages', async (c) => page(await packagesPage(await modelFor(c, shelf))))
  routes.get('/:provider/training', async (c) => page(await trainingPage(await modelFor(c, shelf))))
  routes.get('/:provider/cluster', async (c) => page(await clusterPage(await modelFor(c, shelf))))
  // 500 schools do not fit into an address: the calculator's form is posted, and changes nothing.
  routes.post('/:provider/cluster', async (c) => page(await clusterPage(await modelFor(c, shelf, await formOf(c)))))
  routes.get('/:provider/referral', async (c) => page(await referralPage(await modelFor(c, shelf))))

  return routes
}

/** What a page of a provider shows: the catalogue that its address names, else the one for the day. */
async function modelFor(c: AppContext, shelf: Shelf, typed: readonly [string, string][] = []): Promise<PageModel> {
  const on = c.var.today
  const entries = [...new URL(c.req.url).searchParams, ...typed]
  const year = entries.find(([name, value]) => name === 'catalogue' && value)?.[1]
  const chosen = chosenOf(await shelf.of(c, c.req.param('provider') ?? ''), { catalogue: year, on })
  if (!chosen) throw new Failure('not-found')
  const catalogue = { ...chosen.document, version: chosen.version, on, inForce: isInForce(chosen, on) }
  return modelOf(catalogue, entries, demonstrationDayOf(c))
}

function demonstrationDayOf(c: AppContext): string | undefined {
  return isDevelopment(c.env) ? c.var.today : undefined
}
