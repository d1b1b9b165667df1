import { html, nothing, type TemplateResult } from 'lit'
import { inside } from '../../../../catalogue/rules/pointers.ts'
import { at, isObject, type Json } from '../document/places.ts'
import { hoursBrief, offerBrief } from './brief.ts'
import { type FormModel, faultsBelow, partsView, toolsView } from './form.view.ts'
import { entryOf, partFor, propertiesOf } from './schema.ts'
import { namesIn, offerParts } from './sections.ts'
import { choicesOf, meaningOf, nameOf } from './words.ts'

/** What is typed into the form for one more offer, and what is wrong with it. */
export interface Adding {
  name: string
  kind: string
  summary: string
  price: string
  wrong: Partial<Record<'name' | 'summary' | 'price', string>>
}

/** The list of offers, with everything that can be done to one as a whole. */
export function offersView(
  { document, faults }: FormModel,
  { adding, addressOf }: { adding: Adding | undefined; addressOf: (offer: number) => string },
): TemplateResult {
  const offers = namesIn(document, 'offers')
  const kinds = choicesOf(partFor('/offers/0/kind', document) ?? { node: {}, place: '', role: '' })
  return html`${offers.length === 0 ? html`<div class="empty"><p>There are no offers yet. Add the first one.</p></div>` : nothing}
    <ol class="offers">${offers.map(({ name, index }) => {
      const pointer = inside('/offers', index)
      const offer = at(document, pointer)
      const kind = isObject(offer) && typeof offer.kind === 'string' ? nameOf(kinds[offer.kind], offer.kind) : ''
      const wrong = faultsBelow(faults, pointer)
      return html`<li>
        <div class="offer">
          <a href=${addressOf(index)} id=${pointer}><b>${name}</b></a>
          <span class="note">${[kind, hoursBrief(offer)].filter(Boolean).join(' · ')}</span>
          ${wrong > 0 ? html`<span class="state bad">${wrong === 1 ? '1 mistake' : `${wrong} mistakes`}</span>` : nothing}
        </div>
        <span class="price">${offerBrief(offer)}</span>
        ${toolsView('/offers', index, offers.length, name, { canCopy: true })}
      </li>`
    })}</ol>
    ${adding ? addingView(adding, document) : html`<div class="buttons"><button type="button" name="new-offer" id="new-offer">Add an offer</button>${offers.length > 0 ? html`<a href="?step=raise">Raise all prices</a>` : nothing}</div>`}`
}

function addingView({ name, kind, summary, price, wrong }: Adding, document: Json): TemplateResult {
  const offers = partFor('/offers', document)
  const part = offers && propertiesOf(entryOf(offers)).find(({ key }) => key === 'kind')?.part
  const kinds = part ? choicesOf(part) : {}
  const error = (key: 'name' | 'summary' | 'price') =>
    wrong[key] ? html`<p class="error" id=${`new-${key}--error`}>${wrong[key]}</p>` : nothing
  const described = (key: 'name' | 'summary' | 'price', ...more: string[]) =>
    [...more, wrong[key] && `new-${key}--error`].filter(Boolean).join(' ') || nothing
  return html`<form class="panel" name="new-offer" novalidate aria-labelledby="new-heading">
    <h3 id="new-heading">Add an offer</h3>
    <div class="question"><label for="new-name">What is it called?</label>${error('name')}
      <input class="full" id="new-name" name="name" autocomplete="off" aria-invalid=${wrong.name ? 'true' : nothing} aria-describedby=${described('name')} .value=${name}></div>
    <div class="question"><label for="new-kind">What kind of offer is it?</label>
      <select id="new-kind" name="kind" aria-describedby="new-kind--meaning">${Object.entries(kinds).map(([word, choice]) => html`<option value=${word} ?selected=${word === kind}>${nameOf(choice, word)}</option>`)}</select>
      <p class="note meaning" id="new-kind--meaning">${meaningOf(kinds[kind])}</p></div>
    <div class="question"><label for="new-summary">What is it, in a sentence?</label>${error('summary')}
      <textarea id="new-summary" name="summary" rows="2" aria-invalid=${wrong.summary ? 'true' : nothing} aria-describedby=${described('summary')} .value=${summary}></textarea></div>
    <div class="question"><label for="new-price">What does it cost?</label>
      <p class="note" id="new-price--help">In pounds. Other ways to price it are on its own page. Nothing: free.</p>${error('price')}
      <span class="affix"><span aria-hidden="true">£</span><input class="figure" id="new-price" name="price" inputmode="decimal" autocomplete="off" aria-invalid=${wrong.price ? 'true' : nothing} aria-describedby=${described('price', 'new-price--help')} .value=${price}></span></div>
    <div class="buttons"><button>Add it</button><button type="button" class="secondary" name="no-offer">Cancel</button></div>
  </form>`
}

/** One offer's own page. */
export function offerView(model: FormModel, index: number): TemplateResult {
  const pointer = inside('/offers', index)
  const offer = at(model.document, pointer)
  const part = partFor(pointer, model.document)
  if (!part || !isObject(offer)) return html`<p>This offer is no longer there.</p>`
  const all = propertiesOf(part).map(({ key }) => key)
  const named = new Set(offerParts.flatMap(({ keys }) => keys))
  const rest = all.filter((key) => !named.has(key))
  return html`${offerParts.map(
    ({ heading, keys }) => html`<section class="offer-part"><h3>${heading}</h3>
      ${heading === 'Price' ? pricingView(pointer, offer) : nothing}
      ${partsView(model, pointer, heading === 'Price' ? keys.filter((key) => key !== missingPrice(offer)) : keys)}</section>`,
  )}
  ${rest.length > 0 ? html`<section class="offer-part"><h3>More</h3>${partsView(model, pointer, rest)}</section>` : nothing}`
}

/** The one of price and options that the offer does not have: the choice above them brings it. */
function missingPrice(offer: { [key: string]: Json }): string | undefined {
  if (offer.price !== undefined && offer.options === undefined) return 'options'
  return offer.price === undefined && offer.options !== undefined ? 'price' : undefined
}

function pricingView(pointer: string, offer: { [key: string]: Json }): TemplateResult {
  const how = offer.options === undefined ? 'price' : 'options'
  const name = `${pointer}--pricing`
  return html`<fieldset class="question" id=${name} tabindex="-1"><legend>How many prices does it have?</legend>
    ${[
      ['price', 'One price'],
      ['options', 'A price for each length or size'],
    ].map(
      ([word, text]) =>
        html`<label class="choice"><input type="radio" name=${name} data-at=${pointer} data-as="pricing" value=${word ?? ''} ?checked=${word === how} .checked=${word === how}> <span>${text}</span></label>`,
    )}
  </fieldset>`
}
