import { html, nothing, type TemplateResult } from 'lit'
import type { ListPrice } from '../../catalogue/rules/list-price.ts'
import { MOST_OF_ONE_OFFER } from '../../catalogue/rules/most.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer } from '../../catalogue/schema/offer.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import type { Explain } from '../kit/explain.ts'
import type { Links } from '../kit/links.ts'
import { nameOf } from '../kit/offers.ts'
import type { Workings } from '../kit/workings.ts'
import { words as kit } from '../words/en/kit.ts'
import { hours, pounds } from '../words/en/money.ts'
import { type PackagePickerWords, words } from '../words/en/package-picker.ts'

/** What the picker shows. */
export interface PickerModel {
  catalogue: Catalogue & { inForce: boolean; prices?: Record<string, ListPrice> }
  /** The day that prices are worked out for. */
  on: string
  basket: Basket
  /** Absent until the first use, while the basket is empty. */
  workings: Workings | undefined
  explain: Explain
  /** Controls whose text is no quantity: the name and what was typed. */
  wrong: ReadonlyMap<string, string>
  links: Links
  /** Whether the total follows each change; without a script there is a button for it. */
  live: boolean
  /** What else travels with the form where there is no script: the year and the day. */
  settings?: readonly [string, string][]
  headingLevel: number
}

const GROUPS: [keyof PackagePickerWords['groups'], RegExp][] = [
  ['base', /^subscription/],
  ['packages', /package|service/],
  ['hours', /hours/],
  ['training', /training/],
  ['cluster', /cluster/],
  ['places', /place/],
]

/** The kind of thing that an offer stands among: a top-up with what it tops up. */
function placeOf({ kind, requires }: Offer, offers: readonly Offer[]): string {
  if (kind !== 'top-up') return kind
  const first = requires?.find(({ how }) => how === 'held')?.offer
  return offers.find(({ id }) => id === first)?.kind ?? 'package'
}

/** Whether an offer is put into the basket here: not by referral, not by its own widget. */
export function isPicked({ askedBy, options, kind }: Offer): boolean {
  return askedBy !== 'referral' && !options && !/training|cluster/.test(kind)
}

/** The package picker: offers as rows that compare, with the running total beside or below. */
export function view(model: PickerModel): TemplateResult {
  const { catalogue, basket, links, live, headingLevel, workings, on } = model
  const { offers, notProvided, provider, inForce } = catalogue
  const heading = (text: string, level: number, id?: string) =>
    html`<div class=${`h${level}`} role="heading" aria-level=${headingLevel + level - 2} id=${id ?? nothing}>${text}</div>`
  const result = basket.items.length
    ? workings?.quoteOf(catalogue, { on, buyer: basket, items: basket.items })
    : undefined
  const added = new Set(result?.ok ? result.quote.lines.flatMap((line) => (line.added ? [line.offer] : [])) : [])
  const compared = offers.filter(({ kind, askedBy }) => /subscr|package|top-up/.test(kind) && !askedBy)
  return html`<form action=${links.packages}>
    ${heading(words.heading(provider.service), 2)}
    <p class="intro" lang="en">${catalogue.intro}</p>
    ${inForce ? nothing : html`<p class="panel">${kit.notInForce(catalogue.title)}</p>`}
    ${offers.length ? nothing : html`<p>${words.none}</p>`}
    <div class="columns">
      <div>
        ${GROUPS.map(([group, kinds]) => {
          const members = offers.filter((offer) => kinds.test(placeOf(offer, offers)))
          return members.length
            ? html`<section aria-labelledby=${group}>
                ${heading(words.groups[group], 3, group)}
                <ul role="list">${members.map((offer) => row(offer, added.has(offer.id), model))}</ul>
              </section>`
            : nothing
        })}
        ${
          compared.length > 1
            ? html`<details><summary>${words.compare}</summary>${workings?.comparisonView(
                compared,
                catalogue,
                compared.map((offer) => listPrice(offer, model)[0]),
              )}</details>`
            : nothing
        }
        ${notProvided.length ? html`<details><summary>${words.notProvided}</summary>${workings?.sentencesView(notProvided)}</details>` : nothing}
      </div>
      ${
        offers.some(({ askedBy }) => askedBy !== 'referral')
          ? html`<div class="side">
        ${
          workings?.basketView(model) ??
          html`<div class="panel" role="group" aria-label=${kit.list}>${heading(kit.list, 3)}<p>${kit.empty}</p></div>`
        }
      </div>`
          : nothing
      }
    </div>
    ${live ? nothing : workings?.carriedView(basket, (name) => name === 'holds' || offers.some((offer) => offer.id === name && isPicked(offer)), model.settings)}
  </form>`
}

function row(offer: Offer, added: boolean, model: PickerModel): TemplateResult {
  const { catalogue, workings } = model
  const { id, name, support, suits, placement, requires } = offer
  const first = requires?.find(({ how }) => how === 'held')
  const [price, reasons] = listPrice(offer, model)
  return html`<li class="offer">
    <div>
      <div class="name" lang="en" role="heading" aria-level=${model.headingLevel + 2}>${isPicked(offer) ? html`<label for=${id} id=${`${id}-name`}>${name}</label>` : name}</div>
      <p lang="en">${offer.summary}</p>
      <p class="note" id=${`${id}-note`}>${[suits && `${words.suits}: ${suits}`, first && words.needs(nameOf(catalogue, first.offer)), placement?.availability, added && words.added].filter(Boolean).join(' ')}</p>
      <details><summary>${words.gives}<span class="hidden">: ${name}</span></summary>${workings?.detailsView(offer, catalogue)}</details>
    </div>
    <p class="figure">${support?.by === 'unit' ? hours({ least: support.leastMinutes, most: support.mostMinutes }) : nothing}</p>
    <p class="figure"><b>${price}</b>${reasons ? html`<small>${reasons}</small>` : nothing}</p>
    <div>${control(offer, added, model)}</div>
  </li>`
}

/** What an offer costs this buyer today, and why: one of it where one price holds, else the reasons alone. */
function listPrice(
  offer: Offer,
  { catalogue, on, basket, workings, explain }: PickerModel,
): [price: string, reasons: string] {
  if (offer.options) {
    const prices = offer.options.flatMap(({ price }) => (price.form === 'fixed' ? [price.pence] : []))
    return [prices.length ? `${pounds(Math.min(...prices))}–${pounds(Math.max(...prices))}` : '', '']
  }
  const holds = (id: string) => [...basket.holds, ...basket.items.map((item) => item.offer)].includes(id)
  const { pence, why } = workings?.listPriceOf(offer, { catalogue, on, buyer: basket, holds }) ??
    catalogue.prices?.[offer.id] ?? { pence: null, why: [] }
  const reasons = why.map(explain).filter(Boolean)
  const price = !pence || why.some(({ code }) => code === 'per-unit') ? reasons.pop() : pounds(pence)
  return [price ?? '', reasons.join('. ')]
}

function control(offer: Offer, added: boolean, { catalogue, basket, wrong, links }: PickerModel): TemplateResult {
  const { id, name, askedBy, kind } = offer
  const link = (href: string, text: string) => html`<a href=${href}>${text}<span class="hidden">: ${name}</span></a>`
  if (askedBy === 'referral') return link(links.referral, words.ask)
  const hold = catalogue.offers.some(({ requires }) =>
    requires?.some(({ offer, or }) => offer === id || or?.includes(id)),
  )
    ? html`<label><input type="checkbox" name="holds" value=${id} aria-describedby=${`${id}-name`} ?checked=${basket.holds.includes(id)}>${words.hold}</label>`
    : nothing
  if (!isPicked(offer))
    return html`${kind === 'training' ? link(links.training, words.chooseTraining) : link(links.cluster, words.workOut)}${hold}`
  const quantity = basket.items.find((item) => item.offer === id)?.quantity
  const most = offer.quantity?.most ?? MOST_OF_ONE_OFFER
  const typed = wrong.get(id)
  const bad = typed !== undefined
  return most === 1
    ? html`<label><input type="checkbox" id=${id} name=${id} value="1" ?checked=${quantity || added} ?disabled=${added} aria-labelledby=${`${id}-name`} aria-describedby=${`${id}-note`}>${words.add}</label>
        ${hold}`
    : html`<small id=${`${id}-hint`} class=${bad ? 'error' : nothing}>${bad ? words.most(most) : words.quantity}</small>
        <input inputmode="numeric" autocomplete="off" id=${id} name=${id} value=${typed ?? quantity ?? ''} aria-invalid=${bad || nothing} aria-describedby=${`${id}-hint ${id}-note`}>${hold}`
}
