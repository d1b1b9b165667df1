/** `npm run provider:add -- --id oak --name "Oak School" --email owner@oak.example --local` or `--remote`: makes a provider and invites its first owner. */
import { parseArgs } from 'node:util'
import { id as idSchema, title } from '../../catalogue/schema/text.ts'
import { inviteRequest } from '../../catalogue/wire/people.ts'
import { CommandError, execute, optionsOf, query, type Where } from '../commands/d1.ts'
import { invitationLetter } from '../letters/invitation.en.ts'
import { newLetterId } from '../letters/letter.ts'
import { providerQuery, providerStatement, setUpStatements } from './first-owner.store.ts'

const USAGE = `Makes a provider and invites its first owner, who then does everything else in the console.

  npm run provider:add -- --id oak --name "Oak School" --email owner@oak.example --local
  npm run provider:add -- --id oak --name "Oak School" --email owner@oak.example --remote --origin https://outreach.your-domain

  --id              what addresses and widgets call it: small letters, digits and hyphens
  --name            what people call it; not needed for a provider that came with catalogue:load
  --email           the first owner's address
  --origin          where the console is, for the link in the letter (with --local http://localhost:8787)
  --persist-to      where the local database is kept
  --another-owner   adds an owner to a provider whose owners cannot sign in any more
`

/** What the first part of an address of ours already means. */
const RESERVED = new Set(['api', 'assets', 'cdn-cgi', 'console', 'consent', 'dev', 'healthz', 'outreach'])

interface Asked {
  id: string
  name: string | undefined
  email: string
  origin: string
  another: boolean
}

/** What was asked for, or a sentence about what is wrong with it. */
function askedFrom(values: Record<string, string | boolean | undefined>): Asked {
  const said = (name: string) => {
    const value = values[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
  }
  const id = said('id')
  if (id === undefined) throw new CommandError('Say what addresses are to call the provider: --id oak')
  if (!idSchema.safeParse(id).success)
    throw new CommandError(`“${id}” cannot be an id. Use small letters, digits and single hyphens, at most 60 of them.`)
  if (RESERVED.has(id)) throw new CommandError(`“${id}” is a part of the portal’s own addresses. Choose another id.`)
  const email = said('email')
  if (email === undefined) throw new CommandError('Say who its first owner is: --email owner@oak.example')
  const invited = inviteRequest.safeParse({ email, role: 'owner' })
  if (!invited.success) throw new CommandError(`“${email}” is no e-mail address.`)
  const name = said('name')
  if (name !== undefined && !title.safeParse(name).success)
    throw new CommandError('The name is too long, or holds characters that cannot be printed.')
  return {
    id,
    name,
    email: invited.data.email,
    origin: originFrom(said('origin'), values.local === true),
    another: values['another-owner'] === true,
  }
}

function originFrom(said: string | undefined, isLocal: boolean): string {
  if (said === undefined && isLocal) return 'http://localhost:8787'
  if (said === undefined)
    throw new CommandError(
      'Say where the console is, for the link in the letter: --origin https://outreach.your-domain',
    )
  if (!URL.canParse(said) || !/^https?:$/.test(new URL(said).protocol))
    throw new CommandError(`“${said}” is no address. Write it as in https://outreach.your-domain`)
  return new URL(said).origin
}

async function add({ id, name, email, origin, another }: Asked, where: Where): Promise<string> {
  const [found] = await query(providerQuery(id), where)
  const isOther = found !== undefined && name !== undefined && name !== found.name
  if (found && (isOther || (Number(found.owners) > 0 && !another)))
    throw new CommandError(
      `There is a provider “${id}” already: ${found.name}. Choose another id; or, if that is the one, let its owners invite others in the console.`,
    )
  if (!found && name === undefined) throw new CommandError('Say what people call the provider: --name "Oak School"')
  const called = found ? String(found.name) : (name ?? id)
  const words = invitationLetter({ origin, provider: called, by: undefined, role: 'owner', email })
  await execute(
    [
      providerStatement(id, called),
      ...setUpStatements({ provider: id, email, name: '', role: 'owner', letter: { ...words, id: newLetterId() } }),
    ],
    where,
  )
  return [
    found ? `${called} (${id}) was there already and has an owner now.` : `${called} (${id}) is set up.`,
    `${email} is sent an invitation within a minute of the worker running, and signs in here:`,
    `  ${origin}/console/sign-in?email=${encodeURIComponent(email)}`,
    ...(found ? [] : ['Schools see it once its first catalogue is published.']),
  ].join('\n')
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      email: { type: 'string' },
      origin: { type: 'string' },
      local: { type: 'boolean' },
      remote: { type: 'boolean' },
      'persist-to': { type: 'string' },
      'another-owner': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(USAGE)
    return
  }
  optionsOf(values)
  console.log(await add(askedFrom(values), values))
}

try {
  await main()
} catch (error) {
  const isClear = error instanceof CommandError || error instanceof TypeError
  console.error(isClear ? `${error.message}\nHow it is used: npm run provider:add -- --help` : error)
  process.exitCode = 1
}
