import { html, nothing, type TemplateResult } from 'lit'
import type { ConsentGiver } from '../../catalogue/schema/consent.ts'
import { errorSummaryView, type Wrong } from '../kit/error-summary.view.ts'
import type { ConsentWords } from '../words/en/consent.ts'

/** A text of the catalogue, and the language that it is in where it is not the page’s. */
export interface Theirs {
  text: string
  lang?: string | undefined
  dir?: 'ltr' | 'rtl' | undefined
}

/** One thing that somebody is asked, or has answered. */
export interface ConsentItem {
  /** Its control’s name: `answer.PURPOSE`, or `answer.PURPOSE.EACH`. */
  name: string
  purpose: string
  each: string
  releases: boolean
  title: Theirs
  /** The specialist, where it is asked for each. */
  eachTitle?: Theirs | undefined
  text: Theirs
  sees: Theirs
  keptFor: Theirs
  /** What can be done about it now. `meet`: it is asked in person. `over`: its time is over. */
  state: 'asked' | 'answered' | 'meet' | 'over' | 'none'
  /** Until when it can be answered, or could be, as a day in words. */
  until?: string | undefined
  /** Why it is asked again, in the words of who asks. */
  reason?: string | undefined
  answered?:
    | {
        answer: 'given' | 'refused' | 'withdrawn'
        /** A day in words. */
        on: string
        how: 'page' | 'paper' | 'in-person'
        name: string
        ranOut: boolean
        /** Whether it can be taken back, or changed to a yes, now. */
        takesBack: boolean
        changes: boolean
        /** Whether a no can be changed only once the school asks again. */
        asksAgain: boolean
      }
    | undefined
  /** When a social worker has agreed to it, as a day in words: who else may answer has to know. */
  byOther?: string | undefined
  /** What is chosen in a form that was sent back. */
  chosen?: string | undefined
}

/** The beginning of the ids of a form’s controls. */
export type FormName = '' | 'again-' | 'own-'

/** How the request stands, as somebody who was asked sees it. `declined`: it has ended without any help. */
export type ConsentState = 'yours' | 'others' | 'no' | 'open' | 'ran-out' | 'ended' | 'declined' | 'stopped'

/** Everything that the page of somebody who was asked shows. */
export interface ConsentModel {
  as: ConsentGiver
  provider: string
  title: string
  /** What has just happened. */
  notice?: string | undefined
  /** The child’s name and the school; absent once they are deleted, and the name where the page is one’s own. */
  about?: string | undefined
  school?: string | undefined
  asks: Theirs
  no: Theirs
  items: readonly ConsentItem[]
  state: ConsentState
  /** What happens at the present stage. */
  stage?: Theirs | undefined
  /** When the panel meets that has it on its agenda, as a day in words. */
  meetsOn?: string | undefined
  /** The days that were agreed, in words, by what the catalogue calls it in English. */
  planned?: readonly { name: string; on: string }[] | undefined
  /** By when the rest of a stopped request is deleted, as a day in words. */
  deletedBy: string
  reference: string
  /** How the provider is reached: a name, a number, an address; undefined where there is no way. */
  reach: string | undefined
  /** Their own words as they are kept, or a child’s; undefined where there are none to be added to. */
  own?: string | undefined
  /** Where its forms are sent. */
  action: string
  wordsAction: string
  takeBackAction: string
  leaveAction: string
  /** The number of the last answer that is shown. */
  seen: number
  typed: Readonly<Record<'name' | 'relationship' | 'words', string>>
  /** Which of the page’s forms that was typed in, and was sent: the questions that wait, the one to change an answer, or the words alone. */
  sent: FormName
  wrong: readonly Wrong[]
  /** The control of a text, which a server writes otherwise than a browser: it has `ID-hint` and, where it is wrong, `ID-error` to describe it, and is called `words`. */
  area: (id: string, text: string, isWrong: boolean) => unknown
}

/** What somebody was asked, what they answered, how it stands, and who has what. */
export function view(model: ConsentModel, words: ConsentWords): TemplateResult {
  const { items, state, wrong, notice, title, about, school, asks, stage, meetsOn, provider } = model
  const { page } = words
  const asked = items.filter((item) => item.state === 'asked')
  const again = items.filter((item) => item.state === 'answered' && item.answered?.changes)
  const answered = items.filter((item) => item.answered)
  const later = items.filter((item) => !item.answered && (item.state === 'meet' || item.state === 'over'))
  const isOver = state === 'stopped'
  return html`${wrong.length > 0 ? errorSummaryView(words.form.wrong, wrong.map(named(model, words)), 2) : nothing}
    ${notice ? html`<div class="panel notice" id=${wrong.length > 0 ? nothing : 'summary'} role="status" tabindex="-1"><p>${notice}</p></div>` : nothing}
    <h1>${title}</h1>
    ${about || school ? html`<p class="about">${about ? page.about(about) : nothing} ${school ? page.school(school) : nothing}</p>` : nothing}
    ${answered.length > 0 ? answeredView(model, answered, words) : nothing}
    ${
      isOver || asked.length === 0
        ? nothing
        : html`<section>
            <h2>${page.whoAsks}</h2>
            ${theirs(asks, 'p')}
            ${reasonsOf(asked).map((reason) => html`<div class="panel"><p>${page.again}</p><p translate="yes"><bdi>${reason}</bdi></p></div>`)}
            <h2>${page.no}</h2>
            ${noView(model, asked, words)}
            ${formView(model, asked, words, '')}
          </section>`
    }
    ${isOver ? nothing : byOthersView(items, words)}
    ${later.map((item) => laterView(item, words))}
    ${
      isOver || again.length === 0
        ? nothing
        : html`<details class="change" ?open=${model.sent === 'again-' && wrong.length > 0}>
            <summary>${page.change}</summary>
            ${formView(model, again, words, 'again-')}
          </details>`
    }
    ${isOver || asked.length > 0 || model.own === undefined ? nothing : ownView(model, words)}
    <section>
      <h2>${page.now}</h2>
      <p>${standingOf(state, provider, words)}</p>
      ${stage && state === 'open' ? theirs(stage, 'p') : nothing}
      ${meetsOn ? html`<p>${page.meets(meetsOn)}</p>` : nothing}
      ${state === 'open' ? (model.planned ?? []).map(({ name, on }) => html`<p><span lang="en" dir="ltr">${name}</span>: <bdi>${on}</bdi></p>`) : nothing}
    </section>
    <section>
      <h2>${page.holds}</h2>
      <dl>
        <dt>${page.holders.school}</dt>
        <dd>${isOver ? page.held.schoolStopped : page.held.school}</dd>
        <dt>${page.holders.provider(provider)}</dt>
        <dd>${heldBy(model, words)}</dd>
        <dt>${page.holders.us}</dt>
        <dd>${page.held.us}</dd>
      </dl>
      <p>${page.see}</p>
      <p>${words.askPeople(model.reach)}</p>
    </section>
    <p class="note">${page.reference}: <span translate="no">${model.reference}</span></p>
    <form method="post" action=${model.leaveAction}><button class="secondary">${page.leave}</button></form>`
}

/** What a no comes to. Once the request is read, the catalogue’s words of before it is are true no more. */
function noView(
  { state, no, provider }: ConsentModel,
  asked: readonly ConsentItem[],
  { page }: ConsentWords,
): TemplateResult {
  if (state !== 'open' && state !== 'ran-out') return theirs(no, 'p')
  return asked.some(({ releases }) => releases)
    ? html`<p>${page.noHeld} ${page.takeBackAll(provider)}</p>`
    : html`<p>${page.noOne}</p>`
}

/** What was said, by itself: also where the answer was given on paper. */
function ownView(model: ConsentModel, words: ConsentWords): TemplateResult {
  const { page } = words
  const { as, sent, wrong, typed, own = '', wordsAction } = model
  const isSent = sent === 'own-' && wrong.length > 0
  const error = isSent ? wrong.find(({ name }) => name === 'own-words')?.text : undefined
  return html`<details class="change" ?open=${isSent}>
    <summary>${page.wordsMore}</summary>
    <form method="post" action=${wordsAction} novalidate>
      <div class="question">
        <label for="own-words">${page.words[as]}</label>
        <p class="note" id="own-words-hint">${page.wordsHint}</p>
        ${error ? html`<p class="error" id="own-words-error">${error}</p>` : nothing}
        ${model.area('own-words', isSent ? typed.words : own, error !== undefined)}
      </div>
      <div class="onward"><button class="secondary">${page.wordsSend}</button></div>
    </form>
  </details>`
}

/** A mistake as the summary says it: with the name of its field, where there are several. */
function named({ as }: ConsentModel, { page }: ConsentWords): (one: Wrong) => Wrong {
  return ({ name, text }) => {
    const field = name.replace(/^(again|own)-/, '')
    const label =
      field === 'name'
        ? page.name
        : field === 'relationship'
          ? as === 'young-person'
            ? ''
            : page.relationship[as]
          : field === 'words'
            ? page.words[as]
            : ''
    return { name, text: label ? `${label}: ${text}` : text }
  }
}

/** A text of the catalogue as an element, marked where its language is not the page’s. */
export function theirs({ text, lang, dir }: Theirs, as: 'p' | 'span'): TemplateResult {
  return as === 'p'
    ? html`<p lang=${lang ?? nothing} dir=${dir ?? nothing}>${text}</p>`
    : html`<span lang=${lang ?? nothing} dir=${dir ?? nothing}>${text}</span>`
}

/** The questions with a yes and a no each, nothing chosen; whoever answers signs with their name. What was said in words before stands there, and only what is made of it counts. */
function formView(
  model: ConsentModel,
  items: readonly ConsentItem[],
  words: ConsentWords,
  prefix: FormName,
): TemplateResult {
  const { as, typed, seen, action, own = '' } = model
  const { page } = words
  const isSent = prefix === model.sent && model.wrong.length > 0
  const errorOf = (name: string) => (isSent ? model.wrong.find((one) => one.name === name)?.text : undefined)
  const line = (
    name: 'name' | 'relationship',
    label: string,
    hint: string | undefined,
    complete: string | undefined,
  ) => {
    const id = `${prefix}${name}`
    const error = errorOf(id)
    const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
    return html`<div class="question">
      <label for=${id}>${label}</label>
      ${hint ? html`<p class="note" id=${`${id}-hint`}>${hint}</p>` : nothing}
      ${error ? html`<p class="error" id=${`${id}-error`}>${error}</p>` : nothing}
      <input class="full" id=${id} name=${name} type="text" dir="auto" autocomplete=${complete ?? nothing} value=${isSent ? typed[name] : ''} aria-invalid=${error ? 'true' : nothing} aria-describedby=${described || nothing}>
    </div>`
  }
  return html`<form method="post" action=${action} novalidate>
    <input type="hidden" name="seen" value=${seen}>
    <input type="hidden" name="form" value=${prefix}>
    ${own ? html`<input type="hidden" name="held" value=${own}>` : nothing}
    ${items.length > 1 ? html`<p>${page.eachAlone}</p>` : nothing}
    ${items.map((item) => itemView(item, words, errorOf(item.name), items.length > 1))}
    ${line('name', page.name, page.nameHint, as === 'young-person' ? undefined : 'name')}
    ${as === 'young-person' ? nothing : line('relationship', page.relationship[as], as === 'carer' ? page.relationshipHint : undefined, undefined)}
    <div class="question">
      <label for=${`${prefix}words`}>${page.words[as]}</label>
      <p class="note" id=${`${prefix}words-hint`}>${page.wordsHint}</p>
      ${errorOf(`${prefix}words`) ? html`<p class="error" id=${`${prefix}words-error`}>${errorOf(`${prefix}words`)}</p>` : nothing}
      ${model.area(`${prefix}words`, isSent ? typed.words : own, errorOf(`${prefix}words`) !== undefined)}
    </div>
    <div class="onward">
      <button>${page.send}</button>
      <p class="note">${page.later}</p>
    </div>
  </form>`
}

function itemView(item: ConsentItem, words: ConsentWords, error: string | undefined, canWait: boolean): TemplateResult {
  const { page } = words
  const choice = (value: 'given' | 'refused' | 'later', label: string) =>
    html`<label><input type="radio" name=${item.name} id=${value === 'given' ? item.name : `${item.name}-${value}`} value=${value} ?checked=${item.chosen === value} aria-describedby=${error ? `${item.name}-error` : nothing}> <span>${label}</span></label>`
  const text = `${item.name}-text`
  return html`<fieldset class="purpose" aria-describedby=${text}>
    <legend>${titleOf(item)}</legend>
    ${meaningView(item, words, text)}
    ${error ? html`<p class="error" id=${`${item.name}-error`}>${error}</p>` : nothing}
    <div class="choices">${choice('given', page.yes)} ${choice('refused', page.noAnswer)} ${canWait ? choice('later', page.leaveForLater) : nothing}</div>
    ${item.until ? html`<p class="note">${page.until(item.until)}</p>` : nothing}
  </fieldset>`
}

/** What is agreed to, who sees what, and for how long. */
function meaningView({ text, sees, keptFor }: ConsentItem, { page }: ConsentWords, id?: string): TemplateResult {
  return html`<div id=${id ?? nothing}>${theirs(text, 'p')}</div>
    <dl>
      <dt>${page.sees}</dt>
      <dd>${theirs(sees, 'span')}</dd>
      <dt>${page.keptFor}</dt>
      <dd>${theirs(keptFor, 'span')}</dd>
    </dl>`
}

function answeredView(model: ConsentModel, items: readonly ConsentItem[], words: ConsentWords): TemplateResult {
  const { page } = words
  return html`<section>
    <h2>${page.answered}</h2>
    ${items.map((item) => {
      const { answered, purpose, each, releases } = item
      if (!answered) return nothing
      const { answer, on, how, name, ranOut, takesBack, asksAgain } = answered
      return html`<div class="answered">
        <h3>${titleOf(item)}</h3>
        <p><b>${page.answers[answer](on)}</b> ${how === 'page' ? nothing : page.how[how]} ${ranOut ? page.ranOut : nothing}</p>
        ${answer === 'given' && model.state === 'stopped' ? html`<p>${page.noMore}</p>` : nothing}
        ${asksAgain ? html`<p>${page.askAgain}</p>` : nothing}
        ${name ? html`<p class="note">${page.signed}: <bdi translate="no">${name}</bdi></p>` : nothing}
        <details>
          <summary>${page.meaning}</summary>
          ${meaningView(item, words)}
        </details>
        ${
          takesBack
            ? html`<details class="takes">
                <summary>${page.takeBack}</summary>
                <form method="post" action=${model.takeBackAction}>
                  <input type="hidden" name="purpose" value=${purpose}>
                  <input type="hidden" name="each" value=${each}>
                  <p>${releases ? takenBack(model, page) : page.takeBackOne} ${page.takeBackWhy}</p>
                  <button class="secondary">${page.takeBackButton}</button>
                </form>
              </details>`
            : nothing
        }
      </div>`
    })}
  </section>`
}

/** What follows where what releases the request is taken back. */
function takenBack({ state, provider }: ConsentModel, page: ConsentWords['page']): string {
  if (state === 'ended' || state === 'declined') return page.takeBackEnded(provider)
  return state === 'open' || state === 'ran-out' ? page.takeBackAll(provider) : page.takeBackBefore
}

/** What a social worker has agreed to, with what can be done about that. */
function byOthersView(items: readonly ConsentItem[], words: ConsentWords): unknown {
  const { byOther } = words.page
  const agreed = items.flatMap((item) => (item.byOther === undefined ? [] : [{ item, on: item.byOther }]))
  return agreed.length === 0
    ? nothing
    : html`<section>
        <h2>${byOther.title}</h2>
        ${agreed.map(
          ({ item, on }) => html`<div class="answered">
            <h3>${titleOf(item)}</h3>
            <p>${byOther.given(on)}</p>
            <details>
              <summary>${words.page.meaning}</summary>
              ${meaningView(item, words)}
            </details>
          </div>`,
        )}
        <p>${byOther.no}</p>
      </section>`
}

function laterView(item: ConsentItem, { page }: ConsentWords): TemplateResult {
  const { text, state, until } = item
  return html`<section class="answered">
    <h2>${titleOf(item)}</h2>
    ${theirs(text, 'p')}
    <p>${state === 'meet' ? page.inPerson : until ? page.over(until) : nothing}</p>
  </section>`
}

function standingOf(state: ConsentState, provider: string, { page }: ConsentWords): string {
  const { standing } = page
  if (state === 'yours' || state === 'others') return standing[state]
  return standing[state](provider)
}

function titleOf({ title, eachTitle }: ConsentItem): TemplateResult {
  return html`${theirs(title, 'span')}${eachTitle ? html`: ${theirs(eachTitle, 'span')}` : nothing}`
}

function heldBy({ state, deletedBy }: ConsentModel, { page }: ConsentWords): string {
  const { held } = page
  if (state === 'stopped') return held.stopped(deletedBy)
  if (state === 'declined') return held.ended
  return state === 'open' || state === 'ran-out' || state === 'ended' ? held[state] : held.waiting
}

function reasonsOf(items: readonly ConsentItem[]): string[] {
  return [...new Set(items.flatMap(({ reason }) => reason ?? []))]
}
