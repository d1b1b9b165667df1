import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Offer } from '../../catalogue/schema/offer.ts'
import { words } from '../words/en/details.ts'
import { hours } from '../words/en/money.ts'

/** What an offer gives, week by week where it is a placement, and what it can be used for. */
export function detailsView(offer: Offer, catalogue: Catalogue): TemplateResult {
  const { placement } = offer
  const uses = offer.uses ?? catalogue.menus?.find(({ id }) => id === offer.menu)?.items ?? []
  const weeks = placement?.pattern.map(({ fromWeek, toWeek, text }) => `${words.week(fromWeek, toWeek)}: ${text}`) ?? []
  return html`${sentencesView(gives(offer, catalogue))}
    ${section(words.weeks, weeks)}
    ${section(words.steps, placement?.steps)}
    ${section(words.decides, [placement?.panel?.text, placement?.stepDown?.text, placement?.alsoCharged, placement?.limit?.withdrawnBy])}
    ${section(words.eligibility, offer.eligibility)}
    ${
      uses.length
        ? html`<p><b>${words.uses}</b></p>
            <ul>${uses.map(({ name, text }) => html`<li><b>${name}</b>${text ? html`: ${text}` : nothing}</li>`)}</ul>`
        : nothing
    }
    ${section(words.notProvided, offer.notProvided)}`
}

/** Offers side by side. */
export function comparisonView(
  offers: readonly Offer[],
  catalogue: Catalogue,
  prices: readonly string[],
): TemplateResult {
  const row = (name: string, cell: (offer: Offer, index: number) => unknown) =>
    html`<tr><th scope="row">${name}</th>${offers.map((offer, index) => html`<td>${cell(offer, index)}</td>`)}</tr>`
  return html`<div class="scroll" tabindex="0" role="region" aria-label=${words.compared}>
    <table>
      <thead><tr><td></td>${offers.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr></thead>
      <tbody>
        ${row(words.price, (_offer, index) => prices[index])}
        ${row(words.support, ({ support }) => (support?.by === 'unit' ? hours({ least: support.leastMinutes, most: support.mostMinutes }) : '–'))}
        ${row(words.suits, ({ suits }) => suits ?? '–')}
        ${row(words.gives, (offer) => sentencesView(gives(offer, catalogue)))}
      </tbody>
    </table>
  </div>`
}

/** Sentences as a list; those that are absent are left out. */
export function sentencesView(texts: readonly (string | undefined)[]): TemplateResult | typeof nothing {
  const present = texts.filter((text) => text !== undefined)
  return present.length ? html`<ul lang="en">${present.map((text) => html`<li>${text}</li>`)}</ul>` : nothing
}

function section(title: string, texts: readonly (string | undefined)[] = []): TemplateResult | typeof nothing {
  return texts.some(Boolean) ? html`<p><b>${title}</b></p>${sentencesView(texts)}` : nothing
}

function gives({ gives: points }: Offer, { area }: Catalogue): string[] {
  return points.map(({ text, districts }) => {
    const names = districts?.map((id) => area.districts.find((district) => district.id === id)?.name ?? id)
    return names ? `${text} ${words.districts(names)}` : text
  })
}
