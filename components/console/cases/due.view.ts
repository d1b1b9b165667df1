import { html, type TemplateResult } from 'lit'
import { shortDate } from '../parts/when.ts'

const counted = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`

/**
 * How long there is until a deadline, in the provider's own working days: "in 2 working days", "today", "overdue by 1 working day".
 *
 * @param left working days until it, minus those since it
 */
export function dueText(left: number): string {
  if (left < 0) return `overdue by ${counted(-left)}`
  return left === 0 ? 'today' : `in ${counted(left)}`
}

/** A deadline's days with its date beside; an overdue one says so in a word with an edge. */
export function dueView(left: number, on: string): TemplateResult {
  const text = dueText(left)
  const said = text.charAt(0).toUpperCase() + text.slice(1)
  return html`<span class="due">${left < 0 ? html`<b class="state bad">${said}</b>` : html`<b>${said}</b>`} <time datetime=${on}>${shortDate(on)}</time></span>`
}
