import { Hono } from 'hono'
import type { AppEnv } from '../environment.ts'
import { Failure, problemKinds } from '../failures.ts'
import { apiHeaders, json } from '../requests/headers.ts'
import { catalogueSchema, openApiDocument } from './document.ts'

/** The reference of the API: the same for everybody until the next deploy, so made once. */
export function reference(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()
  const kept = apiHeaders(['Cache-Control', 'public, max-age=300'])
  let document: string | undefined
  let schema: string | undefined

  routes.get('/openapi.json', () => {
    document ??= JSON.stringify(openApiDocument())
    return new Response(document, { headers: kept })
  })

  routes.get('/catalogue.schema.json', () => {
    schema ??= JSON.stringify(catalogueSchema())
    return new Response(schema, { headers: kept })
  })

  routes.get('/problems/:type', (c) => {
    const kind = problemKinds().find(({ type }) => type === c.req.param('type'))
    if (!kind) throw new Failure('not-found')
    return json(kind)
  })

  return routes
}
