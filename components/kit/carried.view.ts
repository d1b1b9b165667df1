import { html, type TemplateResult } from 'lit'
import { type Basket, queryOf } from '../../catalogue/wire/basket.ts'

/** What a basket holds beside a view's own controls, as hidden fields that travel with the view's form. */
export function carriedView({ items, holds, schools }: Basket, isOwn: (name: string) => boolean): TemplateResult[] {
  return queryOf({ items, holds, schools })
    .filter(([name]) => !isOwn(name))
    .map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)
}
