import { type ConsentStep, stepAhead, stopsOn } from '../../catalogue/rules/consent-ahead.ts'
import type { Bindings, Clock } from '../environment.ts'
import { consentLetterIn } from '../letters/consent-letter.ts'
import { ranOutForHolder, ranOutForSchool, runsOutForSchool, unansweredForSchool } from '../letters/consent-told.en.ts'
import type { LinkBase } from '../letters/link.ts'
import { CaseChange, type OpenCase, openCaseWith } from '../referrals/open-case.ts'
import { reachOf, type SealedPerson } from './asking.ts'
import { consentsToTend } from './store.ts'
import { aboutOf, holdersIn, tellSchool, tellStopped, type Writing, writerFor } from './telling.ts'

/** How many referrals are looked at at a time, and for how long a turn may go on, in milliseconds. */
const PAGE = 20
const TURN = 10_000

/** Whoever is at a referral has a day for it, in milliseconds, whatever the calendar says: the demonstration's providers have a day of their own. */
const LEFT_ALONE = 86_400_000

/**
 * Does what follows in referrals’ consent without anybody’s doing, whether anybody comes by or not: tells the school when nobody has answered
 * in time, ahead of the day on which a permission runs out, and everybody who holds a case on the day after it; and stops what was not
 * permitted anew. Each is done once: what was done is an event of the referral’s.
 *
 * @param today the calendar’s day, by which permissions run out
 */
export async function tendConsents(env: Bindings, now: Clock, today: string): Promise<void> {
  const began = now()
  const untouchedSince = new Date(began - LEFT_ALONE).toISOString()
  const troubles: unknown[] = []
  const tried = new Set<string>()
  let found: string[]
  do {
    found = (await consentsToTend(env.DB, today, untouchedSince, PAGE + tried.size)).filter((id) => !tried.has(id))
    for (const id of found) {
      tried.add(id)
      // One that fails keeps none of the others from its turn.
      await tend(env, id, { now: now(), today }).catch((error: unknown) => troubles.push(error))
    }
  } while (found.length > 0 && now() - began < TURN)
  if (troubles.length > 0) throw troubles[0]
}

async function tend(env: Bindings, id: string, { now, today }: { now: number; today: string }): Promise<void> {
  const openCase = await openCaseWith(env, { id })
  if (!openCase) return
  const { referral, pathway, kept, consentHistory } = openCase
  const facts = { ...referral, events: kept.events, history: consentHistory }
  const ahead = stepAhead(pathway.consent, facts)
  if (!ahead || ahead.on > today) return
  const change = new CaseChange(openCase, { actor: 'system', today, now })
  // Where the schedule stood still for long, what has run out already is not said to run out.
  const step = ahead.step === 'runs-out' && openCase.hasRunOut(today) ? 'ran-out' : ahead.step
  await steps[step](env, change, openCase, { link: linkOf(env), now })
  // Somebody was quicker: the schedule looks at it again.
  await change.keep(env.DB)
}

type Step = (env: Bindings, change: CaseChange, openCase: OpenCase, on: Writing) => Promise<void>

const steps: Readonly<Record<ConsentStep, Step>> = {
  async unanswered(_env, change, openCase, on) {
    change.event('consent', 'unanswered')
    await tellSchool(change, openCase, 'consent-unanswered', on, (door) =>
      unansweredForSchool(aboutOf(openCase), openCase.referral.deleteOn, door),
    )
  },

  async 'runs-out'(_env, change, openCase, on) {
    change.event('consent', 'runs-out')
    await tellSchool(change, openCase, 'consent-runs-out', on, (door) =>
      runsOutForSchool(aboutOf(openCase), openCase.referral.heldUntil, door),
    )
  },

  async 'ran-out'(env, change, openCase, on) {
    change.event('consent', 'ran-out')
    change.entry('consent-ran-out')
    const { pathway, referral } = openCase
    const stops = stopsOn(pathway.consent, referral.heldUntil, change.events)
    const about = aboutOf(openCase)
    await tellSchool(change, openCase, 'consent-ran-out', on, (door) => ranOutForSchool(about, stops, door))
    const holders = await holdersIn(env.DB, openCase, { all: true, run: true })
    const write = writerFor(change, openCase, on)
    for (const to of new Set([...pathway.letters, ...holders]))
      write('consent-ran-out', to, ranOutForHolder(about, stops))
  },

  async stops(env, change, openCase, on) {
    change.stop('expired')
    change.entry('referral-stopped', { why: 'expired' })
    await tellStopped(env, change, openCase, 'ran-out', on)
    const { document, kept } = openCase
    const reference = openCase.referral.reference ?? ''
    const write = writerFor(change, openCase, on)
    const people = await openCase.readAll<SealedPerson>('person:')
    for (const { id, language } of kept.people) {
      const email = people[id]?.email
      if (email === undefined) continue
      const words = consentLetterIn(language)
      write('consent-stopped', email, {
        subject: words.stopped.subject(reference),
        text: [
          words.greeting,
          words.stopped.text(document.provider.name),
          words.stopped.nothing,
          words.questions(reachOf(document)),
          words.reference(reference),
        ].join('\n\n'),
      })
    }
  },
}

/** Nobody asks, so that only the address that is set is known. */
function linkOf({ ORIGIN = '' }: Bindings): LinkBase | undefined {
  return URL.canParse(ORIGIN) ? { origin: new URL(ORIGIN).origin } : undefined
}
