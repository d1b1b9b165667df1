import { html, type TemplateResult } from 'lit'
import type { OrderStatus } from '../../../catalogue/wire/order.ts'

/** The states in the order in which an office looks at them. */
export const STATUSES: readonly OrderStatus[] = ['placed', 'accepted', 'declined', 'cancelled']

/** What an order's state is called. */
export const statusNames: Readonly<Record<OrderStatus, string>> = {
  placed: 'To answer',
  accepted: 'Accepted',
  declined: 'Declined',
  cancelled: 'Cancelled',
}

const looks: Readonly<Record<OrderStatus, string>> = {
  placed: 'waits',
  accepted: 'good',
  declined: 'bad',
  cancelled: '',
}

/** An order's state as a word with an edge. */
export function statusView(status: OrderStatus): TemplateResult {
  return html`<span class="state ${looks[status]}">${statusNames[status]}</span>`
}

/** How a school pays. */
export const paymentNames: Readonly<Record<'invoice' | 'journal', string>> = {
  invoice: 'Invoice',
  journal: 'Journal transfer',
}
