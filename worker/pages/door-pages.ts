import { html, nothing, type TemplateResult } from 'lit'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { Wrong } from '../../components/kit/error-summary.view.ts'
import {
  besideView,
  lineView,
  nextView,
  type ReferralModel,
  sheetView,
} from '../../components/referral-form/referral-form.view.ts'
import { noDraft } from '../../components/referral-form/steps.ts'
import { words as formWords } from '../../components/words/en/referral-form.ts'
import { words } from '../../components/words/en/referral-pages.ts'
import { heldArea } from './area.ts'
import { speakIn } from './language.ts'
import { addressIn, type PageModel } from './model.ts'
import { bare, hostOf, inLanguage, shell } from './referral-shell.ts'

/** How a door stands: open, with what was wrong the last time; or what is to be done about it. */
export type DoorStands =
  | 'open'
  | 'locked'
  | 'over'
  | 'taken-back'
  | 'unknown'
  | 'sent'
  | { typed: string; triesLeft: number }
  | { typed: string; noAddress: true }

/** The door that a link leads to. It says nothing about anybody. */
export function doorPage(model: PageModel, path: string, stands: DoorStands): Promise<string> {
  speakIn(model.language)
  const { door } = words
  const isOpen = stands === 'open' || typeof stands === 'object'
  const typed = typeof stands === 'object' ? stands.typed : ''
  const wrong = wrongAt(stands)
  const asked = askedAt(model, path, typed, wrong)
  const isOver = stands === 'unknown' || stands === 'sent' || stands === 'taken-back'
  const again = html`<div class="has"><p class="note">${door.againAbout}</p><button class=${isOpen ? 'link' : nothing} name="step" value="again">${door.again}</button></div>`
  const sheet = sheetView(asked, {
    caption: model.catalogue.provider.service,
    title: door.title,
    body: isOpen
      ? html`<p>${door.lead}</p>${lineView(asked, 'email', door.label, {}, typed, 'email', 'email')}`
      : html`<p>${door[stands]}</p>`,
    actions: [isOpen ? nextView(asked, door.open) : nothing, isOver ? nothing : again],
  })
  return page(model, path, titled(wrong, door.title), sheet)
}

function wrongAt(stands: DoorStands): Wrong[] {
  if (typeof stands !== 'object') return []
  const { door } = words
  return [
    { name: 'email', text: 'triesLeft' in stands ? door.wrong(stands.triesLeft) : formWords.faults.email(door.label) },
  ]
}

/** What opens a referral’s pages: a new link to be asked for, asked for with no address, or asked for; or a colleague to be asked. */
export type Needed = 'asked' | 'sent' | 'taken-back' | { typed: string }

/** Says to whoever has no visit of a referral, or no longer, how to come to it. It says nothing about anybody, nor whether there is such a referral. */
export function neededPage(model: PageModel, referral: string, needed: Needed = 'asked'): Promise<string> {
  speakIn(model.language)
  const { title, text, label, send, sent, takenBack } = words.needed
  const path = `referrals/${referral}/link`
  const typed = typeof needed === 'object' ? needed.typed : ''
  const wrong = typeof needed === 'object' ? [{ name: 'email', text: formWords.faults.email(label) }] : []
  const asked = askedAt(model, path, typed, wrong)
  const isAsked = needed === 'asked' || wrong.length > 0
  const sheet = sheetView(asked, {
    caption: model.catalogue.provider.service,
    title,
    body: isAsked
      ? html`${text.map((line) => html`<p>${line}</p>`)}${lineView(asked, 'email', label, {}, typed, 'email', 'email')}`
      : html`<p>${needed === 'sent' ? sent : takenBack}</p>`,
    actions: isAsked ? nextView(asked, send) : nothing,
  })
  return page(model, path, titled(wrong, title), sheet)
}

/**
 * Why a form was not kept. `closed` and `busy` pass, and the form can be sent again. `sent`: the referral was meanwhile. `over`: what it
 * asks cannot be done any more. `takenBack`: a colleague is let in no longer.
 */
export type Held = 'closed' | 'busy' | 'sent' | 'over' | 'takenBack'

/** So many characters are soon typed again. */
const SHORT = 12

/** A form that was not kept: nothing that was typed is gone. Where it passes it can be sent again; either way it can be read and copied. */
export function heldPage(
  model: PageModel,
  { path, referral, typed }: { path: string; referral: string; typed: readonly string[] },
  entries: readonly (readonly [string, string])[],
  why: Held,
): Promise<string> {
  speakIn(model.language)
  const { held } = words
  const passes = why === 'closed' || why === 'busy'
  const title = passes ? held.title : held.lost
  // What is chosen and what is short is soon done again; sentences are not.
  const texts = typed.filter((text) => text.length > SHORT || /\s/.test(text))
  const back = addressIn(model, `referrals/${referral}`)
  const main = html`<h1>${title}</h1>
    <p class="lead">${held[why]}</p>
    ${why === 'closed' ? html`<p>${held.open}</p><p><a href=${addressIn(model, `referrals/${referral}/link`)} target="_blank" rel="noopener">${held.link}<span class="hidden"> (${formWords.newTab})</span></a></p>` : nothing}
    ${
      passes
        ? html`<form method="post" action=${path}>
            ${entries.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
            <button>${held.save}</button>
          </form>`
        : nothing
    }
    ${texts.length ? html`<p>${held.copy}</p>${texts.map((text) => heldArea(text, held.typed))}` : nothing}
    ${why === 'over' || why === 'sent' ? html`<p><a href=${back}>${held.back}</a></p>` : nothing}
    ${besideView(hostOf(model, () => back))}`
  return page(model, `referrals/${referral}`, title, main)
}

/** A page that asks for an address, over the form’s own pages. It belongs to no pathway that it may name. */
function askedAt(model: PageModel, path: string, email: string, wrong: readonly Wrong[]): ReferralModel {
  const reply = { ...model.catalogue, pathway: { name: '' } as Pathway }
  const host = hostOf(model, () => addressIn(model, path))
  return { ...bare, reply, place: 'address', fits: {}, email, draft: noDraft(), host, wrong }
}

function titled(wrong: readonly Wrong[], title: string): string {
  return `${wrong.length ? `${formWords.wrong}: ` : ''}${title}`
}

function page(model: PageModel, path: string, title: string, main: TemplateResult): Promise<string> {
  return shell(model, title, main, (other) =>
    addressIn({ catalogue: model.catalogue, settings: inLanguage(model, other) }, path),
  )
}
