// The page inside the console's preview. It stands in a sandbox, so it has no cookies, no storage and no origin: the widgets keep
// their basket in memory, and what they ask for is answered here, from the draft. Nothing leaves the page.
import { isInForce, pricingDay } from '../../../../catalogue/rules/in-force.ts'
import { listPricesOf } from '../../../../catalogue/rules/list-price.ts'
import { type Catalogue, catalogue as schema } from '../../../../catalogue/schema/catalogue.ts'
import { type Offer, offer as offerSchema } from '../../../../catalogue/schema/offer.ts'
import type { Basket } from '../../../../catalogue/wire/basket.ts'
import { knownTo } from '../../../../catalogue/wire/basket-from.ts'
import type { CatalogueReply } from '../../../kit/api.ts'
import { Inbox } from '../document/patch.ts'
import { isObject, type Json } from '../document/places.ts'
import { isShow, type Show, type Told, type Widget } from './protocol.ts'

/** A widget as it is from the inside: what it shows is what it has loaded. */
interface Running extends HTMLElement {
  loaded: { catalogue: CatalogueReply } | undefined
  renderRoot?: ParentNode
  basket: Basket
  addController(controller: { hostUpdated(): void }): void
  requestUpdate(): void
  getReady(): Promise<void>
  updateComplete: Promise<boolean>
}

/** The pages that a widget's links lead to: all stay here. */
const STILL = ['packages', 'training', 'cluster', 'order', 'referral']

const inbox = new Inbox()
let reply: CatalogueReply | undefined
let shown: { widget: Widget; element: Running } | undefined
let draft: Json | undefined
let waiting: Show | undefined
let isBusy = false
let arrived: () => void = () => {}
const first = new Promise<void>((resolve) => {
  arrived = resolve
})

window.fetch = async (input) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input, 'https://preview.invalid')
  if (!pathname.endsWith('/catalogue')) throw new TypeError('A preview sends nothing.')
  await first
  return Response.json(reply)
}

function tell(message: Told): void {
  parent.postMessage(message, '*')
}

addEventListener('message', ({ source, data }) => {
  if (source !== parent || !isShow(data)) return
  draft = inbox.take(data.sent)
  waiting = data
  void work()
})

document.addEventListener(
  'click',
  (event) => {
    const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement)
    if (link instanceof HTMLAnchorElement && !link.getAttribute('href')?.startsWith('#')) event.preventDefault()
  },
  true,
)

/** Shows the latest of what came in; what came between is out of date. */
async function work(): Promise<void> {
  if (isBusy) return
  isBusy = true
  while (waiting) {
    const show = waiting
    waiting = undefined
    const began = performance.now()
    const ok = await display(show)
    bringIntoSight(show.about)
    tell({ kind: 'shown', number: show.sent.number, ok, took: performance.now() - began })
  }
  isBusy = false
}

async function display({ widget, on }: Show): Promise<boolean> {
  const catalogue = draft === undefined ? undefined : catalogueIn(draft)
  const before = reply
  if (!catalogue && !before) return false
  if (catalogue)
    try {
      reply = replyWith(catalogue, on)
    } catch {
      // What the rules cannot work out, such as a price for an offer that is not there, is no better than what the schema refuses.
      if (!before) return false
    }
  const isNew = reply !== before
  try {
    await put(widget)
    return catalogue !== undefined && isNew
  } catch {
    if (before) {
      reply = before
      await put(widget).catch(() => {})
    }
    return false
  }
}

/** The offers that the schema has read already: a key changes one of them. */
const offersRead = new WeakMap<object, Offer | 'none'>()

/** The draft as a catalogue; undefined where the schema refuses it. */
function catalogueIn(document: Json): Catalogue | undefined {
  if (!isObject(document) || !Array.isArray(document.offers) || document.offers.length > 200) return undefined
  const offers: Offer[] = []
  for (const entry of document.offers) {
    if (!isObject(entry)) return undefined
    const read = offersRead.get(entry) ?? offerSchema.safeParse(entry).data ?? 'none'
    offersRead.set(entry, read)
    if (read === 'none') return undefined
    offers.push(read)
  }
  // Pages of offers show nothing of how pupils are referred: a decision that is half written keeps none of them away.
  const { pathways, privacy, calendar, ...rest } = document
  const { data } = schema.safeParse({ ...rest, offers: [] })
  return data && { ...data, offers }
}

let sought: string | undefined

/** Shows the offer that somebody has gone to, once: whoever scrolls on stays there. */
function bringIntoSight(offer: string | undefined): void {
  if (!offer || offer === sought) return
  const root = shown?.element.shadowRoot
  const control = root?.querySelector(
    `[id="${CSS.escape(offer)}"], [name="${CSS.escape(offer)}"], [name^="${CSS.escape(offer)}."]`,
  )
  if (!control) return
  sought = offer
  control.closest('li, section, fieldset')?.scrollIntoView({ block: 'center' })
}

function replyWith(catalogue: Catalogue, on: string): CatalogueReply {
  const day = pricingDay(catalogue, on)
  const { colour } = catalogue.provider
  if (colour) document.documentElement.style.setProperty('--outreach-colour-brand', colour)
  else document.documentElement.style.removeProperty('--outreach-colour-brand')
  return { ...catalogue, version: 1, on, inForce: isInForce(catalogue, on), prices: listPricesOf(catalogue, day) }
}

/** Puts the catalogue into the widget that runs, or a new widget in its place. */
async function put(widget: Widget): Promise<void> {
  if (!reply) return
  if (shown?.widget !== widget) {
    const element = document.createElement(`outreach-${widget}`) as Running
    element.setAttribute('provider', reply.provider.id)
    element.setAttribute('heading-level', '2')
    for (const page of STILL) element.setAttribute(`${page}-href`, '#')
    document.querySelector('main')?.replaceChildren(element)
    arrived()
    await customElements.whenDefined(element.localName)
    await whenLoaded(element)
    await element.getReady()
    shown = { widget, element }
  }
  const { element } = shown
  if (!element.loaded) return
  element.loaded.catalogue = reply
  const { basket } = element
  const known = knownTo(reply, basket)
  if (JSON.stringify(known) !== JSON.stringify(basket)) element.basket = known
  element.requestUpdate()
  await element.updateComplete
}

/** Waits until a widget shows what it has loaded; rejects where it says that it cannot. */
function whenLoaded(element: Running): Promise<void> {
  return new Promise((resolve, reject) => {
    const hostUpdated = () => {
      if (element.loaded) resolve()
      else if (element.renderRoot?.querySelector('[role="alert"]')) reject(new Error('The widget has nothing to show.'))
    }
    element.addController({ hostUpdated })
    hostUpdated()
  })
}

// The widgets' own script, as it is on a school's page; it comes after `fetch` is ours.
const widgets = `${location.origin}/outreach.js`
import(/* @vite-ignore */ widgets).then(
  () => tell({ kind: 'ready' }),
  () => {},
)
