import { personStanding } from '../../catalogue/rules/consent.ts'
import { dueByName } from '../../catalogue/rules/deadline.ts'
import { allFilled, type PartAnswers } from '../../catalogue/wire/answers.ts'
import type { Bindings } from '../environment.ts'
import { consentLetterIn } from '../letters/consent-letter.ts'
import {
  type AnswerTold,
  answeredForSchool,
  changedForHolder,
  releasedForProvider,
  releasedForSchool,
  type Stopped,
  stoppedForHolder,
  stoppedForSchool,
  stoppedForTold,
  type Told,
} from '../letters/consent-told.en.ts'
import { newLetterId } from '../letters/letter.ts'
import { type LinkBase, linkTo } from '../letters/link.ts'
import type { StoredAnswer } from '../referrals/case.store.ts'
import { spreadChange } from '../referrals/mailbox.ts'
import type { CaseChange, OpenCase } from '../referrals/open-case.ts'
import { schoolDoor } from '../referrals/school-door.ts'
import type { Answerer, AnsweringBy } from './answering.ts'
import { reachOf, type SealedPerson } from './asking.ts'
import { familyDoor } from './family-door.ts'
import { holdersOf } from './store.ts'

/** What has been answered, over what. */
interface Answered {
  answerer: Answerer
  stored: readonly StoredAnswer[]
  /** The no that stands to something that releases the referral. */
  no: 'refused' | 'withdrawn' | undefined
  by: AnsweringBy
}

/**
 * The addresses of those at the provider who hold a case: who works or worked on it, and with `all` whoever else could read it.
 * `run`: co-ordinators and owners too.
 */
export function holdersIn(
  db: D1Database,
  { referral, pathway, kept }: OpenCase,
  { all, run }: { all: boolean; run: boolean },
): Promise<string[]> {
  return holdersOf(db, {
    provider: referral.provider,
    referral: referral.id,
    people: [
      ...new Set([...kept.assigned, ...kept.events.filter(({ kind }) => kind === 'assigned').map(({ of }) => of)]),
    ],
    panels: all,
    commissioned:
      all &&
      pathway.stages.some(
        (stage) =>
          stage.moves.some((move) => move.by.includes('commissioner')) &&
          kept.events.some(({ kind, of }) => kind === 'entered' && of === stage.id),
      ),
    run,
  })
}

/** Where and when letters are written; without a link where nobody has asked for them by an address. */
export interface Writing {
  link: LinkBase | undefined
  /** The real clock, in milliseconds. */
  now: number
}

/** Writes letters about a referral into its change. */
export function writerFor(
  change: CaseChange,
  { referral: { provider, reference } }: OpenCase,
  { now }: Pick<Writing, 'now'>,
): (kind: string, to: string, told: Told) => void {
  return (kind, to, { subject, text }) =>
    change.letter({
      id: newLetterId(),
      provider,
      about: reference ?? '',
      kind,
      to,
      subject,
      text,
      writtenAt: new Date(now).toISOString(),
    })
}

/** What letters about a referral’s consent are written from. */
export function aboutOf({ referral, pathway, document }: OpenCase): AnswerTold {
  return { catalogue: document, pathway, reference: referral.reference ?? '' }
}

/** Writes a letter to the school, with a door of its own where an address is known. */
export async function tellSchool(
  change: CaseChange,
  openCase: OpenCase,
  kind: string,
  { link, now }: Writing,
  words: (door: string | undefined) => Told,
): Promise<void> {
  const school = (await openCase.read<{ email: string }>('referrer'))?.email
  if (school === undefined) return
  const door = link && (await schoolDoor(change, openCase, { now, link }))
  writerFor(change, openCase, { now })(kind, school, words(door))
}

/** Adds the letters of a stop to its change: to everybody at the provider who holds or held the case, to the school, its colleagues and whoever was told of it there. */
export async function tellStopped(
  env: Bindings,
  change: CaseChange,
  openCase: OpenCase,
  why: Stopped,
  writing: Writing,
): Promise<void> {
  const write = writerFor(change, openCase, writing)
  const about = aboutOf(openCase)
  const { deleteOn } = change.state
  const holders = await holdersIn(env.DB, openCase, { all: true, run: true })
  for (const to of new Set([...openCase.pathway.letters, ...holders]))
    write('consent-told-provider', to, stoppedForHolder(about, deleteOn, why))
  await tellSchool(change, openCase, 'consent-told-school', writing, (door) =>
    stoppedForSchool(about, deleteOn, why, door),
  )
  const school = (await openCase.read<{ email: string }>('referrer'))?.email
  const colleagues = Object.values(await openCase.readAll<{ email: string }>('colleague:')).map(({ email }) => email)
  // Their links open nothing that would say how it stands.
  for (const to of new Set(colleagues))
    if (to !== school) write('consent-told-school', to, stoppedForSchool(about, deleteOn, why))
  // Whoever was told that there is a referral hears that there is none; not why, which is the family’s.
  const parts = await openCase.readAll<PartAnswers>('part:')
  for (const to of new Set(allFilled(openCase.pathway, parts, 'told')))
    if (to !== school && !colleagues.includes(to)) write('consent-told-school', to, stoppedForTold(about))
}

/** Which letters go to the provider. */
const OFFICE = /-provider$/

/**
 * Adds the letters of an answer to its change: to the school, to everybody at the provider who holds the case, and a receipt to who answered. Schools and
 * families answer as often as they like, so that what it writes to their mailboxes counts.
 */
export async function tellAnswered(
  env: Bindings,
  change: CaseChange,
  openCase: OpenCase,
  answered: Answered,
): Promise<void> {
  await writeAnswered(env, change, openCase, answered)
  const { actor, now } = answered.by
  if (actor !== 'school' && actor !== 'family') return
  const office = change.letters.flatMap(({ kind = '', to = '' }) => (OFFICE.test(kind) ? [to] : []))
  await spreadChange(env, change, now, office)
}

/** Tells those of the family who have agreed to share the referral that a social worker has agreed to something; whether all of them have an address. */
async function tellFamily(
  change: CaseChange,
  openCase: OpenCase,
  { today, now, link }: Pick<AnsweringBy, 'today' | 'now' | 'link'>,
): Promise<boolean> {
  const { kept, pathway, document, consentHistory, referral } = openCase
  const { consent } = pathway
  const releasing = consent.purposes.filter(({ releases }) => releases)
  const family = kept.people.filter(
    ({ id, as }) =>
      as !== 'social-worker' &&
      releasing.some((purpose) => personStanding(consent, purpose, '', id, consentHistory, today) === 'given'),
  )
  const people = await openCase.readAll<SealedPerson>('person:')
  const write = writerFor(change, openCase, { now })
  let isAll = true
  for (const { id, as, language } of family) {
    const email = people[id]?.email
    if (email === undefined) {
      isAll = false
      continue
    }
    const words = consentLetterIn(language)
    const { address } = await familyDoor(change, openCase, id, { now, link })
    write('consent-agreed', email, {
      subject: words.agreed.subject(referral.reference ?? ''),
      text: [
        words.greeting,
        words.agreed.text,
        `${words.agreed.look}\n${address}\n${words.door[as]}`,
        words.alone,
        words.questions(reachOf(document)),
        words.reference(referral.reference ?? ''),
      ].join('\n\n'),
    })
  }
  return isAll
}

async function writeAnswered(
  env: Bindings,
  change: CaseChange,
  openCase: OpenCase,
  { answerer, stored, no, by }: Answered,
): Promise<void> {
  const { referral, pathway, document, calendar, kept } = openCase
  const { provider, status } = referral
  const reference = referral.reference ?? ''
  const write = writerFor(change, openCase, by)
  const about = aboutOf(openCase)
  const inConsole = linkTo(by.link, `/console/${provider}/cases/${reference}`)
  const school = (await openCase.read<{ email: string }>('referrer'))?.email
  const forSchool = async (kind: string, words: (door: string) => Told) => {
    if (school) write(kind, school, words(await schoolDoor(change, openCase, by)))
  }
  const before = kept.people.find(({ id: person }) => person === answerer.person)
  const as = before?.as ?? 'carer'
  const released = status === 'waiting' && change.state.status === 'open'
  const stopped = change.state.status === 'stopped'

  if (released) {
    const due = dueByName(pathway, change.events, calendar)
    await forSchool('consent-released-school', (door) => releasedForSchool(about, door, due))
    // There is something to do from today on: where no address is named for it, whoever runs referrals hears of it.
    const office =
      pathway.letters.length > 0 ? pathway.letters : await holdersIn(env.DB, openCase, { all: false, run: true })
    for (const to of office) write('consent-released-provider', to, releasedForProvider(about, inConsole, due))
  } else if (status === 'waiting') {
    const standing = no === undefined ? 'waiting' : 'no'
    await forSchool('consent-answered-school', (door) =>
      answeredForSchool(about, door, standing, change.state.deleteOn),
    )
  } else if (stopped) await tellStopped(env, change, openCase, as, by)
  else {
    const isNo = stored.some(({ answer }) => answer !== 'given')
    const said = stored.flatMap(({ purpose, answer }) => {
      const name = openCase.purpose(purpose)?.name
      return name === undefined ? [] : [{ name, answer }]
    })
    const holders = await holdersIn(env.DB, openCase, { all: isNo, run: pathway.letters.length === 0 })
    for (const to of new Set([...pathway.letters, ...holders]))
      write('consent-told-provider', to, changedForHolder(about, inConsole, { by: as, said }))
    const agrees = as === 'social-worker' && stored.some(({ answer }) => answer === 'given')
    const untold = agrees && !(await tellFamily(change, openCase, by))
    await forSchool('consent-told-school', (door) =>
      changedForHolder(about, door, { by: as, said }, { isDoor: true, untold }),
    )
  }

  const asked = await openCase.read<SealedPerson>(`person:${answerer.person}`)
  if (asked?.email === undefined) return
  // Somebody whose answer another wrote down, or sent in their name, has to hear of it.
  const words = consentLetterIn(answerer.readIn ?? before?.language ?? 'en')
  const { how } = answerer
  const reach = reachOf(document)
  const { name } = document.provider
  const texts = words.heard.text
  const one = stored.every(({ answer }) => answer === stored[0]?.answer) ? stored[0]?.answer : undefined
  const said = one === 'withdrawn' || one === 'refused' ? words.kept.no[one] : undefined
  const touches = stored.some(({ purpose }) => openCase.purpose(purpose)?.releases)
  const day = words.date(change.state.deleteOn)
  const follows =
    said === undefined
      ? undefined
      : stopped
        ? words.kept.stopped(name, day)
        : status === 'waiting' && touches
          ? words.kept.unread(name, day)
          : undefined
  const [what, notYou] =
    how === 'page'
      ? [said === undefined ? [words.kept.text] : [said], words.kept.notYou]
      : [
          [(by.actor === 'school' ? texts.school : texts.provider(name))[how], said],
          // Not the school first, which may be who wrote it down, unless there is no other way.
          reach === undefined ? words.kept.notYou : words.heard.notYou(reach),
        ]
  const door = stopped || !before ? undefined : await familyDoor(change, openCase, before.id, by)
  write('consent-kept', asked.email, {
    subject: words.kept.subject(reference),
    text: [
      words.greeting,
      [...what, follows].filter(Boolean).join(' '),
      ...(door && before ? [`${words.kept.look}\n${door.address}\n${words.door[before.as]}`] : []),
      notYou,
      words.questions(reach),
      words.reference(reference),
    ].join('\n\n'),
  })
}
