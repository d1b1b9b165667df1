import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'

type Part = CaseReply['parts'][number]
type Answer = Part['answers'][number]

const heading = {
  3: (text: unknown) => html`<h3>${text}</h3>`,
  4: (text: unknown) => html`<h4>${text}</h4>`,
} as const

/** What the school answered, part by part, as far as one may read it. Without a level a part stands under a heading of its own already. */
export function answersView(parts: readonly Part[], level: 3 | 4 | undefined): TemplateResult {
  return html`${parts
    .filter(({ answers }) => answers.length > 0)
    .map(
      ({ name, answers }) => html`${level === undefined ? nothing : heading[level](name)}
        <dl>${answers.map((answer) => html`<div><dt>${answer.label}</dt><dd class="answer">${answerView(answer)}</dd></div>`)}</dl>`,
    )}`
}

function answerView({ as, text }: Answer): unknown {
  const [first = ''] = text
  if (text.length > 1) return html`<ul class="bare">${text.map((one) => html`<li>${one}</li>`)}</ul>`
  if (as === 'email') return html`<a href=${`mailto:${first}`}>${first}</a>`
  if (as === 'telephone') return html`<a href=${`tel:${first.replace(/[^+\d]/g, '')}`}>${first}</a>`
  return first
}
