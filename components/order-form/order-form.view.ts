import { html, nothing, type TemplateResult } from 'lit'
import type { Quote } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { OrderReceipt } from '../../catalogue/wire/order.ts'
import { errorSummaryView, type Wrong } from '../kit/error-summary.view.ts'
import type { Page } from '../kit/links.ts'
import { nameOf } from '../kit/offers.ts'
import { type Asked, questionView } from '../kit/question.view.ts'
import type { Workings } from '../kit/workings.ts'
import { askedWords, type OrderFormWords } from '../words/en/order-form.ts'
import { answerTo, type Order, type Part, partsOf, quoteFor, type Step, stepsOf } from './steps.ts'

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
  placed?: { receipt: OrderReceipt; email: string; first?: boolean } | undefined
  sending?: boolean | undefined
  workings: Workings
  links: Record<Page, string>
  /** Whether a script listens; without one every button is sent. */
  live: boolean
  /** What else a form without a script carries: the order's key, the price that was shown. */
  carried?: Readonly<Record<string, string>>
  headingLevel: number
}

/** One step of an order, or its confirmation. */
export function view(model: OrderModel, words: OrderFormWords): TemplateResult {
  const { catalogue, basket, step, wrong, workings, links, live, headingLevel, placed } = model
  if (placed) return confirmationView(placed, model, words)
  const priced = basket.items.length ? quoteFor(model, workings.quoteOf) : undefined
  const quote = model.quoted ?? (priced?.ok ? priced.quote : undefined)
  const steps = stepsOf(catalogue, quote)
  const isOpen = catalogue.inForce && basket.items.length > 0
  return html`<form method="post" action=${links.order} novalidate>
    ${live ? nothing : html`<button class="hidden" name="step" value="next" tabindex="-1" aria-hidden="true">${words.next}</button>`}
    ${wrong.length ? errorSummaryView(words.wrong, wrong, headingLevel) : nothing}
    ${isOpen ? html`<p class="note">${words.progress(catalogue.provider.service, steps.indexOf(step) + 1, steps.length)}${step !== 'list' && step !== 'check' && quote ? ` · ${words.soFar(quote.totalPence)}` : nothing}</p>` : nothing}
    ${titleView(words.steps[step], headingLevel)}
    ${step === 'list' ? listView(model, quote, words) : step === 'check' ? checkView(model, steps, quote, words) : stepView(model, words)}
    ${
      isOpen
        ? html`<div class="onward">
            ${step === 'check' ? placeView(model, quote, words) : html`<button name="step" value="next">${words.next}</button>`}
            ${step === 'list' ? nothing : action('back', words.back, live)}
          </div>`
        : nothing
    }
    ${live ? nothing : carriedView(model)}
  </form>`
}

/** Whom to speak to about an order. */
export function reachOf({ provider, contacts }: Catalogue, words: OrderFormWords): string {
  const telephone = provider.telephone ?? contacts.find((contact) => contact.telephone)?.telephone
  const email = provider.email ?? contacts.find((contact) => contact.email)?.email
  return words.reach(provider.name, telephone, email)
}

function titleView(text: string, level: number): TemplateResult {
  return html`<div class="h2" id="step" role="heading" aria-level=${level} tabindex="-1">${text}</div>`
}

/** A secondary action. With a script it is no submit button, so that Enter goes on and never back. */
function action(value: string, text: string, live: boolean, about?: string): TemplateResult {
  return html`<button class="link" type=${live ? 'button' : 'submit'} name="step" value=${value}>${text}${about ? html`<span class="hidden">: ${about}</span>` : nothing}</button>`
}

function listView(model: OrderModel, quote: Quote | undefined, words: OrderFormWords): TemplateResult {
  const { catalogue, basket, workings, links, live } = model
  const { title, opensOn, year, on, inForce, offers } = catalogue
  const reach = html`<p>${reachOf(catalogue, words)}</p>`
  const sellsTraining = offers.some(({ kind }) => kind === 'training')
  const closed = inForce
    ? nothing
    : html`<div class="panel"><p>${on < opensOn ? words.opens(title, opensOn) : words.closed(title, year.to)}</p>${reach}</div>`
  const link = (href: string, text: string) => html`<p class="screen"><a href=${href}>${text}</a></p>`
  if (!basket.items.length)
    return html`${closed}<p>${words.empty}</p>${link(links.packages, words.choosePackages)}${sellsTraining ? link(links.training, words.chooseTraining) : nothing}`
  const training = basket.items.some(({ option }) => option)
  return html`${closed}
    <ul class="rows" role="list">${basket.items.map(({ offer, option, quantity, topics }, index) => {
      const found = offers.find(({ id }) => id === offer)
      const chosen = found?.topics?.flatMap(({ id, name }) => (topics?.includes(id) ? [name] : [])) ?? []
      const name = nameOf(catalogue, offer, option)
      return html`<li id=${`items.${index}`} tabindex="-1"><span><b>${quantity} × ${name}</b>${chosen.length ? html`<small>${chosen.join(', ')}</small>` : nothing}</span>${action(`remove.${index}`, words.remove, live, name)}</li>`
    })}</ul>
    ${link(links.packages, words.changeList)}
    ${training ? link(links.training, words.changeTraining) : nothing}
    <div class="panel">${quote ? workings.totalView(catalogue, quote, workings.explaining(catalogue)) : html`<p>${words.priceLater}</p>`}</div>
    ${inForce ? stepView(model, words) : nothing}`
}

function stepView(model: OrderModel, words: OrderFormWords): TemplateResult {
  const { step, basket, catalogue, workings, links } = model
  const count = basket.schools.length
  return html`${step === 'school' && count > 1 ? html`<p>${words.cluster(count)} <a class="screen" href=${links.cluster}>${words.changeSchools}</a></p>` : nothing}
    ${step === 'signatory' ? html`<p>${words.confirms}</p><blockquote>${catalogue.ordering.declaration}</blockquote><p class="note">${words.signs}</p>` : nothing}
    ${partsOf(step, model, workings.quoteOf).map(({ title, questions }) => {
      const asked = questions.map((question) => askView(question, model, words))
      return title ? html`<fieldset class="part"><legend class="h3">${title}</legend>${asked}</fieldset>` : asked
    })}`
}

function askView(asked: Asked, model: OrderModel, words: OrderFormWords): TemplateResult | typeof nothing {
  const { live, wrong } = model
  if (live && !isAsked(asked, model)) return nothing
  const { label = '', hint } = askedWords(words, asked.name) ?? {}
  return questionView(asked, {
    label: asked.optional ? words.optional(label) : label,
    hint,
    error: wrong.find(({ name }) => name === asked.name)?.text,
    value: answerTo(asked.name, model),
    choiceName: (value) => choiceName(asked.name, value, words),
  })
}

function isAsked({ when }: Asked, order: Order): boolean {
  return !when || answerTo(when[0], order) === when[1]
}

function choiceName(name: string, value: string, words: OrderFormWords): string {
  const names: Record<string, string> = words.choices
  return names[value] ?? (name.endsWith('district') ? words.district(value) : value)
}

function checkView(model: OrderModel, steps: readonly Step[], quote: Quote | undefined, words: OrderFormWords) {
  const { catalogue, workings, live, headingLevel } = model
  const heading = (step: Step) =>
    html`<div class="section"><div class="h3" role="heading" aria-level=${headingLevel + 1}>${words.steps[step]}</div>${action(step, words.change, live, words.steps[step])}</div>`
  const row = (part: Part, asked: Asked) => {
    const value = isAsked(asked, model) ? answerTo(asked.name, model).trim() : ''
    const choice = asked.choices?.find((one) => one.value === value)
    const label = askedWords(words, asked.name)?.label
    return value
      ? html`<div><dt>${part.title ? `${part.title}: ` : nothing}${label}</dt><dd>${asked.choices || asked.as === 'tick' ? (choice?.name ?? choiceName(asked.name, value, words)) : value}</dd></div>`
      : nothing
  }
  return html`${noticeView(model, quote, words)}
    ${steps.slice(0, -1).map((step) => {
      const parts = partsOf(step, model, workings.quoteOf)
      const rows = parts.flatMap((part) => part.questions.map((asked) => row(part, asked)))
      const some = rows.some((one) => one !== nothing)
      return html`<section>
        ${heading(step)}
        ${step === 'list' && quote ? html`<div class="panel">${workings.totalView(catalogue, quote, workings.explaining(catalogue))}</div>` : nothing}
        ${some ? html`<dl>${rows}</dl>` : nothing}
      </section>`
    })}
    <p>${words.confirms}</p>
    <blockquote>${catalogue.ordering.declaration}</blockquote>
    ${catalogue.ordering.debited ? html`<p>${catalogue.ordering.debited}</p>` : nothing}`
}

function noticeView({ notice, catalogue }: OrderModel, quote: Quote | undefined, words: OrderFormWords) {
  if (!notice) return nothing
  const reach = reachOf(catalogue, words)
  return html`<div class="panel notice" id="summary" role="alert" tabindex="-1">${
    notice.kind === 'price-changed'
      ? html`<p>${words.priceChanged(notice.was, quote?.totalPence ?? 0)}</p>`
      : notice.kind === 'away'
        ? html`<p>${words.away}</p><p>${words.awayStill} ${reach}</p>`
        : notice.kind === 'busy'
          ? html`<p>${words.busy}</p>`
          : html`<p>${words.refused} ${reach}</p><p class="note">${words.number(notice.instance)}</p>`
  }</div>`
}

function placeView({ notice, sending }: OrderModel, quote: Quote | undefined, words: OrderFormWords): TemplateResult {
  const text =
    notice?.kind === 'price-changed'
      ? words.placeAt(quote?.totalPence ?? 0)
      : notice?.kind === 'away'
        ? words.again
        : words.place
  return html`<button name="step" value="place">${sending ? words.placing : text}</button><span class="hidden" role="status">${sending ? words.placing : nothing}</span>`
}

function confirmationView(
  { receipt, email, first }: NonNullable<OrderModel['placed']>,
  { catalogue, links, live, headingLevel }: OrderModel,
  words: OrderFormWords,
): TemplateResult {
  const { afterwards, debited } = catalogue.ordering
  const heading = (text: string) => html`<div class="h3" role="heading" aria-level=${headingLevel + 1}>${text}</div>`
  return html`${titleView(words.placed, headingLevel)}
    <div class="panel placed"><p>${words.reference}</p><p class="reference">${receipt.reference}</p><p>${words.soFar(receipt.totalPence)}</p></div>
    ${first ? html`<p><b>${words.first}</b></p>` : nothing}
    <p>${words.letter(email)}</p>
    ${heading(words.nextSteps)}
    <ol>${[...afterwards, ...(debited ? [debited] : [])].map((sentence) => html`<li>${sentence}</li>`)}</ol>
    ${heading(words.questions)}
    <p>${reachOf(catalogue, words)}</p>
    ${live ? html`<p><button type="button" class="link" name="print">${words.print}</button></p>` : nothing}
    <p class="screen"><a href=${links.packages}>${words.more}</a></p>`
}

/** Everything said on other steps, as hidden fields that travel with this one's form. */
function carriedView(model: OrderModel): TemplateResult {
  const { step, reached, basket, answers, workings, carried } = model
  const here = new Set(
    partsOf(step, model, workings.quoteOf).flatMap(({ questions }) => questions.map(({ name }) => name)),
  )
  const others = Object.entries({ at: step, reached, ...carried, ...answers }).filter(([name]) => !here.has(name))
  return html`${workings.carriedView(basket, () => false)}${others.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}`
}
