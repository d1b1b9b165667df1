import { askedAtOnce, type ConsentAsk, instancesOf } from '../../catalogue/rules/consent.ts'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import { CONSENT_LANGUAGES, type ConsentGiver } from '../../catalogue/schema/consent.ts'
import type { Pathway } from '../../catalogue/schema/pathway.ts'
import { filled, type ReferralAnswers } from '../../catalogue/wire/answers.ts'
import { answersForThemself } from '../../catalogue/wire/needed.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import { type ConsentLetterWords, consentLetterIn } from '../letters/consent-letter.ts'
import { newLetterId } from '../letters/letter.ts'
import { type LinkBase, linkTo } from '../letters/link.ts'
import { printedPage } from '../pages/consent-pages.ts'
import { newAttempt } from '../people/secret.ts'
import { insertLink, revokeLinks } from '../referrals/link.store.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { schoolsAddresses } from '../referrals/own-addresses.ts'
import { keyringOf } from '../sealing/keyring.ts'
import { hasOnlyAnswered, lastDayToAnswer } from './asked.ts'
import { keptOfSecret, newConsentCode } from './code.ts'
import { doorEndsAt, familyDoor } from './family-door.ts'
import { deletedOn } from './kept-until.ts'
import { asksStatement, personStatement, revokeCodes } from './store.ts'

/** Somebody to ask. Without `person` they are new to the referral; without `email` a letter is printed for them. */
export interface WhoIsAsked {
  person?: string | undefined
  as: ConsentGiver
  name: string
  relationship?: string | undefined
  email?: string | undefined
  /** A consent language, or `en`; any other counts as `en`. */
  language: string
}

/** What somebody is asked: a purpose, and which specialist where it is asked for each; else `each` is empty. */
export interface WhatIsAsked {
  purpose: string
  each: string
}

/** Where and when somebody is asked. */
export interface Asking {
  /** Where the letter’s link leads. */
  link: LinkBase
  today: string
  /** The real clock, in milliseconds. */
  now: number
  /** Why they are asked again, in the words of who asks. It stands on the page behind the door and in no letter. */
  reason?: string | undefined
}

/** Who was asked, and whether a link went to them or a letter has to be printed. */
export interface Asked {
  person: string
  how: 'link' | 'letter'
}

/** What is sealed as `person:ID`. */
export interface SealedPerson {
  name: string
  relationship?: string
  email?: string
}

/** How often somebody can be asked in one referral, before it is a nuisance. */
const MOST_ASKS = 60

/** For how long an earlier code still opens its door once a newer one is printed, in milliseconds: two presses print two letters, and both are of use. */
const CODES_OVERLAP = 600_000

/** Everybody who is asked as soon as a referral is sent, and for what, by what its parts say: a young person who answers for themself in place of parents and carers. */
export function firstToAsk(
  pathway: Pathway,
  answers: ReferralAnswers,
  today: string,
): { who: WhoIsAsked; purposes: WhatIsAsked[] }[] {
  const { consent } = pathway
  const said = (...parts: Parameters<typeof filled>[2][]) => parts.map((part) => filled(pathway, answers, part))
  const someone = (as: ConsentGiver, [name = '', email = '', relationship = '', language = 'en']: string[]) => ({
    who: { as, name, email: email || undefined, relationship: relationship || undefined, language: language || 'en' },
    purposes: askedAtOnce(consent, as).flatMap((purpose) =>
      instancesOf(purpose).map((each) => ({ purpose: purpose.id, each })),
    ),
  })
  // A second carer who is given none reads as the first does.
  const [language = '', second = '', ownLanguage = ''] = said(
    'carer.language',
    'second-carer.language',
    'young-person.language',
  )
  const own = someone('young-person', [...said('pupil.name', 'young-person.email'), '', ownLanguage])
  const family = answersForThemself(pathway, answers, today)
    ? [own]
    : [
        someone('carer', [...said('carer.name', 'carer.email', 'carer.relationship'), language]),
        someone('carer', [
          ...said('second-carer.name', 'second-carer.email', 'second-carer.relationship'),
          second || language,
        ]),
      ]
  return [...family, someone('social-worker', said('social-worker.name', 'social-worker.email'))].filter(
    ({ who, purposes }) => who.name !== '' && purposes.length > 0,
  )
}

/**
 * Asks somebody, as a part of a change: the person, their questions, an event for each, the link and its letter in their language. With
 * no purposes they only get a new link. The referral has its reference by then. Throws `not-found` for a person who is not asked in this
 * referral, `invalid` at `/purpose` for what they are not to answer, at `/as` for a young person who is too young to answer for themself and at `/email` for
 * an address of the school’s, and `conflict` where somebody was asked too often.
 */
export async function askFor(
  change: CaseChange,
  openCase: OpenCase,
  who: WhoIsAsked,
  purposes: readonly WhatIsAsked[],
  { link, today, now, reason }: Asking,
): Promise<Asked> {
  const { kept, pathway, referral } = openCase
  const known = kept.people.find(({ id }) => id === who.person)
  if (who.person !== undefined && known?.as !== who.as) throw new Failure('not-found')
  // Letters that ask nothing anew are no questions.
  const questions = kept.events.filter(({ kind, detail }) => kind === 'asked' && detail.purpose !== '')
  if (questions.length + purposes.length > MOST_ASKS) throw new Failure('conflict')
  for (const { purpose, each } of purposes) {
    const found = openCase.purpose(purpose)
    if (!found?.by.includes(who.as)) throw invalid([{ pointer: '/purpose', code: 'choose' }])
    if (!instancesOf(found).includes(each)) throw invalid([{ pointer: '/each', code: 'choose' }])
  }

  const parts = await openCase.readAll<ReferralAnswers[string]>('part:')
  // Their answer counts in place of a parent’s, so that nobody is asked as one who is too young to.
  if (!known && who.as === 'young-person' && !answersForThemself(pathway, parts, today))
    throw invalid([{ pointer: '/as', code: 'choose' }])

  const id = known?.id ?? newAttempt()
  const before = known && (await openCase.read<SealedPerson>(`person:${id}`))
  const email = who.email ?? before?.email
  if (email && email !== before?.email && (await schoolsAddresses(openCase, parts)).has(email.toLowerCase()))
    throw invalid([{ pointer: '/email', code: 'not-the-schools' }])
  const relationship = who.relationship ?? before?.relationship
  const language = languageOf(who.language)
  change.also((db) => [personStatement(db, referral.id, { id, as: who.as, language })])
  change.seal(`person:${id}`, { name: who.name, ...(relationship && { relationship }), ...(email && { email }) })

  const isAgain = ({ purpose, each }: WhatIsAsked) =>
    kept.asks.some((ask) => ask.person === id && ask.purpose === purpose && ask.each === each)
  // A link that is sent anew asks nothing anew, and a first question about something else is a first one.
  const again = purposes.some(isAgain)
  const said = reason ? { text: reason } : undefined
  const how = email ? 'link' : 'letter'
  const asks = purposes.map(({ purpose, each }): ConsentAsk => {
    const detail = { purpose, each, again: isAgain({ purpose, each }), how }
    const number = change.event('asked', id, { detail, ...(said && { said }) })
    return { number, person: id, purpose, each, on: today }
  })
  if (asks.length === 0) change.event('asked', id, { detail: { purpose: '', each: '', how } })
  change.consents({ people: [{ id, as: who.as }], asks })
  change.also((db) => [asksStatement(db, referral.id, asks)])
  if (asks.length === 0) change.entry('consent-link', { how })
  else change.entry('consent-asked', { how, again })
  if (referral.status === 'waiting')
    change.keepUntil(deletedOn(openCase, change.events, change.consentHistory) ?? change.state.deleteOn)

  // Whoever the letters went to before has no business with it any more.
  if (before?.email !== undefined && before.email !== email)
    change.also((db, at) => [revokeLinks(db, referral.id, 'consent', at, id)])
  if (!email) return { person: id, how: 'letter' }

  const { address, endsAt } = await familyDoor(change, openCase, id, { now, link })
  const reference = referenceIn(change)
  const words = consentLetterIn(language)
  const until = asks.length > 0 ? lastDayToAnswer(openCase, today, change.state.deleteOn) : undefined
  const looks = asks.length === 0 && hasOnlyAnswered(openCase, id, today)
  change.letter({
    id: newLetterId(),
    provider: referral.provider,
    about: reference,
    kind: 'consent-asked',
    to: email,
    subject: (looks ? words.look : words).subject(reference),
    text: [
      words.greeting,
      whatFor(openCase, who.as, words, looks),
      ...(again && reason ? [words.again] : []),
      `${words.open}\n${address}`,
      words.door[who.as],
      looks ? words.look.can : words.choice,
      ...(until === undefined ? [] : [words.until(words.date(until))]),
      words.later,
      words.alone,
      words.questions(reachOf(openCase.document)),
      words.reference(reference),
    ].join('\n\n'),
    writtenAt: new Date(now).toISOString(),
    endsAt,
  })
  return { person: id, how: 'link' }
}

/** Who makes a letter to print, beside where and when. */
export interface Printing extends Asking {
  /** `school`, or the id of a person of the console. */
  actor: string
}

/** A letter to print, with its code in place of a link. */
export interface PrintedLetter {
  language: string
  /** The whole page as HTML, ready to send and to print. */
  html: string
  /** Where the code is typed, and the code. */
  address: string
  code: string
}

/**
 * Makes a new code for somebody who is asked, in place of their earlier one, and the letter that says it. For a POST: it writes, and the
 * history says so. Undefined where nobody is asked by that id, or the referral is not sent or is stopped.
 */
export async function printedLetter(
  env: Bindings,
  openCase: OpenCase,
  person: string,
  by: Printing,
): Promise<PrintedLetter | undefined> {
  const { referral, pathway, document } = openCase
  const known = openCase.kept.people.find(({ id }) => id === person)
  if (!known || referral.reference === null || referral.status === 'draft' || referral.status === 'stopped')
    return undefined
  const code = newConsentCode()
  const hash = await keptOfSecret(keyringOf(env), code)
  if (hash === undefined) throw new RangeError('A code does not read as one.')
  const endsAt = doorEndsAt(pathway, by.now)
  const change = new CaseChange(openCase, by)
  change.event('asked', person, { detail: { purpose: '', each: '', how: 'letter' } })
  change.entry('consent-link', { how: 'letter' })
  change.also((db, madeAt) => [
    revokeCodes(db, referral.id, person, madeAt, new Date(by.now - CODES_OVERLAP).toISOString()),
    insertLink(db, { hash, referral: referral.id, as: 'consent', how: 'code', who: person, madeAt, endsAt }),
  ])
  const changed = await change.keep(env.DB)
  if (changed === 'conflict') {
    const present = await openCaseWith(env, { id: referral.id })
    return present && printedLetter(env, present, person, by)
  }
  const name = (await openCase.read<SealedPerson>(`person:${person}`))?.name ?? ''
  const asked = openCase.kept.asks.filter((ask) => ask.person === person).at(-1)
  const until = asked && lastDayToAnswer(openCase, asked.on)
  const words = consentLetterIn(known.language)
  const looks = hasOnlyAnswered(openCase, person, by.today)
  const address = linkTo(by.link, '/consent')
  const html = await printedPage({
    language: known.language,
    document,
    name,
    on: words.date(by.today),
    title: looks ? words.look.title : words.printed.title,
    before: [words.greeting, whatFor(openCase, known.as, words, looks), looks ? words.look.can : words.choice],
    picture: { text: words.printed.picture, address: linkTo(by.link, `/consent/${code}`) },
    type: { text: words.printed.type, address },
    code: { text: words.printed.code, code },
    after: [
      words.door[known.as],
      ...(!looks && until !== undefined && until >= by.today ? [words.until(words.date(until))] : []),
      words.later,
      words.alone,
      words.printed.noPhone,
      words.questions(reachOf(document)),
      words.reference(referral.reference),
    ],
  })
  return { language: known.language, html, address, code }
}

/** How the provider is reached, as a letter says it: a name, a number, an address. Undefined where the catalogue names neither of these: a name alone leads nowhere. */
export function reachOf({ provider, privacy }: Catalogue): string | undefined {
  const contact = privacy?.contact
  const ways = [contact?.telephone ?? provider.telephone, contact?.email ?? provider.email].filter(Boolean)
  return ways.length > 0 ? [provider.name, ...ways].join(', ') : undefined
}

/** What a letter is for: the answer that a request waits for, another question about it, or nothing but the answers that are there. */
function whatFor(
  { document, referral }: OpenCase,
  as: ConsentGiver,
  words: ConsentLetterWords,
  looks: boolean,
): string {
  const { name } = document.provider
  if (looks) return words.look.text(name)
  return referral.status === 'waiting' || referral.status === 'draft' ? words.asks(name)[as] : words.asksMore(name)
}

function languageOf(language: string): string {
  return CONSENT_LANGUAGES.find((one) => one === language) ?? 'en'
}

function referenceIn(change: CaseChange): string {
  const { reference } = change.state
  if (reference === null) throw new RangeError('Nobody is asked about a referral that has not been sent.')
  return reference
}
