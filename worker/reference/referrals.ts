import type * as z from 'zod/mini'
import type { ProblemType } from '../../catalogue/wire/problem.ts'
import {
  askRequest,
  beginRequest,
  colleagueRequest,
  heardRequest,
  openRequest,
  partRequest,
  replyRequest,
  schoolMoveRequest,
  schoolRecordRequest,
  sendRequest,
  signRequest,
} from '../../catalogue/wire/referral.ts'
import {
  begunReply,
  colleagueReply,
  draftReply,
  openedReply,
  partReply,
  pathwayReply,
  pathwaysReply,
  progressReply,
  sentReply,
} from '../referrals/replies.ts'
import { EXAMPLE_REFERRAL } from './examples.ts'
import { type Json, problems, REQUEST_ID, reply, schemaOf } from './parts.ts'

/** A route of referrals as the reference tells of it. */
interface ReferralRoute {
  /** Method and path below `/api`. */
  at: `${'GET' | 'POST' | 'PUT'} /${string}`
  id: string
  does: string
  about?: string
  /** Whether one may ask without a key. */
  open?: true
  key?: 'required' | 'optional'
  body?: { schema: z.ZodMiniType; example: unknown }
  status?: 200 | 201
  reply?: z.ZodMiniType
  refuses?: readonly ProblemType[]
}

/** What opens a draft or a referral: the key that beginning it or opening its link gives. */
export const REFERRAL_SCHEME = { referral: { type: 'http', scheme: 'bearer' } }

const EXAMPLES: Readonly<Record<string, string>> = { provider: 'stepping-stones', pathway: 'outreach' }

const ROUTES: readonly ReferralRoute[] = [
  {
    at: 'GET /providers/{provider}/pathways',
    id: 'listPathways',
    does: 'How support and places for one pupil are asked for at a provider',
    open: true,
    reply: pathwaysReply,
  },
  {
    at: 'GET /providers/{provider}/pathways/{pathway}',
    id: 'readPathway',
    does: 'One pathway, with everything that its form needs',
    about: 'The catalogue’s own route leaves pathways, calendar and privacy out: widgets of prices need none of them.',
    open: true,
    reply: pathwayReply,
  },
  {
    at: 'POST /providers/{provider}/referrals',
    id: 'beginReferral',
    does: 'Begin a referral',
    about:
      'Refused at /eligibility/ID with not-this-way where the pathway is not the right one, and with required where an answer is missing. A link to come back by goes to the address. The same key and body get the same draft again.',
    open: true,
    key: 'required',
    body: { schema: beginRequest, example: EXAMPLE_REFERRAL },
    status: 201,
    reply: begunReply,
    refuses: ['key-required', 'key-reused'],
  },
  {
    at: 'POST /referrals/{referral}/open',
    id: 'openReferral',
    does: 'Open the door of a link from a letter, by naming the address that the letter went to',
    about:
      'Five wrong addresses lock a link; link says locked, over, taken-back (a colleague is let in no longer) or unknown.',
    open: true,
    body: { schema: openRequest, example: { link: '0'.repeat(64), email: 'senco@school.example' } },
    status: 201,
    reply: openedReply,
    refuses: ['code-wrong', 'link-needed'],
  },
  {
    at: 'GET /referrals/{referral}',
    id: 'readReferral',
    does: 'A draft as whoever was let in sees it: a colleague, their own parts alone',
    about: 'To a colleague it is a conflict once it is sent: referral says its status, and nothing else does.',
    reply: draftReply,
    refuses: ['conflict'],
  },
  {
    at: 'PUT /referrals/{referral}/parts/{part}',
    id: 'savePart',
    does: 'Save a part as it is typed, complete or not',
    about:
      'revision is the part’s as it was seen, 0 at first. Where another one stands, a 409 carries it with its answers. What cannot be kept at all is refused: unknown questions, wrong types, texts that are too long. Once a colleague has finished every part that they were let in for, the referrer is told.',
    body: { schema: partRequest, example: { revision: 0, answers: { name: 'A. Example', born: '2015-02-03' } } },
    reply: partReply,
    refuses: ['conflict'],
  },
  {
    at: 'POST /referrals/{referral}/colleagues',
    id: 'letColleagueIn',
    does: 'Let a colleague in to finish some parts; a link goes to their address',
    body: { schema: colleagueRequest, example: { email: 'teacher@school.example', parts: ['tried'] } },
    status: 201,
    reply: colleagueReply,
    refuses: ['conflict'],
  },
  {
    at: 'POST /referrals/{referral}/colleagues/{colleague}/remove',
    id: 'letColleagueOut',
    does: 'Let a colleague in no longer',
  },
  {
    at: 'POST /referrals/{referral}/send',
    id: 'sendReferral',
    does: 'Send a referral: whoever is to consent is asked',
    about: 'What is missing is refused at /parts/PART/QUESTION and /declarations/ID. Sent twice, it is one referral.',
    key: 'optional',
    body: { schema: sendRequest, example: { declarations: ['permission'] } },
    status: 201,
    reply: sentReply,
    refuses: ['conflict'],
  },
  {
    at: 'GET /referrals/{referral}/progress',
    id: 'readProgress',
    does: 'How a referral that was sent stands: answers to what was asked, never the reasons',
    reply: progressReply,
    refuses: ['conflict'],
  },
  ...after(
    'ask',
    'askAgain',
    'Ask somebody for consent: again, by another address, or somebody new; without a purpose they only get a new link',
    askRequest,
    {
      as: 'carer',
      name: 'A. Example',
      email: 'carer@family.example',
      purpose: 'share',
    },
  ),
  ...after('heard', 'writeDownConsent', 'Write down an answer that was given on paper or in person', heardRequest, {
    person: 'x',
    purpose: 'share',
    answer: 'given',
    how: 'paper',
    on: '2024-09-10',
    name: 'A. Example',
    heardBy: 'B. Example',
  }),
  ...after('agreement', 'signForSchool', 'Sign the agreement for the school', signRequest, {
    name: 'B. Example',
    role: 'Head teacher',
  }),
  ...after('reply', 'answerProvider', 'Answer what the provider has asked', replyRequest, { text: 'Mondays.' }),
  ...after('move', 'moveOnForSchool', 'Make a decision that is the school’s', schoolMoveRequest, { move: 'answered' }),
  ...after('record', 'recordForSchool', 'Write down that the school has done something', schoolRecordRequest, {
    event: 'staff-visit',
    on: '2024-09-10',
  }),
  {
    at: 'POST /referrals/{referral}/progress/take-back',
    id: 'takeReferralBack',
    does: 'Take a referral back: work on it stops, and what it said of the pupil is deleted',
    key: 'optional',
    reply: progressReply,
    refuses: ['conflict', 'key-required', 'key-reused'],
  },
]

function after(path: string, id: string, does: string, schema: z.ZodMiniType, example: unknown): ReferralRoute[] {
  const refuses = ['conflict', 'not-found', 'key-required', 'key-reused'] as const
  const at = `POST /referrals/{referral}/progress/${path}` as const
  return [{ at, id, does, key: 'optional', body: { schema, example }, reply: progressReply, refuses }]
}

/** The part of the reference's paths that is about referrals. */
export function referralPaths(): Json {
  const paths: Record<string, Json> = {}
  for (const route of ROUTES) {
    const [method = '', path = ''] = route.at.split(' ')
    paths[`/api${path}`] = { ...paths[`/api${path}`], [method.toLowerCase()]: operationOf(route) }
  }
  return paths
}

/** What the routes of referrals take and answer with. */
export function referralSchemas(): Json {
  const schemas: Json = {}
  for (const { id, body, reply: answer } of ROUTES) {
    if (body) schemas[`${nameOf(id)}Request`] = schemaOf(body.schema, 'input')
    if (answer) schemas[`${nameOf(id)}Reply`] = schemaOf(answer, 'output')
  }
  return schemas
}

function operationOf({
  at,
  id,
  does,
  about,
  open,
  key,
  body,
  status = 200,
  reply: answer,
  refuses = [],
}: ReferralRoute): Json {
  const isRead = at.startsWith('GET')
  const isTagged = isRead && open === true
  const described = reply(
    'It is done.',
    answer ? { $ref: `#/components/schemas/${nameOf(id)}Reply` } : { type: 'object' },
  )
  return {
    operationId: id,
    summary: does,
    ...(about === undefined ? {} : { description: about }),
    security: open ? [] : [{ referral: [] }],
    parameters: [
      ...[...at.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
        name,
        in: 'path',
        required: true,
        schema: { type: 'string' },
        example: EXAMPLES[name] ?? 'x',
      })),
      ...(isTagged ? ['catalogue', 'today'].map((name) => header(name, 'query', false)) : []),
      ...(isTagged ? [header('If-None-Match', 'header', false)] : []),
      ...(key ? [header('Idempotency-Key', 'header', key === 'required')] : []),
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
      [status]: {
        ...described,
        ...(isTagged ? { headers: { ETag: { schema: { type: 'string' } } } } : {}),
        ...(status === 201 ? { headers: REQUEST_ID } : {}),
      },
      ...(isTagged ? { 304: { description: 'It is still the one that you have.' } } : {}),
      ...problems(
        ...(open ? ['not-found'] : ['link-needed']),
        ...(body ? ['unreadable', 'too-large', 'not-json', 'invalid'] : []),
        ...(at.includes('{part}') ? ['not-found'] : []),
        ...refuses,
      ),
    },
  }
}

function header(name: string, place: 'query' | 'header', required: boolean): Json {
  return { name, in: place, required, schema: { type: 'string' } }
}

/** An operation's name as the beginning of a schema's. */
function nameOf(id: string): string {
  return `${id.charAt(0).toUpperCase()}${id.slice(1)}`
}
