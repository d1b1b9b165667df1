import { type Basket, emptyBasket } from '../../catalogue/wire/basket.ts'

/**
 * One basket for each provider and year, shared by the widgets of a page, the pages of a site and its tabs.
 * It holds no personal data: notes stay in memory. Where the browser refuses storage, memory alone keeps it.
 */
export class BasketStore extends EventTarget {
  #basket: Basket = emptyBasket
  readonly #key: string

  constructor(key: string) {
    super()
    this.#key = key
    this.#read()
    addEventListener('storage', (event) => {
      // No key: everything was cleared.
      if (event.key && event.key !== key) return
      this.#read()
      this.dispatchEvent(new Event('change'))
    })
  }

  get basket(): Basket {
    return this.#basket
  }

  set basket(basket: Basket) {
    this.#basket = basket
    try {
      const items = basket.items.map(({ note: _note, ...item }) => item)
      localStorage.setItem(this.#key, JSON.stringify({ ...basket, items }))
    } catch {
      // Storage is refused or full: the basket lives as long as the page.
    }
    this.dispatchEvent(new Event('change'))
  }

  #read(): void {
    try {
      const kept: Partial<Basket> = JSON.parse(localStorage.getItem(this.#key) ?? '{}')
      this.#basket = { ...emptyBasket, ...kept }
    } catch {
      // As above, or not what we wrote: begin with nothing.
    }
  }
}

const stores = new Map<string, BasketStore>()

/** The basket of a provider's year on this site. */
export function basketStore(provider: string, catalogue: string): BasketStore {
  const key = `outreach-basket:${provider}:${catalogue}`
  const store = stores.get(key) ?? new BasketStore(key)
  stores.set(key, store)
  return store
}
