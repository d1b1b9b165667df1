import type { Sent } from '../document/patch.ts'

/** The widgets that a preview can show, by the ends of their tags. */
export const WIDGETS = ['package-picker', 'training-menu', 'cluster-calculator', 'order-form'] as const
export type Widget = (typeof WIDGETS)[number]

/** What the console tells its preview: what to show now. */
export interface Show {
  kind: 'show'
  /** The draft as it stands, whatever is wrong with it; the answer carries its number. */
  sent: Sent
  widget: Widget
  /** The day whose prices are shown, `YYYY-MM-DD`. */
  on: string
  /** The offer that somebody is at, which comes into sight. */
  about?: string
}

/** What the preview tells the console. */
export type Told =
  | { kind: 'ready' }
  /** Whether the draft is shown as it was sent; `took` milliseconds, from the message to what stands there. */
  | { kind: 'shown'; number: number; ok: boolean; took: number }

/** Whether something is a message to the preview: a frame hears from whoever holds it. */
export function isShow(message: unknown): message is Show {
  return typeof message === 'object' && message !== null && Reflect.get(message, 'kind') === 'show'
}

/** Whether something is a preview's message. */
export function isTold(message: unknown): message is Told {
  return typeof message === 'object' && message !== null && /^(ready|shown)$/.test(String(Reflect.get(message, 'kind')))
}
