import { html, nothing, type TemplateResult } from 'lit'

/** What a form asks, without its words. The name is the place that the answer fills, and the control's id. */
export interface Asked {
  name: string
  as: 'line' | 'email' | 'tel' | 'number' | 'choice' | 'tick'
  /** How long the answer is; default: a line of middling length. */
  size?: 'short' | 'long' | 'full'
  autocomplete?: string
  optional?: boolean
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

/** A question: label above, hint between label and control, and the error in place. */
export function questionView(asked: Asked, { label, hint, error, value, choiceName }: Wording): TemplateResult {
  const { name, as, size, autocomplete, choices = [] } = asked
  const notes = html`${hint ? html`<p class="note" id=${`${name}-hint`}>${hint}</p>` : nothing}
    ${error ? html`<p class="error" id=${`${name}-error`}>${error}</p>` : nothing}`
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ') || nothing
  if (as === 'tick')
    return html`<div class="question"><label><input type="checkbox" id=${name} name=${name} value="yes" ?checked=${value !== ''} aria-describedby=${described}>${label}</label>${notes}</div>`
  if (as === 'choice')
    return html`<fieldset class="question" aria-describedby=${described}>
      <legend>${label}</legend>
      ${notes}
      ${choices.map(({ value: choice, name: called, hint: more }, index) => {
        // The error's link leads to the first of them.
        const id = index ? `${name}-${index}` : name
        return html`<label><input type="radio" id=${id} name=${name} value=${choice} ?checked=${choice === value} aria-describedby=${more ? `${id}-about` : nothing}>${called ?? choiceName(choice)}</label>${more ? html`<p class="note choice" id=${`${id}-about`}>${more}</p>` : nothing}`
      })}
    </fieldset>`
  return html`<div class="question">
    <label for=${name}>${label}</label>
    ${notes}
    <input class=${size ?? nothing} id=${name} name=${name} type=${as === 'email' || as === 'tel' ? as : 'text'} inputmode=${as === 'number' ? 'numeric' : nothing}
      autocomplete=${autocomplete ?? 'off'} value=${value} aria-invalid=${error ? 'true' : nothing} aria-describedby=${described}>
  </div>`
}
