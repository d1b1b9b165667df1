import { html, type TemplateResult } from 'lit'
import { define } from '../../kit/define.ts'
import { ConsolePage } from '../page.ts'

/**
 * What waits at a provider, and how the year goes.
 *
 * @element outreach-console-overview
 */
export class OutreachConsoleOverview extends ConsolePage {
  protected override render(): TemplateResult {
    return html`<h1>Overview</h1>`
  }
}

define('outreach-console-overview', OutreachConsoleOverview)
