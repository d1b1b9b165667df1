import { html, LitElement, type TemplateResult } from 'lit'
import { define } from '../../../kit/define.ts'
import type { DraftDocument } from '../document/draft-document.ts'
import type { Reported } from '../report/reporting.ts'

/**
 * The JSON of a draft in an editor.
 *
 * @element outreach-draft-json
 */
export class OutreachDraftJson extends LitElement {
  static override properties = { draft: { attribute: false }, report: { attribute: false } }
  declare draft: DraftDocument
  declare report: Reported | undefined

  /** Moves to a place. */
  reveal(_pointer: string): void {}

  protected override render(): TemplateResult {
    return html`<pre>${this.draft.text}</pre>`
  }
}

define('outreach-draft-json', OutreachDraftJson)
