import { html, type TemplateResult } from 'lit'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { queryOf } from '../../catalogue/wire/query-of.ts'

/** What a basket holds beside a view's own controls, and the page's own settings, as hidden fields that travel with the view's form. */
export function carriedView(
  basket: Basket,
  isOwn: (name: string) => boolean,
  settings: readonly [string, string][] = [],
): TemplateResult[] {
  return [...queryOf(basket), ...settings]
    .filter(([name]) => !isOwn(name))
    .map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)
}
