import { html, nothing, type TemplateResult } from 'lit'
import type { ConsentStanding } from '../../catalogue/rules/consent.ts'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import type { AgreedFor } from '../../catalogue/wire/case.ts'
import type { ProgressConsent, ProgressReply } from '../../catalogue/wire/referral.ts'
import { agreementView, signatureText } from '../kit/agreement.view.ts'
import { errorSummaryView, type Wrong } from '../kit/error-summary.view.ts'
import { words as agreed } from '../words/en/agreement.ts'
import { longDate } from '../words/en/money.ts'
import { words } from '../words/en/progress.ts'
import { type Asking, besideView, choicesView, dayView, lineView, turnView } from './referral-form.view.ts'
import { DATE } from './steps.ts'

/** What the school can do with a referral that it has sent, each on a page of its own. */
export const DEEDS = ['ask', 'heard', 'agreement', 'reply', 'move', 'record', 'take-back'] as const
export type Deed = (typeof DEEDS)[number]

/** What every page of a referral that was sent shows. */
export interface ProgressModel {
  /** The provider's name. */
  provider: string
  progress: ProgressReply
  pathway: Pathway
  /** The address of a page or of a form: the overview, where no deed is named. */
  href: (deed?: Deed | 'letter' | 'leave' | 'answers', query?: Readonly<Record<string, string>>) => string
  beside: (page: string) => string
  /** Whom to ask at the provider: a name, a number, an address. */
  reach: string
  /** What was done a moment ago, or why it was not. */
  notice?: string | undefined
}

/** A form on its page. */
export interface DeedModel extends ProgressModel {
  deed: Deed
  /** What stands in the controls. */
  typed: Readonly<Record<string, string>>
  wrong: readonly Wrong[]
  /** What the form carries unseen. */
  carried: Readonly<Record<string, string>>
  host: Asking['host']
  /** Whom the agreement is for, where it is signed. */
  about?: AgreedFor | undefined
}

/** How a referral stands. */
export function progressView(model: ProgressModel): TemplateResult {
  const { provider, progress, pathway, href, notice } = model
  const { reference, status, sentOn, stage, deadlines, messages, agreement, can, consent } = progress
  const toPrint = consent
    .flatMap(({ people }) => people)
    .filter(({ by, standing }) => by === 'letter' && standing === 'waiting')
  const unprinted = [...new Map(toPrint.map((one) => [one.person, one])).values()]
  const moves = can.moves.filter(({ isReady }) => isReady)
  const tasks = [
    ...(can.reply ? [html`<a href=${href('reply')}>${words.answerQuestion(provider)}</a>`] : []),
    ...(can.sign && agreement?.isDue ? [html`<a href=${href('agreement')}>${words.signAgreement}</a>`] : []),
    ...unprinted.map(({ person, name }) => letterView(model, person, name)),
  ]
  const more = [
    ...moves.map(({ id, name }) => html`<a href=${href('move', { move: id })} lang="en">${name}</a>`),
    ...(status === 'stopped' ? [] : [html`<a href=${href('answers')}>${words.answers.title}</a>`]),
    ...(can.record.length ? [html`<a href=${href('record')}>${words.record}</a>`] : []),
    ...(can.takeBack ? [html`<a href=${href('take-back')}>${words.takeBack}</a>`] : []),
    html`<form method="post" action=${href('leave')}><button class="link">${words.leave}</button></form>`,
  ]
  return html`<p class="note">${pathway.name} · ${words.sentOn(sentOn)}</p>
    <h1>${words.title(reference)}</h1>
    ${notice ? html`<div class="panel notice" role="alert" id="summary" tabindex="-1"><p>${notice}</p></div>` : nothing}
    <p class="lead">${leadOf(model)}</p>
    ${status === 'open' ? nothing : html`<p>${words.deleted[status](progress.deletedOn)}</p>`}
    ${endingView(model)}
    ${tasks.length ? html`<h2>${words.toDo}</h2>${rowsView(tasks)}` : nothing}
    ${stage ? stageView(progress, stage) : nothing}
    ${consent.length && status !== 'stopped' ? html`<h2>${words.consent}</h2><p>${words.consentIntro}</p>${consent.map((one) => consentView(one, model))}${reachView(model)}` : nothing}
    ${leadOf(model) === words.status.waiting(provider) ? html`<h2>${words.afterwards}</h2><ol lang="en">${pathway.afterwards.map((step) => html`<li>${step}</li>`)}</ol>` : nothing}
    ${
      deadlines.length && status !== 'stopped'
        ? html`<h2>${words.deadlines}</h2><dl>${deadlines.map(
            ({ name, dueOn, metOn, runs }) =>
              html`<div><dt lang="en">${name}</dt><dd>${metOn ? words.met(metOn) : runs ? words.due(dueOn) : words.over}</dd></div>`,
          )}</dl>`
        : nothing
    }
    ${
      messages.length
        ? html`<h2>${words.messages}</h2><dl>${messages.map(
            ({ kind, on, name, text }) =>
              html`<div><dt>${kind === 'question' ? words.asks(provider) : words.said[kind]}${name ? html`: <span lang="en">${name}</span>` : nothing} <small>${longDate(on)}</small></dt><dd dir="auto">${text}</dd></div>`,
          )}</dl>`
        : nothing
    }
    ${agreement && status !== 'waiting' && status !== 'stopped' ? html`<h2>${words.agreement}</h2>${signaturesView(agreement)}<p><a href=${href('agreement')}>${can.sign && !agreement.isDue ? words.readOrSign : words.readAgreement}</a></p>` : nothing}
    <h2>${words.more}</h2>${rowsView(more)}
    ${besideView(model)}`
}

/** Where it is, what the school is to do there, and what was agreed. */
function stageView(
  { panelOn, planned, places }: ProgressReply,
  { name, about, told, since }: NonNullable<ProgressReply['stage']>,
): TemplateResult {
  return html`<h2>${words.stage}</h2>
    <p><b lang="en">${name}</b> <span class="note">${words.since(since)}</span></p>
    ${told ? html`<p lang="en">${told}</p>` : nothing}
    <p lang="en">${about}</p>
    ${panelOn ? html`<p>${words.panelMeets(panelOn)}</p>` : nothing}
    ${planned.length ? html`<dl>${planned.map(({ name: what, on }) => html`<div><dt lang="en">${what}</dt><dd>${longDate(on)}</dd></div>`)}</dl>` : nothing}
    ${places.map(({ name: kind, term, ...pool }) => html`<p class="note"><span lang="en">${kind}, ${term}</span>: ${words.places(pool)}</p>`)}`
}

/** How a referral stands, in a sentence. */
function leadOf({ provider, progress }: ProgressModel): string {
  const { status, outcome, ending, hasRunOut, consent } = progress
  if (status === 'stopped') return words.outcome[outcome] ?? words.status.stopped
  if (hasRunOut) return words.hasRunOut(provider)
  if (ending) return words.ended[ending.how](provider)
  if (status !== 'waiting') return words.status.open
  const standings = consent.filter(({ releases }) => releases).map(({ standing }) => standing)
  if (standings.some((standing) => standing === 'refused' || standing === 'withdrawn')) return words.saidNo(provider)
  return standings.includes('expired') ? words.unanswered(provider) : words.status.waiting(provider)
}

/** What was decided in the end, and where to turn once that was no help. */
function endingView({ progress, pathway, beside, reach }: ProgressModel): TemplateResult | typeof nothing {
  const { ending } = progress
  if (!ending) return nothing
  const { how, name, reason } = ending
  // Another pathway is open to whoever could go this one; the other places are for those who could not.
  const ways = pathway.eligibility.flatMap(({ turnTo }) => turnTo).filter((to) => to.pathway !== undefined)
  const different = [...new Map(ways.map((to) => [to.pathway, to])).values()]
  return html`${name ? html`<p><b>${words.said.decided}: <span lang="en">${name}</span></b></p>` : nothing}
    ${reason ? html`<div class="panel"><p dir="auto">${reason}</p></div>` : nothing}
    ${
      how === 'declined'
        ? html`<h2>${words.turnTo}</h2>
          ${different.length ? html`<dl lang="en">${different.map((to) => turnView(beside, to))}</dl>` : nothing}
          <p><a href=${beside('referral')}>${words.turnHere}</a></p>
          ${reach ? html`<p>${reach}</p>` : nothing}`
        : nothing
    }`
}

/** A page on which the school does one thing. */
export function deedView(model: DeedModel): TemplateResult {
  const { deed, carried, wrong, href, progress, notice } = model
  const { title, body, send } = deeds[deed](model)
  return html`<form method="post" action=${href(deed)} novalidate autocomplete="off">
      ${Object.entries(carried).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
      ${wrong.length ? errorSummaryView(words.wrong, wrong, 2) : nothing}
      ${notice ? html`<div class="panel notice" role="alert" tabindex="-1"><p>${notice}</p></div>` : nothing}
      <p class="note">${words.title(progress.reference)}</p>
      <h1 class="h2" id="step">${title}</h1>
      ${body}
      <div class="onward"><button>${send}</button><a href=${href()}>${words.back}</a></div>
    </form>
    ${besideView(model)}`
}

/** What is in the controls of a page and how each is called, for what is said of mistakes. */
export function labelOf(deed: Deed, name: string): string {
  const own: Readonly<Record<string, string>> = {
    'ask name': words.ask.name,
    'ask email': words.ask.email,
    'ask as': words.ask.who,
    'ask relationship': words.ask.relationship,
    'ask language': words.ask.language,
    'ask reason': words.ask.reason,
    'heard answer': words.heard.answer,
    'heard on': words.heard.on,
    'heard name': words.heard.name,
    'heard relationship': words.heard.relationship,
    'heard heardBy': words.heard.heardBy,
    'agreement name': words.sign.name,
    'agreement role': words.sign.role,
    'reply text': words.reply.text,
    'move reason': words.move.reason,
    'record event': words.recordForm.event,
    'record on': words.recordForm.on,
  }
  return own[`${deed} ${name}`] ?? name
}

interface Sheet {
  title: unknown
  body: unknown
  send: string
}

const deeds: Record<Deed, (model: DeedModel) => Sheet> = {
  ask(model) {
    const { typed, pathway, progress } = model
    const purpose = progress.consent.find((one) => one.purpose === typed.purpose && one.each === (typed.each ?? ''))
    const person = purpose?.people.find((one) => one.person === typed.person)
    const givers = pathway.consent.purposes.find(({ id }) => id === typed.purpose)?.by ?? []
    const languages = ['en', ...pathway.consent.languages]
    return {
      title: words.ask.title,
      body: html`<p>${words.ask.intro(nameOf(purpose))}</p>
        ${person ? nothing : giverView(model, givers)}
        ${askedView(model, 'name')}
        ${person ? nothing : askedView(model, 'relationship', { isOptional: true, hint: words.ask.relationshipHint })}
        ${askedView(model, 'email', { as: 'email', isOptional: true, hint: words.ask.emailHint })}
        ${
          languages.length > 1
            ? radiosView(
                model,
                'language',
                languages.map((id) => ({ id, name: words.ask.languages[id] ?? id })),
              )
            : nothing
        }
        ${person?.hasRefused ? askedView(model, 'reason', { as: 'text', hint: words.ask.reasonHint }) : nothing}`,
      send: words.ask.send,
    }
  },

  heard(model) {
    const { typed, progress } = model
    const purpose = progress.consent.find((one) => one.purpose === typed.purpose && one.each === (typed.each ?? ''))
    const person = purpose?.people.find((one) => one.person === typed.person)
    const holds = person?.standing === 'given'
    const answers = [
      ...(purpose?.isAskable && (!holds || person?.isRenewable) ? (['given paper'] as const) : []),
      ...(holds
        ? (['withdrawn paper', 'withdrawn in-person'] as const)
        : (['refused paper', 'refused in-person'] as const)),
    ]
    return {
      title: words.heard.title,
      body: html`<p><b>${words.heard.who(person?.name ?? '', nameOf(purpose))}</b></p>
        <p>${words.heard.intro}</p>
        ${radiosView(
          model,
          'answer',
          answers.map((id) => ({ id, name: words.heard.answers[id] })),
        )}
        ${dateView(model, 'on')}
        ${askedView(model, 'name')}
        ${askedView(model, 'relationship', { isOptional: true })}
        ${askedView(model, 'heardBy', { hint: words.heard.heardByHint })}
        <input type="hidden" name="seen" value=${typed.seen ?? person?.answer ?? 0}>`,
      send: words.heard.send,
    }
  },

  agreement(model) {
    const { agreement } = model.progress
    return {
      title: html`<span lang="en">${agreement?.title}</span>`,
      body: html`${agreement ? agreementView({ ...agreement, about: model.about ?? null }) : nothing}
        <div class="screen"><p><b lang="en">${agreement?.school}</b></p>
        ${askedView(model, 'name')}${askedView(model, 'role')}</div>`,
      send: words.sign.send,
    }
  },

  reply(model) {
    const asked = model.progress.messages.filter(({ kind }) => kind !== 'reply').at(-1)
    return {
      title: words.reply.title(model.provider),
      body: html`${asked ? html`<div class="panel"><p><b>${words.reply.asked(asked.on, model.provider)}</b>${asked.name ? html` <span lang="en">${asked.name}</span>` : nothing}</p><p dir="auto">${asked.text}</p></div>` : nothing}
        ${askedView(model, 'text', { as: 'text' })}`,
      send: words.reply.send,
    }
  },

  move(model) {
    const move = model.progress.can.moves.find(({ id }) => id === model.typed.move)
    return {
      title: html`<span lang="en">${move?.name}</span>`,
      body: askedView(model, 'reason', {
        as: 'text',
        isOptional: !move?.reason,
        hint: move?.commissionerReads ? words.move.commissionerReads : undefined,
      }),
      send: words.move.send,
    }
  },

  record(model) {
    return {
      title: words.record,
      body: html`${radiosView(model, 'event', inEnglish(model.progress.can.record))}${dateView(model, 'on')}`,
      send: words.recordForm.send,
    }
  },

  'take-back'() {
    return { title: words.takeBack, body: html`<p>${words.takeBackForm.intro}</p>`, send: words.takeBackForm.send }
  },
}

function consentView(one: ProgressConsent, model: ProgressModel): TemplateResult {
  const { purpose, each, releases, isAskable, standing, people } = one
  const { can } = model.progress
  const { status } = model.progress
  // Of one that has ended a yes can be taken back, and nothing else is asked.
  const canHear = (theirs: ConsentStanding, askable: boolean) =>
    can.hear && (theirs === 'given' || (status !== 'ended' && (askable || theirs === 'waiting')))
  const about = (person: string) => ({ purpose, ...(each ? { each } : {}), ...(person ? { person } : {}) })
  return html`<section class="consent">
    <h3><span lang="en">${nameOf(one)}</span>: ${words.standing[standing]}</h3>
    ${releases && model.progress.status === 'waiting' ? html`<p class="note">${words.releases}</p>` : nothing}
    <ul class="rows" role="list">${people.map(
      ({
        person,
        as,
        name,
        relationship,
        standing: theirs,
        askedOn,
        askedBy,
        isAskedAgain,
        answeredOn,
        answerBy,
        until,
        isRenewable,
        how,
      }) => html`<li>
        <span><b dir="auto">${name}</b>
          <small>${[relationship || words.as[as], isAskedAgain && askedOn && theirs !== 'given' ? `${words.askedAgain(askedOn)}, ${words.by[askedBy]}` : answeredOn ? `${words.answered(answeredOn)} ${how ? words.how[how] : ''}`.trim() : askedOn ? `${words.asked(askedOn)}, ${words.by[askedBy]}` : ''].filter(Boolean).join(', ')}${until && theirs === 'given' ? html`<br>${words.until(until)}` : answerBy ? html`<br>${words.answerBy(answerBy)}` : nothing}</small></span>
        <span class="state">${words.standing[theirs]}</span>
        ${can.ask && isAskable && (theirs !== 'given' || isRenewable) ? html`<a href=${model.href('ask', about(person))}>${words.askAgain}<span class="hidden">${words.about(name)}</span></a>` : nothing}
        ${canHear(theirs, isAskable) ? html`<a href=${model.href('heard', about(person))}>${isAskable ? words.hear : words.hearNo}<span class="hidden">${words.about(name)}</span></a>` : nothing}
      </li>`,
    )}</ul>
    ${can.ask && isAskable && standing !== 'given' ? html`<p><a href=${model.href('ask', about(''))}>${words.askElse}</a></p>` : nothing}
  </section>`
}

function nameOf(one: ProgressConsent | undefined): string {
  return [one?.name, one?.eachName].filter(Boolean).join(': ')
}

/** How whoever was asked gets to their page again: to answer, and to take an answer back. */
function reachView(model: ProgressModel): TemplateResult | typeof nothing {
  const { can, consent } = model.progress
  const people = new Map(consent.flatMap((one) => one.people.map((person) => [person.person, person] as const)))
  if (!can.reach || people.size === 0) return nothing
  return html`<h3>${words.reach}</h3>
    <p>${words.reachIntro}</p>
    ${rowsView(
      [...people.values()].map(
        ({ person, as, name, by }) =>
          html`${by === 'link' ? html`<form method="post" action=${model.href('ask')}><input type="hidden" name="person" value=${person}><input type="hidden" name="as" value=${as}><input type="hidden" name="name" value=${name}><button class="link">${words.sendLink(name)}</button></form> ` : nothing}${letterView(model, person, name)}`,
      ),
    )}`
}

/** Printing makes a new code, so it is a form and no link. */
function letterView({ href }: ProgressModel, person: string, name: string): TemplateResult {
  return html`<form method="post" action=${href('letter')} target="_blank"><input type="hidden" name="person" value=${person}><button class="link">${words.printLetter(name)}</button></form>`
}

function signaturesView({ title, signed }: NonNullable<ProgressReply['agreement']>): TemplateResult {
  return html`<p lang="en">${title}</p>
    <dl>${(['school', 'provider'] as const).map((side) => html`<div><dt>${agreed.sides[side]}</dt><dd>${signatureText(signed[side])}</dd></div>`)}</dl>`
}

function rowsView(items: readonly unknown[]): TemplateResult {
  return html`<ul class="rows" role="list">${items.map((item) => html`<li>${item}</li>`)}</ul>`
}

/** What is special about a question. */
interface Asked {
  as?: 'email' | 'text'
  isOptional?: boolean
  hint?: string | undefined
}

function askedView(model: DeedModel, name: string, { as, isOptional, hint }: Asked = {}): TemplateResult {
  const label = labelOf(model.deed, name)
  const said = isOptional ? words.optional(label) : label
  return lineView(model, name, said, { hint }, model.typed[name] ?? '', as ?? 'line')
}

/** Who somebody new is, where there is more than one answer. */
function giverView(model: DeedModel, givers: readonly ConsentGiver[]): TemplateResult {
  const [only, ...others] = givers
  const choices = givers.map((id) => ({ id, name: words.as[id] }))
  return others.length > 0
    ? radiosView(model, 'as', choices)
    : html`<input type="hidden" name="as" value=${only ?? ''}>`
}

/** What the catalogue calls something is in its own language. */
function inEnglish(choices: readonly { id: string; name: string }[]): { id: string; name: unknown }[] {
  return choices.map(({ id, name }) => ({ id, name: html`<span lang="en">${name}</span>` }))
}

function radiosView(model: DeedModel, name: string, choices: readonly { id: string; name: unknown }[]): TemplateResult {
  return choicesView(model, name, [model.typed[name] ?? ''], choices, labelOf(model.deed, name), {})
}

function dateView(model: DeedModel, name: string): TemplateResult {
  const values = DATE.map((field) => model.typed[`${name}.${field}`] ?? '')
  return dayView(model, name, values, labelOf(model.deed, name), {})
}
