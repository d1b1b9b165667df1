import { html, nothing, type TemplateResult } from 'lit'
import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import { errorSummaryView, type Wrong } from '../kit/error-summary.view.ts'
import type { Page } from '../kit/links.ts'
import { nameOf } from '../kit/offers.ts'
import { type Asked, lineView } from '../kit/question.view.ts'
import type { Workings } from '../kit/workings.ts'
import { type AskedWords, words } from '../words/en/order-form.ts'
import type { Onward } from './onward.view.ts'
import { answerTo, listParts, neededFirst, type Order, type Part, quoteFor, type Step, stepsOf } from './steps.ts'

/** Why an order is not placed yet, beside mistakes in its fields. */
export type Notice =
  | { kind: 'price-changed'; was: number }
  /** No answer came: the order may have arrived. */
  | { kind: 'away' }
  | { kind: 'busy' }
  | { kind: 'refused'; instance: string }

/** What the order form shows. */
export interface OrderModel extends Order {
  step: Step
  /** The furthest step seen. */
  reached: Step
  wrong: readonly Wrong[]
  notice?: Notice | undefined
  /** The worker's quote, where it is another than the one worked out here. */
  quoted?: Quote | undefined
  /** An order that was placed, and where its letter goes. `first`: it is the first try's, and not what was changed since. */
  placed?: { receipt: OrderReceipt; email: string; first?: boolean | undefined } | undefined
  sending?: boolean | undefined
  workings: Workings
  /** Every step but the list. Absent until it is about to be left. */
  onward: Onward | undefined
  links: Record<Page, string>
  /** Whether a script listens; without one every button is sent. */
  live: boolean
  /** What else a form without a script carries: the order's key, the price that was shown. */
  carried?: Readonly<Record<string, string>>
  headingLevel: number
}

/** One step of an order, or its confirmation. */
export function view(model: OrderModel): TemplateResult {
  const { catalogue, basket, step, wrong, workings, onward, links, live, headingLevel } = model
  if (model.placed && onward) return onward.confirmationView(model.placed, model)
  if (!basket.items.length) return emptyView(model)
  const priced = quoteFor(model, workings.quoteOf)
  const quote = model.quoted ?? (priced.ok ? priced.quote : undefined)
  const steps = stepsOf(catalogue, quote)
  const isOpen = catalogue.inForce
  const [at, isLast] = isOpen ? [step, step === 'check'] : ['list' as const, false]
  const total = at !== 'list' && !isLast && quote ? ` · ${words.soFar(quote.totalPence)}` : ''
  return html`<form method="post" action=${links.order} novalidate>
    ${live || isLast ? nothing : html`<button class="hidden" name="step" value="next" tabindex="-1" aria-hidden="true">${words.next}</button>`}
    ${wrong.length ? errorSummaryView(words.wrong, wrong, headingLevel) : nothing}
    ${isOpen ? html`<p class="note">${words.progress(catalogue.provider.service, steps.indexOf(at) + 1, steps.length)}${total}</p>` : nothing}
    ${titleView(words.steps[at], headingLevel)}
    ${at === 'list' ? listView(model, quote) : isLast ? onward?.checkView(model, steps, quote) : onward?.stepView(model)}
    ${
      isOpen
        ? html`<div class="onward">
            ${isLast ? onward?.placeView(model, quote) : html`<button name="step" value="next">${words.next}</button>`}
            ${at === 'list' ? nothing : action('back', words.back, live)}
          </div>`
        : nothing
    }
    ${live ? nothing : onward?.carriedView(model)}
  </form>`
}

/** Whom to ask, in a sentence. */
export function reachOf({ provider, contacts }: Catalogue): string {
  const telephone = provider.telephone ?? contacts.find((contact) => contact.telephone)?.telephone
  const email = provider.email ?? contacts.find((contact) => contact.email)?.email
  return words.reach(provider.name, telephone, email)
}

/** A step's heading, where the focus goes when it appears. */
export function titleView(text: string, level: number): TemplateResult {
  return html`<div class="h2" id="step" role="heading" aria-level=${level} tabindex="-1">${text}</div>`
}

/** A secondary action. With a script it is no submit button, so that Enter goes on and never back. */
export function action(value: string, text: string, live: boolean, about?: string): TemplateResult {
  return html`<button class="link" type=${live ? 'button' : 'submit'} name="step" value=${value}>${text}${about ? html`<span class="hidden">: ${about}</span>` : nothing}</button>`
}

/** The list of somebody who has chosen nothing yet: where to begin. It needs no price, and so nothing that works one out. */
export function emptyView(model: Pick<OrderModel, 'catalogue' | 'links' | 'headingLevel'>): TemplateResult {
  return html`${titleView(words.steps.list, model.headingLevel)}${closedView(model.catalogue)}<p>${words.empty}</p>${onwardLinks(model)}`
}

function closedView(catalogue: OrderModel['catalogue']): TemplateResult | typeof nothing {
  const { title, opensOn, year, on, inForce } = catalogue
  if (inForce) return nothing
  const said = on < opensOn ? words.opens(title, opensOn) : words.closed(title, year.to)
  return html`<div class="panel"><p>${said} ${reachOf(catalogue)}</p></div>`
}

function onwardLinks({ catalogue, links }: Pick<OrderModel, 'catalogue' | 'links'>): TemplateResult {
  const link = (href: string, text: string) => html`<p class="screen"><a href=${href}>${text}</a></p>`
  const training = catalogue.offers.some(({ kind }) => kind === 'training')
  return html`${link(links.packages, words.packages)}${training ? link(links.training, words.training) : nothing}`
}

function listView(model: OrderModel, quote: Quote | undefined): TemplateResult {
  const { catalogue, basket, workings, live } = model
  const { inForce, offers } = catalogue
  return html`${closedView(catalogue)}
    <div class="columns">
      <div>
        <ul class="rows" role="list">${basket.items.map(({ offer, option, quantity, topics }, index) => {
          const found = offers.find(({ id }) => id === offer)
          const chosen = found?.topics?.flatMap(({ id, name }) => (topics?.includes(id) ? [name] : [])) ?? []
          const name = nameOf(catalogue, offer, option)
          return html`<li id=${`items.${index}`} tabindex="-1"><span><b>${quantity} × ${name}</b>${chosen.length ? html`<small>${chosen.join(', ')}</small>` : nothing}</span>${action(`remove.${index}`, words.remove, live, name)}</li>`
        })}</ul>
        ${onwardLinks(model)}
      </div>
      <div class="panel">${quote ? workings.totalView(catalogue, quote, workings.explaining(catalogue)) : html`<p>${words.priceLater}</p>`}
        ${live || inForce ? neededFirst(model).map((id) => html`<label><input type="checkbox" name="holds" value=${id} ?checked=${basket.holds.includes(id)}>${words.hold(nameOf(catalogue, id))}</label>`) : nothing}
      </div>
    </div>
    ${inForce ? partsView(listParts(model), model) : nothing}`
}

/** A step's questions. */
export function partsView(parts: readonly Part[], model: OrderModel) {
  return parts.map(({ title, questions }) => {
    const asked = questions.map((question) => askView(question, model))
    return title ? html`<fieldset class="part"><legend class="h3">${title}</legend>${asked}</fieldset>` : asked
  })
}

function askView(asked: Asked, model: OrderModel): unknown {
  const { live, wrong, onward } = model
  if (live && !isAsked(asked, model)) return nothing
  const { label = asked.label ?? '', hint } = askedWords(asked.name, onward) ?? {}
  const ask = asked.as === 'choice' || asked.as === 'tick' ? onward?.choiceView : lineView
  return ask?.(asked, {
    label: asked.optional ? words.optional(label) : label,
    hint,
    error: wrong.find(({ name }) => name === asked.name)?.text,
    value: answerTo(asked.name, model),
    choiceName: (value) => onward?.choiceName(asked.name, value) ?? value,
  })
}

/** Whether a question is asked, given the other answers. */
export function isAsked({ when }: Asked, order: Order): boolean {
  return !when || answerTo(when[0], order) === when[1]
}

/** A question's words, whichever school or item it is about; undefined where nothing is asked at that place. */
export function askedWords(name: string, onward: Onward | undefined): AskedWords | undefined {
  const all: Record<string, AskedWords> = { ...words.asked, ...onward?.words.asked }
  return all[name.replace(/\.\d+/, '')]
}
