import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { giverNames } from './words.ts'

/** What the family says in words: a young person in their own, somebody else in a child’s or for the child. No answer of theirs. */
export function wordsView(words: CaseReply['words'], level: 3 | 4 = 3): TemplateResult {
  return html`${words.map(({ as, name, text }) => {
    const label = as === 'young-person' ? 'In the young person’s words' : 'In the child’s words, or for the child'
    return html`${level === 3 ? html`<h3>${label}</h3>` : html`<h4>${label}</h4>`}
      <blockquote>${text}</blockquote>
      ${as === 'young-person' ? nothing : html`<p><small>Written by: ${name ?? giverNames[as]}</small></p>`}`
  })}`
}
