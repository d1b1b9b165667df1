import type * as z from 'zod/mini'
import type { RuleFaultCode } from '../rules/quote.ts'

/** What can be wrong with a field before any rule has looked at it. */
export type WireFaultCode =
  | 'required'
  | 'wrong-type'
  | 'too-long'
  | 'too-many'
  | 'too-small'
  | 'too-large'
  | 'whole-number'
  | 'not-text'
  | 'not-an-id'
  | 'not-a-date'
  | 'email'
  | 'choose'
  | 'urn'
  | 'ledger-code'

/** What can be wrong with an order beside its fields. */
export type OrderFaultCode = 'not-open' | 'by-referral' | 'on-request' | 'must-hold' | 'payment-not-offered'

/** What can be wrong with a referral beside its fields. */
export type ReferralFaultCode =
  | 'in-the-future'
  | 'too-long-ago'
  | 'not-this-way'
  | 'not-asked'
  | 'not-complete'
  | 'not-the-schools'
  | 'not-the-providers'

/** Every fault code that a reply can carry. The words have a sentence for each. */
export type FaultCode = WireFaultCode | RuleFaultCode | OrderFaultCode | ReferralFaultCode

/** Something wrong: where (a JSON pointer, RFC 6901), what, and the values that a sentence about it needs. */
export interface Fault {
  pointer: string
  code: FaultCode
  least?: number | undefined
  most?: number | undefined
  /** The provider that serves a district which this one does not; null where the catalogue names none. */
  servedBy?: string | null | undefined
  /** The first day on which orders are taken. */
  opensOn?: string | undefined
  /** The last day on which orders were taken, where that has passed. */
  closedOn?: string | undefined
  offer?: string | undefined
}

const CODES: ReadonlySet<string> = new Set<WireFaultCode>([
  'required',
  'too-long',
  'too-many',
  'too-small',
  'too-large',
  'whole-number',
  'not-text',
  'not-an-id',
  'not-a-date',
  'email',
  'choose',
  'urn',
  'ledger-code',
])

/** A path of keys as a JSON pointer. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** What a schema finds wrong with some input, in the order of its fields, one fault a place; empty where nothing is. */
export function faultsIn(schema: z.ZodMiniType, input: unknown): Fault[] {
  const result = schema.safeParse(input)
  return result.success ? [] : faultsOf(result.error.issues, input)
}

/** Zod's issues as faults. Its messages are our codes; where it speaks for itself, the type was wrong or the value absent. */
export function faultsOf(issues: readonly z.core.$ZodIssue[], input: unknown): Fault[] {
  const faults = new Map<string, Fault>()
  for (const issue of issues) {
    const pointer = pointerOf(issue.path)
    if (faults.has(pointer)) continue
    const absent = valueAt(input, issue.path) === undefined
    const code =
      isWireFaultCode(issue.message) && !(issue.code === 'invalid_type' && absent)
        ? issue.message
        : absent
          ? 'required'
          : 'wrong-type'
    const limits =
      issue.code === 'too_big'
        ? { most: Number(issue.maximum) }
        : issue.code === 'too_small' && code !== 'required'
          ? { least: Number(issue.minimum) }
          : {}
    faults.set(pointer, { pointer, code, ...limits })
  }
  return [...faults.values()]
}

function isWireFaultCode(text: string): text is WireFaultCode {
  return CODES.has(text)
}

/** What stands at a path of keys; undefined where nothing does. */
export function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    input,
  )
}
