import { instancesOf, personStanding } from '../../catalogue/rules/consent.ts'
import type { ConsentLanguage, ConsentPurpose } from '../../catalogue/schema/consent.ts'
import { filled, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import { Failure } from '../failures.ts'
import { consentLetterIn } from '../letters/consent-letter.ts'
import {
  type ConsentPageLanguage,
  type ConsentShown,
  type ConsentVisitor,
  consentAddress,
  type ShownItem,
} from '../pages/consent-pages.ts'
import type { OpenCase } from '../referrals/open-case.ts'
import { plannedDays } from '../referrals/planned.ts'
import { type SealedAnswer, sealedAnswersOf, wordsIn } from './answering.ts'
import { goesOn, isAwaited, isOpenTo, lastAnswerOf, lastAskOf, openUntil } from './asked.ts'
import { reachOf } from './asking.ts'

/** What a form that was sent back held, and what is wrong with it. */
export type SentBack = Pick<ConsentShown, 'typed' | 'sent' | 'faults'> & { chosen: ReadonlyMap<string, string> }

const NOTHING: SentBack = {
  typed: { name: '', relationship: '', words: '' },
  sent: '',
  faults: [],
  chosen: new Map(),
}

/** Everything that the page of somebody who was asked shows on a day, in their language. Throws `not-found` for somebody who is not asked. */
export async function shownTo(
  openCase: OpenCase,
  person: string,
  visitor: ConsentVisitor,
  today: string,
  { done, back = NOTHING }: { done?: ConsentShown['done']; back?: SentBack } = {},
): Promise<ConsentShown> {
  const { kept, pathway, document, referral } = openCase
  const { language } = visitor
  const { consent } = pathway
  const as = kept.people.find(({ id }) => id === person)?.as
  if (as === undefined) throw new Failure('not-found')
  const parts = await openCase.readAll<ReferralAnswers[string]>('part:')
  const dated = consentLetterIn(language).date
  const items = await Promise.all(
    consent.purposes
      .filter(({ by }) => by.includes(as))
      .flatMap((purpose) =>
        instancesOf(purpose).map((each) => itemOf(openCase, person, purpose, each, { language, today, dated })),
      ),
  )
  const path = `/consent/p/${person}`
  const pupil = filled(pathway, parts, 'pupil.name')
  const stage = pathway.stages.find(({ id }) => id === referral.stage)
  const own = { asks: consent.asks, no: consent.no }
  const translated = consent.in?.find((one) => one.language === language)
  const ownText = (all: readonly { language: string; text: string }[] = []) =>
    all.find((one) => one.language === language)?.text
  const { typed, sent, faults, chosen } = back
  const meetsOn = openCase.panelOn(today)
  return {
    document,
    as,
    provider: document.provider.name,
    done,
    about: as === 'young-person' ? undefined : pupil || undefined,
    school: filled(pathway, parts, 'school.name') || undefined,
    asks: said(own.asks, translated?.asks, language),
    no: said(own.no, translated?.no, language),
    items: items
      .filter(({ state, answered, byOther }) => state !== 'none' || answered || byOther !== undefined)
      .map((item) => ({ ...item, chosen: chosen.get(item.name) })),
    state: stateOf(openCase, person, items, today),
    stage: stage?.forFamilies && said(stage.forFamilies.text, ownText(stage.forFamilies.in), language),
    meetsOn: meetsOn && dated(meetsOn),
    planned: plannedDays(pathway, kept.events).map(({ name, on }) => ({ name, on: dated(on) })),
    deletedBy: dated(referral.deleteOn),
    reference: referral.reference ?? '',
    reach: reachOf(document),
    own: await ownWordsOf(openCase, person),
    wordsAction: consentAddress(`${path}/words`, visitor),
    action: consentAddress(path, visitor),
    takeBackAction: consentAddress(`${path}/take-back`, visitor),
    leaveAction: consentAddress(`${path}/leave`, visitor),
    seen: Math.max(0, ...kept.answers.filter((answer) => answer.person === person).map(({ number }) => number)),
    typed,
    sent,
    faults,
  }
}

/** What somebody has said in their own words, or a child’s; undefined before they have answered anything. */
async function ownWordsOf(openCase: OpenCase, person: string): Promise<string | undefined> {
  const said = await sealedAnswersOf(openCase, person)
  return said.length === 0 ? undefined : wordsIn(said)
}

/** The control’s name of one thing that is asked. */
export function nameOfItem({ purpose, each }: { purpose: string; each: string }): string {
  return ['answer', purpose, each].filter(Boolean).join('.')
}

interface Showing {
  language: ConsentPageLanguage
  today: string
  dated: (day: string) => string
}

async function itemOf(
  openCase: OpenCase,
  person: string,
  purpose: ConsentPurpose,
  each: string,
  { language, today, dated }: Showing,
): Promise<ShownItem> {
  const { pathway, kept, referral } = openCase
  const one = { purpose: purpose.id, each }
  const [ask, last] = [lastAskOf(openCase, person, one), lastAnswerOf(openCase, person, one)]
  const standing = personStanding(pathway.consent, purpose, each, person, kept, today)
  const canAnswer = goesOn(openCase) && !purpose.inPerson && isOpenTo(openCase, person, one, today)
  const state = ((): ShownItem['state'] => {
    if (isAwaited(openCase, person, purpose, each, today)) return 'asked'
    if (purpose.inPerson && goesOn(openCase) && (!last || standing === 'waiting')) return 'meet'
    if (last) return 'answered'
    // Of one that has ended nobody is asked again.
    return ask && referral.status !== 'ended' ? 'over' : 'none'
  })()
  const sealed = last && (await openCase.read<SealedAnswer>(`answer:${last.number}`))
  const reason = ask && (await openCase.read<{ text?: string }>(`event:${ask.number}`))?.text
  const until = openUntil(openCase, person, one)
  const own = purpose.in?.find((translated) => translated.language === language)
  const specialist = purpose.each?.find(({ id }) => id === each)
  return {
    ...one,
    name: nameOfItem(one),
    releases: purpose.releases === true,
    title: said(purpose.name, own?.name, language),
    eachTitle:
      specialist && said(specialist.name, specialist.in?.find((one) => one.language === language)?.name, language),
    text: said(purpose.text, own?.text, language),
    sees: said(purpose.sees, own?.sees, language),
    keptFor: said(purpose.keptFor, own?.keptFor, language),
    state,
    byOther: agreedByOther(openCase, person, purpose, each, today, dated),
    until: until && dated(until),
    reason,
    answered: last && {
      answer: last.answer,
      on: dated(last.on),
      how: last.how,
      name: sealed?.name ?? '',
      ranOut: last.answer === 'given' && standing !== 'given',
      takesBack: last.answer === 'given' && referral.status !== 'stopped',
      changes: last.answer !== 'given' && state === 'answered' && canAnswer,
      asksAgain: last.answer !== 'given' && state === 'answered' && !canAnswer && !purpose.inPerson && goesOn(openCase),
    },
  }
}

/** When a social worker has agreed to something that is a family’s to answer too, as a day in words; undefined for themselves and where none has. */
function agreedByOther(
  openCase: OpenCase,
  person: string,
  purpose: ConsentPurpose,
  each: string,
  today: string,
  dated: Showing['dated'],
): string | undefined {
  const { kept, pathway } = openCase
  const workers = kept.people.filter(({ id, as }) => as === 'social-worker' && id !== person)
  const agreed = workers.filter(({ id }) => personStanding(pathway.consent, purpose, each, id, kept, today) === 'given')
  const days = agreed.flatMap(({ id }) => lastAnswerOf(openCase, id, { purpose: purpose.id, each })?.on ?? [])
  const last = days.sort().at(-1)
  return last && dated(last)
}

/** The provider’s words in the page’s language; where it has none, in English, marked so. */
function said(english: string, own: string | undefined, language: ConsentLanguage | 'en'): ShownItem['text'] {
  if (own !== undefined || language === 'en') return { text: own ?? english }
  return { text: english, lang: 'en', dir: 'ltr' }
}

function stateOf(
  openCase: OpenCase,
  person: string,
  items: readonly ShownItem[],
  today: string,
): ConsentShown['state'] {
  const { status, outcome } = openCase.referral
  if (openCase.hasRunOut(today)) return 'ran-out'
  if (status === 'ended' && outcome === 'decline') return 'declined'
  if (status === 'stopped' || status === 'ended' || status === 'open') return status
  if (items.some(({ state }) => state === 'asked')) return 'yours'
  const releasing = openCase.pathway.consent.purposes.filter(({ releases }) => releases)
  // Their own no: what somebody else has answered is for nobody else of the family to know.
  const isNo = releasing.some(({ id }) => {
    const last = lastAnswerOf(openCase, person, { purpose: id, each: '' })
    return last !== undefined && last.answer !== 'given'
  })
  const { kept } = openCase
  // What is said then is true of whoever has not answered yet and of whoever has said no.
  const othersAreAsked = kept.asks.some(
    ({ person: asked, purpose }) => asked !== person && releasing.some(({ id }) => id === purpose),
  )
  const hasAnswered = kept.answers.some((answer) => answer.person === person)
  return !isNo && hasAnswered && othersAreAsked ? 'others' : 'no'
}
