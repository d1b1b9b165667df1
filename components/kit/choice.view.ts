import { html, nothing, type TemplateResult } from 'lit'
import { type Asked, notesView, type Wording } from './question.view.ts'

/** A question to be answered by choosing one of several, or by a tick. */
export function choiceView({ name, as, choices = [] }: Asked, wording: Wording): TemplateResult {
  const { label, value, choiceName } = wording
  const { notes, described } = notesView(name, wording)
  if (as === 'tick')
    return html`<div class="question"><label><input type="checkbox" id=${name} name=${name} value="yes" ?checked=${value !== ''} aria-describedby=${described}>${label}</label>${notes}</div>`
  return html`<fieldset class="question" aria-describedby=${described}>
    <legend>${label}</legend>
    ${notes}
    ${choices.map(({ value: choice, name: called, hint }, index) => {
      // The error's link leads to the first of them.
      const id = index ? `${name}-${index}` : name
      return html`<label><input type="radio" id=${id} name=${name} value=${choice} ?checked=${choice === value} aria-describedby=${hint ? `${id}-about` : nothing}>${called ?? choiceName(choice)}</label>${hint ? html`<p class="note choice" id=${`${id}-about`}>${hint}</p>` : nothing}`
    })}
  </fieldset>`
}
