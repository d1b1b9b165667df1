import { html, nothing, type TemplateResult } from 'lit'
import { ConnectionError } from '../../kit/api.ts'
import { detailOf, problemOf } from '../api.ts'

/** What a failure means and what to do about it, in a sentence or two. */
export function failureText(error: unknown): string {
  switch (problemOf(error)) {
    case 'signed-out':
      return 'You are signed out. Sign in again to go on.'
    case 'forbidden':
      return 'Your role does not allow this. An owner can change your role.'
    case 'not-found':
      return 'There is nothing here. It may have been moved or taken away.'
    case 'too-many-requests':
      return 'That was too often. Wait a minute, then try again.'
    case 'conflict':
    case 'changed-meanwhile':
      // The worker knows more where it says so.
      return (
        detailOf<{ detail: string }>(error).detail ??
        'Somebody else changed this meanwhile. Look at how it stands now, then decide again.'
      )
    case 'last-owner':
      return 'A provider needs an owner. Make somebody else an owner first.'
    case 'too-large':
      return 'This is too large.'
    case undefined:
      if (error instanceof ConnectionError && /^5\d\d$/.test(error.message))
        return 'Something went wrong on our side. Nothing was lost. Wait a moment, then try again.'
      return 'We could not reach the service. Nothing was lost. Check your connection, then try again.'
    default:
      return 'That did not work, and nothing was changed. Try again.'
  }
}

/** Says that something failed and, where trying again may help, offers it. */
export function failedView(error: unknown, again?: () => void): TemplateResult {
  return html`<div class="notice failed" role="alert">
    <p>${failureText(error)}</p>
    ${again ? html`<button type="button" class="secondary" @click=${again}>Try again</button>` : nothing}
  </div>`
}

/** Something to know: how it went, what waits, what is odd. */
export function noticeView(content: unknown, kind: 'plain' | 'good' | 'warning' = 'plain'): TemplateResult {
  // What was done can be where the focus goes on from.
  return html`<div class="notice ${kind}" tabindex=${kind === 'good' ? -1 : nothing}>${typeof content === 'string' ? html`<p>${content}</p>` : content}</div>`
}

/** Nothing is here yet, and what to do first. */
export function emptyView(content: unknown): TemplateResult {
  return html`<div class="empty">${typeof content === 'string' ? html`<p>${content}</p>` : content}</div>`
}
