import { decided } from '../../catalogue/rules/decided.ts'
import { type Fault, faultsIn } from '../../catalogue/wire/faults.ts'
import { orderRequest } from '../../catalogue/wire/order.ts'
import type { Wrong } from '../kit/error-summary.view.ts'
import { nameOf } from '../kit/offers.ts'
import { type About, faultWords } from '../words/en/faults.ts'
import { onward } from './onward.view.ts'
import { askedWords, reachOf } from './order-form.view.ts'
import { partsOf, stepOf } from './questions.ts'
import {
  answerTo,
  isInvoice,
  numberOf,
  type Order,
  type QuoteOf,
  quoteFor,
  requestOf,
  STEPS,
  type Step,
} from './steps.ts'

/** The body of the order's request as it was typed. What is no number stays text, so that the schema says so. */
export function bodyOf(order: Order, expectedPence: number): object {
  const { catalogue, basket, answers } = order
  const text = (name: string) => answerTo(name, order).trim() || undefined
  const number = (name: string) => {
    const typed = text(name)
    return typed === undefined ? undefined : (numberOf(typed) ?? typed)
  }
  const { buyer } = requestOf(order)
  const person = (who: string) => ({
    name: text(`${who}.name`),
    role: text(`${who}.role`),
    email: text(`${who}.email`),
  })
  const method = text('payment.method') ?? (expectedPence ? undefined : catalogue.payment.find(isInvoice)?.method)
  return {
    catalogue: catalogue.catalogue,
    buyer: {
      holds: buyer.holds,
      schools: buyer.schools.map((school, index) => {
        const at = (field: string) => `buyer.schools.${index}.${field}`
        return {
          ...school,
          pupils: number(at('pupils')),
          staff: number(at('staff')),
          classes: number(at('classes')),
          urn: text(at('urn')),
          schoolNumber: text(at('schoolNumber')),
          address: text(at('address')),
        }
      }),
      class: buyer.class,
      groups: buyer.groups,
    },
    items: basket.items.map((item, index) => ({
      ...item,
      attending: number(`items.${index}.attending`),
      note: text(`items.${index}.note`),
    })),
    expectedPence,
    contact: { ...person('contact'), telephone: text('contact.telephone') },
    payment: {
      method,
      // Hidden once another way was chosen, it is not sent.
      ledgerCode: method === 'journal' ? text('payment.ledgerCode') : undefined,
      purchaseOrder: text('payment.purchaseOrder'),
    },
    signatory: person(answers['signatory.same'] ? 'contact' : 'signatory'),
  }
}

/** What is wrong with an order, by the schema and the rules that the worker goes by, one fault a place. */
export function faultsOfOrder(order: Order, quoteOf: QuoteOf): Fault[] {
  const { catalogue } = order
  const priced = quoteFor(order, quoteOf)
  const expectedPence = priced.ok ? priced.quote.totalPence : 0
  const { buyer, items } = requestOf(order)
  const method = answerTo('payment.method', order) === 'journal' ? 'journal' : 'invoice'
  const decision = decided(catalogue, { buyer, items, payment: { method }, expectedPence }, catalogue.on, quoteOf)
  const district = '/buyer/schools/0/district'
  const faults: Fault[] = [
    ...faultsIn(orderRequest, bodyOf(order, expectedPence)),
    // The worker takes a school without a district; the form asks, so that nobody orders where nobody comes.
    ...(catalogue.area.districts.length && !buyer.schools[0]?.district
      ? [{ pointer: district, code: 'choose' } as const]
      : []),
    ...(decision.verdict === 'refused' ? decision.faults : []),
  ]
  const isCopied = (pointer: string) => order.answers['signatory.same'] && pointer.startsWith('/signatory')
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()]
    .toReversed()
    .filter(({ pointer }) => !isCopied(pointer))
}

/** What is wrong with one step's answers. */
export function faultsOfStep(step: Step, order: Order, quoteOf: QuoteOf): Fault[] {
  return faultsOfOrder(order, quoteOf).filter(({ pointer }) => stepOf(pointer) === step)
}

/** The first step that has something wrong, and what. */
export function firstOf(faults: readonly Fault[]): [step: Step, here: Fault[]] {
  const step = STEPS.find((one) => faults.some(({ pointer }) => stepOf(pointer) === one)) ?? 'list'
  return [step, faults.filter(({ pointer }) => stepOf(pointer) === step)]
}

/** Sentences for faults, in the order of the questions, each with the id of the control, or of the list's row, that it is about. */
export function wrongOf(faults: readonly Fault[], order: Order, quoteOf: QuoteOf): Wrong[] {
  const { catalogue, basket } = order
  const found = faults.map((fault) => {
    const name = fault.pointer.slice(1).replaceAll('/', '.')
    const questions = partsOf(stepOf(fault.pointer), order, quoteOf).flatMap((part) => part.questions)
    const place = questions.findIndex((question) => question.name === name)
    const [row, index = ''] = /^items\.(\d+)/.exec(name) ?? []
    const item = basket.items[Number(index || -1)]
    const what = askedWords(name, onward)?.what ?? ''
    const about: About = {
      what,
      What: what.charAt(0).toUpperCase() + what.slice(1),
      called: (id) => catalogue.area.elsewhere?.find(({ provider }) => provider === id)?.name ?? nameOf(catalogue, id),
      wanting: nameOf(catalogue, item?.offer, item?.option),
      isChoice: questions[place]?.as === 'choice',
      reach: reachOf(catalogue),
    }
    // A worker that is newer than this script may know more codes.
    const known: Partial<Record<string, typeof faultWords.required>> = faultWords
    const say = known[fault.code] ?? faultWords['wrong-type']
    return { place, name: place < 0 ? (row ?? 'step') : name, text: say(fault, about) }
  })
  return found.sort((a, b) => a.place - b.place)
}
