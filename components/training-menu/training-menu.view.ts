import { html, nothing, type TemplateResult } from 'lit'
import { MOST_OF_ONE_OFFER } from '../../catalogue/rules/most.ts'
import type { Item } from '../../catalogue/rules/quote.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer, OfferOption } from '../../catalogue/schema/offer.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { quantityIn } from '../../catalogue/wire/quantity.ts'
import type { Links } from '../kit/links.ts'
import { nameOf } from '../kit/offers.ts'
import type { Workings } from '../kit/workings.ts'
import { words as kit } from '../words/en/kit.ts'
import { hours, pounds } from '../words/en/money.ts'
import { words } from '../words/en/training-menu.ts'

/** What the menu shows. */
export interface TrainingModel {
  catalogue: Catalogue & { inForce: boolean }
  /** The day that prices are worked out for. */
  on: string
  basket: Basket
  workings: Workings
  /** Controls whose text is no number that will do: the name and what was typed. */
  wrong: ReadonlyMap<string, string>
  /** What was said of lengths whose number is being typed anew, by the control's name. */
  kept?: ReadonlyMap<string, Item>
  links: Links
  /** Whether the total follows each change; without a script there is a button for it. */
  live: boolean
  /** What else travels with the form where there is no script: the year and the day. */
  settings?: readonly [string, string][]
  headingLevel: number
}

/** Something that the menu sells: an offer, or one of its lengths. */
interface Choice {
  offer: Offer
  option?: OfferOption | undefined
  /** The name of its control. */
  name: string
}

function choicesOf(offer: Offer): Choice[] {
  return (
    offer.options?.map((option) => ({ offer, option, name: `${offer.id}.${option.id}` })) ?? [{ offer, name: offer.id }]
  )
}

/** The training that a catalogue offers. */
export function trainingIn({ offers }: Catalogue): Offer[] {
  return offers.filter(({ kind }) => kind === 'training')
}

/** The choice that a control belongs to, and which of its controls it is. */
export function choiceOf(catalogue: Catalogue, control: string): (Choice & { part: string | undefined }) | undefined {
  for (const choice of trainingIn(catalogue).flatMap(choicesOf)) {
    if (control === choice.name) return { ...choice, part: undefined }
    if (control.startsWith(`${choice.name}.`)) return { ...choice, part: control.slice(choice.name.length + 1) }
  }
  return undefined
}

/** Whether a control's text is no number that will do. Nothing typed is nothing wanted. */
export function isWrong(catalogue: Catalogue, control: string, text: string): boolean {
  const choice = choiceOf(catalogue, control)
  if (!choice || choice.part === 'topics' || text === 'on' || !text.trim()) return false
  const { quantity, participants } = choice.offer
  const [least, most] = choice.part
    ? [participants?.least ?? 1, participants?.most ?? 10_000]
    : [0, quantity?.most ?? MOST_OF_ONE_OFFER]
  const number = quantityIn(text) ?? -1
  return number < least || number > most
}

/** The training menu: lengths as rows, with topics and numbers for those that are chosen. */
export function view(model: TrainingModel): TemplateResult {
  const { catalogue, basket, workings, links, live, headingLevel } = model
  const { provider, inForce } = catalogue
  const offers = trainingIn(catalogue)
  const heading = (text: string, level: number) =>
    html`<div class=${`h${level}`} role="heading" aria-level=${headingLevel + level - 2}>${text}</div>`
  if (!offers.length)
    return html`${heading(words.heading(provider.service), 2)}
      <p class="intro">${words.none(provider.service)}</p>
      <p><a href=${links.packages}>${words.packages}</a></p>`
  const sold = offers.some(isSold)
  const requested = basket.items.find(({ offer, option }) => isOnRequest(catalogue, offer, option))
  const wanted = catalogue.offers
    .find(({ id }) => id === requested?.offer)
    ?.options?.find(({ id }) => id === requested?.option)
  const title = wanted?.name ?? nameOf(catalogue, requested?.offer)
  const isOwn = (name: string) => name === 'holds' || choiceOf(catalogue, name) !== undefined
  return html`<form action=${links.training} novalidate>
    ${heading(words.heading(provider.service), 2)}
    ${inForce ? nothing : html`<p class="panel">${kit.notInForce(catalogue.title)}</p>`}
    <div class=${sold ? 'columns' : ''}>
      <div>${offers.map((offer) => offerView(offer, model, offers.length > 1 || sold))}</div>
      ${
        sold
          ? html`<div class="side">
              ${
                requested
                  ? html`<div class="panel ask" role="status">
                      <p>${words.contact(provider.name, title)}</p>
                      ${contactView(title, model)}
                      ${basket.items.length > 1 ? html`<p>${words.rest(title)}</p>` : nothing}
                    </div>`
                  : nothing
              }
              ${workings.basketView(model)}
            </div>`
          : nothing
      }
    </div>
    ${live ? nothing : workings.carriedView(basket, isOwn, model.settings)}
  </form>`
}

/** Whether it can be put into a list, at a price or for nothing. */
function isSold({ askedBy }: Offer): boolean {
  return askedBy !== 'referral'
}

function isOnRequest({ offers }: Catalogue, offer: string, option: string | undefined): boolean {
  const found = offers.find(({ id }) => id === offer)
  const price = found?.options?.find(({ id }) => id === option)?.price ?? found?.price
  return found?.kind === 'training' && price?.form === 'on-request'
}

function offerView(offer: Offer, model: TrainingModel, titled: boolean): TemplateResult {
  const { catalogue, basket, workings, headingLevel } = model
  const { name, summary, suits, requires } = offer
  const held = holdsThatMatter(offer, catalogue)
  const added = requires?.filter(({ how, offer: id }) => how === 'added' && !basket.holds.includes(id)) ?? []
  return html`<section>
    ${titled ? html`<div class="h3" role="heading" aria-level=${headingLevel + 1}>${name}</div>` : nothing}
    <p lang="en">${summary}</p>
    ${suits ? html`<p class="note">${words.suits}: ${suits}</p>` : nothing}
    <details><summary>${words.gives}</summary>${workings.detailsView(offer, catalogue)}</details>
    ${
      isSold(offer)
        ? html`${added.map(({ offer: id }) => html`<p class="note">${words.adds(nameOf(catalogue, id))}</p>`)}
            ${held.map((id) => html`<label><input type="checkbox" name="holds" value=${id} ?checked=${basket.holds.includes(id)}>${words.hold(nameOf(catalogue, id))}</label>`)}
            <ul role="list">${choicesOf(offer).map((choice) => row(choice, held, model))}</ul>`
        : html`<p>${words.referral}</p><p class="ways"><a href=${model.links.referral}>${words.noContact}</a></p>`
    }
  </section>`
}

/** The offers that make this one cheaper, or that it needs, for those who hold them. */
function holdsThatMatter({ id, kind, requires }: Offer, { offers, discounts }: Catalogue): string[] {
  const ids = [
    ...(requires ?? []).map(({ offer }) => offer),
    ...discounts.flatMap(({ on, when }) =>
      when.holds && (on.kinds?.includes(kind) ?? true) && (on.offers?.includes(id) ?? true) ? [when.holds] : [],
    ),
  ]
  return [...new Set(ids)].filter((held) => offers.some((offer) => offer.id === held))
}

function row(choice: Choice, held: readonly string[], model: TrainingModel): TemplateResult {
  const { catalogue, basket, wrong, live } = model
  const { offer, option, name } = choice
  const title = option?.name ?? offer.name
  const most = offer.quantity?.most ?? MOST_OF_ONE_OFFER
  const item = basket.items.find((one) => one.offer === offer.id && one.option === option?.id)
  const typed = wrong.get(name)
  const bad = typed !== undefined
  const form = (option?.price ?? offer.price)?.form
  const request = form === 'on-request'
  // What is free and has no lengths is wanted or not.
  const tick = request ? words.ask : form === 'free' && !option && words.want
  const notes = [option?.summary, option?.bespoke && request && words.bespoke(catalogue.provider.name)]
  return html`<li class="length">
    <div>
      <label class="name" lang="en" for=${name} id=${`${name}-name`}>${title}</label>
      <p class="note" id=${`${name}-note`}>${notes.filter(Boolean).join(' ')}</p>
    </div>
    <p class="figure">${option?.minutes ? hours({ least: option.minutes, most: option.minutes }) : nothing}</p>
    <p class="figure">${priceView(choice, held, model)}</p>
    <div>${
      tick
        ? html`<label><input type="checkbox" id=${name} name=${name} value="1" ?checked=${item !== undefined} aria-labelledby=${`${name}-name`} aria-describedby=${`${name}-note`}>${tick}</label>`
        : html`<small id=${`${name}-hint`} class=${bad ? 'error' : nothing}>${bad ? words.most(most) : words.quantity}</small>
            <input inputmode="numeric" autocomplete="off" maxlength="12" id=${name} name=${name} value=${typed ?? item?.quantity ?? ''} aria-invalid=${bad ? 'true' : nothing} aria-describedby=${`${name}-hint ${name}-note`}>`
    }</div>
    ${item || (bad && model.kept?.get(name)?.topics) || !live ? particulars(choice, item ?? model.kept?.get(name), model) : nothing}
  </li>`
}

/** Topics and number of people for one length. Without a script every length has them, folded away until it is chosen. */
function particulars(
  { offer, option, name }: Choice,
  item: Item | undefined,
  { wrong, live }: TrainingModel,
): TemplateResult {
  const { least = 1, most } = offer.participants ?? {}
  const id = `${name}.attending`
  const typed = wrong.get(id)
  const bad = typed !== undefined
  const inside = html`${
    offer.topics && !option?.bespoke
      ? html`<fieldset>
          <legend><b>${words.topics}</b><span class="hidden">: ${option?.name ?? offer.name}</span> <small>${words.topicsHint}</small></legend>
          ${offer.topics.map(
            (topic) =>
              html`<label><input type="checkbox" name=${`${name}.topics`} value=${topic.id} ?checked=${item?.topics?.includes(topic.id)} aria-describedby=${`${name}.${topic.id}`}><span lang="en">${topic.name}</span></label>
                <p class="note" lang="en" id=${`${name}.${topic.id}`}>${topic.summary}</p>`,
          )}
        </fieldset>`
      : nothing
  }
  <label for=${id}>${words.attending}<span class="hidden">: ${option?.name ?? offer.name}</span></label>
  <small id=${`${id}-hint`} class=${bad ? 'error' : nothing}>${bad ? words.peopleWrong(least, most) : words.people(least, most)}</small>
  <input inputmode="numeric" autocomplete="off" maxlength="12" id=${id} name=${id} value=${typed ?? item?.attending ?? ''} aria-invalid=${bad ? 'true' : nothing} aria-describedby=${`${id}-hint`}>`
  return live
    ? html`<div class="more">${inside}</div>`
    : html`<details class="more" ?open=${item !== undefined || bad}><summary>${offer.topics && !option?.bespoke ? words.topicsAndPeople : words.attending}<span class="hidden">: ${option?.name ?? offer.name}</span></summary>${inside}</details>`
}

/** What one of it costs this buyer, before and after what is taken off, and what it would cost with an offer that makes it cheaper. */
function priceView(
  { offer, option }: Choice,
  held: readonly string[],
  { catalogue, on, basket, workings }: TrainingModel,
): TemplateResult {
  const price = (holds: readonly string[]) => {
    const item = { offer: offer.id, quantity: 1, ...(option && { option: option.id }) }
    const result = workings.quoteOf(catalogue, { on, buyer: { holds, schools: basket.schools }, items: [item] })
    if (!result.ok) return undefined
    const { lines, adjustments } = result.quote
    const line = lines.find((one) => one.offer === offer.id)
    const own = adjustments.filter((one) => one.offer === offer.id)
    const off = own.reduce((sum, { pence }) => sum + pence, 0)
    return { before: line?.pence ?? null, after: (line?.pence ?? 0) + off, why: own.flatMap(({ why }) => why), line }
  }
  // What is in the list counts as held, as it does in the order.
  const has = [...new Set([...basket.holds, ...basket.items.map((item) => item.offer)])].filter((id) => id !== offer.id)
  const now = price(has)
  const explain = workings.explaining(catalogue)
  if (now?.line?.why.some(({ code }) => code === 'free'))
    return html`<b>${workings.explaining(catalogue)({ code: 'free' })}</b>`
  const reasons =
    now?.line?.why
      .filter(({ code }) => code !== 'base-requirement')
      .map(explain)
      .filter(Boolean) ?? []
  if (!now || now.before === null) return html`<small>${reasons.join('. ')}</small>`
  const better = held
    .filter((id) => !has.includes(id))
    .map((id) => ({ id, price: price([...has, id])?.after ?? now.after }))
    .find((one) => one.price < now.after)
  return html`${
    now.after < now.before
      ? html`<s><span class="hidden">${words.before} </span>${pounds(now.before)}</s> <span aria-hidden="true" class="arrow"></span> <b>${pounds(now.after)}</b>
          <small>${[...reasons, ...now.why.map(explain)].join('. ')}</small>`
      : html`<b>${pounds(now.after)}</b>${reasons.length ? html`<small>${reasons.join('. ')}</small>` : nothing}`
  }${better ? html`<small>${words.or(pounds(better.price), nameOf(catalogue, better.id))}</small>` : nothing}`
}

/** How to reach the provider: what its catalogue gives, else the page that says how to ask. */
function contactView(name: string, { catalogue: { provider, contacts }, links }: TrainingModel): TemplateResult {
  const subject = `?subject=${encodeURIComponent(words.subject(name))}`
  const telephone = (number: string) => html`<a href=${`tel:${number.replace(/[^+\d]/g, '')}`}>${number}</a>`
  const email = (address: string) => html`<a href=${`mailto:${address}${subject}`}>${address}</a>`
  const known = [
    provider.telephone && telephone(provider.telephone),
    provider.email && email(provider.email),
    provider.website && html`<a href=${provider.website}>${provider.website}</a>`,
    ...(provider.email ? [] : contacts).map((contact) => [
      contact.email && html`${contact.role}: ${email(contact.email)}`,
      contact.telephone !== provider.telephone && contact.telephone && telephone(contact.telephone),
    ]),
  ]
    .flat()
    .filter(Boolean)
  return html`<ul role="list" class="ways">${(known.length ? known : [html`<a href=${links.referral}>${words.noContact}</a>`]).map((way) => html`<li>${way}</li>`)}</ul>`
}
