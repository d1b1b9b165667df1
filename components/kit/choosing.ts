import { MOST_OF_ONE_OFFER } from '../../catalogue/rules/most.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { quantityIn } from '../../catalogue/wire/quantity.ts'

/** A control as it stands when somebody has used it. */
export type Control = Pick<HTMLInputElement, 'name' | 'value' | 'checked' | 'type'>

/**
 * A basket after a quantity, a tick or "we already hold it". Undefined where the control is none of an offer's;
 * `wrong` where what was typed is no quantity, and the offer is then left out.
 */
export function chosen(
  { offers }: Catalogue,
  basket: Basket,
  { name, value, checked, type }: Control,
): { id: string; basket: Basket; wrong: boolean } | undefined {
  const holding = name === 'holds'
  const id = holding ? value : name
  const offer = offers.find((entry) => entry.id === id)
  if (!offer) return undefined
  const most = offer.quantity?.most ?? MOST_OF_ONE_OFFER
  const others = basket.items.filter((item) => item.offer !== id)
  if (holding) {
    const holds = basket.holds.filter((held) => held !== id)
    // What can be bought once is not bought by those who hold it; of other things a second one may be wanted.
    const items = checked && most === 1 ? others : basket.items
    return { id, wrong: false, basket: { ...basket, items, holds: checked ? [...holds, id] : holds } }
  }
  const quantity = type === 'checkbox' ? Number(checked) : (quantityIn(value) ?? most + 1)
  const wrong = quantity > most
  const items = wrong || !quantity ? others : [...others, { offer: id, quantity }]
  return { id, wrong, basket: { ...basket, items } }
}
