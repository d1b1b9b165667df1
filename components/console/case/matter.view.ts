import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'

/** What the school was asked and has not answered yet, or its answer that nobody has decided on yet, in full. */
export function matterView({ case: { flags }, timeline }: CaseReply): TemplateResult | typeof nothing {
  const isAsked = flags.includes('question-open')
  if (!isAsked && !flags.includes('school-replied')) return nothing
  const questions = timeline.filter(
    ({ kind, detail, text }) =>
      text && (kind === 'question' || (kind === 'decided' && detail.as === 'more-information')),
  )
  const question = questions.at(-1)
  const reply = isAsked ? undefined : timeline.filter(({ kind, text }) => kind === 'reply' && text).at(-1)
  if (!question && !reply) return nothing
  return html`<div class="matter">
    ${question ? html`<p>Asked of the school on ${longDate(question.on)}:</p><blockquote>${question.text}</blockquote>` : nothing}
    ${reply ? html`<p>The school answered on ${longDate(reply.on)}:</p><blockquote>${reply.text}</blockquote>` : html`<p class="note">It has not answered yet.</p>`}
  </div>`
}
