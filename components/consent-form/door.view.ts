import { html, nothing, type TemplateResult } from 'lit'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import { errorSummaryView } from '../kit/error-summary.view.ts'
import type { ConsentWords } from '../words/en/consent.ts'

/** Where a code from a letter is typed. */
export function codeView(
  { action, typed, error }: { action: string; typed: string; error?: string | undefined },
  words: ConsentWords,
): TemplateResult {
  const { code } = words
  return html`${error ? errorSummaryView(words.form.wrong, [{ name: 'code', text: error }], 2) : nothing}
    <h1>${code.title}</h1>
    <form method="post" action=${action} novalidate>
      <div class="question">
        <label for="code">${code.label}</label>
        <p class="note" id="code-hint">${code.hint}</p>
        ${error ? html`<p class="error" id="code-error">${error}</p>` : nothing}
        <input id="code" name="code" type="text" dir="ltr" autocapitalize="characters" autocomplete="off" spellcheck="false" value=${typed} aria-invalid=${error ? 'true' : nothing} aria-describedby=${error ? 'code-hint code-error' : 'code-hint'}>
      </div>
      <div class="onward"><button>${code.next}</button></div>
    </form>`
}

/** What a link’s door asks, of whom, and what is wrong with the answer. It says nothing about a child. */
export interface DoorModel {
  as: ConsentGiver
  provider: string
  /** Whether they have answered, and come back to look. */
  looks: boolean
  action: string
  typed: Readonly<Record<'day' | 'month' | 'year', string>>
  errors: readonly string[]
  /** What may be the reason. */
  help?: string | undefined
  /** Whom to ask. */
  reach: string | undefined
}

/** The door of a link: a date of birth, and nothing about anybody. */
export function doorView(
  { as, provider, looks, action, typed, errors, help, reach }: DoorModel,
  words: ConsentWords,
): TemplateResult {
  const { door } = words
  const isWrong = errors.length > 0
  const part = (name: 'day' | 'month' | 'year') =>
    html`<div>
      <label for=${name}>${door[name]}</label>
      <input class=${name} id=${name} name=${name} type="text" inputmode="numeric" dir="ltr" autocomplete=${as === 'young-person' ? `bday-${name}` : 'off'} value=${typed[name]} aria-invalid=${isWrong ? 'true' : nothing}>
    </div>`
  return html`${isWrong ? errorSummaryView(words.form.wrong, [{ name: 'day', text: errors.join(' ') }], 2) : nothing}
    <h1>${looks ? words.page.title.yours : door.title}</h1>
    ${looks ? nothing : html`<p class="lead">${door.lead(provider)}</p>`}
    <p>${door.why}</p>
    <form method="post" action=${action} novalidate>
      <fieldset aria-describedby=${isWrong ? 'born-hint born-error' : 'born-hint'}>
        <legend>${door.born[as]}</legend>
        <p class="note" id="born-hint">${door.hint}</p>
        ${isWrong ? html`<p class="error" id="born-error">${errors.join(' ')}</p>` : nothing}
        <div class="date">${part('day')} ${part('month')} ${part('year')}</div>
      </fieldset>
      ${help ? html`<p>${help}</p>` : nothing}
      <div class="onward"><button>${door.next}</button></div>
    </form>
    <p>${words.askPeople(reach)}</p>`
}
