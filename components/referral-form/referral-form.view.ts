import { html, nothing, type TemplateResult } from 'lit'
import { addDays } from '../../catalogue/rules/dates.ts'
import type { EligibilityAnswers } from '../../catalogue/rules/eligibility.ts'
import type { Part, Pathway, Question } from '../../catalogue/schema/pathway.ts'
import { answerOf, isAskedOf, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { PathwayReply, PathwaysReply, SentReply } from '../../catalogue/wire/referral.ts'
import { errorSummaryView, type Wrong } from '../kit/error-summary.view.ts'
import { words } from '../words/en/referral-form.ts'
import {
  controlOf,
  DATE,
  type Draft,
  fieldsOf,
  isReady,
  type Page,
  type Place,
  placeOf,
  shownAnswer,
  stateOf,
} from './steps.ts'

/** What stands in a text’s control, and what describes it. */
export interface Area {
  name: string
  text: string
  /** What its attributes say, where they say something. */
  invalid: unknown
  described: unknown
}

type TurnTo = Pathway['eligibility'][number]['turnTo'][number]

/** Where the pages stand: in a widget, or on the portal. */
export interface Host {
  /** The address of a page; undefined where a script listens to buttons. */
  href?: ((place: Place) => string) | undefined
  /** The link to a page, where no script listens to buttons. */
  go?: (place: Place, text: unknown, language: unknown) => TemplateResult
  /** The address of a page that is not the form’s. */
  beside: (page: string) => string
  /** The control of a text. A server writes it otherwise than a browser. */
  area: (area: Area) => unknown
  /** What is said of a question that depends on another: without a script it is always there. */
  only?: (part: Part, question: Question) => string | undefined
  /** What stands below the task list about colleagues. */
  colleagues?: unknown
  headingLevel: number
  /** Where one goes once it is sent. */
  onward?: unknown
}

/** What a referral’s page shows. A colleague’s has their own parts alone. */
export interface ReferralModel {
  reply: Pick<PathwayReply, 'pathway' | 'provider' | 'contacts' | 'inForce' | 'on'>
  place: Place
  fits: EligibilityAnswers
  email: string
  draft: Draft
  /** What stands in a part’s controls, where it is not what is kept. */
  typed?: PartAnswers | undefined
  /** What somebody else has saved meanwhile. */
  theirs?: PartAnswers | undefined
  /** What is ticked: the parts that a colleague gets, the declarations. */
  ticked: readonly string[]
  wrong: readonly Wrong[]
  notice?: keyof typeof words.notice | undefined
  sent?: SentReply | undefined
  isBusy?: boolean | undefined
  /** Whether the visitor has chosen the pathway, and so can choose another. */
  isChosen?: boolean
  host: Host
  /** What else a form without a script carries, as its controls. */
  carried?: unknown
}

/** A page of a referral. */
export function view(model: ReferralModel): TemplateResult {
  return sheetView(model, pages[placeOf(model.place)[0]](model, model.reply.pathway, model.draft))
}

/** The same of a page that only the portal has. */
export function sheetView(model: ReferralModel, sheet: Sheet): TemplateResult {
  const { reply, place, wrong, notice, host, carried } = model
  const { caption = reply.pathway.name, title, isTheirs, body, actions } = sheet
  return html`<form method="post" action=${host.href?.(place) ?? nothing} novalidate>
      ${carried}
      ${wrong.length ? errorSummaryView(words.wrong, wrong, host.headingLevel) : nothing}
      ${notice ? html`<p class="panel notice" id=${wrong.length ? nothing : 'summary'} role="alert" tabindex="-1">${words.notice[notice]} ${/^(gone|ref)/.test(notice) ? reachOf(reply) : nothing}</p>` : nothing}
      <p class="note">${caption}</p>
      ${titleView(title, host.headingLevel, isTheirs)}
      ${body}
      <div class="onward">${actions}</div>
    </form>
    ${besideView(host)}`
}

/** The pathways of a provider, to choose one where a script listens. */
export function chooseView({ pathways }: Pick<PathwaysReply, 'pathways'>, host: Host): TemplateResult {
  return html`${titleView(words.choose, host.headingLevel)}${rowsView(pathways.map(({ id, name, summary }) => html`<span lang="en"><button type="button" class="link" name="choose" value=${id}>${name}</button><small>${summary}</small></span>`))}${besideView(host)}`
}

/** Whom to ask, in a sentence; the empty text where the catalogue says of nobody how. */
export function reachOf({ provider, contacts }: Pick<PathwayReply, 'provider' | 'contacts'>): string {
  const [contact = ''] = [provider, ...contacts].flatMap(({ telephone, email }) => telephone ?? email ?? [])
  return contact && words.reach(provider.name, contact)
}

/** A place to turn to: its name leads there, where the catalogue says where that is. A provider’s pages stand beside this one’s. */
export function turnView(
  beside: Host['beside'],
  { name, how, pathway, provider, page, website, telephone = '' }: TurnTo,
): TemplateResult {
  const to = provider ? `../${provider}/referral` : pathway ? `referral/${pathway}` : page
  const at = website ?? (to && beside(to))
  return rowView(at ? html`<a href=${at}>${name}</a>` : name, `${how} ${telephone}`)
}

/** A page’s heading, where the focus goes when it appears. */
export function titleView(text: string, level: number, isTheirs = false): TemplateResult {
  return html`<div class="h2" id="step" role="heading" aria-level=${level} tabindex="-1" lang=${isTheirs ? 'en' : nothing}>${text}</div>`
}

/** The privacy notice and the complaints route, one press away. In a tab of their own, since what is typed stays in this one. */
export function besideView({ beside }: Pick<Host, 'beside'>): TemplateResult {
  const link = (page: 'privacy' | 'complaints') =>
    html`<a href=${beside(page)} target="_blank">${words[page]}<span class="hidden"> (${words.newTab})</span></a>`
  return html`<p class="beside">${link('privacy')} ${link('complaints')}</p>`
}

/** What a page is made of. */
export interface Sheet {
  /** What stands above the heading; default: the pathway. */
  caption?: unknown
  title: string
  /** Whether the heading is the provider’s words. */
  isTheirs?: boolean
  body: unknown
  actions?: unknown
}

const pages: Record<Page, (model: ReferralModel, pathway: Pathway, draft: Draft) => Sheet> = {
  start(model, { name, summary, intro, notices = [], notProvided = [], afterwards, eligibility }) {
    const { reply, isChosen } = model
    return {
      caption: reply.provider.name,
      title: name,
      isTheirs: true,
      body: html`<div lang="en">${notices.map((notice) => html`<p class="panel notice">${notice}</p>`)}<p class="lead">${summary}</p><p>${intro}</p></div>
        ${listView(model, words.notProvided, notProvided)}${listView(model, words.afterwards, afterwards)}
        ${reply.inForce ? html`<p>${eligibility.length ? words.fits : nothing}</p>` : html`<p class="panel">${words.withdrawn} ${reachOf(reply)}</p>`}`,
      actions: [
        reply.inForce ? nextView(model, words.start) : nothing,
        isChosen ? stepView('back', words.back) : nothing,
      ],
    }
  },

  fit(model, { eligibility }) {
    const index = eligibility.findIndex(({ id }) => id === placeOf(model.place)[1])
    const { id = '', question = '', hint } = eligibility[index] ?? {}
    return {
      caption: words.fit(index + 1, eligibility.length),
      title: question,
      isTheirs: true,
      body: choicesView(
        model,
        `eligibility.${id}`,
        [model.fits[id] ?? ''],
        yesNo(),
        html`<span class="hidden" lang="en">${question}</span>`,
        { hint },
      ),
      actions: [nextView(model, words.next), stepView('back', words.back)],
    }
  },

  otherwise(model, { eligibility }) {
    const condition = eligibility.find(({ id }) => id === placeOf(model.place)[1])
    return {
      title: words.notThisWay,
      body: html`<p lang="en">${condition?.otherwise}</p>
        ${condition?.turnTo.length ? html`${headingView(model, words.turnTo)}<dl lang="en">${condition.turnTo.map((to) => turnView(model.host.beside, to))}</dl>` : nothing}
        <p>${reachOf(model.reply)}</p>`,
      actions: stepView('back', words.changeAnswer),
    }
  },

  address(model) {
    const label = html`<span class="hidden">${words.address}</span>`
    return {
      title: words.address,
      body: lineView(
        model,
        'email',
        label,
        { hint: words.addressHint, why: words.why(words.addressWhy) },
        model.email,
        'email',
        'email',
      ),
      actions: [nextView(model, words.begin), stepView('back', words.back)],
    }
  },

  tasks(model, pathway, draft) {
    const { parts } = pathway
    const ready = isReady(pathway, draft)
    const row = (what: unknown, state: keyof typeof words.state) =>
      html`<span>${what}</span><span class=${`state ${state}`}>${words.state[state]}</span>`
    return {
      title: words.tasks,
      body: html`<p>${words.done(parts.filter((part) => stateOf(part, draft) === 'done').length, parts.length)}</p>
        ${[...new Set(parts.map(({ group }) => group))].map(
          (group) => html`${group ? headingView(model, group, true) : nothing}
            ${rowsView(parts.filter((part) => part.group === group).map((part) => row(goView(model, `part.${part.id}`, part.name, true), stateOf(part, draft))))}`,
        )}
        ${
          draft.only.length
            ? nothing
            : html`${headingView(model, words.send)}
              ${rowsView([row(ready ? goView(model, 'check', words.check) : words.check, ready ? 'not-started' : 'waits')])}
              ${model.host.colleagues}`
        }
        <p class="note">${words.keptUntil(draft.keptUntil)} ${draft.only.length || model.host.colleagues ? nothing : words.reopened}</p>`,
    }
  },

  part(model, { parts }, draft) {
    const { place, theirs } = model
    const index = parts.findIndex(({ id }) => id === placeOf(place)[1])
    const part = parts[index]
    const typed = model.typed ?? draft.parts[part?.id ?? '']?.answers ?? {}
    return {
      caption: html`${part?.group ? html`<span lang="en">${part.group}</span> · ` : nothing}${words.of(index + 1, parts.length)}`,
      title: part?.name ?? '',
      isTheirs: true,
      body: html`<p lang="en">${part?.intro}</p>${part?.questions.map((question) => askView(part, question, typed, model))}`,
      actions: theirs
        ? [nextView(model, words.mine), stepView('theirs', words.theirs)]
        : [nextView(model, words.save), stepView('later', words.later)],
    }
  },

  check(model, { parts }, draft) {
    return {
      title: words.check,
      body: parts.map((part) => {
        const answers = draft.parts[part.id]?.answers ?? {}
        const asked = part.questions.filter((question) => isAskedOf(question, answers))
        return html`<div class="section">${headingView(model, part.name, true)}${goView(model, `part.${part.id}`, html`${words.change}<span class="hidden">: ${part.name}</span>`)}</div>
          <dl>${asked.map((question) => rowView(html`<span lang="en">${question.label}</span>`, shownAnswer(question, answers) || words.nothing))}</dl>`
      }),
      actions: [nextView(model, words.next), goView(model, 'tasks', words.back)],
    }
  },

  send(model, { declarations }) {
    const choices = declarations.map(({ id, text }) => ({ id, name: text }))
    return {
      title: words.send,
      body: choices.length
        ? choicesView(model, 'declarations', model.ticked, choices, words.confirms, {}, 'checkbox')
        : nothing,
      actions: [nextView(model, words.sendNow), goView(model, 'check', words.back)],
    }
  },

  sent(model, { afterwards, consent }) {
    const { sent, reply, email } = model
    const days = sent?.expected.map(({ name, from, on }) => words[`${from}By`](name, on)) ?? []
    return {
      title: words.sent,
      body: html`<div class="panel"><p>${words.reference}</p><p class="reference">${sent?.reference}</p></div>
        <p>${words.letter(email)}</p><p>${sent?.asked.some(({ how }) => how === 'letter') ? words.byLetter : nothing}</p>
        ${listView(model, words.byWhen, [words.answerBy(addDays(reply.on, consent.openDays)), ...days], false)}${listView(model, words.afterwards, afterwards)}`,
      actions: model.host.onward,
    }
  },
}

const yesNo = () => [
  { id: 'yes', name: words.yes },
  { id: 'no', name: words.no },
]

function rowsView(rows: readonly unknown[]): TemplateResult {
  return html`<ul class="rows" role="list">${rows.map((row) => html`<li>${row}</li>`)}</ul>`
}

function rowView(term: unknown, text: string): TemplateResult {
  return html`<div><dt>${term}</dt><dd>${text}</dd></div>`
}

function listView(model: ReferralModel, title: string, sentences: readonly string[], isTheirs = true): unknown {
  return sentences.length
    ? html`${headingView(model, title)}<ul lang=${isTheirs ? 'en' : nothing}>${sentences.map((sentence) => html`<li>${sentence}</li>`)}</ul>`
    : nothing
}

function headingView({ host }: ReferralModel, text: string, isTheirs = false): TemplateResult {
  return html`<div class="h3" role="heading" aria-level=${host.headingLevel + 1} lang=${isTheirs ? 'en' : nothing}>${text}</div>`
}

/** A page’s main button. */
export function nextView({ isBusy }: ReferralModel, text: string): TemplateResult {
  return html`<button name="step" value="next">${isBusy ? words.busy : text}</button>`
}

function stepView(value: string, text: string): TemplateResult {
  return html`<button class="link" name="step" value=${value}>${text}</button>`
}

/** Leads to another page of the form: a link on the portal, a button where a script listens. */
export function goView({ host }: ReferralModel, place: Place, text: unknown, isTheirs = false): TemplateResult {
  const language = isTheirs ? 'en' : nothing
  return (
    host.go?.(place, text, language) ??
    html`<button type="button" class="link" name="go" value=${place} lang=${language}>${text}</button>`
  )
}

/** What a question needs to know of its page. */
export type Asking = Pick<ReferralModel, 'wrong'> & { host: Pick<Host, 'area'> }

/** What stands between a question and its control. */
export interface About {
  /** When it is asked. */
  only?: string | undefined
  hint?: string | undefined
  why?: string | undefined
  theirs?: string | undefined
  isHidden?: boolean
}

/** A question’s notes and what is wrong with its answer, to stand before its control, and their ids for it. */
function notesOf({ wrong }: Pick<ReferralModel, 'wrong'>, name: string, { only, hint, why, theirs }: About) {
  const error = wrong.find((one) => one.name === name)?.text
  const notes = Object.entries({ only, hint, why, theirs, error }).filter(([, text]) => text)
  return {
    notes: notes.map(([kind, text]) => html`<p class=${`note ${kind}`} id=${`${name}-${kind}`}>${text}</p>`),
    described: notes.map(([kind]) => `${name}-${kind}`).join(' ') || nothing,
    invalid: error ? 'true' : nothing,
  }
}

/** A question with a control to type in. */
export function lineView(
  model: Asking,
  name: string,
  label: unknown,
  about: About,
  value: string,
  as: string,
  autocomplete = 'off',
): TemplateResult {
  const { notes, described, invalid } = notesOf(model, name, about)
  const type = { telephone: 'tel', email: as }[as] ?? 'text'
  return html`<div class="question" ?hidden=${about.isHidden}>
    <label for=${name}>${label}</label>${notes}
    ${as === 'text' ? model.host.area({ name, text: value, invalid, described }) : html`<input class=${as === 'urn' ? 'short' : 'long'} id=${name} name=${name} type=${type} inputmode=${as === 'number' ? 'numeric' : nothing} autocomplete=${autocomplete} value=${value} aria-invalid=${invalid} aria-describedby=${described}>`}
  </div>`
}

function groupView(described: unknown, isHidden: boolean | undefined, label: unknown, body: unknown): TemplateResult {
  return html`<fieldset class="question" aria-describedby=${described} ?hidden=${isHidden}><legend>${label}</legend>${body}</fieldset>`
}

/** A question to be answered by choosing. */
export function choicesView(
  model: Pick<ReferralModel, 'wrong'>,
  name: string,
  chosen: readonly string[],
  choices: readonly { id: string; name: unknown; hint?: string | undefined }[],
  label: unknown,
  about: About,
  type = 'radio',
): TemplateResult {
  const { notes, described } = notesOf(model, name, about)
  const one = ({ id: value, name: text, hint }: (typeof choices)[number], index: number) => {
    // The error’s link leads to the first of them.
    const id = index ? `${name}-${index}` : name
    return html`<label><input type=${type} id=${id} name=${name} value=${value} ?checked=${chosen.includes(value)} aria-describedby=${hint ? `${id}-about` : nothing}>${text}</label>${hint ? html`<p class="note choice" id=${`${id}-about`}>${hint}</p>` : nothing}`
  }
  return groupView(described, about.isHidden, label, [notes, choices.map(one)])
}

/** A question with its hint, what it is for, and what is wrong with its answer. */
function askView(part: Part, question: Question, typed: PartAnswers, model: ReferralModel): TemplateResult {
  const { as, choices = yesNo(), optional, fills = '' } = question
  const { host, theirs } = model
  const name = controlOf(question)
  const answer = answerOf(question, typed)
  const other = theirs && shownAnswer(question, theirs)
  const about: About = {
    only: host.only?.(part, question),
    hint: question.hint ?? (as === 'date' ? words.dateHint : undefined),
    why: words.why(question.why),
    theirs:
      other === undefined || other === shownAnswer(question, typed) ? undefined : words.saved(other || words.nothing),
    isHidden: !host.href && !isAskedOf(question, typed),
  }
  const label = html`<span lang="en">${question.label}</span> ${optional ? words.optional : nothing}`
  if (/^(yes|choice)/.test(as))
    return choicesView(model, name, [answer].flat(), choices, label, about, as === 'choices' ? 'checkbox' : undefined)
  if (as !== 'date')
    return lineView(model, name, label, about, `${answer}`, fills === 'school.urn' ? 'urn' : as, OWN[fills])
  return dayView(model, name, fieldsOf(`${answer}`), label, about)
}

/** A question for a day, whose fields are in the order of `DATE`. */
export function dayView(
  model: Pick<ReferralModel, 'wrong'>,
  name: string,
  values: readonly string[],
  label: unknown,
  about: About,
): TemplateResult {
  const { notes, described, invalid } = notesOf(model, name, about)
  const fields = DATE.map(
    (field, index) =>
      html`<label>${words.date[field]}<input id=${index ? `${name}.${field}` : name} name=${`${name}.${field}`} class=${field} inputmode="numeric" autocomplete="off" value=${values[index] ?? ''} aria-invalid=${invalid}></label>`,
  )
  return groupView(described, about.isHidden, label, [notes, html`<div class="date">${fields}</div>`])
}

/** What browsers may fill in: who fills in the form. Nothing else, so that no browser remembers a pupil. */
const OWN: Readonly<Record<string, string>> = {
  'referrer.name': 'name',
  'referrer.role': 'organization-title',
  'school.name': 'organization',
}

/** The control of a text where a browser draws it. */
export function areaView({ name, text, invalid, described }: Area): TemplateResult {
  return html`<textarea id=${name} name=${name} rows="6" autocomplete="off" .defaultValue=${text} aria-invalid=${invalid} aria-describedby=${described}></textarea>`
}
