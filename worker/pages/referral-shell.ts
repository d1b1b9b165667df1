import { html } from 'lit'
import type { Part, Question } from '../../catalogue/schema/pathway.ts'
import type { Host } from '../../components/referral-form/referral-form.view.ts'
import { type Place, shownAnswer } from '../../components/referral-form/steps.ts'
import { words } from '../../components/words/en/referral-pages.ts'
import { servedArea } from './area.ts'
import type { Visitor } from './language.ts'
import { addressIn, type PageModel } from './model.ts'
import { pageOf } from './shell.ts'

/** What no page of the form but its own shows. */
export const bare = { wrong: [], ticked: [] }

/** What a form carries unseen. */
export function carriedView(carried: Readonly<Record<string, string>>): unknown {
  return Object.entries(carried).map(([name, value]) => html`<input type="hidden" name=${name} value=${value}>`)
}

/** Where the form’s pages stand: on the portal, without a script. */
export function hostOf(visitor: Pick<PageModel, 'catalogue' | 'settings'>, href: (place: Place) => string): Host {
  return {
    href,
    go: (place, text, language) => html`<a href=${href(place)} lang=${language}>${text}</a>`,
    beside: (page) => addressIn(visitor, page),
    area: servedArea,
    only: (part, { when }) => onlyIf(part, when),
    headingLevel: 1,
  }
}

function onlyIf({ questions }: Part, when: Question['when']): string | undefined {
  const asker = when && questions.find(({ id }) => id === when.question)
  return asker && words.onlyIf(asker.label, shownAnswer(asker, { [asker.id]: when.is }))
}

/** What travels in addresses. */
export function settingsOf({ today, language }: Visitor): [string, string][] {
  return [...(today ? [['today', today] as [string, string]] : []), ...inLanguage({ settings: [] }, language)]
}

/** What travels in addresses, in another language. */
export function inLanguage(
  { settings }: Pick<PageModel, 'settings'>,
  language: Visitor['language'],
): [string, string][] {
  const others = settings.filter(([name]) => name !== 'lang').map(([name, value]): [string, string] => [name, value])
  return language === 'en' ? others : [...others, ['lang', language]]
}

/** A page in the provider’s frame, without a script: the element is there for its styles alone. */
export function shell(
  model: PageModel,
  title: string,
  main: unknown,
  inOther: (language: Visitor['language']) => string,
): Promise<string> {
  return pageOf({
    title,
    visitor: model,
    model: { ...model, inOther },
    hasWidgets: false,
    main: html`<outreach-referral-form>${main}</outreach-referral-form>`,
  })
}
