import { html, type TemplateResult } from 'lit'

/** What is wrong with an answer, in a sentence, and the id of the control or the place to put it right. */
export interface Wrong {
  name: string
  text: string
}

/** Everything that is wrong, before the form, with a link to each place. The focus goes here when it appears. */
export function errorSummaryView(heading: string, wrong: readonly Wrong[], level: number): TemplateResult {
  return html`<div class="summary" id="summary" tabindex="-1" role="alert">
    <div class="h3" role="heading" aria-level=${Math.max(level, 2)}>${heading}</div>
    <ul role="list">${wrong.map(({ name, text }) => html`<li><a class="error" href=${`#${name}`}>${text}</a></li>`)}</ul>
  </div>`
}
