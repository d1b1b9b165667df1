import { Hono } from 'hono'
import { mayDo } from '../../catalogue/wire/roles.ts'
import { fileOf } from '../catalogues/file.ts'
import type { Shelf } from '../catalogues/shelf.ts'
import { standingsOn } from '../catalogues/standing.ts'
import { consoleFile, consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { descriptionAfter } from './description.ts'
import { cataloguesOf, listed } from './listing.ts'
import { publicationsOf, takeBack, versionDocument } from './store.ts'

/** What a provider has published, from which day on, and taking it back. */
export function publications(shelf: Shelf): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/catalogues', may('look'), async (c) => {
    const { role } = actorOf(c)
    const isEditor = role !== undefined && mayDo(role, 'edit-catalogue')
    return consoleJson(await cataloguesOf(c.env.DB, providerOf(c), c.var.today, isEditor))
  })

  routes.get('/:provider/catalogues/:catalogue/versions/:version', may('look'), async (c) => {
    const name = c.req.param('version') ?? ''
    const found = await versionOf(c, name.replace(/\.json$/, ''))
    const document = JSON.parse(await versionDocument(c.env.DB, providerOf(c), found))
    if (!name.endsWith('.json')) return consoleJson({ catalogue: found.catalogue, ...listed(found), document })
    return consoleFile(fileOf(document), `${providerOf(c)}-${found.catalogue}.json`, 'application/json; charset=utf-8')
  })

  routes.post('/:provider/catalogues/:catalogue/versions/:version/take-back', may('publish-catalogue'), async (c) => {
    const provider = providerOf(c)
    const found = await versionOf(c, c.req.param('version') ?? '')
    const { catalogue, version } = found
    if (found.state === 'retired')
      throw new Failure('conflict', {
        more: { detail: 'Another version counts by now. Take that one back, and this one counts again.' },
      })
    if (found.state !== 'taken-back') {
      const at = new Date(c.var.now()).toISOString()
      const description =
        found.state === 'in-force'
          ? await descriptionAfter(c.env.DB, provider, c.var.today, (versions) =>
              versions.filter((one) => one.catalogue !== catalogue || one.version !== version),
            )
          : undefined
      await takeBack(c.env.DB, { provider, catalogue, version, person: actorOf(c).person, at, description })
      shelf.forget(provider)
    }
    const versions = standingsOn(await publicationsOf(c.env.DB, provider), c.var.today).filter(
      (one) => one.catalogue === catalogue,
    )
    return consoleJson({
      catalogue,
      version,
      state: 'taken-back',
      inForce: versions.find(({ state }) => state === 'in-force')?.version ?? null,
    })
  })

  return routes
}

/** The version that the address names, as it stands today. */
async function versionOf(c: AppContext, text: string) {
  const catalogue = c.req.param('catalogue') ?? ''
  const versions = standingsOn(await publicationsOf(c.env.DB, providerOf(c)), c.var.today)
  const found = versions.find((one) => one.catalogue === catalogue && String(one.version) === text)
  if (!found) throw new Failure('not-found')
  return found
}
