import type { Catalogue } from '../schema/catalogue.ts'
import type { AnswerFills, Pathway, Question } from '../schema/pathway.ts'
import { type ConsentCode, checkConsent } from './consent-consistency.ts'
import { type Note, type Noted, noteRepeated, noting } from './noted.ts'
import { RESERVED_IN_REFERRALS } from './reserved-in-referrals.ts'
import { checkStages, type StageCode } from './stage-consistency.ts'

/** What can be wrong between the parts of a pathway whose every part is right by itself. */
export type PathwayCode =
  | ConsentCode
  | StageCode
  | 'repeated-id'
  | 'reserved-id'
  | 'unknown-offer'
  | 'not-by-referral'
  | 'unknown-pathway'
  | 'unknown-question'
  | 'unknown-answer'
  | 'asked-in-a-circle'
  | 'fills-missing'
  | 'fills-twice'
  | 'fills-not-always'
  | 'fills-other-kind'
  | 'not-a-consent-language'
  | 'repeated-address'
  | 'deleted-while-open'

/** What every referral has to say, whatever else is answered. */
const ALWAYS_FILLED: readonly AnswerFills[] = ['pupil.name', 'pupil.born', 'school.name', 'referrer.name']

/** Everything in a catalogue's pathways that does not fit together. */
export function pathwayFaultsIn(catalogue: Catalogue): Noted<PathwayCode>[] {
  const { faults, note } = noting<PathwayCode>()
  noteRepeated(catalogue.pathways, '/pathways', note)
  catalogue.pathways?.forEach((pathway, index) => {
    const at = `/pathways/${index}`
    if (RESERVED_IN_REFERRALS.has(pathway.id)) note(`${at}/id`, 'reserved-id', pathway.id)
    checkOffers(pathway, catalogue, at, note)
    noteRepeated(pathway.eligibility, `${at}/eligibility`, note)
    checkTurns(pathway, catalogue, at, note)
    checkParts(pathway, at, note)
    checkFilled(pathway, at, note)
    noteRepeated(pathway.declarations, `${at}/declarations`, note)
    checkConsent(pathway.consent, `${at}/consent`, note)
    checkStages(pathway, catalogue, at, note)
    pathway.letters.forEach((address, place) => {
      if (pathway.letters.indexOf(address) < place) note(`${at}/letters/${place}`, 'repeated-address', address)
    })
    if (pathway.retention.unansweredDays < pathway.consent.openDays)
      note(`${at}/retention/unansweredDays`, 'deleted-while-open')
  })
  return faults
}

function checkOffers({ offers: ids }: Pathway, { offers }: Catalogue, at: string, note: Note<PathwayCode>): void {
  ids.forEach((id, index) => {
    const offer = offers.find((one) => one.id === id)
    if (!offer) note(`${at}/offers/${index}`, 'unknown-offer', id)
    else if (offer.askedBy !== 'referral') note(`${at}/offers/${index}`, 'not-by-referral', offer.name)
    if (ids.indexOf(id) < index) note(`${at}/offers/${index}`, 'repeated-id', id)
  })
}

function checkTurns(
  { id, eligibility }: Pathway,
  { pathways = [] }: Catalogue,
  at: string,
  note: Note<PathwayCode>,
): void {
  eligibility.forEach(({ turnTo }, index) => {
    turnTo.forEach(({ pathway }, place) => {
      if (pathway !== undefined && (pathway === id || !pathways.some((one) => one.id === pathway)))
        note(`${at}/eligibility/${index}/turnTo/${place}/pathway`, 'unknown-pathway', pathway)
    })
  })
}

function checkParts({ parts }: Pathway, at: string, note: Note<PathwayCode>): void {
  const seen = new Set<string>()
  noteRepeated(parts, `${at}/parts`, note)
  parts.forEach(({ id, questions }, place) => {
    if (RESERVED_IN_REFERRALS.has(id)) note(`${at}/parts/${place}/id`, 'reserved-id', id)
    noteRepeated(questions, `${at}/parts/${place}/questions`, note, seen)
    questions.forEach((question, index) => {
      const pointer = `${at}/parts/${place}/questions/${index}`
      noteRepeated(question.choices, `${pointer}/choices`, note)
      checkWhen(question, questions, `${pointer}/when`, note)
    })
  })
}

function checkWhen(question: Question, others: readonly Question[], pointer: string, note: Note<PathwayCode>): void {
  const { when } = question
  if (!when) return
  const asked = others.find(({ id }) => id === when.question)
  if (!asked) note(`${pointer}/question`, 'unknown-question', when.question)
  else if (leadsBack(question, others)) note(`${pointer}/question`, 'asked-in-a-circle')
  else if (!answersOf(asked).includes(when.is)) note(`${pointer}/is`, 'unknown-answer', when.is)
}

/** Whether a question is asked only after an answer that waits for its own. */
function leadsBack({ id, when }: Question, others: readonly Question[]): boolean {
  const seen = new Set<string>()
  for (let next = when?.question; next !== undefined && !seen.has(next); ) {
    if (next === id) return true
    seen.add(next)
    next = others.find((one) => one.id === next)?.when?.question
  }
  return false
}

/** The answers that a question can be asked by. */
function answersOf({ as, choices }: Question): string[] {
  return as === 'yes-no' ? ['yes', 'no'] : (choices ?? []).map(({ id }) => id)
}

function checkFilled({ parts, consent, places = [] }: Pathway, at: string, note: Note<PathwayCode>): void {
  const asked = parts.flatMap(({ questions }, place) =>
    questions.map((question, index) => ({ question, pointer: `${at}/parts/${place}/questions/${index}` })),
  )
  const filling = (fills: AnswerFills) => asked.filter(({ question }) => question.fills === fills)
  // A school's places are counted by its number: by its name, written in two ways, it would be two schools.
  const isCounted = places.some(({ counted }) => counted === 'school-term')
  for (const fills of isCounted ? [...ALWAYS_FILLED, 'school.urn' as const] : ALWAYS_FILLED) {
    const [first] = filling(fills)
    if (!first) note(`${at}/parts`, 'fills-missing', fills)
    else if (first.question.optional) note(`${first.pointer}/optional`, 'fills-not-always', fills)
    else if (first.question.when) note(`${first.pointer}/when`, 'fills-not-always', fills)
  }
  const filledBefore = new Set<AnswerFills>()
  for (const { question, pointer } of asked) {
    const { fills } = question
    if (fills === undefined || fills === 'told') continue
    if (filledBefore.has(fills)) note(`${pointer}/fills`, 'fills-twice', fills)
    filledBefore.add(fills)
  }
  const isAsked = (fills: AnswerFills) => filling(fills).length > 0
  if (consent.purposes.some(({ by }) => by.includes('carer')) && !isAsked('carer.name'))
    note(`${at}/parts`, 'fills-missing', 'carer.name')
  if (consent.carers === 2 && !isAsked('second-carer.name')) note(`${at}/parts`, 'fills-missing', 'second-carer.name')
  for (const { question, pointer } of asked) {
    const { as, fills } = question
    if (fills && !kindsFor(fills).includes(as)) note(`${pointer}/fills`, 'fills-other-kind', fills)
    else if (fills?.endsWith('.language')) checkLanguages(question, consent.languages, pointer, note)
  }
}

/** What the language of somebody who is asked can be: English, and those that the consent pages are in. */
function checkLanguages(
  { choices = [] }: Question,
  languages: readonly string[],
  pointer: string,
  note: Note<PathwayCode>,
): void {
  choices.forEach(({ id }, index) => {
    if (id !== 'en' && !languages.includes(id)) note(`${pointer}/choices/${index}/id`, 'not-a-consent-language', id)
  })
}

/** How a question has to be answered for the product to make something of it. */
function kindsFor(fills: AnswerFills): readonly Question['as'][] {
  if (fills === 'told' || fills.endsWith('.email')) return ['email']
  if (fills === 'pupil.born') return ['date']
  if (fills === 'school.urn') return ['line']
  if (fills.endsWith('.language')) return ['choice']
  return fills.endsWith('.name') ? ['line'] : ['line', 'choice', 'number']
}
