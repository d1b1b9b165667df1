import { type ConsentHistory, instancesOf, isReleased, renewalOf, standingOf } from '../../catalogue/rules/consent.ts'
import type { Bindings } from '../environment.ts'
import { Failure, invalid } from '../failures.ts'
import type { LinkBase } from '../letters/link.ts'
import type { CaseName, StoredAnswer } from '../referrals/case.store.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { isOpenTo, lastAnswerOf, lastAskOf } from './asked.ts'
import { deletedOn } from './kept-until.ts'
import { answersStatement, personStatement } from './store.ts'
import { tellAnswered } from './telling.ts'

/** What somebody answers to one thing. */
export interface AnswerToKeep {
  purpose: string
  /** The specialist, where the purpose is asked for each; else empty. */
  each: string
  answer: 'given' | 'refused' | 'withdrawn'
}

/** Who answers, and how. On a page their own name is typed; on paper and in person somebody writes it down. */
export interface Answerer {
  /** The id of somebody who is asked. */
  person: string
  name: string
  relationship?: string | undefined
  /** What a young person, or somebody for a child, says in words, in place of those before: the empty text takes these away, undefined lets them stay. */
  words?: string | undefined
  how: 'page' | 'paper' | 'in-person'
  /** `code`: their page was opened by the code of a printed letter, which somebody else may have had in hand. */
  through?: 'code' | undefined
  /** The language in which they read the page. It is theirs from then on: what they are sent afterwards goes by it. */
  readIn?: string | undefined
  /** Who writes it down, on paper and in person. */
  heardBy?: string | undefined
  /** The day on which it was given, on paper and in person. */
  on?: string | undefined
}

/** When, by whom and over what the answers are kept. */
export interface AnsweringBy {
  /** `family` on the page, `school`, or the id of a person of the console. */
  actor: string
  today: string
  /** The real clock, in milliseconds. */
  now: number
  /** Where letters’ links lead. */
  link: LinkBase
  /**
   * The number of the person’s last answer as it was seen, or of the referral’s last event; an answer over a later one is `stale`. Left out,
   * only a yes is that was given on paper on the day of a later no.
   */
  seen?: number | undefined
  /** Statements that belong into the same batch: an Idempotency-Key’s row. */
  also?: ((db: D1Database, at: string) => D1PreparedStatement[]) | undefined
}

/**
 * What became of answers. `kept`: they count. `nothing-new`: they stood so already. `stale`: the person has answered otherwise meanwhile.
 * `closed`: the referral is stopped, or its time to answer is over. `key-taken`: its Idempotency-Key was used.
 */
export interface AnswersKept {
  outcome: 'kept' | 'nothing-new' | 'stale' | 'closed' | 'key-taken'
  /** The referral as it stood before. */
  before: OpenCase
  status: 'waiting' | 'open' | 'ended' | 'stopped'
}

/** What is sealed as `answer:N`. */
export interface SealedAnswer {
  name: string
  relationship?: string
  words?: string
  heardBy?: string
  /** The language of the page that was answered. */
  readIn?: string
  by: 'page' | 'paper' | 'in-person'
}

/** How often a change that somebody else was quicker than is decided anew. */
const MOST_ATTEMPTS = 60

/** How often a referral’s answers can change: whoever goes to and fro writes letters each time. A yes can always be taken back. */
const MOST_ANSWERS = 200

/**
 * Keeps somebody’s answers with events, record and letters, and releases or stops the referral where they say so. Of two at once the second is decided
 * anew over what the first has left. Throws `not-found` for an unknown referral or person, `invalid` at `/purpose`, `/each`, `/on` or `/how`.
 */
export async function keepAnswers(
  env: Bindings,
  name: CaseName,
  answerer: Answerer,
  answers: readonly AnswerToKeep[],
  by: AnsweringBy,
): Promise<AnswersKept> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const openCase = await openCaseWith(env, name)
    if (!openCase || openCase.referral.status === 'draft') throw new Failure('not-found')
    const decided = await decide(env, openCase, answerer, answers, by)
    if (decided !== 'conflict') return decided
  }
  throw new Failure('unavailable', { retryAfter: 5 })
}

/** How often somebody’s own words can change in a referral. */
const MOST_WORDS = 50

/**
 * Keeps what somebody says in their own words, or a child’s, beside their last answer, whatever they have answered and however: in place of
 * what they said before. The empty text takes it away. False where there is nothing to keep it beside, the referral is stopped, or they
 * have changed too often.
 */
export async function keepWords(
  env: Bindings,
  name: CaseName,
  person: string,
  words: string,
  { actor, today, now }: Pick<AnsweringBy, 'actor' | 'today' | 'now'>,
): Promise<boolean> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const openCase = await openCaseWith(env, name)
    const last = openCase?.kept.answers.findLast((answer) => answer.person === person)
    if (!openCase || !last || openCase.referral.status === 'stopped') return false
    const sealed = await sealedAnswersOf(openCase, person)
    if (wordsIn(sealed) === words) return true
    const times = openCase.kept.events.filter(({ kind, of }) => kind === 'consent' && of === 'words').length
    if (times >= MOST_WORDS && words !== '') return false
    const change = new CaseChange(openCase, { actor, today, now })
    for (const [number, answer] of sealed)
      if (answer.words || number === last.number) {
        const { words: _before, ...rest } = answer
        change.seal(`answer:${number}`, number === last.number && words ? { ...rest, words } : rest)
      }
    change.event('consent', 'words')
    change.entry('consent-words')
    if ((await change.keep(env.DB)) === 'done') return true
  }
  throw new Failure('unavailable', { retryAfter: 5 })
}

/** Everything that is sealed of somebody’s answers, by its number, the oldest first. */
export async function sealedAnswersOf(
  openCase: OpenCase,
  person: string,
): Promise<(readonly [number: number, answer: SealedAnswer])[]> {
  const mine = openCase.kept.answers.filter((answer) => answer.person === person)
  const sealed = await Promise.all(
    mine.map(async ({ number }) => [number, await openCase.read<SealedAnswer>(`answer:${number}`)] as const),
  )
  return sealed.flatMap(([number, answer]) => (answer ? [[number, answer] as const] : []))
}

/** What somebody says in their own words: these stand beside one of their answers alone. Empty where they say nothing. */
export function wordsIn(sealed: Awaited<ReturnType<typeof sealedAnswersOf>>): string {
  return sealed.findLast(([, { words }]) => words)?.[1].words ?? ''
}

async function decide(
  env: Bindings,
  openCase: OpenCase,
  answerer: Answerer,
  answers: readonly AnswerToKeep[],
  by: AnsweringBy,
): Promise<AnswersKept | 'conflict'> {
  const { kept, pathway, referral } = openCase
  const { consent } = pathway
  const { today } = by
  if (referral.status === 'draft') throw new Failure('not-found')
  const asked = kept.people.find(({ id }) => id === answerer.person)
  if (asked === undefined) throw new Failure('not-found')
  const { as } = asked
  for (const { purpose, each } of answers) {
    const found = openCase.purpose(purpose)
    if (!found?.by.includes(as)) throw invalid([{ pointer: '/purpose', code: 'choose' }])
    if (!instancesOf(found).includes(each)) throw invalid([{ pointer: '/each', code: 'choose' }])
  }
  const on = dayOf(answerer, today, referral.sentOn)
  const without = (outcome: AnswersKept['outcome']): AnswersKept => ({
    outcome,
    before: openCase,
    status: referral.status === 'draft' ? 'waiting' : referral.status,
  })

  const changed = answers.flatMap((wanted) => {
    const last = lastAnswerOf(openCase, answerer.person, wanted)
    const answer = meant(wanted.answer, last?.answer)
    const stands = last?.answer === answer || (answer === 'refused' && last?.answer === 'withdrawn')
    const found = openCase.purpose(wanted.purpose)
    // What runs out can be given anew on paper without a question.
    const isRenewed = answer === 'given' && found && last && on > last.on && renewalOf(found, last, today)?.isDue
    const askedSince = (lastAskOf(openCase, answerer.person, wanted)?.number ?? 0) > (last?.number ?? 0)
    return stands && !((askedSince || isRenewed) && referral.status !== 'stopped') ? [] : [{ ...wanted, answer, last }]
  })
  if (changed.length === 0) return without('nothing-new')
  if (referral.status === 'stopped') return without('closed')
  if (kept.answers.length >= MOST_ANSWERS && changed.some(({ answer }) => answer !== 'withdrawn'))
    return without('closed')
  // What was signed before somebody said no does not undo their no.
  if (changed.some(({ answer, last }) => answer === 'given' && last && last.answer !== 'given' && on < last.on))
    throw invalid([{ pointer: '/on', code: 'too-long-ago' }])
  const { seen } = by
  const isStale = changed.some(({ answer, last }) =>
    seen === undefined
      ? answer === 'given' && last && last.answer !== 'given' && answerer.how !== 'page' && on === last.on
      : (last?.number ?? 0) > seen,
  )
  if (isStale) return without('stale')
  if (answerer.how === 'page')
    for (const { purpose, each, answer } of changed) {
      if (answer === 'withdrawn') continue
      if (openCase.purpose(purpose)?.inPerson) throw invalid([{ pointer: '/purpose', code: 'choose' }])
      if (!isOpenTo(openCase, answerer.person, { purpose, each }, today)) return without('closed')
    }
  if (
    answerer.how === 'paper' &&
    changed.some((one) => one.answer === 'given' && openCase.purpose(one.purpose)?.inPerson)
  )
    throw invalid([{ pointer: '/how', code: 'choose' }])

  const change = new CaseChange(openCase, by)
  const { person, how, through, readIn = asked.language } = answerer
  // What was said before, and is not said otherwise now, goes with them to the new answer.
  const before = await sealedAnswersOf(openCase, person)
  const words = answerer.words ?? wordsIn(before)
  for (const [number, { words: moved, ...rest }] of before) if (moved) change.seal(`answer:${number}`, rest)
  const stored = changed.map(({ purpose, each, answer }, index): StoredAnswer => {
    const detail = {
      person,
      each,
      answer,
      how,
      ...(through && { through }),
      ...(on === today ? {} : { notedOn: today }),
    }
    const number = change.event('answered', purpose, { detail, on })
    change.seal(`answer:${number}`, sealedAnswer(answerer, index === 0 ? words : ''))
    // What the answer was stands with the case, which nobody reads before consent and which goes: the record is read at once and stays.
    change.entry('consent-answered', { how })
    return { number, person, purpose, each, answer, how, on }
  })
  change.consents({ answers: stored })
  if (readIn !== asked.language) change.also((db) => [personStatement(db, referral.id, { ...asked, language: readIn })])
  change.also((db, at) => [answersStatement(db, referral.id, stored), ...(by.also?.(db, at) ?? [])])

  const history = change.consentHistory
  const no = releasingNo(openCase, history, today)
  const touches = stored.some(({ purpose }) => openCase.purpose(purpose)?.releases)
  if (referral.status === 'waiting') {
    if (isReleased(consent, history, today)) change.released()
    else change.keepUntil(deletedOn(openCase, change.events, history) ?? change.state.deleteOn)
  } else if (no && touches) change.stop(no)
  await tellAnswered(env, change, openCase, { answerer, stored, no, by })

  const done = await change.keep(env.DB)
  if (done === 'conflict') return 'conflict'
  if (done === 'key-taken') return without('key-taken')
  const { status } = change.state
  return { outcome: 'kept', before: openCase, status: status === 'draft' ? 'waiting' : status }
}

/** What an answer comes to by the one before: a no to what was agreed takes it back, and taking back what was never agreed is a no. */
function meant(answer: AnswerToKeep['answer'], last: AnswerToKeep['answer'] | undefined): AnswerToKeep['answer'] {
  if (answer === 'refused' && last === 'given') return 'withdrawn'
  if (answer === 'withdrawn' && last !== 'given') return last === 'withdrawn' ? 'withdrawn' : 'refused'
  return answer
}

/** The no that stands to something that releases the referral, if there is one. */
function releasingNo(
  { pathway }: OpenCase,
  history: ConsentHistory,
  today: string,
): 'refused' | 'withdrawn' | undefined {
  const standings = pathway.consent.purposes
    .filter(({ releases }) => releases)
    .map((purpose) => standingOf(pathway.consent, purpose, '', history, today))
  return (['withdrawn', 'refused'] as const).find((no) => standings.includes(no))
}

/** Nobody has answered before they could be asked. */
function dayOf({ how, on = '' }: Answerer, today: string, sentOn: string | null): string {
  if (how === 'page' || on === '') return today
  if (on > today) throw invalid([{ pointer: '/on', code: 'in-the-future' }])
  if (on < (sentOn ?? on)) throw invalid([{ pointer: '/on', code: 'too-long-ago' }])
  return on
}

function sealedAnswer({ name, relationship, heardBy, readIn, how }: Answerer, words: string): SealedAnswer {
  const said = { ...(relationship && { relationship }), ...(words && { words }) }
  return { name, ...said, ...(heardBy && { heardBy }), ...(readIn && { readIn }), by: how }
}
