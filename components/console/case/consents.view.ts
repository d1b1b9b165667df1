import { html, nothing, type TemplateResult } from 'lit'
import type { CaseReply } from '../../../catalogue/wire/case.ts'
import { longDate } from '../../words/en/money.ts'
import { giverNames, languageNames, standingNames, stateView } from '../cases/words.ts'

/** How it stands with one purpose, or with one of its specialists. */
export type Consent = CaseReply['consents'][number]
type Person = Consent['people'][number]

const ways: Readonly<Record<'page' | 'code' | 'paper' | 'in-person', string>> = {
  page: 'by their link',
  code: 'on the page, by the printed code',
  paper: 'on paper',
  'in-person': 'in person',
}

/** What somebody can do about a consent. */
export interface ConsentActs {
  ask: (consent: Consent) => void
  hear: (consent: Consent) => void
  /** Sends somebody who was asked a new link. */
  reach: (person: Relative) => void
}

/** Somebody who can be asked. */
export type Relative = CaseReply['family'][number]

/** Consents, each by itself: how it stands, who answered how, and what can be done about it. */
export function consentsView(
  consents: readonly Consent[],
  acts: ConsentActs | undefined,
  isOpen: boolean,
): TemplateResult {
  return html`<ul class="lines">${consents.map((consent) => {
    const { name, eachName, standing, people, inPerson, until } = { ...consent, until: untilOf(consent) }
    return html`<li>
      <p><b>${name}</b>${eachName ? html`: ${eachName}` : nothing}<br>${stateView(standingNames[standing])}
        ${until && standing === 'given' ? html`<small>until ${longDate(until)}</small>` : nothing}</p>
      ${people.map(personView)}
      ${acts ? actsView(consent, acts, { inPerson, isOpen }) : nothing}
    </li>`
  })}</ul>`
}

function untilOf({ people }: Consent): string | undefined {
  return people
    .map(({ until }) => until ?? '')
    .filter(Boolean)
    .sort()[0]
}

function personView(person: Person): TemplateResult | typeof nothing {
  const { as, name, relationship, standing, askedOn, answeredOn, how, heardBy, readIn } = person
  const who = [name ?? giverNames[as], relationship].filter(Boolean).join(', ')
  const [state] = standingNames[standing]
  const when = answeredOn
    ? `${state.toLowerCase()} on ${longDate(answeredOn)}${how ? `, ${ways[how]}` : ''}`
    : askedOn
      ? `asked on ${longDate(askedOn)}`
      : ''
  if (!when) return nothing
  // Which words somebody read before they agreed is part of what they agreed to.
  const inTheirs = readIn && readIn !== 'en' ? `, in ${languageNames[readIn] ?? readIn}` : ''
  const given = givenAs(person)
  return html`<p><small>${who}: ${when}${inTheirs}${given ? `, as “${given}”` : ''}${heardBy ? `, written down by ${heardBy}` : ''}</small></p>`
}

/** As whom somebody answered, where that is not what the school wrote of them: another name, or something else to the child. */
function givenAs({ name, relationship, typed, typedRelationship }: Person): string {
  const isOther = (one: string | null, other: string | null) =>
    one !== null && one.toLowerCase() !== other?.toLowerCase()
  return [isOther(typed, name) ? typed : '', isOther(typedRelationship, relationship) ? typedRelationship : '']
    .filter(Boolean)
    .join(', ')
}

/** Whether somebody can be asked for a consent: what is given is asked for again only when it runs out. */
export function isAskable({ standing, inPerson, people }: Consent): boolean {
  return !inPerson && (standing !== 'given' || people.some(({ isRenewable }) => isRenewable))
}

/** Why nothing else of a referral is shown once its permission has run out, and what helps. */
export function ranOutView({ heldUntil, stopsOn }: CaseReply['case']): TemplateResult | typeof nothing {
  if (stopsOn === null || heldUntil === null) return nothing
  return html`<div class="notice warning"><p><b>The family’s permission ran out on ${longDate(heldUntil)}.</b></p>
    <p>Until they have agreed anew, nobody can read what the referral says, and no decision can be taken. You see whom you can ask again. If nobody has agreed before ${longDate(stopsOn)}, the referral stops and what it says is deleted.</p></div>`
}

function actsView(
  consent: Consent,
  { ask, hear }: ConsentActs,
  { inPerson, isOpen }: { inPerson: boolean; isOpen: boolean },
): TemplateResult | typeof nothing {
  const { name, eachName, people, standing } = consent
  const about = html`<span class="hidden"> about “${eachName || name}”</span>`
  const isAsked = people.some(({ askedOn }) => askedOn !== null)
  return html`<p class="acts screen">
    ${
      !isOpen || !isAskable(consent)
        ? nothing
        : html`<button type="button" class="link" @click=${() => ask(consent)}>${isAsked ? 'Ask again' : 'Ask for it'}${about}</button>`
    }
    ${
      isOpen || standing === 'given'
        ? html`<button type="button" class="link" @click=${() => hear(consent)}>${inPerson ? 'Write down what was said' : 'Write down an answer'}${about}</button>`
        : nothing
    }
  </p>`
}

/** Whoever was asked needs a link to see what they answered and to take it back. */
export function reachView(family: readonly Relative[], { reach }: ConsentActs): TemplateResult | typeof nothing {
  if (family.length === 0) return nothing
  return html`<ul class="lines screen">${family.map(
    (one) => html`<li><p><b>${one.name}</b>, ${one.relationship || giverNames[one.as]}<br>
        <small>${one.email ?? (one.hasEmail ? 'Their e-mail address is not for your role.' : 'No e-mail address: the school prints their letter from its own page.')}</small></p>
      <p><button type="button" class="link" @click=${() => reach(one)}>${one.hasEmail ? 'Send a new link' : 'Send a link by e-mail'}<span class="hidden"> to ${one.name}</span></button></p></li>`,
  )}</ul>`
}
