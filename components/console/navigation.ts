/** What asks for another address: the root element hears it. */
export interface Going {
  address: string
  /** Whether the address takes the place of the present one in the browser's history. */
  replace: boolean
}

const roads = new EventTarget()

/** Goes to an address of the console, as a link does. */
export function go(address: string, { replace = false } = {}): void {
  roads.dispatchEvent(new CustomEvent<Going>('go', { detail: { address, replace } }))
}

/** Hears where somebody wants to go; the answer ends the hearing. */
export function onGoing(hear: (going: Going) => void): () => void {
  const heard = (event: Event): void => {
    if (event instanceof CustomEvent) hear(event.detail)
  }
  roads.addEventListener('go', heard)
  return () => roads.removeEventListener('go', heard)
}

/** Says something to those who cannot see that it happened: "50 orders", "Saved". */
export function announce(text: string): void {
  roads.dispatchEvent(new CustomEvent<string>('said', { detail: text }))
}

/** Hears what is announced; the answer ends the hearing. */
export function onAnnounced(hear: (text: string) => void): () => void {
  const heard = (event: Event): void => {
    if (event instanceof CustomEvent) hear(event.detail)
  }
  roads.addEventListener('said', heard)
  return () => roads.removeEventListener('said', heard)
}

/** An address with a query in which nothing is empty: `addressWith('/console/x/orders', { state: 'placed', words: '' })`. */
export function addressWith(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value)
  return search.size > 0 ? `${path}?${search}` : path
}
