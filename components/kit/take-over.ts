import type { LitElement } from 'lit'
import type { Basket } from '../../catalogue/wire/basket.ts'
import { basketFrom } from '../../catalogue/wire/basket-from.ts'

/**
 * Takes over what was typed into a widget's fallback before the widget was ready, and keeps the focus where it was. The form
 * goes: in its place stands the widget, and whoever looks for a control finds one.
 *
 * @returns what the form's controls held, as pairs
 */
export function takeOver(form: HTMLFormElement, element: LitElement & { basket: Basket }): [string, string][] {
  const pairs = [...new FormData(form)].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const basket = basketFrom(pairs)
  if ([...basket.items, ...basket.holds, ...basket.schools].length) element.basket = basket
  const focused = form.contains(document.activeElement) && document.activeElement?.getAttribute('name')
  form.remove()
  if (focused)
    // The widget draws itself in the next turn; only then is there a control to go on with.
    setTimeout(async () => {
      await element.updateComplete
      element.renderRoot.querySelector<HTMLElement>(`[name="${CSS.escape(focused)}"]`)?.focus()
    })
  return pairs
}

/** Keeps the control in use in sight where the bar with the total has just come up over it. */
export async function keepInSight({ updateComplete, renderRoot }: LitElement): Promise<void> {
  await updateComplete
  if (renderRoot instanceof ShadowRoot) renderRoot.activeElement?.scrollIntoView({ block: 'nearest' })
}
