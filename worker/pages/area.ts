import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import type { Area } from '../../components/referral-form/referral-form.view.ts'
import { escaped } from './shell.ts'

/** A text’s control as a server writes it. A template has no places within a text area. */
export function servedArea({ name, text, invalid, described }: Area): unknown {
  return unsafeHTML(
    `<textarea id="${escaped(name)}" name="${escaped(name)}" rows="6" autocomplete="off"${attribute('aria-invalid', invalid)}${attribute('aria-describedby', described)}>\n${escaped(text)}</textarea>`,
  )
}

function attribute(name: string, value: unknown): string {
  return typeof value === 'string' ? ` ${name}="${escaped(value)}"` : ''
}

/** A text that can be read and copied, and is sent no more. */
export function heldArea(text: string, label: string): unknown {
  return unsafeHTML(`<textarea readonly rows="6" aria-label="${escaped(label)}">\n${escaped(text)}</textarea>`)
}
