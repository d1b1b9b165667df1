import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { nameOf } from '../../../catalogue/report/names.ts'
import { valueSaid } from '../../../catalogue/report/values.ts'
import { inside } from '../../../catalogue/rules/pointers.ts'
import { dialogView } from '../parts/dialog.view.ts'
import { at, isObject, type Json } from './document/places.ts'
import type { FormPlace } from './form/sections.ts'
import { namesIn, placeOfPointer, sections, titleOf, whereOf } from './form/sections.ts'
import type { Clash, Keeping } from './keeping.ts'
import type { Presence } from './replies.ts'
import type { Reported } from './report/reporting.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })

/** How it stands with what was typed, and what to do where it is not saved. */
export function keepingView(keeping: Keeping, save: (signIn: boolean) => void, goOn: () => void): TemplateResult {
  const kept = keeping.isKeptHere ? ' Your changes are kept in this browser.' : ''
  const again = (text: string, signIn = false) =>
    html`<button type="button" class="link" @click=${() => save(signIn)}>${text}</button>`
  switch (keeping.state) {
    case 'saved':
      return html`<span>${keeping.savedAt ? `Saved ${clock.format(keeping.savedAt)}` : 'Saved'}</span>`
    case 'unsaved':
    case 'sending':
      return html`<span>Saving…</span>`
    case 'offline':
      return html`<span class="state bad">Not saved</span> No connection.${kept} ${again('Try now')}`
    case 'signed-out':
      return html`<span class="state bad">Not saved</span> You are signed out.${kept} ${again('Sign in', true)}`
    case 'conflict':
      return html`<span class="state bad">Not saved</span> Somebody else changed the same.`
    case 'closed':
      return html`<span class="state bad">Closed</span> This draft was published or thrown away meanwhile.${kept} <button type="button" class="link" @click=${goOn}>Go on in a new draft</button>`
    case 'done':
      return html``
    case 'too-large':
      return html`<span class="state bad">Not saved</span> The draft is larger than a catalogue can be.${kept}`
    case 'forbidden':
      return html`<span class="state bad">Not saved</span> Your role no longer allows it.${kept}`
  }
}

/** Who else is at the draft, and where. */
export function othersView(others: Presence['others'], document: Json | undefined): unknown {
  if (others.length === 0) return nothing
  return html`<ul class="others">${others.map(
    ({ name, place }) =>
      html`<li>${name || 'Somebody'} is editing this too${place ? `, at ${nameOf(place, document)}` : ''}.</li>`,
  )}</ul>`
}

/** The pages of the form, with the offers and the pathways by name. */
export function sectionsView(
  document: Json | undefined,
  shown: FormPlace,
  wrong: ReadonlyMap<string, number>,
  addressOf: (place: string) => string,
): TemplateResult {
  const count = (place: string) => {
    const number = wrong.get(place) ?? 0
    return number > 0
      ? html` <span class="wrong">${number}<span class="hidden"> ${number === 1 ? 'mistake' : 'mistakes'}</span></span>`
      : nothing
  }
  const listView = (list: 'offers' | 'pathways', here: number | undefined) => {
    const entries = namesIn(document, list).map((entry) => ({ ...entry, place: inside(inside('', list), entry.index) }))
    // Two hundred names are the same after most keys.
    const names = entries.map(({ name, place }) => `${name}${wrong.get(place) ?? ''}`).join('\n')
    return guard(
      [names, here],
      () =>
        html`<ul>${entries.map(
          ({ name, place, index }) =>
            html`<li><a href=${addressOf(place)} aria-current=${here === index ? 'page' : nothing}>${name}${count(place)}</a></li>`,
        )}</ul>`,
    )
  }
  return html`<a class="skip" href="#form-heading">Skip to the form</a>
    <nav class="sections" aria-label="Parts of the catalogue">
    <ul>${sections.map(({ name, title }) => {
      const isHere = shown.section.name === name
      const isInside = shown.offer !== undefined || shown.pathway !== undefined
      return html`<li>
        <a href=${addressOf(name)} aria-current=${isHere ? (isInside ? 'true' : 'page') : nothing}>${title}${count(name)}</a>
        ${name === 'offers' ? listView('offers', shown.offer) : name === 'pathways' ? listView('pathways', shown.pathway?.index) : nothing}
      </li>`
    })}</ul>
  </nav>`
}

/** How many mistakes stand on each page of the form, at each offer, at each pathway and on each of its pages. */
export function mistakesByPlace(report: Reported | undefined): Map<string, number> {
  const counts = new Map<string, number>()
  const add = (place: string) => counts.set(place, (counts.get(place) ?? 0) + 1)
  for (const { pointer } of report?.mistakes ?? []) {
    const place = placeOfPointer(pointer)
    add(place.section.name)
    if (place.offer !== undefined || place.pathway) add(whereOf(place))
    if (place.pathway) add(inside('/pathways', place.pathway.index))
  }
  return counts
}

/** What is wrong and what to know, each with a way to its place. */
export function problemsView(report: Reported | undefined, document: Json | undefined): TemplateResult {
  if (!report) return html`<p class="note">Checking…</p>`
  const { mistakes, warnings } = report
  const list = (findings: Reported['mistakes']) =>
    html`<ul class="findings">${findings.map(
      ({ pointer, sentence, place }) => html`<li>
        <button type="button" class="link" name="go-to" value=${pointer} data-line=${place.line}>${pointer === '' ? `Line ${place.line}` : nameOf(pointer, document)}</button>
        <p>${sentence}</p>
      </li>`,
    )}</ul>`
  return html`<h2>Mistakes and warnings</h2>
    ${
      mistakes.length + warnings.length === 0
        ? html`<p>There is nothing to put right. This draft can be published.</p>`
        : nothing
    }
    ${mistakes.length > 0 ? html`<h3>${mistakes.length === 1 ? '1 mistake' : `${mistakes.length} mistakes`}</h3><p class="note">The draft cannot be published before these are put right.</p>${list(mistakes)}` : nothing}
    ${warnings.length > 0 ? html`<h3>${warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`}</h3><p class="note">These may be meant. You tick them before publishing.</p>${list(warnings)}` : nothing}`
}

/** A number of things to put right, in a word or two. */
export function countOf(report: Reported | undefined): string {
  const mistakes = report?.mistakes.length ?? 0
  const warnings = report?.warnings.length ?? 0
  if (mistakes > 0) return mistakes === 1 ? '1 mistake' : `${mistakes} mistakes`
  if (warnings > 0) return warnings === 1 ? '1 warning' : `${warnings} warnings`
  return 'No mistakes'
}

/** The choice that two people's changes of the same place need. */
export function clashView(clash: Clash | undefined, decide: (form: HTMLFormElement) => void): TemplateResult {
  const who = clash?.theirs.updatedBy?.name || 'Somebody else'
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    if (event.target instanceof HTMLFormElement) decide(event.target)
  }
  return dialogView(
    { id: 'clash', heading: `${who} changed the same`, open: clash !== undefined, close: () => {}, holds: true },
    html`<p>Everything else is joined already. Choose what stands ${clash?.conflicts ? 'at each place' : ''}.</p>
      <form @submit=${submit} class="clash">
        ${
          clash?.conflicts
            ? clash.conflicts.map(({ pointer, base, mine, theirs, what }, index) => {
                const document = clash.merge?.document
                const say = (value: unknown) =>
                  value === undefined
                    ? 'taken away'
                    : what === 'order' && Array.isArray(value)
                      ? value.map((id) => nameIn(document, pointer, id)).join(', ')
                      : valueSaid(value, pointer, document)
                return html`<fieldset class="question"><legend>${nameOf(pointer, document)}${what === 'order' ? ' › order' : ''}</legend>
                  <p class="note">Before: ${base === undefined ? 'not there' : say(base)}</p>
                  <label class="choice"><input type="radio" name=${index} value="mine" checked> <span><b>Yours:</b> ${say(mine)}</span></label>
                  <label class="choice"><input type="radio" name=${index} value="theirs"> <span><b>${who}:</b> ${say(theirs)}</span></label>
                </fieldset>`
              })
            : html`<fieldset class="question"><legend>One of the two texts cannot be read, so they cannot be joined place by place</legend>
                <label class="choice"><input type="radio" name="0" value="mine" checked> <span>Keep the whole of your text</span></label>
                <label class="choice"><input type="radio" name="0" value="theirs"> <span>Take the whole of ${who}’s text</span></label>
              </fieldset>`
        }
        <div class="buttons"><button>Join the changes</button></div>
      </form>`,
  )
}

function nameIn(document: unknown, pointer: string, id: unknown): string {
  const entries = at(document as Json, pointer)
  const entry = Array.isArray(entries) ? entries.find((one) => isObject(one) && one.id === id) : undefined
  return titleOf(entry) || String(id)
}
