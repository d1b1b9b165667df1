import { html, nothing, type TemplateResult } from 'lit'

/** A question of a form: its words, what stands in its control, and what is wrong with it. */
export interface Field {
  /** The control's name; its id too, unless that is said. */
  name: string
  id?: string
  label: string
  hint?: string | undefined
  error?: string | undefined
  value?: string
  type?: 'text' | 'email' | 'search' | 'date' | 'url'
  /** How long the answer is; default: a line of middling length. */
  size?: 'short' | 'long' | 'full'
  autocomplete?: string
  inputmode?: 'numeric' | 'email' | 'url'
  maxlength?: number
}

function notesOf({ name, id = name, hint, error }: Field): { notes: TemplateResult; described: unknown } {
  return {
    notes: html`${hint ? html`<p class="note" id=${`${id}-hint`}>${hint}</p>` : nothing}
      ${error ? html`<p class="error" id=${`${id}-error`}>${error}</p>` : nothing}`,
    described: [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing,
  }
}

/** A question with a line to type in: label above, hint between, and the error in place. */
export function lineView(field: Field): TemplateResult {
  const { name, id = name, label, error, value = '', type = 'text', size, autocomplete, inputmode, maxlength } = field
  const { notes, described } = notesOf(field)
  return html`<div class="question">
    <label for=${id}>${label}</label>${notes}
    <input class=${size ?? nothing} id=${id} name=${name} type=${type} .value=${value} autocomplete=${autocomplete ?? nothing}
      inputmode=${inputmode ?? nothing} maxlength=${maxlength ?? nothing}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${described}>
  </div>`
}

/** A question with room for a few lines. */
export function textView(field: Field & { rows?: number }): TemplateResult {
  const { name, id = name, label, error, value = '', maxlength, rows = 4 } = field
  const { notes, described } = notesOf(field)
  return html`<div class="question">
    <label for=${id}>${label}</label>${notes}
    <textarea id=${id} name=${name} rows=${rows} maxlength=${maxlength ?? nothing}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${described} .value=${value}></textarea>
  </div>`
}

/** A question with one answer out of a few. */
export function selectView(field: Field & { choices: readonly { value: string; name: string }[] }): TemplateResult {
  const { name, id = name, label, error, value = '', size, choices } = field
  const { notes, described } = notesOf(field)
  return html`<div class="question">
    <label for=${id}>${label}</label>${notes}
    <select class=${size ?? nothing} id=${id} name=${name} aria-invalid=${error ? 'true' : nothing} aria-describedby=${described}>${choices.map(
      (choice) => html`<option value=${choice.value} .selected=${choice.value === value}>${choice.name}</option>`,
    )}</select>
  </div>`
}

/** A question with one answer out of a few that all deserve to be seen. */
export function radiosView(
  field: Field & { choices: readonly { value: string; name: string; hint?: string }[] },
): TemplateResult {
  const { name, id = name, label, error, value = '', choices } = field
  const { notes, described } = notesOf(field)
  return html`<fieldset class="question" id=${id} tabindex="-1" aria-describedby=${described}>
    <legend>${label}</legend>${notes}
    ${choices.map(
      (
        choice,
      ) => html`<label class="choice"><input type="radio" name=${name} value=${choice.value} .checked=${choice.value === value}
        aria-invalid=${error ? 'true' : nothing}> <span>${choice.name}${choice.hint ? html`<small>${choice.hint}</small>` : nothing}</span></label>`,
    )}
  </fieldset>`
}

/** Something that is ticked to say that it is so. */
export function tickView(
  field: Pick<Field, 'name' | 'id' | 'label' | 'error'> & { isTicked: boolean },
): TemplateResult {
  const { name, id = name, label, error, isTicked } = field
  const { notes, described } = notesOf(field)
  return html`<div class="question">${notes}
    <label class="choice"><input type="checkbox" id=${id} name=${name} value="yes" .checked=${isTicked}
      aria-invalid=${error ? 'true' : nothing} aria-describedby=${described}> <span>${label}</span></label>
  </div>`
}

/** What a form holds, by name; controls of one name give the last. */
export function answersOf(form: HTMLFormElement): Record<string, string> {
  const answers: Record<string, string> = {}
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') answers[name] = value.trim()
  return answers
}
