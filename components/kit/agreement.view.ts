import { html, nothing, type TemplateResult } from 'lit'
import type { AgreedFor } from '../../catalogue/wire/case.ts'
import { words } from '../words/en/agreement.ts'
import { longDate } from '../words/en/money.ts'

/** Who signed for a side. */
interface Signature {
  name: string
  role?: string | null
  on: string
}

/** An agreement: the catalogue’s words, whom it is for, and who has signed. */
export interface AgreementModel {
  intro?: string | null | undefined
  clauses: readonly string[]
  school: string
  provider: string
  /** Null where that is not known, or not for whoever reads. */
  about: AgreedFor | null
  signed: { school: Signature | null; provider: Signature | null }
}

/** An agreement to be read and printed, below its title. What the catalogue says stays in its own language. */
export function agreementView({ intro, clauses, school, provider, about, signed }: AgreementModel): TemplateResult {
  const isBoth = signed.school !== null && signed.provider !== null
  return html`${about ? aboutView(about) : nothing}
    ${intro ? html`<p lang="en">${intro}</p>` : nothing}
    <h2>${words.clauses}</h2>
    <ol lang="en">${clauses.map((clause) => html`<li>${clause}</li>`)}</ol>
    <p>${words.confirms.school}: <span lang="en">${school}</span></p>
    <p>${words.confirms.provider}: <span lang="en">${provider}</span></p>
    <h2>${words.signatures}</h2>
    <dl>${(['school', 'provider'] as const).map((side) => rowView(words.sides[side], signatureText(signed[side])))}</dl>
    <p><b>${isBoth ? words.both : words.notBoth}</b></p>`
}

/** Who has signed, and when. */
export function signatureText(who: Signature | null): string {
  return who ? words.signed([who.name, who.role].filter(Boolean).join(', '), who.on) : words.unsigned
}

function aboutView(about: AgreedFor): TemplateResult {
  const { pupil, born, school, provider, place, term, givenOn, from, weeks, until } = about
  const dates = from && until ? words.dates(from, until) : from ? words.since(from) : ''
  return html`<dl>
    ${rowView(words.pupil, pupil)}
    ${rowView(words.born, born && longDate(born))}
    ${rowView(words.school, school)}
    ${rowView(words.provider, provider)}
    ${rowView(words.place, place && term ? words.ofTerm(place, term) : place)}
    ${rowView(words.given, place && givenOn && longDate(givenOn))}
    ${rowView(words.lasts, [weeks === null ? '' : words.weeks(weeks), dates].filter(Boolean).join(', '))}
  </dl>`
}

function rowView(name: string, text: string | null): TemplateResult | typeof nothing {
  return text ? html`<div><dt>${name}</dt><dd dir="auto">${text}</dd></div>` : nothing
}
