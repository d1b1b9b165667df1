import { html, nothing, type TemplateResult } from 'lit'

/** What a form asks, without its words. The name is the place that the answer fills, and the control's id. */
export interface Asked {
  name: string
  as: 'line' | 'email' | 'tel' | 'number' | 'choice' | 'tick'
  /** How long the answer is; default: a line of middling length. */
  size?: 'short' | 'long' | 'full'
  autocomplete?: string
  optional?: boolean
  /** A label that the catalogue gives, where the words have none. */
  label?: string
  /** A name without words of its own comes from the catalogue. */
  choices?: readonly { value: string; name?: string | undefined; hint?: string | undefined }[]
  /** Asked only where another question has this answer. Without a script it is always there. */
  when?: readonly [name: string, answer: string]
}

/** A question's words, what stands in its control, and what is wrong with it. */
export interface Wording {
  label: string
  hint?: string | undefined
  error?: string | undefined
  value: string
  choiceName: (value: string) => string
}

/** A question's hint and what is wrong with its answer, to stand before its control, and their ids for it. */
export function notesView(name: string, { hint, error }: Wording): { notes: TemplateResult; described: unknown } {
  return {
    notes: html`${hint ? html`<p class="note" id=${`${name}-hint`}>${hint}</p>` : nothing}
      ${error ? html`<p class="error" id=${`${name}-error`}>${error}</p>` : nothing}`,
    described: [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || nothing,
  }
}

/**
 * A question with a line to type in: label above, hint between label and control, and the error in place. Nothing is said of
 * `autocomplete` where no token fits: with `off`, the browser's back button would leave the line empty.
 */
export function lineView({ name, as, size, autocomplete }: Asked, wording: Wording): TemplateResult {
  const { label, error, value } = wording
  const { notes, described } = notesView(name, wording)
  const type = as === 'email' || as === 'tel' ? as : 'text'
  return html`<div class="question">
    <label for=${name}>${label}</label>
    ${notes}
    <input class=${size ?? nothing} id=${name} name=${name} type=${type} inputmode=${as === 'number' ? 'numeric' : nothing} autocomplete=${autocomplete ?? nothing} value=${value} aria-invalid=${error ? 'true' : nothing} aria-describedby=${described}>
  </div>`
}
