import { pricingDay } from '../../catalogue/rules/in-force.ts'
import type { Buyer, Item, Quote, School } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { nameOf } from '../kit/offers.ts'
import type { Asked } from '../kit/question.view.ts'
import type { Workings } from '../kit/workings.ts'

/** The steps of an order, one thing to a page. */
export const STEPS = ['list', 'school', 'contact', 'payment', 'signatory', 'check'] as const
export type Step = (typeof STEPS)[number]

/** Whether some text names a step. */
export function isStep(text: string): text is Step {
  return STEPS.some((step) => step === text)
}

/** What was typed, by the name of its control: the place in the order's body, with dots. */
export type Answers = Readonly<Record<string, string>>

/** An order under way. `on` is the day that the catalogue was asked for. */
export interface Order {
  catalogue: Catalogue & { on: string; inForce: boolean }
  basket: Basket
  answers: Answers
}

/** Works out a price: the workings' on both sides. */
export type QuoteOf = Workings['quoteOf']

/** Questions that belong together; those about one thing of several carry its name. */
export interface Part {
  title?: string | undefined
  questions: Asked[]
}

const ANSWER =
  /^(items\.\d{1,3}\.(attending|note)|buyer\.(class|groups\.[a-z0-9-]{1,60}|schools\.\d{1,3}\.\w{1,20})|(contact|payment|signatory)\.\w{1,20})$/

/** The answers among a form's entries. */
export function answersFrom(entries: Iterable<readonly [string, unknown]>): Answers {
  return Object.fromEntries(
    [...entries].filter((entry): entry is [string, string] => ANSWER.test(entry[0]) && typeof entry[1] === 'string'),
  )
}

/** What stands in a control: what was typed, else what the basket knows already. */
export function answerTo(name: string, { catalogue, basket, answers }: Order): string {
  const typed = answers[name]
  if (typed !== undefined) return typed
  const [, list, index = '', field = ''] = /(items|schools)\.(\d+)\.(\w+)$/.exec(name) ?? []
  const known: object | undefined = basket[list === 'items' ? 'items' : 'schools'][Number(index)]
  const value: unknown = list && known ? Reflect.get(known, field) : undefined
  if (value !== undefined) return String(value)
  return name === 'payment.method' && catalogue.payment.length === 1 ? (catalogue.payment[0]?.method ?? '') : ''
}

/** A whole number as people type it: "1,200". */
export function numberOf(text: string): number | undefined {
  const digits = text.replace(/[\s,]/g, '')
  return /^\d{1,9}$/.test(digits) ? Number(digits) : undefined
}

/** Who buys and what, as far as it has been said. */
export function requestOf(order: Order): { buyer: Buyer; items: Item[] } {
  const { basket, catalogue } = order
  const schools = (basket.schools.length ? basket.schools : [{ name: '' }]).map((_, index): School => {
    const at = (field: string) => answerTo(`buyer.schools.${index}.${field}`, order).trim()
    return {
      name: at('name'),
      pupils: numberOf(at('pupils')),
      staff: numberOf(at('staff')),
      classes: numberOf(at('classes')),
      district: at('district') || undefined,
      urn: at('urn') || undefined,
      // What is no phase is found by the schema and has no price.
      phase: (at('phase') || undefined) as School['phase'],
    }
  })
  const buyerClass = (order.answers['buyer.class'] || undefined) as Buyer['class']
  const items = basket.items.map((item, index) => ({
    ...item,
    attending: numberOf(answerTo(`items.${index}.attending`, order)),
  }))
  const groups = catalogue.groups?.flatMap(({ id }) => (order.answers[`buyer.groups.${id}`] ? [id] : []))
  return { buyer: { holds: basket.holds, schools, class: buyerClass, groups }, items }
}

/** What the order costs so far, or what the price still needs to know. */
export function quoteFor(order: Order, quoteOf: QuoteOf): ReturnType<QuoteOf> {
  return quoteOf(order.catalogue, { on: pricingDay(order.catalogue, order.catalogue.on), ...requestOf(order) })
}

/** The steps of this order: nobody is asked how to pay for what is free. */
export function stepsOf({ payment }: Catalogue, quote: Pick<Quote, 'totalPence'> | undefined): Step[] {
  return STEPS.filter((step) => step !== 'payment' || quote?.totalPence !== 0 || !payment.some(isInvoice))
}

/** Whether a way of paying needs nothing more to be said. */
export function isInvoice({ method }: { method: string }): boolean {
  return method === 'invoice'
}

/** The answers that still hold once the basket is another: those about an item go with it, those about schools that have changed are dropped. */
export function answersAfter(answers: Answers, before: Basket, now: Basket): Answers {
  const keysOf = ({ items }: Basket) => items.map(({ offer, option }) => `${offer} ${option}`)
  const [from, to] = [keysOf(before), keysOf(now)]
  const isSame = JSON.stringify(before.schools) === JSON.stringify(now.schools)
  return Object.fromEntries(
    Object.entries(answers).flatMap(([name, answer]): [string, string][] => {
      const [, index, field] = /^items\.(\d+)\.(.+)/.exec(name) ?? []
      if (index === undefined)
        return isSame || !/schools.*(name|district|pupils|staff|classes|phase)$/.test(name) ? [[name, answer]] : []
      const place = to.indexOf(from[Number(index)] ?? '')
      return place < 0 ? [] : [[`items.${place}.${field}`, answer]]
    }),
  )
}

/** The offers that something in the list needs to have been bought before, and that are not in the list themselves. */
export function neededFirst({ catalogue, basket }: Pick<Order, 'catalogue' | 'basket'>): string[] {
  const isInList = (id: string) => basket.items.some(({ offer }) => offer === id)
  const needed = catalogue.offers.flatMap(({ id, requires = [] }) =>
    isInList(id) ? requires.filter(({ how }) => how === 'held').map(({ offer }) => offer) : [],
  )
  return [...new Set(needed)].filter((id) => !isInList(id))
}

/** What the list asks: who will come to each training, and what there is to know. */
export function listParts({ catalogue, basket }: Pick<Order, 'catalogue' | 'basket'>): Part[] {
  return basket.items.flatMap(({ offer, option }, index): Part[] =>
    catalogue.offers.find(({ id }) => id === offer)?.kind === 'training'
      ? [
          {
            title: nameOf(catalogue, offer, option),
            questions: [
              { name: `items.${index}.attending`, as: 'number', optional: true },
              { name: `items.${index}.note`, as: 'line', size: 'full', optional: true },
            ],
          },
        ]
      : [],
  )
}
