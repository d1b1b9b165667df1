import type * as z from 'zod/mini'
import { faultsOf } from '../../catalogue/wire/faults.ts'
import type { AppContext } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'

/** The largest body, in bytes: room for 500 schools with long names and addresses. */
export const MOST_BYTES = 512_000

/** How much more of a body that is refused is read and let go of, in bytes: who is still sending would lose the refusal with the connection. */
const MOST_DISCARDED = 8_000_000

/** How deep lists and objects may stand inside each other; an order needs 5. */
const MOST_DEPTH = 32

const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i

/** The request's JSON, of `most` bytes. What is not JSON, too much, too deep or broken is refused before any rule sees it. */
export async function jsonOf(c: AppContext, most: number = MOST_BYTES): Promise<unknown> {
  return read(await textOf(c, most))
}

/** The text of a request that says it is JSON. */
export async function textOf(c: AppContext, most: number = MOST_BYTES): Promise<string> {
  const request = c.req.raw
  if (!JSON_TYPE.test(request.headers.get('Content-Type') ?? '')) {
    await discard(request.body?.getReader())
    throw new Failure('not-json')
  }
  return decoded(await bytesOf(request, most))
}

/** A text as JSON. */
export function read(text: string): unknown {
  if (isTooDeep(text)) throw new Failure('unreadable')
  try {
    return JSON.parse(text)
  } catch {
    throw new Failure('unreadable')
  }
}

/** Some input as a schema has it, or every fault that the schema finds. */
export function parsed<Schema extends z.ZodMiniType>(schema: Schema, input: unknown): z.infer<Schema> {
  const result = schema.safeParse(input)
  if (!result.success) throw invalid(faultsOf(result.error.issues, input))
  return result.data
}

/** Any body's text, of `MOST_BYTES` at most. */
export async function textWithin(request: Request): Promise<string> {
  return decoded(await bytesOf(request, MOST_BYTES))
}

async function bytesOf(request: Request, most: number): Promise<Uint8Array> {
  const length = request.headers.get('Content-Length')
  if (length !== null && Number(length) > most) {
    await discard(request.body?.getReader())
    throw new Failure('too-large')
  }
  if (length !== null || request.body === null) {
    const whole = new Uint8Array(await request.arrayBuffer())
    if (whole.length > most) throw new Failure('too-large')
    return whole
  }
  // A chunked body names no length: it is counted as it comes, and no more of it is kept than is allowed.
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = (request.body as ReadableStream<Uint8Array>).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > most) {
      await discard(reader)
      throw new Failure('too-large')
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.length
  }
  return whole
}

/** Reads on without keeping anything, up to a bound. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  if (!reader) return
  for (let left = MOST_DISCARDED; left > 0; ) {
    const { done, value } = await reader.read()
    if (done) return
    left -= value.length
  }
  await reader.cancel()
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

function decoded(bytes: Uint8Array): string {
  try {
    return UTF8.decode(bytes)
  } catch {
    throw new Failure('unreadable')
  }
}

/** Whether brackets outside strings stand too deep; no parser has seen the text yet. */
function isTooDeep(text: string): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (quoted) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) quoted = false
    } else if (code === 0x22) quoted = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > MOST_DEPTH) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}
