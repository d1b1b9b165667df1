import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { Area } from '../../components/referral-form/referral-form.view.ts'
import { escaped } from './shell.ts'

/** A text’s control as a server writes it. A template has no places within a text area. */
export function servedArea({ name, text, isWrong, described }: Area): unknown {
  return unsafeHTML(
    `<textarea id="${escaped(name)}" name="${escaped(name)}" rows="6" autocomplete="off"${isWrong ? ' aria-invalid="true"' : ''}${described ? ` aria-describedby="${escaped(described)}"` : ''}>\n${escaped(text)}</textarea>`,
  )
}

/** A text that can be read and copied, and is sent no more. */
export function heldArea(text: string, label: string): unknown {
  return unsafeHTML(`<textarea readonly rows="6" aria-label="${escaped(label)}">\n${escaped(text)}</textarea>`)
}
