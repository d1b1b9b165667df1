import { Hono } from 'hono'
import { inviteRequest, roleRequest } from '../../catalogue/wire/people.ts'
import { mayDo } from '../../catalogue/wire/roles.ts'
import { consoleJson } from '../console/reply.ts'
import type { AppContext, AppEnv } from '../environment.ts'
import { Failure } from '../failures.ts'
import { invitationLetter } from '../letters/invitation.en.ts'
import { newLetterId } from '../letters/letter.ts'
import { sendSoon } from '../letters/soon.ts'
import { jsonOf, parsed } from '../requests/body.ts'
import type { Limits } from '../requests/limits.ts'
import { originOf } from '../requests/origin.ts'
import { actorOf, providerOf } from './actor.ts'
import { at } from './arrival.ts'
import { may } from './may.ts'
import { type Change, giveRole, invite, membersOf, memberWith, nameOfProvider, withdraw } from './members.store.ts'
import type { MemberReply } from './replies.ts'

/** An invitation that is pressed twice is sent once; later it is sent again. Milliseconds. */
const TOLD_AGAIN = 10 * 60_000

/** Who belongs to a provider: its owners invite and withdraw, and anybody may leave. */
export function people(limits: Limits): Hono<AppEnv> {
  const routes = new Hono<AppEnv>()

  routes.get('/:provider/people', may('manage-people'), async (c) =>
    consoleJson({ people: await membersOf(c.env.DB, providerOf(c)) }),
  )

  routes.post('/:provider/people', may('manage-people'), async (c) => {
    await limits.countWrite(c)
    const { email, role } = parsed(inviteRequest, await jsonOf(c))
    const provider = providerOf(c)
    const actor = actorOf(c)
    const origin = originOf(c)
    const name = (await nameOfProvider(c.env.DB, provider)) ?? provider
    const words = invitationLetter({ origin, provider: name, by: actor.name || actor.email, role, email })
    const invited = await invite(c.env.DB, {
      provider,
      actor: actor.person,
      email,
      role,
      at: at(c.var.now()),
      person: crypto.randomUUID(),
      toldSince: at(c.var.now() - TOLD_AGAIN),
      letter: { ...words, id: newLetterId() },
    })
    // Nobody is found where the owner was withdrawn meanwhile.
    const member = invited && (await memberWith(c.env.DB, provider, invited.person))
    if (!member) throw new Failure('forbidden')
    if (member.role !== role)
      throw new Failure('conflict', { errors: [{ pointer: '/email', code: 'conflict' }], more: { person: member } })
    sendSoon(c)
    return consoleJson(member, invited.isNew ? 201 : 200)
  })

  routes.put('/:provider/people/:person', may('manage-people'), async (c) => {
    const { role } = parsed(roleRequest, await jsonOf(c))
    const change = changeOf(c)
    const changed = await giveRole(c.env.DB, change, role)
    const member = await memberWith(c.env.DB, change.provider, change.person)
    if (!member) throw new Failure('not-found')
    if (!changed && member.role !== role) throw await whyNot(c, change)
    return consoleJson(member)
  })

  routes.delete('/:provider/people/:person', may('look'), async (c) => {
    const change = changeOf(c)
    const { role, person } = actorOf(c)
    if (change.person !== person && (role === undefined || !mayDo(role, 'manage-people')))
      throw new Failure('forbidden')
    if (!(await withdraw(c.env.DB, change))) {
      const member = await memberWith(c.env.DB, change.provider, change.person)
      throw member ? await whyNot(c, change) : new Failure('not-found')
    }
    return consoleJson({})
  })

  return routes
}

/** Who it is that the address names, and who asks. */
function changeOf(c: AppContext): Change {
  return {
    provider: providerOf(c),
    actor: actorOf(c).person,
    person: c.req.param('person') ?? '',
    at: at(c.var.now()),
  }
}

/** Why somebody who is there was not changed: whoever asked is an owner no longer, or this is the last one. */
async function whyNot(c: AppContext, { provider, actor, person }: Change): Promise<Failure> {
  if (actor === person) return new Failure('last-owner')
  const asker: MemberReply | undefined = await memberWith(c.env.DB, provider, actor)
  if (!asker) return new Failure('not-found')
  return new Failure(asker.role === 'owner' ? 'last-owner' : 'forbidden')
}
