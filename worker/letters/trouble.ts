import { Hono } from 'hono'
import * as z from 'zod/mini'
import { mayDo } from '../../catalogue/wire/roles.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppEnv } from '../environment.ts'
import { actorOf, providerOf } from '../people/actor.ts'
import { may } from '../people/may.ts'
import { parsed } from '../requests/body.ts'
import { lettersInTrouble } from './trouble.store.ts'

/** How many letters a page lists. */
const PAGE = 50

/** After every instant. */
const END = '\u{10ffff}'

const place = z.string().check(z.regex(/^[\dT:.Z-]{20,30}~[\w-]{1,60}$/, 'choose'))
const troubleQuery = z.object({ after: z.optional(z.union([z.literal(''), place], 'choose')) })

/** Letters that were given up or have no address: each says which order it tells of, where it can be sent again. An invitation is for who may invite again. */
export function troubledLetters(): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/letters', may('read-orders'), async (c) => {
    const { after } = parsed(troubleQuery, c.req.query())
    const [writtenAt = END, id = ''] = after ? after.split('~') : []
    const { role = 'viewer' } = actorOf(c)
    const shown = { invites: mayDo(role, 'manage-people'), runs: mayDo(role, 'run-cases') }
    const letters = await lettersInTrouble(c.env.DB, providerOf(c), [writtenAt, id], PAGE + 1, shown)
    const last = letters.length > PAGE ? letters[PAGE - 1] : undefined
    return consoleJson({ letters: letters.slice(0, PAGE), next: last ? `${last.writtenAt}~${last.id}` : null })
  })

  return routes
}
