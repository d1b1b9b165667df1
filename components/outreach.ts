import { served } from './kit/api.ts'
// What every widget stands on rides in this first file.
import './kit/basket-element.ts'
import { packFor } from './kit/language.ts'

/** Every widget's own chunk. */
const widgets: Record<string, () => Promise<unknown>> = {
  'package-picker': () => import('./package-picker/package-picker.ts'),
  'order-form': () => import('./order-form/order-form.ts'),
  'training-menu': () => import('./training-menu/training-menu.ts'),
  'cluster-calculator': () => import('./cluster-calculator/cluster-calculator.ts'),
  'referral-form': () => import('./referral-form/referral-form.ts'),
}

/** Fetches the widget that an element needs and, beside it, its catalogue. */
function begin(element: Element): void {
  // Page builders that strip unknown tags often let a div through: <div data-outreach="package-picker" data-provider="…">.
  const wanted = element.getAttribute('data-outreach')
  if (wanted && widgets[wanted] && !element.querySelector(`outreach-${wanted}`)) {
    const widget = document.createElement(`outreach-${wanted}`)
    for (const { name, value } of element.attributes)
      if (/^data-(?!outreach)/.test(name)) widget.setAttribute(name.slice(5), value)
    widget.append(...element.childNodes)
    element.append(widget)
    return
  }
  const name = element.localName.slice('outreach-'.length)
  const load = widgets[name]
  const provider = element.getAttribute('provider')
  if (!load || !provider) return
  const [api, pathway, year, today] = ['api', 'pathway', 'catalogue', 'today'].map((named) =>
    element.getAttribute(named),
  )
  // A referral is made from its pathway, and speaks for itself.
  const what = name === 'referral-form' ? `pathways${pathway ? `/${pathway}` : ''}` : 'catalogue'
  // Only to have it under way: the widget asks for the same address and says what went wrong.
  served(api ?? new URL(import.meta.url).origin, provider, what, year, today).catch(() => {})
  if (!pathway) packFor(element)
  load()
}

const SELECTOR = [...Object.keys(widgets).map((name) => `outreach-${name}`), '[data-outreach]'].join()

function look(root: ParentNode): void {
  for (const element of root.querySelectorAll(SELECTOR)) begin(element)
}

look(document)
new MutationObserver((changes) => {
  for (const { addedNodes } of changes)
    for (const node of addedNodes)
      if (node instanceof Element) {
        if (node.matches(SELECTOR)) begin(node)
        look(node)
      }
}).observe(document, { childList: true, subtree: true })
