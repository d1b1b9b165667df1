import type * as z from 'zod/mini'
import { acceptRequest, declineRequest, letterAgainRequest, noteRequest } from '../../catalogue/wire/answer.ts'
import { draftRequest, presenceRequest, publishRequest, saveRequest } from '../../catalogue/wire/draft.ts'
import { framesRequest } from '../../catalogue/wire/frame.ts'
import {
  codeRequest,
  inviteRequest,
  nameRequest,
  passkeyRequest,
  passkeySignInRequest,
  roleRequest,
  signInRequest,
} from '../../catalogue/wire/people.ts'
import type { ProblemType } from '../../catalogue/wire/problem.ts'
import {
  cataloguesReply,
  discardedReply,
  draftReply,
  effectReply,
  framesReply,
  presenceReply,
  publishedReply,
  savedReply,
  takenBackReply,
  versionReply,
} from '../drafts/replies.ts'
import {
  answerReply,
  inboxReply,
  oneOrderReply,
  overviewReply,
  schoolsReply,
  troubledReply,
} from '../orders/replies.ts'
import {
  attemptReply,
  challengeReply,
  memberReply,
  newPasskeyReply,
  passkeysReply,
  peopleReply,
  personReply,
  sessionReply,
  sessionsReply,
} from '../people/replies.ts'
import { CASES } from './cases.ts'
import { ERASURES } from './erasures.ts'
import { type Json, problems, reply, schemaOf } from './parts.ts'

/** A route of the console as the reference tells of it. What every route of its kind refuses is added by itself. */
export interface ConsoleRoute {
  /** Method and path below `/api/console`. */
  at: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`
  /** The operation's name, unlike every other. */
  id: string
  does: string
  /** Whether one may ask without being signed in. */
  open?: true
  query?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
  body?: { schema: z.ZodMiniType; example: unknown }
  /** The status of what went well, 200 unless said. */
  status?: number
  /** Whether the same again, which changes nothing, is a 200. */
  again?: true
  /** The reply's schema, or its media type where it is no JSON. */
  reply?: z.ZodMiniType | string
  refuses?: readonly ProblemType[]
}

const passkey = { id: 'AAAA', rawId: 'AAAA', type: 'public-key' }

/** Signing in, and what belongs to a person rather than to a provider. */
const PERSONAL: readonly ConsoleRoute[] = [
  {
    at: 'POST /sign-in/codes',
    id: 'askForCode',
    does: 'Send a code to an e-mail address; the answer is the same whether anybody is known by it',
    open: true,
    body: { schema: codeRequest, example: { email: 'owner@provider.example' } },
    status: 202,
    reply: attemptReply,
  },
  {
    at: 'POST /sign-in',
    id: 'signIn',
    does: 'Sign in with the code; five tries, of which the right one uses it up. code-wrong carries triesLeft',
    open: true,
    body: { schema: signInRequest, example: { attempt: '0123abcd', code: '12345678' } },
    reply: sessionReply,
    refuses: ['code-wrong', 'code-expired'],
  },
  {
    at: 'POST /sign-in/passkeys/options',
    id: 'beginPasskeySignIn',
    does: 'A challenge for any passkey of this website',
    open: true,
    reply: challengeReply,
  },
  {
    at: 'POST /sign-in/passkeys',
    id: 'signInWithPasskey',
    does: 'Sign in with a passkey that answered the challenge',
    open: true,
    body: {
      schema: passkeySignInRequest,
      example: {
        attempt: '0123abcd',
        response: { ...passkey, response: { clientDataJSON: 'AAAA', authenticatorData: 'AAAA', signature: 'AAAA' } },
      },
    },
    reply: sessionReply,
    refuses: ['passkey-refused', 'code-expired'],
  },
  { at: 'GET /session', id: 'readSession', does: 'Who is signed in, and where they belong to', reply: sessionReply },
  { at: 'DELETE /session', id: 'signOut', does: 'Sign out here' },
  { at: 'GET /sessions', id: 'listSessions', does: 'Where one is signed in', reply: sessionsReply },
  { at: 'DELETE /sessions', id: 'signOutEverywhere', does: 'Sign out everywhere at once, here too' },
  {
    at: 'DELETE /sessions/{session}',
    id: 'endSession',
    does: 'Sign out on one of one’s devices',
    refuses: ['not-found'],
  },
  {
    at: 'PUT /person',
    id: 'rename',
    does: 'Say what one is called',
    body: { schema: nameRequest, example: { name: 'A. Example' } },
    reply: personReply,
  },
  { at: 'GET /passkeys', id: 'listPasskeys', does: 'One’s passkeys', reply: passkeysReply },
  {
    at: 'POST /passkeys/options',
    id: 'beginPasskey',
    does: 'A challenge for making a passkey',
    reply: challengeReply,
  },
  {
    at: 'POST /passkeys',
    id: 'keepPasskey',
    does: 'Keep a passkey that answered the challenge',
    body: {
      schema: passkeyRequest,
      example: {
        attempt: '0123abcd',
        name: 'My laptop',
        response: { ...passkey, response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' } },
      },
    },
    status: 201,
    reply: newPasskeyReply,
    refuses: ['passkey-refused', 'code-expired', 'conflict'],
  },
  { at: 'DELETE /passkeys/{passkey}', id: 'removePasskey', does: 'Remove a passkey', refuses: ['not-found'] },
]

/** Who belongs to a provider. */
const PEOPLE: readonly ConsoleRoute[] = [
  { at: 'GET /providers/{provider}/people', id: 'listPeople', does: 'Everybody here', reply: peopleReply },
  {
    at: 'POST /providers/{provider}/people',
    id: 'invite',
    does: 'Invite somebody by e-mail; the same again changes nothing and is a 200',
    body: { schema: inviteRequest, example: { email: 'editor@provider.example', role: 'editor' } },
    status: 201,
    again: true,
    reply: memberReply,
    refuses: ['conflict'],
  },
  {
    at: 'PUT /providers/{provider}/people/{person}',
    id: 'giveRole',
    does: 'Give somebody another role',
    body: { schema: roleRequest, example: { role: 'viewer' } },
    reply: memberReply,
    refuses: ['last-owner'],
  },
  {
    at: 'DELETE /providers/{provider}/people/{person}',
    id: 'withdraw',
    does: 'Withdraw somebody, or leave: whoever is gone has no access from their next request on',
    refuses: ['last-owner'],
  },
]

/** Who did what and when. */
const RECORD: readonly ConsoleRoute[] = [
  {
    at: 'GET /providers/{provider}/record',
    id: 'readRecord',
    does: 'Who did what and when, newest first, fifty at a time',
    query: { before: 'The number to go on before.', actor: 'A person’s id.', action: 'Such as order-accepted.' },
    refuses: ['invalid'],
  },
  {
    at: 'GET /providers/{provider}/record.csv',
    id: 'downloadRecord',
    does: 'All of it as a spreadsheet',
    query: { before: 'The number to go on before.', actor: 'A person’s id.', action: 'Such as order-accepted.' },
    reply: 'text/csv',
    refuses: ['invalid'],
  },
]

/** What a provider has published and is working on, and where its pages may stand. */
const CATALOGUES: readonly ConsoleRoute[] = [
  {
    at: 'GET /providers/{provider}/catalogues',
    id: 'listCatalogues',
    does: 'Every year with its versions, and the open drafts for those who may edit them',
    reply: cataloguesReply,
  },
  {
    at: 'GET /providers/{provider}/catalogues/{catalogue}/versions/{version}',
    id: 'readVersion',
    does: 'A version with its document; with .json after its number, the file to keep',
    reply: versionReply,
  },
  {
    at: 'POST /providers/{provider}/catalogues/{catalogue}/versions/{version}/take-back',
    id: 'takeBack',
    does: 'Take back a version that counts or is put off: the one before it counts again. The same again changes nothing',
    reply: takenBackReply,
    refuses: ['conflict'],
  },
  {
    at: 'POST /providers/{provider}/drafts',
    id: 'beginDraft',
    does: 'Begin a draft: from a version, from a text of up to 512,000 bytes, or from nothing',
    headers: { 'Idempotency-Key': 'A UUID, which becomes the draft’s id: the same again gives the same draft.' },
    body: { schema: draftRequest, example: { from: { catalogue: '2024-25', version: 1 } } },
    status: 201,
    reply: draftReply,
    refuses: ['conflict'],
  },
  {
    at: 'GET /providers/{provider}/drafts/{draft}',
    id: 'readDraft',
    does: 'A draft as it was typed, and what to compare it with; its ETag is its revision',
    reply: draftReply,
  },
  {
    at: 'PUT /providers/{provider}/drafts/{draft}',
    id: 'saveDraft',
    does: 'Save a draft’s text. changed-meanwhile and conflict carry the current draft; the same text again changes nothing',
    headers: { 'If-Match': 'The revision that is changed, in quotation marks. Without it, match-required.' },
    body: { schema: saveRequest, example: { text: '{}' } },
    reply: savedReply,
    refuses: ['match-required', 'changed-meanwhile', 'conflict'],
  },
  {
    at: 'DELETE /providers/{provider}/drafts/{draft}',
    id: 'discardDraft',
    does: 'Discard a draft; its text can still be read',
    headers: { 'If-Match': 'The revision that is discarded, in quotation marks. Without it, match-required.' },
    reply: discardedReply,
    refuses: ['match-required', 'changed-meanwhile', 'conflict'],
  },
  {
    at: 'POST /providers/{provider}/drafts/{draft}/presence',
    id: 'showPresence',
    does: 'Say that one has a draft before one, and where; tells who else has been seen within 30 seconds',
    body: { schema: presenceRequest, example: { place: '/offers/0' } },
    reply: presenceReply,
  },
  {
    at: 'POST /providers/{provider}/drafts/{draft}/publish',
    id: 'publishDraft',
    does: 'Publish a draft now or from a day on. not-publishable carries mistakes, and the warnings that have to be ticked by their ids',
    body: { schema: publishRequest, example: { from: 'now', revision: 1, warnings: [] } },
    status: 201,
    reply: publishedReply,
    refuses: ['not-publishable', 'changed-meanwhile', 'conflict'],
  },
  {
    at: 'GET /providers/{provider}/drafts/{draft}/effect',
    id: 'readEffect',
    does: 'The orders of the last year, five hundred at a time, as they were and as the draft would price them',
    query: { after: 'Where the page before ended.' },
    reply: effectReply,
    refuses: ['invalid', 'not-publishable'],
  },
  {
    at: 'GET /providers/{provider}/frames',
    id: 'readFrames',
    does: 'The websites that may show the provider’s pages in a frame',
    reply: framesReply,
  },
  {
    at: 'PUT /providers/{provider}/frames',
    id: 'setFrames',
    does: 'Let these websites and no others show the provider’s pages in a frame: over https, by their origin, a star for the first part of a name at most',
    body: { schema: framesRequest, example: { origins: ['https://www.school.example'] } },
    reply: framesReply,
  },
]

const KEY = { 'Idempotency-Key': 'The same again does nothing and is answered as the first time.' }
const EXPORTED = {
  catalogue: 'One year’s.',
  state: 'One state’s.',
  from: 'Placed on this day or later.',
  to: 'Placed on this day or earlier.',
  answeredFrom: 'Answered on this day or later.',
  answeredTo: 'Answered on this day or earlier.',
}
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** What schools order, and what is answered. */
const ORDERS: readonly ConsoleRoute[] = [
  {
    at: 'GET /providers/{provider}/overview',
    id: 'readOverview',
    does: 'What waits, and how a year goes',
    query: { year: 'The year; without it the one in force.' },
    reply: overviewReply,
    refuses: ['invalid'],
  },
  {
    at: 'GET /providers/{provider}/orders',
    id: 'listOrders',
    does: 'The orders, fifty at a time: the newest first, or by the school or the reference that is looked for',
    query: {
      state: 'One state’s.',
      catalogue: 'One year’s.',
      words: 'Beginnings of words in a school’s name, its URN or its number.',
      number: 'The beginning of a school’s URN or number.',
      reference: 'The beginning of a reference, with or without hyphens.',
      after: 'Where the page before ended.',
      before: 'Where the page after began.',
    },
    reply: inboxReply,
    refuses: ['invalid'],
  },
  {
    at: 'GET /providers/{provider}/orders/{reference}',
    id: 'readOrder',
    does: 'One order with its quote, its history and its letters',
    reply: oneOrderReply,
  },
  {
    at: 'POST /providers/{provider}/orders/{reference}/accept',
    id: 'acceptOrder',
    does: 'Accept an order that is in the state in which it was seen; conflict carries the state it is in and who answered',
    headers: KEY,
    body: { schema: acceptRequest, example: { seen: 'placed' } },
    reply: answerReply,
    refuses: ['conflict', 'key-reused', 'key-required'],
  },
  {
    at: 'POST /providers/{provider}/orders/{reference}/decline',
    id: 'declineOrder',
    does: 'Decline an order that is in the state in which it was seen; the school is told the reason',
    headers: KEY,
    body: { schema: declineRequest, example: { reason: 'We have no hours left this term.' } },
    reply: answerReply,
    refuses: ['conflict', 'key-reused', 'key-required'],
  },
  {
    at: 'POST /providers/{provider}/orders/{reference}/notes',
    id: 'writeNote',
    does: 'Write a note beside an order, which the school does not see',
    headers: KEY,
    body: { schema: noteRequest, example: { text: 'Rang the school.' } },
    status: 201,
    reply: answerReply,
    refuses: ['key-reused', 'key-required'],
  },
  {
    at: 'POST /providers/{provider}/orders/{reference}/letters/{letter}/again',
    id: 'sendLetterAgain',
    does: 'Send a letter again, to the same address or another; conflict where it still waits or was sent again already',
    headers: KEY,
    body: { schema: letterAgainRequest, example: { to: 'office@school.example' } },
    status: 201,
    reply: answerReply,
    refuses: ['conflict', 'key-reused', 'key-required'],
  },
  {
    at: 'GET /providers/{provider}/letters',
    id: 'listTroubledLetters',
    does: 'Letters that were given up or have no address, the newest first',
    query: { after: 'Where the page before ended.' },
    reply: troubledReply,
    refuses: ['invalid'],
  },
  {
    at: 'GET /providers/{provider}/schools',
    id: 'listSchools',
    does: 'What each school holds in a year, by the alphabet or by the words that are looked for',
    query: {
      catalogue: 'The year; without it the one in force.',
      words: 'Beginnings of words in the school’s name, its URN or its number.',
      after: 'Where the page before ended.',
    },
    reply: schoolsReply,
    refuses: ['invalid'],
  },
  ...(['orders', 'invoices', 'journals'] as const).flatMap((kind): ConsoleRoute[] => {
    const names = { orders: 'Orders', invoices: 'Invoices to raise', journals: 'Journal transfers' }
    const lines = kind === 'orders' ? { rows: 'orders: a row an order. lines: a row a line.' } : {}
    return [
      {
        at: `GET /providers/{provider}/exports/${kind}.csv`,
        id: `download${kind.charAt(0).toUpperCase()}${kind.slice(1)}`,
        does: `${names[kind]} as CSV, formulas escaped`,
        query: { ...EXPORTED, ...lines },
        reply: 'text/csv',
        refuses: ['invalid'],
      },
      {
        at: `GET /providers/{provider}/exports/${kind}.xlsx`,
        id: `download${kind.charAt(0).toUpperCase()}${kind.slice(1)}Workbook`,
        does: `${names[kind]} as a workbook`,
        query: EXPORTED,
        reply: WORKBOOK,
        refuses: ['invalid'],
      },
    ]
  }),
]

/** Every route of the console. */
const ROUTES: readonly ConsoleRoute[] = [
  ...PERSONAL,
  ...PEOPLE,
  ...RECORD,
  ...CATALOGUES,
  ...ORDERS,
  ...CASES,
  ...ERASURES,
]

/** What a browser holds that is signed in to the console. */
export const SESSION_SCHEME = { session: { type: 'apiKey', in: 'cookie', name: '__Host-session' } }

/** The console's part of the reference's paths. */
export function consolePaths(): Json {
  const paths: Record<string, Json> = {}
  for (const route of ROUTES) {
    const [method = '', path = ''] = route.at.split(' ')
    paths[`/api/console${path}`] = { ...paths[`/api/console${path}`], [method.toLowerCase()]: operationOf(route) }
  }
  return paths
}

/** What the console's routes take and answer with. */
export function consoleSchemas(): Json {
  const schemas: Json = {}
  for (const { id, body, reply: answer } of ROUTES) {
    if (body) schemas[`${nameOf(id)}Request`] = schemaOf(body.schema, 'input')
    if (answer && typeof answer !== 'string') schemas[`${nameOf(id)}Reply`] = schemaOf(answer, 'output')
  }
  return schemas
}

function operationOf({
  at,
  id,
  does,
  open,
  query,
  headers,
  body,
  status = 200,
  again,
  reply: answer,
  refuses,
}: ConsoleRoute): Json {
  const isWrite = !at.startsWith('GET')
  const isOfProvider = at.includes('{provider}')
  return {
    operationId: id,
    summary: does,
    security: open ? [] : [{ session: [] }],
    parameters: [
      ...[...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
        example: name === 'provider' ? 'stepping-stones' : 'x',
      })),
      ...parameters('query', query),
      ...parameters('header', headers),
    ],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: { $ref: `#/components/schemas/${nameOf(id)}Request` },
                example: body.example,
              },
            },
          },
        }
      : {}),
    responses: {
      [status]: answered(id, answer),
      ...(again ? { 200: answered(id, answer) } : {}),
      ...problems(
        ...(open ? [] : ['signed-out']),
        ...(isOfProvider ? ['not-found', 'forbidden'] : []),
        ...(isWrite ? ['wrong-origin'] : []),
        ...(body ? ['unreadable', 'too-large', 'not-json', 'invalid'] : []),
        ...(refuses ?? []),
      ),
    },
  }
}

function answered(id: string, answer: ConsoleRoute['reply']): Json {
  if (typeof answer === 'string')
    return { description: 'The file.', content: { [answer]: { schema: { type: 'string' } } } }
  return reply('It is done.', answer ? { $ref: `#/components/schemas/${nameOf(id)}Reply` } : { type: 'object' })
}

function parameters(place: 'query' | 'header', said: Readonly<Record<string, string>> = {}): Json[] {
  return Object.entries(said).map(([name, description]) => ({
    name,
    in: place,
    required: false,
    description,
    schema: { type: 'string' },
  }))
}

/** An operation's name as the beginning of a schema's. */
function nameOf(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}`
}
