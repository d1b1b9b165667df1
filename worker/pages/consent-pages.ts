import { html, nothing, type TemplateResult } from 'lit'
import { unsafeHTML } from 'lit/directives/unsafe-html.js'
import { encode } from 'uqr'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { ConsentGiver, ConsentLanguage } from '../../catalogue/schema/consent.ts'
import { type ConsentItem, type ConsentModel, view } from '../../components/consent-form/consent-form.view.ts'
import { codeView, doorView } from '../../components/consent-form/door.view.ts'
import { ar } from '../../components/words/ar/consent.ts'
import { cy } from '../../components/words/cy/consent.ts'
import { type ConsentWords, en } from '../../components/words/en/consent.ts'
import { pl } from '../../components/words/pl/consent.ts'
import { ur } from '../../components/words/ur/consent.ts'
import { escaped, markupOf } from './shell.ts'

/** What a page says where an answer could not be taken, and what was typed stays. */
const SAYS = ['lost', 'slow', 'failed', 'busy', 'away', 'big'] as const

/** What the consent pages speak. */
export type ConsentPageLanguage = ConsentLanguage | 'en'

const WORDS: Record<ConsentPageLanguage, ConsentWords> = { en, cy, pl, ur, ar }
const RIGHT_TO_LEFT: ReadonlySet<string> = new Set<ConsentPageLanguage>(['ur', 'ar'])

/** Every language that the consent pages have words for. */
export const CONSENT_PAGE_LANGUAGES: readonly ConsentPageLanguage[] = ['en', 'cy', 'pl', 'ur', 'ar']

/** A language by its code, if the consent pages speak it. */
export function consentLanguageNamed(text: string | undefined): ConsentPageLanguage | undefined {
  return CONSENT_PAGE_LANGUAGES.find((one) => one === text)
}

/** Which way a language is written. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(language) ? 'rtl' : 'ltr'
}

/** Who looks at a consent page, and how. */
export interface ConsentVisitor {
  language: ConsentPageLanguage
  /** What can be chosen. */
  languages: readonly ConsentPageLanguage[]
  /** The page's path, which the language's links lead to. */
  path: string
  /** A development day that addresses carry on. */
  today?: string | undefined
  /** The demonstration's day in words; absent in production. */
  demonstrationDay?: string | undefined
  /** Links carry the language on: the address names it, or it is another than English. */
  isNamed: boolean
}

/** A path with the day that the visitor's address names, and with their language. */
export function consentAddress(path: string, { today, isNamed, language }: ConsentVisitor, more?: string): string {
  const query = new URLSearchParams()
  if (today) query.set('today', today)
  if (isNamed) query.set('lang', language)
  if (more) query.set('done', more)
  return query.size ? `${path}?${query}` : path
}

/** Where a code is typed. */
export function codePage(
  visitor: ConsentVisitor,
  { typed = '', fault }: { typed?: string; fault?: 'missing' | 'unknown' | undefined } = {},
): Promise<string> {
  const { code } = WORDS[visitor.language]
  const action = consentAddress('/consent', visitor)
  return shell(visitor, {
    title: code.title,
    isWrong: fault !== undefined,
    main: codeView({ action, typed, error: fault && code[fault] }, WORDS[visitor.language]),
  })
}

/** What a link's door shows: nothing about anybody. */
export interface DoorShown {
  as: ConsentGiver
  document: Catalogue
  /** Whether they have answered, and are asked nothing. */
  looks: boolean
  typed?: Readonly<Record<'day' | 'month' | 'year', string>>
  /** `missing`: that was no date. A number: the date was wrong, and how many tries are left. */
  fault?: 'missing' | number | undefined
  reach: string | undefined
}

/** The door of a link. */
export function doorPage(
  visitor: ConsentVisitor,
  { as, document, looks, typed, fault, reach }: DoorShown,
): Promise<string> {
  const words = WORDS[visitor.language]
  const { door } = words
  const errors = fault === undefined ? [] : fault === 'missing' ? [door.missing] : [door.wrong, door.left(fault)]
  return shell(visitor, {
    title: looks ? words.page.title.yours : door.title,
    document,
    isWrong: errors.length > 0,
    main: doorView(
      {
        as,
        provider: document.provider.name,
        looks,
        action: consentAddress(visitor.path, visitor),
        typed: typed ?? { day: '', month: '', year: '' },
        errors,
        help: typeof fault === 'number' ? door.check : undefined,
        reach,
      },
      words,
    ),
  })
}

/** Why a page cannot be shown. */
export type ConsentTrouble = 'locked' | 'old' | 'replaced' | 'unknown' | 'away' | 'failed' | 'busy' | 'foreign' | 'big'

/** A page that says why there is nothing to see, and what helps. */
export function troubleOfConsentPage(
  visitor: ConsentVisitor,
  trouble: ConsentTrouble,
  document?: Catalogue,
  reach?: string,
): Promise<string> {
  const words = WORDS[visitor.language]
  const { title, lead, next } = words[trouble]
  return shell(visitor, {
    title,
    document,
    main: html`<h1>${title}</h1>
      <p class="lead">${lead}</p>
      <p>${next}</p>
      ${reach ? html`<p>${words.askPeople(reach)}</p>` : nothing}
      ${trouble === 'unknown' || trouble === 'away' ? html`<p><a href=${consentAddress('/consent', visitor)}>${words.unknown.toCode}</a></p>` : nothing}`,
  })
}

/** A form that came when its page had closed, in a rush or while something failed here: it is handed back with everything in it, to be sent again. */
export function heldPage(
  visitor: ConsentVisitor,
  trouble: 'away' | 'busy' | 'failed',
  { action, entries }: { action: string; entries: readonly (readonly [name: string, value: string])[] },
): Promise<string> {
  const words = WORDS[visitor.language]
  const { title } = words[trouble]
  const typed = entries.filter(([name, value]) => /^(name|relationship|words)$/.test(name) && value !== '')
  return shell(visitor, {
    title,
    main: html`<h1>${title}</h1>
      <p class="lead">${words.form[trouble]}</p>
      ${typed.length > 0 ? html`<div class="panel">${typed.map(([, value]) => html`<p translate="no"><bdi>${value}</bdi></p>`)}</div>` : nothing}
      <form method="post" action=${action}>
        ${entries.map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)}
        <button>${action.includes('/words') ? words.page.wordsSend : words.page.send}</button>
      </form>`,
  })
}

/** The page of a link whose referral was stopped. It asks nothing, since there is nothing left to keep private. */
export function endedPage(
  visitor: ConsentVisitor,
  document: Catalogue,
  deletedBy: string,
  reach: string | undefined,
): Promise<string> {
  const words = WORDS[visitor.language]
  const { title, lead, next } = words.ended
  return shell(visitor, {
    title,
    document,
    main: html`<h1>${title}</h1>
      <p class="lead">${lead}</p>
      <p>${next(document.provider.name, deletedBy)}</p>
      <p>${words.askPeople(reach)}</p>`,
  })
}

/** The page after somebody has closed theirs, with the provider’s notices beside it where its id is known. */
export function leftPage(visitor: ConsentVisitor, provider?: string): Promise<string> {
  const { page } = WORDS[visitor.language]
  return shell(visitor, {
    title: page.left,
    noticesOf: provider,
    main: html`<h1>${page.leave}</h1><p class="lead" role="status">${page.left}</p>`,
  })
}

/** What is wrong with an answer, by its control. */
export interface ConsentFault {
  name: string
  code: 'choose' | 'name' | 'relationship' | 'long' | 'signs'
  most?: number | undefined
}

/** One thing that somebody is asked. */
export type ShownItem = ConsentItem

/** What the page of somebody who was asked shows, without its words. */
export interface ConsentShown extends Omit<ConsentModel, 'title' | 'notice' | 'wrong' | 'area'> {
  document: Catalogue
  /** What has just happened. */
  done?: 'kept' | 'same' | 'stale' | 'closed' | 'words' | undefined
  faults: readonly ConsentFault[]
}

/** The page of somebody who was asked: what is asked, what they answered, how it stands, who has what. */
export function answersPage(visitor: ConsentVisitor, shown: ConsentShown): Promise<string> {
  const words = WORDS[visitor.language]
  const { as, done, faults, document, items, state } = shown
  const { page, form } = words
  const notices = {
    kept: page.keptThanks,
    same: page.sameThanks,
    stale: page.stale,
    closed: page.closed,
    words: page.wordsKept,
  }
  const isAsked = state !== 'stopped' && items.some((item) => item.state === 'asked')
  const title =
    state === 'stopped'
      ? page.title.stopped
      : done === 'kept' || done === 'same'
        ? page.title.thanks
        : page.title[isAsked ? 'answer' : 'yours']
  const wrong = faults.map(({ name, code, most = 0 }) => ({
    name,
    text:
      code === 'long'
        ? form.long(most)
        : code === 'relationship'
          ? form.relationship[as === 'social-worker' ? as : 'carer']
          : form[code],
  }))
  return shell(visitor, {
    title,
    document,
    isWrong: wrong.length > 0,
    main: view({ ...shown, title, notice: done && notices[done], wrong, area: areaOf }, words),
  })
}

/** A template has no places within a text area. */
function areaOf(id: string, text: string, isWrong: boolean): unknown {
  const described = isWrong
    ? `aria-invalid="true" aria-describedby="${id}-hint ${id}-error"`
    : `aria-describedby="${id}-hint"`
  return unsafeHTML(
    `<textarea class="full" id="${id}" name="words" rows="4" dir="auto" ${described}>\n${escaped(text)}</textarea>`,
  )
}

/** A letter to print, in the words of its language. */
export interface PrintedShown {
  language: string
  document: Catalogue
  /** The day that it is written on, in words. */
  on: string
  /** Whom it is for. */
  name: string
  title: string
  before: readonly string[]
  /** The two ways in. */
  picture: { text: string; address: string }
  type: { text: string; address: string }
  code: { text: string; code: string }
  after: readonly string[]
}

/** A letter to print: who it is for, a picture for a phone's camera, an address and a code to type. It names no child. */
export async function printedPage(shown: PrintedShown): Promise<string> {
  const { language, document, on, name, title, before, picture, type, code, after } = shown
  const body = html`<main id="main" class="width">
    <outreach-consent-form class="letter">
      <p class="unprinted" lang="en" dir="ltr">Print this page and give it to the person named on it, in an envelope. An earlier letter of theirs soon stops working.</p>
      <p><b lang="en" translate="no"><bdi>${document.provider.name}</bdi></b></p>
      <p><bdi translate="no">${name}</bdi></p>
      <p>${on}</p>
      <h1>${title}</h1>
      ${before.map((text) => html`<p>${text}</p>`)}
      <div class="ways">
        <div>
          <p>${picture.text}</p>
          ${pictureOf(picture.address, picture.text)}
        </div>
        <div>
          <p>${type.text}</p>
          <p class="typed"><bdi dir="ltr" translate="no">${type.address.replace(/^https?:\/\//, '').replace(/\?.*$/, '')}</bdi></p>
          <p>${code.text}</p>
          <p class="typed code"><bdi dir="ltr" translate="no">${code.code}</bdi></p>
        </div>
      </div>
      ${after.map((text) => html`<p>${text}</p>`)}
    </outreach-consent-form>
  </main>`
  return htmlOf({ language, title: `${title} – ${document.provider.name}`, document, body, script: false })
}

/** A square of dots that a phone's camera reads as an address. */
function pictureOf(address: string, label: string): TemplateResult {
  const { data, size } = encode(address, { ecc: 'M', border: 2 })
  const path = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => {
      if (!isDark || row[x - 1]) return []
      const end = row.indexOf(false, x)
      return [`M${x} ${y}h${(end === -1 ? size : end) - x}v1H${x}z`]
    }),
  )
  return html`<svg class="picture" role="img" aria-label=${label} viewBox=${`0 0 ${size} ${size}`} shape-rendering="crispEdges"><rect width=${size} height=${size} fill="#fff"></rect><path d=${path.join('')} fill="#000"></path></svg>`
}

interface Shell {
  title: string
  document?: Catalogue | undefined
  /** Whose notices stand below, where the page shows nothing else of a provider’s. */
  noticesOf?: string | undefined
  isWrong?: boolean
  main: TemplateResult
}

/** A whole page: its languages above, its sentences for a lost connection hidden within, privacy and complaints below. */
function shell(
  visitor: ConsentVisitor,
  { title, document, noticesOf = document?.privacy && document.provider.id, isWrong = false, main }: Shell,
): Promise<string> {
  const { language, languages, path, today, demonstrationDay } = visitor
  const words = WORDS[language]
  const provider = document?.provider
  // A page that shows nothing else of a provider’s knows it by its address alone.
  const of = document === undefined && noticesOf !== undefined ? { of: noticesOf } : {}
  const inOther = (other: ConsentPageLanguage) =>
    `${path}?${new URLSearchParams({ ...(today && { today }), ...of, lang: other })}`
  const query = new URLSearchParams({ ...(today && { today }), ...(language === 'cy' && { lang: 'cy' }) })
  const outward = (path: string, text: string, isEnglish: boolean) =>
    html`<a href=${`${path}${query.size ? `?${query}` : ''}`} target="_blank" rel="noopener">${text}${isEnglish ? html` <span>${words.inEnglish}</span>` : nothing}</a>`
  // The portal speaks Welsh too; what a provider writes in its notices is in English alone.
  const beside = (page: 'privacy' | 'complaints') => outward(`/${noticesOf}/${page}`, words[page], language !== 'en')
  const body = html`<a class="skip" href="#main">${words.skip}</a>
    <header>
      ${demonstrationDay ? html`<p class="demonstration">${words.demonstration(demonstrationDay)}</p>` : nothing}
      <div class="width">
        ${provider ? html`<p class="name"><b lang="en" translate="no"><bdi>${provider.name}</bdi></b> <span lang="en"><bdi>${provider.service}</bdi></span></p>` : nothing}
        <nav aria-label=${words.languages}>
          <ul>${languages.map((other) => html`<li><a href=${inOther(other)} lang=${other} hreflang=${other} dir=${directionOf(other)} translate="no" aria-current=${other === language ? 'page' : nothing}>${WORDS[other].called}</a></li>`)}</ul>
        </nav>
      </div>
    </header>
    <main id="main" class="width" tabindex="-1">
      <outreach-consent-form>
        ${main}
        <p class="say panel" data-say="sending" role="status" hidden>${words.form.sending}</p>
        ${SAYS.map((which) => html`<p class="say panel" data-say=${which} role="alert" hidden>${words.form[which]}</p>`)}
      </outreach-consent-form>
    </main>
    <footer>
      <div class="width">
        ${noticesOf ? html`<p class="beside">${beside('privacy')} ${beside('complaints')}</p><p class="note">${words.beside}</p>` : document ? nothing : html`<p class="beside">${outward('/', words.anyProvider, language !== 'en' && language !== 'cy')}</p>`}
        <p class="mark">${words.madeWith}</p>
      </div>
    </footer>`
  const named = [isWrong ? `${words.form.wrong}: ${title}` : title, provider?.name].filter(Boolean).join(' – ')
  return htmlOf({ language, title: named, document, body, script: true })
}

interface Page {
  language: string
  title: string
  document: Catalogue | undefined
  body: TemplateResult
  script: boolean
}

async function htmlOf({ language, title, document, body, script }: Page): Promise<string> {
  return `<!doctype html>
<html lang="${language === 'en' ? 'en-GB' : language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/portal.css">
${document ? `<link rel="stylesheet" href="/${document.provider.id}/brand.css">` : ''}
${script ? '<script type="module" src="/consent-form.js"></script>' : ''}
</head>
<body class="portal">
${await markupOf(body)}
</body>
</html>
`
}
