import { html, nothing } from 'lit'
import type { Quote } from '../../catalogue/rules/quote.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import { basketFrom, knownTo } from '../../catalogue/wire/basket-from.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import { schoolsFrom, schoolsIn } from '../../catalogue/wire/schools-from.ts'
import type { Wrong } from '../../components/kit/error-summary.view.ts'
import { portalLink } from '../../components/kit/links.ts'
import { workings } from '../../components/kit/workings.ts'
import { bodyOf, faultsOfOrder, wrongOf } from '../../components/order-form/faults-of-order.ts'
import { onward } from '../../components/order-form/onward.view.ts'
import { type OrderModel, view } from '../../components/order-form/order-form.view.ts'
import { stepAfter, stepOf } from '../../components/order-form/questions.ts'
import {
  answersAfter,
  answersFrom,
  answerTo,
  quoteFor,
  STEPS,
  type Step,
  stepsOf,
} from '../../components/order-form/steps.ts'
import { en as orderWords } from '../../components/words/en/order-form.ts'
import type { PageModel } from './model.ts'
import { pageOf } from './shell.ts'

/** Why an order was not kept, as the worker's failure has it. */
export interface Refusal {
  type: string
  errors: readonly Fault[]
  quote?: Quote | undefined
  instance: string
}

/** What a form asks for: a page, or an order to be placed under a key and the pages that may follow. */
export type OrderTurn =
  | { kind: 'page'; html: () => Promise<string> }
  | {
      kind: 'place'
      key: string
      /** The order's request, not yet looked at by the schema. */
      body: object
      placed: (receipt: OrderReceipt) => Promise<string>
      refused: (refusal: Refusal) => Promise<string>
    }

/**
 * One turn of the order form without a script. Everything said so far travels in the form itself, so the worker keeps nothing
 * of an order that was not placed.
 *
 * @param newKey draws the Idempotency-Key that the form carries from the check of answers on
 */
export function orderTurn(model: PageModel, newKey: () => string): OrderTurn {
  const { catalogue, entries } = model
  const named = (name: string) => entries.find(([key]) => key === name)?.[1]
  const at = stepNamed(named('at'))
  const started = at !== undefined
  let basket = knownTo(catalogue, basketFrom(entries))
  // The cluster calculator's form names its schools as it shows them.
  const typed = started ? undefined : schoolsFrom(entries)
  if (typed) basket = { ...basket, schools: schoolsIn(typed.rows).schools }
  let answers = started ? answersFrom(entries) : {}
  const wanted = named('step') ?? ''

  const removed = /^remove\.(\d{1,3})$/.exec(wanted)?.[1]
  if (removed !== undefined) {
    const left = { ...basket, items: basket.items.filter((_item, index) => index !== Number(removed)) }
    answers = answersAfter(answers, basket, left)
    basket = left
  }
  const order = { catalogue, basket, answers }
  const priced = basket.items.length ? quoteFor(order, workings.quoteOf) : undefined
  const quote = priced?.ok ? priced.quote : undefined
  const steps = stepsOf(catalogue, quote)
  const carried = { key: named('key') ?? newKey(), ...(quote && { expected: String(quote.totalPence) }) }
  const reached = later(stepNamed(named('reached')) ?? 'list', at ?? 'list')

  const show = (step: Step, more: Partial<OrderModel> = {}): OrderTurn => ({
    kind: 'page',
    html: () => shown(step, more),
  })
  const shown = (step: Step, more: Partial<OrderModel> = {}) =>
    orderPage(model, { ...order, step, reached: later(reached, step), wrong: [], carried, ...more })
  /** The first step that has something wrong, and what. */
  const pointed = (faults: readonly Fault[]): [Step, Wrong[]] => {
    const step = STEPS.find((one) => faults.some(({ pointer }) => stepOf(pointer) === one)) ?? 'list'
    const here = faults.filter(({ pointer }) => stepOf(pointer) === step)
    return [step, wrongOf(here, order, workings.quoteOf, orderWords)]
  }

  if (!started || removed !== undefined || !basket.items.length || !catalogue.inForce) return show('list')
  const changed = stepNamed(wanted)
  if (changed) return show(changed)
  if (wanted === 'back') return show(steps[steps.indexOf(at) - 1] ?? 'list')

  const faults = faultsOfOrder(order, workings.quoteOf)
  if (at !== 'check') {
    const here = faults.filter(({ pointer }) => stepOf(pointer) === at)
    if (wanted === 'next' && here.length) return show(at, { wrong: wrongOf(here, order, workings.quoteOf, orderWords) })
    const isWrong = (step: Step) => faults.some(({ pointer }) => stepOf(pointer) === step)
    return wanted === 'next' ? show(stepAfter(steps, at, reached, isWrong)) : show(at)
  }
  if (wanted !== 'place') return show('check')
  if (faults.length) {
    const [step, wrong] = pointed(faults)
    return show(step, { wrong })
  }
  const expected = Number(named('expected') ?? quote?.totalPence ?? 0)
  return {
    kind: 'place',
    key: carried.key,
    body: bodyOf(order, expected),
    placed: (receipt) =>
      orderPage(model, {
        ...order,
        basket: emptyBasket,
        step: 'check',
        reached: 'check',
        wrong: [],
        placed: { receipt, email: answerTo('contact.email', order).trim() },
      }),
    refused: ({ type, errors, quote: quoted, instance }) => {
      if (quoted)
        return shown('check', {
          notice: { kind: 'price-changed', was: expected },
          quoted,
          carried: { ...carried, expected: String(quoted.totalPence) },
        })
      if (type === 'invalid' && errors.length) {
        const [step, wrong] = pointed(errors)
        return shown(step, { wrong })
      }
      if (type === 'too-many-requests') return shown('check', { notice: { kind: 'busy' } })
      if (type === 'unavailable' || type === 'failed') return shown('check', { notice: { kind: 'away' } })
      return shown('check', { notice: { kind: 'refused', instance } })
    },
  }
}

function orderPage(
  model: PageModel,
  order: Pick<OrderModel, 'basket' | 'answers' | 'step' | 'reached' | 'wrong'> & Partial<OrderModel>,
): Promise<string> {
  const { catalogue, links, year, today } = model
  const provider = catalogue.provider.id
  const at = { api: '', provider, catalogue: year, today }
  // The form holds the basket; in its address as well, what is taken out would come back.
  const own = {
    ...links,
    order: portalLink(at, 'order'),
    ...(order.placed && { packages: portalLink(at, 'packages') }),
  }
  const form = view({ ...order, catalogue, workings, onward, links: own, live: false, headingLevel: 1 }, orderWords)
  // A confirmation stays as it is: an element without a provider is left alone by the script.
  const element = order.placed
    ? html`<outreach-order-form>${form}</outreach-order-form>`
    : html`<outreach-order-form provider=${provider} catalogue=${year ?? nothing} today=${today ?? nothing} heading-level="1">${form}</outreach-order-form>`
  const wrong = order.wrong.length ? `${orderWords.wrong}: ` : ''
  return pageOf({
    title: `${wrong}${order.placed ? onward.words.placed : orderWords.steps[order.step]}`,
    model,
    page: 'order',
    main: html`${element}`,
  })
}

function stepNamed(text: string | undefined): Step | undefined {
  return STEPS.find((step) => step === text)
}

function later(one: Step, other: Step): Step {
  return STEPS.indexOf(one) > STEPS.indexOf(other) ? one : other
}
