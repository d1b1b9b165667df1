import { html, nothing, type TemplateResult } from 'lit'
import { quoteOf } from '../../catalogue/rules/quote-of.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { words } from '../words/en/basket.ts'
import { words as kit } from '../words/en/kit.ts'
import { explaining } from './explain.ts'
import type { Links } from './links.ts'
import { linesView, sumView } from './total.view.ts'

/** What the list beside a widget needs to know. */
export interface BasketModel {
  catalogue: Catalogue
  /** The day that prices are worked out for. */
  on: string
  basket: Basket
  links: Links
  /** Whether the total follows each change; without a script there is a button for it. */
  live: boolean
  headingLevel: number
}

/**
 * The list with its reasons, and a bar with the total and the way on. Stands in a `.side`: beside the offers where there
 * is room; else the bar stays in sight at the foot. Buttons: `clear` empties the basket.
 */
export function basketView({ catalogue, on, basket, links, live, headingLevel }: BasketModel): TemplateResult {
  const quote = basket.items.length ? quoteOf(catalogue, { on, buyer: basket, items: basket.items }) : undefined
  const explain = explaining(catalogue)
  return html`<div class="panel list" role="group" aria-label=${kit.list}>
      <div class="h3" role="heading" aria-level=${headingLevel + 1}>${kit.list}</div>
      ${quote?.ok ? linesView(catalogue, quote.quote, explain) : html`<p>${quote ? words.unpriced : kit.empty}</p>`}
      ${live ? nothing : html`<button class="secondary">${words.update}</button>`}
      ${
        basket.items.length
          ? html`<p class="screen"><a href=${links.print} target="_blank">${words.print}</a></p>
              ${live ? html`<button type="button" class="link" name="clear">${words.clear}</button>` : nothing}`
          : nothing
      }
    </div>
    ${
      quote?.ok
        ? html`<div class="bar panel">
            ${sumView(quote.quote)}
            ${
              quote.quote.lines.some(({ pence, conditional }) => pence === null && !conditional)
                ? nothing
                : live
                  ? html`<a class="button" href=${links.order}>${words.order}</a>`
                  : html`<button formaction=${links.order}>${words.order}</button>`
            }
          </div>`
        : nothing
    }`
}
