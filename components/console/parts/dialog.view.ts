import { html, noChange, type TemplateResult } from 'lit'
import { Directive, directive, type ElementPart } from 'lit/directive.js'

/** Opens a native dialog over the page while it is wanted, and closes it when it no longer is. */
class Shown extends Directive {
  render(_open: boolean): typeof noChange {
    return noChange
  }
  override update({ element }: ElementPart, [open]: [boolean]): typeof noChange {
    // The dialog has to be in the document, which it is once the template stands.
    queueMicrotask(() => {
      if (!(element instanceof HTMLDialogElement) || element.open === open || !element.isConnected) return
      if (open) element.showModal()
      else element.close()
    })
    return noChange
  }
}
const shown = directive(Shown)

/** What a dialog is called, whether it is open, and what closing it does. */
export interface DialogModel {
  /** An id of its own on the page. */
  id: string
  heading: string
  open: boolean
  /** Called however it is closed: by Escape, by its own button. */
  close: () => void
  /** Whether Escape leaves it as it is. */
  holds?: boolean
}

/** A question over the page. The focus stays in it and goes back to where it came from. */
export function dialogView({ id, heading, open, close, holds }: DialogModel, content: unknown): TemplateResult {
  const cancel = (event: Event) => {
    if (holds) event.preventDefault()
  }
  return html`<dialog id=${id} aria-labelledby=${`${id}-heading`} ${shown(open)} @close=${close} @cancel=${cancel}>
    <h2 id=${`${id}-heading`}>${heading}</h2>
    ${open ? content : ''}
  </dialog>`
}
