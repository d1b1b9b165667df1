import { html, nothing, type TemplateResult } from 'lit'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Part, Pathway } from '../../catalogue/schema/pathway.ts'
import { faultsInPart, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { Wait } from '../../catalogue/wire/problem.ts'
import type { DraftReply, SentReply } from '../../catalogue/wire/referral.ts'
import {
  choicesView,
  goView,
  lineView,
  nextView,
  type ReferralModel,
  type Sheet,
  sheetView,
  view,
} from '../../components/referral-form/referral-form.view.ts'
import {
  answersFrom,
  controlOf,
  type Draft,
  noDraft,
  type Place,
  placeAfter,
  placeBack,
  placeForth,
  placeOf,
  sentenceOf,
  stateOf,
  wrongOf,
} from '../../components/referral-form/steps.ts'
import { words as progressWords } from '../../components/words/en/progress.ts'
import { words as formWords } from '../../components/words/en/referral-form.ts'
import { words } from '../../components/words/en/referral-pages.ts'
import { addressOf, speakIn, type Visitor } from './language.ts'
import { addressIn, modelOf, type PageModel } from './model.ts'
import { bare, carriedView, hostOf, inLanguage, settingsOf, shell } from './referral-shell.ts'
import { contactOf } from './shell.ts'

/** What a form asks for before a referral has begun: a page, or to begin it under a key. */
export type BeginTurn =
  | { kind: 'page'; html: () => Promise<string> }
  | {
      kind: 'begin'
      key: string
      /** The request, not yet looked at by the schema. */
      body: object
      /** Why it was not begun: the failure’s type, what is wrong in the request, and how long to wait where it came too often. */
      refused: (type: string, faults: readonly Fault[], wait: Wait) => Promise<string>
    }

/**
 * One turn of the form before a referral has begun. Everything said so far travels in the form itself, so the worker keeps nothing
 * of a referral that has not begun. Undefined where the catalogue has no such pathway.
 *
 * @param newKey draws the Idempotency-Key that the form carries from its first page on
 */
export function beginTurn(model: PageModel, id: string, newKey: () => string): BeginTurn | undefined {
  const { catalogue } = model
  const pathway = catalogue.pathways?.find((one) => one.id === id)
  if (!pathway) return undefined
  const entries = new URLSearchParams(model.entries.map(([name, value]) => [name, value]))
  const named = (name: string) => entries.get(name) ?? ''
  const fits = Object.fromEntries(
    pathway.eligibility.map((one) => [one.id, entries.get(`eligibility.${one.id}`) ?? undefined]),
  )
  const at = placeIn(pathway, named('at'))
  const email = named('email').trim()
  const key = named('key') || newKey()
  const show = (place: Place, more: Partial<ReferralModel> = {}, carriedKey = key) => {
    speakIn(model.language)
    const [, of] = placeOf(place)
    const others = Object.entries(fits).filter(([condition, answer]) => answer !== undefined && condition !== of)
    const carried = {
      at: place,
      key: carriedKey,
      ...Object.fromEntries(others.map(([condition, answer]) => [`eligibility.${condition}`, answer ?? ''])),
      ...(email && place !== 'address' ? { email } : {}),
    }
    return shell(
      model,
      `${more.wrong?.length ? `${formWords.wrong}: ` : ''}${titleBefore(pathway, place)}`,
      view({
        ...bare,
        reply: { ...catalogue, pathway },
        place,
        fits,
        email,
        draft: noDraft(),
        host: hostOf(model, () => addressIn(model, `referral/${id}`)),
        carried: carriedView(carried),
        ...more,
      }),
      (other) => addressIn({ catalogue, settings: inLanguage(model, other) }, `referral/${id}`),
    )
  }
  const step = named('step')
  if (!step || !catalogue.inForce) return { kind: 'page', html: () => show('start') }
  if (step === 'back') return { kind: 'page', html: () => show(placeBack(pathway, at)) }
  speakIn(model.language)
  const forth = placeForth(pathway, at, fits)
  if (Array.isArray(forth)) return { kind: 'page', html: () => show(at, { wrong: forth }) }
  if (forth !== 'address' || at !== 'address') return { kind: 'page', html: () => show(forth) }
  return {
    kind: 'begin',
    key,
    body: { pathway: id, catalogue: catalogue.catalogue, eligibility: fits, email },
    refused: (type, faults, wait) => {
      speakIn(model.language)
      const wrong = wrongOf(faults, undefined, { email: formWords.address })
      if (wrong.length) return show('address', { wrong })
      // The key has begun a referral with another address. Another one begins this.
      if (type === 'key-reused')
        return show('address', { wrong: [{ name: 'email', text: words.otherAddress }] }, newKey())
      const isRefused = type === 'invalid' || type === 'not-found' || type === 'wrong-origin'
      return show('address', { notice: type === 'too-many-requests' ? wait : isRefused ? 'refused' : 'minute' })
    },
  }
}

/** What a page before the beginning is called: each has a title of its own. */
function titleBefore({ name, eligibility }: Pathway, place: Place): string {
  const [page, of] = placeOf(place)
  const number = eligibility.findIndex(({ id }) => id === of) + 1
  const titles: Partial<Record<string, string>> = {
    fit: formWords.fit(number, eligibility.length),
    otherwise: formWords.notThisWay,
    address: formWords.address,
  }
  return [titles[page] ?? [], name].flat().join(' – ')
}

/** A page of the form before the beginning by its name; what is none of them is the first. */
function placeIn({ eligibility }: Pathway, name: string): Place {
  const places: Place[] = ['address', ...eligibility.flatMap(({ id }): Place[] => [`fit.${id}`, `otherwise.${id}`])]
  return places.find((place) => place === name) ?? 'start'
}

/** A draft as its pages show it to whoever is let in. */
export interface DraftShown {
  visitor: Visitor
  document: Catalogue
  version: number
  /** With a colleague’s own parts alone. */
  pathway: Pathway
  draft: DraftReply
  today: string
}

/** Everything that keeps a page from being the one that follows. */
export type Said = Partial<
  Pick<ReferralModel, 'typed' | 'theirs' | 'ticked' | 'wrong' | 'notice' | 'sent' | 'email'>
> & {
  carried?: Readonly<Record<string, string>>
  /** What keeps the referral from being sent: `/parts/PART/QUESTION`. */
  missing?: readonly Fault[]
  /** Whose letter is to be printed. */
  letters?: readonly { person: string; name: string }[]
  /** The id of a colleague who was let in a moment ago. */
  invited?: string
}

/** The address of a page of a draft. */
export function draftAddress({ document, draft, visitor }: DraftShown, place: Place, more = ''): string {
  const [page, of] = placeOf(place)
  const path = page === 'tasks' ? '' : page === 'part' ? `/parts/${of}` : `/${page}`
  const address = addressOf(`/${document.provider.id}/referrals/${draft.id}${path}`, visitor)
  return more ? `${address}${address.includes('?') ? '&' : '?'}${more}` : address
}

/** A page of a draft. */
export function draftPage(shown: DraftShown, place: Place, { missing = [], ...said }: Said = {}): Promise<string> {
  speakIn(shown.visitor.language)
  const model = modelFor(shown, place, said)
  const isOwn = shown.draft.as === 'referrer'
  const invited = shown.draft.colleagues.find(({ id }) => id === said.invited)
  const page =
    place === 'colleague' || place === 'delete'
      ? sheetView(model, place === 'delete' ? deleteSheet(model) : colleagueSheet(shown, model))
      : html`${place === 'tasks' && !isOwn ? html`<p class="panel notice">${isDone(shown) ? words.allYours : words.onlyYours}</p>` : nothing}${invited ? html`<p class="panel notice" role="alert">${words.colleagueIn(invited.email)}</p>` : nothing}${missing.length ? missingView(shown, missing) : nothing}${view(model)}`
  const title = `${model.wrong.length ? `${formWords.wrong}: ` : ''}${titleOf(shown, place)}`
  return draftShell(shown, title, html`${page}${place === 'tasks' ? leaveView(shown) : nothing}`, place)
}

/** The faults of a part as it stands, as sentences. */
export function wrongInPart(
  { visitor, today }: Pick<DraftShown, 'visitor' | 'today'>,
  part: Part,
  answers: PartAnswers,
) {
  speakIn(visitor.language)
  const faults = faultsInPart(part, answers, today).map((fault) => ({ ...fault, pointer: `/answers${fault.pointer}` }))
  return wrongOf(faults, part)
}

/** Faults that the worker found in a request, as sentences. */
export function wrongInRequest({ visitor }: Pick<DraftShown, 'visitor'>, faults: readonly Fault[], part?: Part) {
  speakIn(visitor.language)
  const labels = { email: words.colleagueAddress, parts: words.colleagueParts }
  const declared = faults.some(({ pointer }) => pointer.startsWith('/declarations'))
  return [
    ...wrongOf(
      faults.filter(({ code }) => code !== 'too-many'),
      part,
      labels,
    ),
    ...faults.flatMap(({ code, most = 0 }) =>
      code === 'too-many' ? [{ name: 'email', text: words.colleaguesMost(most) }] : [],
    ),
    ...(declared ? [{ name: 'declarations', text: formWords.unconfirmed }] : []),
  ]
}

/** What a part’s form says, by its questions. */
export function answersIn(
  part: Part,
  entries: readonly (readonly [string, string])[],
): Record<string, string | string[]> {
  return answersFrom(part, new URLSearchParams(entries.map(([name, value]) => [name, value])))
}

/** Where one goes once a part is done. */
export function afterPart(shown: DraftShown, id: string): Place {
  const { draft, pathway } = shown
  return placeAfter(pathway, draftOf(draft), id)
}

/** That a colleague’s part in it is over. */
export function thanksPage(shown: DraftShown): Promise<string> {
  speakIn(shown.visitor.language)
  return draftShell(shown, formWords.sent, html`<h1>${formWords.sent}</h1><p>${words.sentByColleague}</p>`, 'tasks')
}

/** That a draft is deleted. */
export function deletedPage(shown: DraftShown): Promise<string> {
  speakIn(shown.visitor.language)
  const { done, doneAbout } = words.throwAway
  return draftShell(shown, done, html`<h1>${done}</h1><p>${doneAbout}</p>`, 'tasks')
}

/** That it is sent, and what happens by when, with the letters that are to be printed. */
export function sentPage(shown: DraftShown, sent: SentReply, letters: NonNullable<Said['letters']>): Promise<string> {
  return draftPage(shown, 'sent', { sent, letters })
}

/** What the provider tells families about their data. */
export function privacyPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { provider, privacy } = model.catalogue
  const { contact } = privacy ?? {}
  return shell(
    model,
    words.privacy.title,
    html`<h1>${words.privacy.title}</h1>
      ${
        privacy
          ? html`<p class="lead">${words.privacy.controller(privacy.controller)}</p>
            ${privacy.notice.map(({ heading, text }) => html`<section lang="en"><h2>${heading}</h2>${text.map((one) => html`<p>${one}</p>`)}</section>`)}
            <section><h2>${words.privacy.ask}</h2>${contact ? contactOf({ ...contact, name: contact.name ?? privacy.controller }) : whomToAsk(provider)}</section>`
          : html`<p>${words.privacy.none}</p>${whomToAsk(provider)}`
      }
      <p><a href=${addressIn(model, 'complaints')}>${words.complaints.title}</a></p>
      <p class="screen note">${words.print}</p>`,
    (other) => addressIn({ catalogue: model.catalogue, settings: inLanguage(model, other) }, 'privacy'),
  )
}

/** How a provider is reached; where its catalogue names no way, the school that made the request is. */
function whomToAsk(provider: Catalogue['provider']): TemplateResult {
  const { address, telephone, email, website } = provider
  const isReached = address !== undefined || telephone !== undefined || email !== undefined || website !== undefined
  return html`${contactOf(provider)}${isReached ? nothing : html`<p>${words.privacy.askSchool}</p>`}`
}

/** How families and schools complain. */
export function complaintsPage(model: PageModel): Promise<string> {
  speakIn(model.language)
  const { provider, privacy } = model.catalogue
  const complaints = privacy?.complaints
  const { acknowledgedWithin, answeredWithin, further } = complaints ?? {}
  return shell(
    model,
    words.complaints.title,
    html`<h1>${words.complaints.title}</h1>
      ${
        complaints
          ? html`<h2>${words.complaints.steps}</h2><ol lang="en">${complaints.steps.map((one) => html`<li>${one}</li>`)}</ol>
            ${acknowledgedWithin === undefined ? nothing : html`<p>${words.complaints.acknowledged(acknowledgedWithin)}</p>`}
            ${answeredWithin === undefined ? nothing : html`<p>${words.complaints.answered(answeredWithin)}</p>`}
            ${further ? html`<h2>${words.complaints.further}</h2><p lang="en">${further}</p>` : nothing}
            <div class="panel">${whomToAsk(provider)}</div>`
          : html`<p>${words.complaints.none}</p>${whomToAsk(provider)}`
      }
      <p><a href=${addressIn(model, 'privacy')}>${words.privacy.title}</a></p>
      <p class="screen note">${words.print}</p>`,
    (other) => addressIn({ catalogue: model.catalogue, settings: inLanguage(model, other) }, 'complaints'),
  )
}

function draftOf({ parts, colleagues, only, keptUntil }: DraftReply): Draft {
  return { parts, colleagues, only, keptUntil }
}

/** What keeps a referral from being sent, each with the way to where it is put right. */
function missingView(shown: DraftShown, missing: readonly Fault[]): TemplateResult {
  const rows = missing.flatMap((fault) => {
    const [, , of, id] = fault.pointer.split('/')
    const part = shown.pathway.parts.find((one) => one.id === of)
    const asked = part?.questions.find((question) => question.id === id)
    if (!part || !asked) return []
    const to = `${draftAddress(shown, `part.${part.id}`, 'look')}#${controlOf(asked)}`
    return [html`<li><a class="error" href=${to}>${part.name}: ${sentenceOf(fault, asked.label)}</a></li>`]
  })
  return html`<div class="summary" id="summary" tabindex="-1" role="alert">
    <div class="h3" role="heading" aria-level="2">${formWords.notice.incomplete}</div>
    <ul role="list">${rows}</ul>
  </div>`
}

/** Printing makes a new code, so it is a button and no link. */
function letterView({ document, draft, visitor }: DraftShown, { person, name }: { person: string; name: string }) {
  const to = addressOf(`/${document.provider.id}/referrals/${draft.id}/progress/letter`, visitor)
  return html`<button class="link" name="person" value=${person} formaction=${to} formtarget="_blank">${progressWords.printLetter(name)}</button>`
}

function modelFor(
  shown: DraftShown,
  place: Place,
  { carried, invited: _, letters = [], ...said }: Omit<Said, 'missing'>,
): ReferralModel {
  const { document, pathway, draft, today } = shown
  const [page, of] = placeOf(place)
  const settings = settingsOf(shown.visitor)
  const host = hostOf({ catalogue: catalogueOf(shown), settings }, (to) => draftAddress(shown, to))
  return {
    ...bare,
    reply: { pathway, provider: document.provider, contacts: document.contacts, inForce: true, on: today },
    place,
    fits: {},
    email: page === 'sent' ? draft.email : '',
    draft: draftOf(draft),
    host: {
      ...host,
      colleagues: html`<p><a href=${draftAddress(shown, 'colleague')}>${words.colleague}</a></p>`,
      // The list of a referral that is sent leads to how it stands.
      onward: [
        ...letters.map((letter) => letterView(shown, letter)),
        html`<a href=${draftAddress(shown, 'tasks')}>${words.held.back}</a>`,
      ],
    },
    ...said,
    ...(page === 'part' && { carried: carriedView({ revision: `${draft.parts[of]?.revision ?? 0}`, ...carried }) }),
  }
}

function colleagueSheet({ pathway, draft }: DraftShown, model: ReferralModel): Sheet {
  const open = pathway.parts.filter((part) => stateOf(part, model.draft) !== 'done')
  const nameOf = (id: string) => pathway.parts.find((part) => part.id === id)?.name
  return {
    title: words.colleague,
    body: open.length
      ? html`<p>${words.colleagueAbout}</p>
          ${choicesView(model, 'parts', model.ticked, open, words.colleagueParts, {}, 'checkbox')}
          ${lineView(model, 'email', words.colleagueAddress, {}, model.email, 'email')}`
      : html`<p>${words.colleagueNone}</p>`,
    actions: html`${open.length ? nextView(model, words.colleagueSend) : nothing}${goView(model, 'tasks', formWords.back)}
      ${
        draft.colleagues.length
          ? html`<div class="has"><div class="h3" role="heading" aria-level="2">${words.colleagueHas}</div>
            <ul class="rows" role="list">${draft.colleagues.map(
              ({ id, email, parts }) =>
                html`<li><span>${email}<small lang="en">${parts.map(nameOf).join(', ')}</small></span><button class="link" name="step" value=${`out.${id}`}>${words.colleagueOut(email)}</button></li>`,
            )}</ul></div>`
          : nothing
      }`,
  }
}

function deleteSheet(model: ReferralModel): Sheet {
  const { title, about, send } = words.throwAway
  return {
    title,
    body: html`<p>${about}</p>`,
    actions: html`${nextView(model, send)}${goView(model, 'tasks', formWords.back)}`,
  }
}

function isDone({ pathway, draft }: DraftShown): boolean {
  return pathway.parts.every((part) => stateOf(part, draftOf(draft)) === 'done')
}

function leaveView(shown: DraftShown): TemplateResult {
  const { document, draft, visitor } = shown
  const path = addressOf(`/${document.provider.id}/referrals/${draft.id}/progress/leave`, visitor)
  return html`<form method="post" action=${path}><p class="note">${words.leaveAbout}</p><p><button class="link">${words.leave}</button></p></form>${draft.as === 'referrer' ? html`<p><a href=${draftAddress(shown, 'delete')}>${words.throwAway.title}</a></p>` : nothing}`
}

function titleOf({ pathway }: DraftShown, place: Place): string {
  const [page, of] = placeOf(place)
  if (page === 'part') return pathway.parts.find(({ id }) => id === of)?.name ?? ''
  const titles: Partial<Record<string, string>> = {
    tasks: formWords.tasks,
    colleague: words.colleague,
    delete: words.throwAway.title,
    check: formWords.check,
    send: formWords.send,
    sent: formWords.sent,
  }
  return titles[page] ?? pathway.name
}

function catalogueOf({ document, version, today }: DraftShown): PageModel['catalogue'] {
  return { ...document, version, on: today, inForce: true }
}

function draftShell(shown: DraftShown, title: string, main: unknown, place: Place): Promise<string> {
  const { visitor } = shown
  const model = modelOf(catalogueOf(shown), settingsOf(visitor), visitor.demonstrationDay)
  return shell(model, title, main, (language) => draftAddress({ ...shown, visitor: { ...visitor, language } }, place))
}
