import * as z from 'zod/mini'
import { problemKinds } from '../failures.ts'

/** A part of the reference. */
export type Json = Record<string, unknown>

/** A schema as the reference shows it. */
export function schemaOf(schema: z.ZodMiniType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}

/** The header that every kept or refused request is answered with. */
export const REQUEST_ID = {
  'X-Request-Id': {
    description: 'What the provider, and whoever runs the worker, can find the request by.',
    schema: { type: 'string' },
  },
}

/** A reply of JSON. */
export function reply(description: string, schema: Json, example?: unknown): Json {
  return {
    description,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  }
}

/** The problems that a route can answer with, one entry a status. */
export function problems(...types: string[]): Json {
  const entries: [string, Json][] = []
  const kinds = problemKinds().filter(({ type }) =>
    [...types, 'too-many-requests', 'failed', 'unavailable'].includes(type),
  )
  for (const status of new Set(kinds.map((kind) => kind.status))) {
    const here = kinds.filter((kind) => kind.status === status)
    const description = here.map(({ type, title }) => `${type}: ${title}`).join(' ')
    const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
    entries.push([String(status), { description, headers: REQUEST_ID, content }])
  }
  return Object.fromEntries(entries)
}
