import * as z from 'zod/mini'
import { catalogue } from '../../catalogue/schema/catalogue.ts'
import { orderRequest } from '../../catalogue/wire/order.ts'
import { quoteRequest } from '../../catalogue/wire/quote.ts'
import { consolePaths, consoleSchemas, SESSION_SCHEME } from './console.ts'
import { EXAMPLE_ORDER, EXAMPLE_QUOTE } from './examples.ts'
import { type Json, problems, REQUEST_ID, reply, schemaOf } from './parts.ts'
import { REFERRAL_SCHEME, referralPaths, referralSchemas } from './referrals.ts'
import {
  healthReply,
  orderReply,
  outboxReply,
  problemKindReply,
  problemReply,
  providersReply,
  quoteReply,
} from './replies.ts'

/** The schema of a catalogue as the worker sends it: the published document, and what the worker knows beside it. */
export function catalogueSchema(): Json {
  const { $schema, properties, required, ...rest } = z.toJSONSchema(catalogue, { io: 'input' })
  return {
    $schema,
    title: 'Outreach Kit catalogue',
    description:
      'One provider’s offer for one year. version, on, inForce and prices stand in the worker’s replies alone.',
    ...rest,
    properties: {
      ...properties,
      version: { type: 'integer', minimum: 1, readOnly: true },
      on: { type: 'string', format: 'date', readOnly: true, description: 'The day that the reply is about.' },
      inForce: { type: 'boolean', readOnly: true, description: 'Whether orders are taken on that day.' },
      prices: {
        type: 'object',
        readOnly: true,
        description:
          'What one of each offer costs on that day, by the offer’s id, for a buyer of whom nothing is known.',
        additionalProperties: {
          type: 'object',
          properties: {
            pence: { type: ['integer', 'null'], minimum: 0 },
            why: {
              type: 'array',
              items: { type: 'object', properties: { code: { type: 'string' } }, required: ['code'] },
            },
          },
          required: ['pence', 'why'],
        },
      },
    },
    required,
  }
}

const provider = {
  name: 'provider',
  in: 'path',
  required: true,
  schema: { type: 'string' },
  example: 'stepping-stones',
}

const today = {
  name: 'X-Today',
  in: 'header',
  required: false,
  description: 'In development alone: the calendar’s day to answer for.',
  schema: { type: 'string', format: 'date' },
}

function body(schema: string, example: unknown): Json {
  return {
    required: true,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` }, example } },
  }
}

/** The whole API as OpenAPI 3.1, made from the schemas that the routes themselves use. */
export function openApiDocument(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Outreach Kit',
      version: '1',
      description:
        'Prices and orders for school outreach services. Money is whole pence, days are YYYY-MM-DD. Any origin may call and no cookies are read or set, but for the console’s routes under /api/console, which are for its own pages and the session that they hold. Fields that a route does not know are ignored.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    paths: {
      '/api/providers': {
        get: {
          operationId: 'listProviders',
          summary: 'Every provider, a hundred at a time',
          parameters: [
            {
              name: 'after',
              in: 'query',
              required: false,
              schema: { type: 'string' },
              description: 'The id to go on after.',
            },
          ],
          responses: { 200: reply('The providers.', { $ref: '#/components/schemas/Providers' }), ...problems() },
        },
      },
      '/api/providers/{provider}/catalogue': {
        get: {
          operationId: 'readCatalogue',
          summary: 'What a provider offers',
          description:
            'The catalogue that is named, else the one in force on the day. Where none is, the latest one, with inForce false. Its pathways, calendar and privacy notice are left out: the routes of pathways have them.',
          parameters: [
            provider,
            { name: 'catalogue', in: 'query', required: false, schema: { type: 'string' }, example: '2024-25' },
            {
              name: 'on',
              in: 'query',
              required: false,
              schema: { type: 'string', format: 'date' },
              example: '2024-05-01',
            },
            { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } },
            today,
          ],
          responses: {
            200: {
              ...reply('The catalogue.', { $ref: '/api/catalogue.schema.json' }),
              headers: { ETag: { schema: { type: 'string' } } },
            },
            304: { description: 'It is still the one that you have.' },
            ...problems('not-found', 'invalid'),
          },
        },
      },
      '/api/providers/{provider}/quotes': {
        post: {
          operationId: 'quote',
          summary: 'What a basket costs, and why',
          description: 'Nothing is kept. Without a catalogue the one in force, without a day today.',
          parameters: [provider, today],
          requestBody: body('QuoteRequest', EXAMPLE_QUOTE),
          responses: {
            200: reply('The quote.', { $ref: '#/components/schemas/Quote' }),
            ...problems('unreadable', 'not-found', 'too-large', 'not-json', 'invalid'),
          },
        },
      },
      '/api/providers/{provider}/orders': {
        post: {
          operationId: 'placeOrder',
          summary: 'Place an order',
          description:
            'Priced again on the worker’s day. The same key and body get the same answer again. What is wrong with an order (422) is said before a changed price (409), whose reply carries the new quote. An order on a closed day is not-open at /catalogue, with opensOn, and with closedOn once it has ended.',
          parameters: [
            provider,
            {
              name: 'Idempotency-Key',
              in: 'header',
              required: true,
              description:
                'Made by the caller for one order, 1 to 200 printable characters. It belongs to one provider.',
              schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x21-\\x7e]+$' },
            },
            today,
          ],
          requestBody: body('OrderRequest', EXAMPLE_ORDER),
          responses: {
            201: {
              ...reply('The order is kept.', { $ref: '#/components/schemas/OrderReceipt' }),
              headers: REQUEST_ID,
            },
            ...problems(
              'unreadable',
              'key-required',
              'not-found',
              'price-changed',
              'too-large',
              'not-json',
              'invalid',
              'key-reused',
            ),
          },
        },
      },
      '/api/openapi.json': {
        get: {
          operationId: 'readReference',
          summary: 'This reference',
          responses: { 200: reply('The reference.', { type: 'object' }), ...problems() },
        },
      },
      '/api/catalogue.schema.json': {
        get: {
          operationId: 'readCatalogueSchema',
          summary: 'The JSON Schema of a catalogue',
          responses: { 200: reply('The schema.', { type: 'object' }), ...problems() },
        },
      },
      '/api/problems/{type}': {
        get: {
          operationId: 'readProblemType',
          summary: 'What a kind of refusal means',
          parameters: [
            { name: 'type', in: 'path', required: true, schema: { type: 'string' }, example: 'price-changed' },
          ],
          responses: {
            200: reply('The kind of refusal.', { $ref: '#/components/schemas/ProblemKind' }),
            ...problems('not-found'),
          },
        },
      },
      '/healthz': {
        get: {
          operationId: 'readHealth',
          summary: 'Whether all of it works',
          responses: {
            200: reply('All of it works.', { $ref: '#/components/schemas/Health' }),
            503: reply('What does not, in sentences.', { $ref: '#/components/schemas/Health' }),
          },
        },
      },
      '/dev/outbox': {
        get: {
          operationId: 'showOutbox',
          summary: 'In development alone: the e-mails that would have been sent, as a page',
          responses: {
            200: { description: 'The page.', content: { 'text/html': { schema: { type: 'string' } } } },
            ...problems('not-found'),
          },
        },
      },
      '/dev/outbox.json': {
        get: {
          operationId: 'readOutbox',
          summary: 'In development alone: the same as JSON, newest first',
          responses: { 200: reply('The letters.', { $ref: '#/components/schemas/Outbox' }), ...problems('not-found') },
        },
      },
      ...referralPaths(),
      ...consolePaths(),
    },
    components: {
      securitySchemes: { ...SESSION_SCHEME, ...REFERRAL_SCHEME },
      schemas: {
        QuoteRequest: schemaOf(quoteRequest, 'input'),
        OrderRequest: schemaOf(orderRequest, 'input'),
        Quote: schemaOf(quoteReply, 'output'),
        OrderReceipt: schemaOf(orderReply, 'output'),
        Providers: schemaOf(providersReply, 'output'),
        Problem: schemaOf(problemReply, 'output'),
        ProblemKind: schemaOf(problemKindReply, 'output'),
        Health: schemaOf(healthReply, 'output'),
        Outbox: schemaOf(outboxReply, 'output'),
        ...referralSchemas(),
        ...consoleSchemas(),
      },
    },
  }
}
