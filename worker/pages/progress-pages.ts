import { html, nothing } from 'lit'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { isAskedOf, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import type { AgreedFor } from '../../catalogue/wire/case.ts'
import type { Fault } from '../../catalogue/wire/faults.ts'
import type { ProgressReply } from '../../catalogue/wire/referral.ts'
import { agreementView } from '../../components/kit/agreement.view.ts'
import {
  DEEDS,
  type Deed,
  deedView,
  labelOf,
  type ProgressModel,
  progressView,
} from '../../components/referral-form/progress.view.ts'
import { besideView, reachOf } from '../../components/referral-form/referral-form.view.ts'
import { shownAnswer } from '../../components/referral-form/steps.ts'
import { words } from '../../components/words/en/progress.ts'
import { words as formWords } from '../../components/words/en/referral-form.ts'
import { words as portalWords } from '../../components/words/en/referral-pages.ts'
import { servedArea } from './area.ts'
import { addressOf, speakIn, type Visitor } from './language.ts'
import { modelOf } from './model.ts'
import { pageOf } from './shell.ts'

/** A referral that was sent, as its pages show it. */
export interface ProgressShown {
  visitor: Visitor
  document: Catalogue
  version: number
  pathway: Pathway
  /** The referral's id, which its addresses hold. */
  id: string
  progress: ProgressReply
  /** What was done a moment ago, by its name, or `conflict`, `busy` or `tooOften`. */
  said?: string | undefined
}

/** A form that is shown, for the first time or again. */
export interface DeedShown extends ProgressShown {
  deed: Deed
  /** What its address or form says. */
  typed: Readonly<Record<string, string>>
  /** The Idempotency-Key that it carries. */
  key: string
  faults: readonly Fault[]
  /** Whom the agreement is for, where it is signed. */
  about?: AgreedFor | undefined
}

/** Whether a part of an address names something that the school can do. */
export function isDeed(name: string): name is Deed {
  return DEEDS.some((deed) => deed === name)
}

/** The address of a page of a referral that was sent. */
export function progressAddress(
  { visitor, provider, id }: { visitor: Visitor; provider: string; id: string },
  deed?: string,
  query: Readonly<Record<string, string>> = {},
): string {
  const path = addressOf(`/${provider}/referrals/${id}/progress${deed ? `/${deed}` : ''}`, visitor)
  const more = new URLSearchParams(query)
  return more.size ? `${path}${path.includes('?') ? '&' : '?'}${more}` : path
}

/** How a referral stands. */
export function progressPage(shown: ProgressShown): Promise<string> {
  speakIn(shown.visitor.language)
  return shell(shown, words.title(shown.progress.reference), progressView(modelFor(shown)))
}

/** What a referral said when it was sent, to be read and printed. */
export function answersPage(shown: ProgressShown, answers: ReferralAnswers): Promise<string> {
  speakIn(shown.visitor.language)
  const model = modelFor(shown)
  const { title, intro } = words.answers
  const parts = shown.pathway.parts.flatMap((part) => {
    const given = answers[part.id] ?? {}
    const asked = part.questions.filter((question) => isAskedOf(question, given))
    const read = asked.map(
      (question) =>
        html`<div><dt lang="en">${question.label}</dt><dd dir="auto">${shownAnswer(question, given) || formWords.nothing}</dd></div>`,
    )
    return read.length ? [html`<h2 lang="en">${part.name}</h2><dl>${read}</dl>`] : []
  })
  const main = html`<p class="note">${words.title(shown.progress.reference)} · <span lang="en">${shown.pathway.name}</span></p>
    <h1>${title}</h1>
    <p class="lead">${intro(shown.progress.sentOn)}</p>
    ${parts}
    <p class="screen note">${portalWords.print}</p>
    <p class="screen"><a href=${model.href()}>${words.back}</a></p>
    ${besideView(model)}`
  return shell(shown, `${title}: ${shown.progress.reference}`, main)
}

/** The agreement, to be read and printed, once there is nothing for the school to sign. */
export function agreementPage(shown: ProgressShown, about: AgreedFor): Promise<string> {
  speakIn(shown.visitor.language)
  const model = modelFor(shown)
  const { agreement, reference } = shown.progress
  const main = html`<p class="note">${words.title(reference)} · <span lang="en">${shown.pathway.name}</span></p>
    <h1 lang="en">${agreement?.title}</h1>
    ${agreement ? agreementView({ ...agreement, about }) : nothing}
    <p class="screen note">${portalWords.print}</p>
    <p class="screen"><a href=${model.href()}>${words.back}</a></p>
    ${besideView(model)}`
  return shell(shown, `${words.agreement}: ${reference}`, main)
}

/** A page on which the school does one thing. */
export function deedPage(shown: DeedShown): Promise<string> {
  speakIn(shown.visitor.language)
  const { deed, typed, key, faults, about } = shown
  const carried = Object.fromEntries(
    ['purpose', 'each', 'person', 'move'].flatMap((name) => (typed[name] ? [[name, typed[name]]] : [])),
  )
  // What was answered and how is one question of the page.
  const asked = faults.map(({ pointer, code }) => ({ name: pointer === '/how' ? 'answer' : pointer.slice(1), code }))
  const wrong = [...new Map(asked.toReversed().map((one) => [one.name, one])).values()]
    .toReversed()
    .map(({ name, code }) => ({ name, text: (words.faults[code] ?? words.otherFault)(labelOf(deed, name)) }))
  const view = deedView({
    ...modelFor(shown),
    deed,
    typed,
    wrong,
    carried: { ...carried, key },
    host: { area: servedArea },
    about,
  })
  return shell(shown, `${wrong.length ? `${words.wrong}: ` : ''}${words.title(shown.progress.reference)}`, view)
}

function modelFor(shown: ProgressShown): ProgressModel {
  const { visitor, document, pathway, progress, said } = shown
  const notices: Readonly<Record<string, string>> = {
    ...words.done,
    conflict: words.conflict,
    busy: words.busy,
    tooOften: words.tooOften,
  }
  return {
    provider: document.provider.name,
    progress,
    pathway,
    href: (deed, query) => progressAddress(placeOf(shown), deed, query),
    beside: (page) => addressOf(`/${document.provider.id}/${page}`, visitor),
    reach: reachOf(document),
    notice: said && Object.hasOwn(notices, said) ? notices[said] : undefined,
  }
}

function placeOf({ visitor, document, id }: ProgressShown) {
  return { visitor, provider: document.provider.id, id }
}

function shell(shown: ProgressShown, title: string, view: unknown): Promise<string> {
  const { visitor, document, version } = shown
  const entries = [
    ...(visitor.today ? [['today', visitor.today] as const] : []),
    ...(visitor.language === 'en' ? [] : [['lang', visitor.language] as const]),
  ]
  const catalogue = { ...document, version, on: visitor.today ?? '', inForce: true }
  const model = {
    ...modelOf(catalogue, entries, visitor.demonstrationDay),
    inOther: (language: Visitor['language']) =>
      progressAddress({ ...placeOf(shown), visitor: { ...visitor, language } }),
  }
  // The element is there for its styles alone: the pages after sending are plain.
  const main = html`<outreach-referral-form>${view ?? nothing}</outreach-referral-form>`
  return pageOf({ title, visitor, model, main, hasWidgets: false })
}
