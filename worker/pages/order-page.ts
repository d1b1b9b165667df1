import { html, nothing } from 'lit'
import type { Quote } from '../../catalogue/rules/quote.ts'
import { emptyBasket } from '../../catalogue/wire/basket.ts'
import { basketFrom, knownTo } from '../../catalogue/wire/basket-from.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import { schoolsFrom, schoolsIn } from '../../catalogue/wire/schools-from.ts'
import { type Page, portalLink } from '../../components/kit/links.ts'
import { workings } from '../../components/kit/workings.ts'
import { bodyOf, firstOf, wrongOf } from '../../components/order-form/faults-of-order.ts'
import { moved, type Standing } from '../../components/order-form/moved.ts'
import { onward } from '../../components/order-form/onward.view.ts'
import { type OrderModel, view } from '../../components/order-form/order-form.view.ts'
import { answersFrom, answerTo, isStep, quoteFor, type Step } from '../../components/order-form/steps.ts'
import { words as orderWords } from '../../components/words/en/order-form.ts'
import { speakIn } from './language.ts'
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
  const { quoteOf } = workings
  const named = (name: string) => entries.find(([key]) => key === name)?.[1] ?? ''
  const [at, seen] = [named('at'), named('reached')]
  const basket = knownTo(catalogue, basketFrom(entries))
  // The cluster calculator's form, which begins an order, names its schools as it shows them.
  const typed = at ? undefined : schoolsFrom(entries)
  const schools = typed ? schoolsIn(typed.rows).schools : basket.schools
  const standing: Standing = {
    order: { catalogue, basket: { ...basket, schools }, answers: at ? answersFrom(entries) : {} },
    step: isStep(at) ? at : 'list',
    reached: isStep(seen) ? seen : 'list',
  }
  const isOpen = isStep(at) && catalogue.inForce && basket.items.length > 0
  const { order, step, reached, faults, ready } = isOpen
    ? moved(named('step') || at, standing, quoteOf)
    : { ...standing, faults: [], ready: false }
  const priced = order.basket.items.length ? quoteFor(order, quoteOf) : undefined
  const shownPence = priced?.ok ? priced.quote.totalPence : 0
  const carried = { key: named('key') || newKey(), expected: String(shownPence) }
  const show = (where: Step, wrong: readonly Fault[], more: Partial<OrderModel> = {}) => {
    speakIn(model.language)
    return orderPage(model, {
      ...order,
      step: where,
      reached,
      wrong: wrongOf(wrong, order, quoteOf),
      carried,
      ...more,
    })
  }
  if (!ready) return { kind: 'page', html: () => show(step, faults) }

  // The price that was on the page, which is what the school agrees to; what it is by now, the worker says.
  const expected = Number(named('expected') || shownPence)
  return {
    kind: 'place',
    key: carried.key,
    body: bodyOf(order, expected),
    placed: (receipt) =>
      show('check', [], {
        basket: emptyBasket,
        placed: { receipt, email: answerTo('contact.email', order).trim() },
      }),
    refused: ({ type, errors, quote: quoted, instance }) => {
      if (quoted)
        return show('check', [], {
          notice: { kind: 'price-changed', was: expected },
          quoted,
          carried: { ...carried, expected: String(quoted.totalPence) },
        })
      if (type === 'invalid' && errors.length) return show(...firstOf(errors))
      if (type === 'too-many-requests') return show('check', [], { notice: { kind: 'busy' } })
      const away = type === 'unavailable' || type === 'failed'
      return show('check', [], { notice: away ? { kind: 'away' } : { kind: 'refused', instance } })
    },
  }
}

function orderPage(
  model: PageModel,
  order: Pick<OrderModel, 'basket' | 'answers' | 'step' | 'reached' | 'wrong'> & Partial<OrderModel>,
): Promise<string> {
  const { catalogue, links, year, today, language } = model
  const provider = catalogue.provider.id
  const bare = (page: Page) =>
    portalLink({ api: '', provider, catalogue: year, today }, page, [], language === 'en' ? undefined : language)
  // The form holds the basket; in its address as well, what is taken out would come back.
  const own = {
    ...links,
    order: bare('order'),
    ...(order.placed && { packages: bare('packages') }),
  }
  const form = view({ ...order, catalogue, workings, onward, links: own, live: false, headingLevel: 1 })
  // What became of a form that was sent stays said, a confirmation or what is wrong: an element without a provider is left
  // alone by a script that comes late.
  const element =
    order.placed || order.notice || order.wrong.length
      ? html`<outreach-order-form>${form}</outreach-order-form>`
      : html`<outreach-order-form provider=${provider} catalogue=${year ?? nothing} today=${today ?? nothing} heading-level="1">${form}</outreach-order-form>`
  const wrong = order.wrong.length ? `${orderWords.wrong}: ` : ''
  return pageOf({
    title: `${wrong}${order.placed ? onward.words.placed : orderWords.steps[order.step]}`,
    visitor: model,
    model,
    page: 'order',
    main: html`${element}`,
  })
}
