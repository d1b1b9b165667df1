import type { ShopPack } from '../words/pack.ts'

/** The words of the language that an element stands in, fetched where they are not English. A pack that cannot be had leaves the widget in English. */
export function packFor(element: Element): Promise<ShopPack | undefined> | undefined {
  // Sees the nearest `lang`, the element's own too, and through shadow roots.
  if (!element.matches(':lang(cy)')) return undefined
  return import('../words/cy/cy.ts').then(
    ({ cy }) => cy,
    () => undefined,
  )
}
