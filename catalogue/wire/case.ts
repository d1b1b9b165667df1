import * as z from 'zod/mini'
import { CASE_FLAGS } from '../rules/case-flags.ts'
import { CONSENT_GIVERS } from '../schema/consent.ts'
import { day } from '../schema/figures.ts'
import { CASE_MOVERS, QUESTION_KINDS } from '../schema/pathway.ts'
import { isPlainText } from '../schema/plain.ts'
import { id, line, whole } from '../schema/text.ts'
import { passage } from './passage.ts'
import { personalEmail } from './people.ts'

/** The most characters of a note, a reason or a question. */
const MOST_TEXT = 3_000

/** A text of one or more lines. Faults: `required`, `too-long`, `not-text`. */
const said = passage(MOST_TEXT).check(z.minLength(1, 'required'))

/** The number of the last event that whoever asks has seen: what happened since is never passed over. */
const seen = z.int('whole-number').check(z.minimum(0, 'too-small'))
/** A case’s reference. */
const reference = line(20)
/** The most cases that a waiting list is put in order with. */
const MOST_WAITING = 5_000
const references = z.array(reference).check(z.maxLength(200, 'too-many'))

/** Looks for a pupil’s cases, or for one by its reference: either that or name and date of birth, in a body, so that no name is in an address. */
export const findRequest = z.object({
  reference: z.optional(reference),
  name: z.optional(line(200)),
  born: z.optional(day),
})

/** Decides. `place` is the kind that is given where the move’s own has none left; `panel` whose place it is, or `term` of which term. */
export const moveRequest = z.object({
  move: id,
  seen,
  reason: z.optional(said),
  panel: z.optional(line(60)),
  place: z.optional(id),
  early: z.optional(
    z
      .boolean()
      .check(
        z.describe(
          'It was decided before the meeting. Without it, what is decided for a panel that has not met yet is invalid: required at /early.',
        ),
      ),
  ),
  term: z.optional(id),
})
/** Writes down that something was done, on a day; `planned`, where a day is agreed by it, is that day. */
export const recordRequest = z.object({ event: id, on: day, planned: z.optional(day), seen, text: z.optional(said) })
/** Takes back what was written down by mistake: deadlines and decisions pass over it. */
export const takeBackRequest = z.object({ seen })
/** A note for the people who work on the case. Where `seen` is left out, it is written whatever happened meanwhile. */
export const caseNoteRequest = z.object({ text: said, seen: z.optional(seen) })
/** Asks the school for something more; it answers behind its link. */
export const questionRequest = z.object({ text: said, seen: z.optional(seen) })
/** Gives a case to somebody of the provider’s. */
export const assignRequest = z.object({ person: line(60), seen: z.optional(seen) })
/** Takes a case from somebody. */
export const unassignRequest = z.object({ seen: z.optional(seen) })
/** Signs the agreement for the provider. */
export const signRequest = z.object({ name: line(200), seen })
/** Asks somebody for a consent: a person who was asked before, or somebody new. Without a purpose somebody who was asked only gets a new link. */
export const caseAskRequest = z.object({
  purpose: z.optional(id),
  each: z.optional(id),
  person: z.optional(line(40)),
  as: z.optional(z.enum(CONSENT_GIVERS, 'choose')),
  name: z.optional(line(200)),
  relationship: z.optional(line(200)),
  email: z.optional(personalEmail),
  language: z.optional(id),
  reason: z.optional(said),
  seen,
})
/** A consent that was given in person or on paper: who gave it, when, and who heard it. */
export const caseHeardRequest = z.object({
  person: line(40),
  purpose: id,
  each: z.optional(id),
  answer: z.enum(['given', 'refused', 'withdrawn'], 'choose'),
  how: z.enum(['paper', 'in-person'], 'choose'),
  on: day,
  name: line(200),
  relationship: z.optional(line(200)),
  seen,
})

const panelNote = z.optional(
  z.string().check(z.trim(), z.maxLength(200, 'too-long'), z.refine(isPlainText, 'not-text')),
)
/** Arranges a panel. `places`: how many it has to give, where places are counted by panel. */
export const panelRequest = z.object({
  pathway: id,
  meetsOn: day,
  places: z.optional(whole(0, 500)),
  note: panelNote,
})
/** When a panel meets after all, and what else there is to know. */
export const panelMeetingRequest = z.object({ meetsOn: day, note: panelNote })
/** Puts cases on a panel’s agenda, and takes some off. */
export const panelCasesRequest = z.object({ add: z._default(references, []), remove: z._default(references, []) })
/** The order in which the pack is read: every case of the agenda once. */
export const panelOrderRequest = z.object({ cases: references })
/** Who sits on a panel: these people and nobody else. */
export const panelPeopleRequest = z.object({ people: z.array(line(60)).check(z.maxLength(60, 'too-many')) })
/** How many places a panel has to give. */
export const panelPlacesRequest = z.object({ places: whole(0, 500) })

/** Moves a case on the waiting list to the place before another, or to the end, and says why. `order` is the list as it was seen. */
export const waitingOrderRequest = z.object({
  pathway: id,
  case: reference,
  before: z.nullable(reference),
  order: z.array(reference).check(z.maxLength(MOST_WAITING, 'too-many')),
  reason: said,
})

/** Notes a permanent exclusion: the school of a case, or one by its name and URN, both needed. Without a term, the one of the day. */
export const exclusionRequest = z.object({
  case: z.optional(reference),
  school: z.optional(line(200)),
  urn: z.optional(z.string().check(z.regex(/^\d{6}$/, 'urn'))),
  on: day,
  term: z.optional(id),
})

export type FindRequest = z.infer<typeof findRequest>
export type MoveRequest = z.infer<typeof moveRequest>
export type RecordRequest = z.infer<typeof recordRequest>
export type CaseAskRequest = z.infer<typeof caseAskRequest>
export type CaseHeardRequest = z.infer<typeof caseHeardRequest>
export type PanelRequest = z.infer<typeof panelRequest>
export type WaitingOrderRequest = z.infer<typeof waitingOrderRequest>
export type ExclusionRequest = z.infer<typeof exclusionRequest>

const instant = z.string().check(z.describe('An instant, ISO 8601.'))
const iso = z.string().check(z.describe('A day, YYYY-MM-DD.'))
const named = z.object({ id: z.string(), name: z.string() })
const place = z.nullable(z.string()).check(z.describe('Where the page after it begins; null where there is none.'))
const status = z.enum(['open', 'ended'])
const standing = z.enum(['not-asked', 'waiting', 'given', 'refused', 'withdrawn', 'expired'])
const workingDays = z.int().check(z.describe('Working days; less than 0 where the day has passed.'))

const card = z.object({
  reference: z.string(),
  status,
  pathway: named,
  stage: z.nullable(named).check(z.describe('Null once the case has ended.')),
  outcome: z.string().check(z.describe('How it ended: finish or decline; empty until then.')),
  pupil: z.nullable(z.string()).check(z.describe('Initials; null for who may not know.')),
  school: z.nullable(z.string()),
  year: z.nullable(z.string()),
  district: z.nullable(z.string()),
  since: z.nullable(iso).check(z.describe('Since when it is at its stage; of an ended one, since when it has ended.')),
  due: z
    .nullable(z.object({ name: z.string(), on: iso, daysLeft: workingDays, overdue: z.boolean() }))
    .check(z.describe('The first of the deadlines that run.')),
  people: z.array(z.string()).check(z.describe('The names of who works on it.')),
  flags: z.array(z.enum(CASE_FLAGS)),
})
export type CaseCard = z.infer<typeof card>

/** The board: each stage with how many cases are at it and the first of them, overdue ones first. */
export const boardReply = z.object({
  pathways: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      stages: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          panel: z.boolean().check(z.describe('Its cases are put before a panel.')),
          waits: z.boolean().check(z.describe('Its cases wait for a place, in order.')),
          count: z.int(),
          cases: z.array(card),
        }),
      ),
    }),
  ),
  counts: z
    .nullable(z.object({ waiting: z.int(), open: z.int(), ended: z.int(), stopped: z.int() }))
    .check(z.describe('How many wait for consent, are open, have ended or were stopped. Null for roles by case.')),
  decided: z
    .array(z.object({ reference: z.string(), pathway: named, stage: z.string(), name: z.string(), on: iso }))
    .check(
      z.describe(
        'What the commissioner who asks has decided, the newest first, by stage and decision. Empty for other roles.',
      ),
    ),
})
export type BoardReply = z.infer<typeof boardReply>

/** A page of cases: open ones by the day that they are due, ended ones the newest first. */
export const casesReply = z.object({ cases: z.array(card), next: place })
export type CasesReply = z.infer<typeof casesReply>

const panelOfCase = z.object({ id: z.string(), meetsOn: iso, closed: z.boolean() })
const left = z.nullable(z.int()).check(z.describe('How many are left; null where they are not counted.'))

const missing = z.object({
  kind: z
    .enum(['consent', 'recorded', 'agreement', 'assigned', 'panel', 'terms'])
    .check(z.describe('terms: nobody has published the dates of the term whose place it would be.')),
  of: z
    .string()
    .check(z.describe('The purpose or event; of a panel, again where it was on an agenda before; else empty.')),
  name: z.string().check(z.describe('Its name in the catalogue; else empty.')),
})

/** Whom an agreement is for, and what it gives when. */
const agreedFor = z.object({
  pupil: z.nullable(z.string()).check(z.describe('The young person’s whole name; null for who may not know.')),
  born: z.nullable(iso),
  school: z.nullable(z.string()),
  provider: z.string(),
  place: z.nullable(z.string()).check(z.describe('The kind of place; null where none was given.')),
  term: z.nullable(z.string()).check(z.describe('Of which term the place is, where it is counted by terms.')),
  givenOn: z.nullable(iso),
  from: z.nullable(iso).check(z.describe('The day on which what was agreed on began; null until then.')),
  weeks: z.nullable(z.int()).check(z.describe('How many weeks it is meant to last.')),
  until: z.nullable(iso).check(z.describe('The last day of those weeks.')),
})
export type AgreedFor = z.infer<typeof agreedFor>

const movesAs = z.enum(['accept', 'defer', 'more-information', 'decline', 'go-on', 'finish'])
const plannedDay = z.object({ name: z.string(), on: iso })

const possibleMove = z.object({
  id: z.string(),
  name: z.string(),
  as: movesAs,
  to: z.nullable(named),
  ends: z.boolean(),
  reason: z.boolean().check(z.describe('A reason has to be given.')),
  meetsOn: z
    .nullable(iso)
    .check(
      z.describe(
        'When the panel meets that it would be decided for, where that is still to come: it then takes early.',
      ),
    ),
  commissionerReads: z.boolean().check(z.describe('The commissioner reads the reason.')),
  missing: z.array(missing).check(z.describe('What is still needed for it; empty where it can be made.')),
  gives: z
    .nullable(
      z.object({
        kind: z.string(),
        name: z.string(),
        counted: z.enum(['panel', 'school-term', 'freely']),
        left,
        panels: z
          .array(z.object({ id: z.string(), meetsOn: iso, left: z.int() }))
          .check(z.describe('The panels whose places can be given, where they are counted by panel.')),
        terms: z
          .array(z.extend(named, { left: z.int() }))
          .check(
            z.describe(
              'The terms whose places can be given, where they are counted by school and term, this one first.',
            ),
          ),
        beyond: z.nullable(named).check(z.describe('The kind to offer where none is left.')),
      }),
    )
    .check(z.describe('The place that it gives.')),
  passes: z
    .int()
    .check(z.describe('How many stand before it on the waiting list for the place: it then takes a reason.')),
  frees: z.boolean(),
  tells: z
    .array(z.object({ who: z.enum(['school', 'carer']), text: z.string() }))
    .check(z.describe('What the letters say.')),
})

/** What an event says in codes. */
const detail = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))

/** What somebody of the family says in words. */
const ownWords = z
  .array(z.object({ as: z.enum(CONSENT_GIVERS), name: z.nullable(z.string()), text: z.string() }))
  .check(
    z.describe(
      'What young people say in their own words, or somebody in a child’s or for a child, once for each who wrote some. Empty for who may not read it.',
    ),
  )

/** A case as somebody may see it. */
export const caseReply = z.object({
  case: z.extend(card, {
    catalogue: z.string(),
    version: z.int(),
    sentOn: z.nullable(iso),
    releasedOn: z.nullable(iso),
    endedOn: z.nullable(iso),
    heldUntil: z
      .nullable(iso)
      .check(
        z.describe('The last day on which the permission that released it holds; null where it does not run out.'),
      ),
    stopsOn: z
      .nullable(iso)
      .check(z.describe('The day on which it stops, where the permission has run out; else null.')),
    addressOn: z
      .nullable(iso)
      .check(
        z.describe(
          'Since when it is known that whoever referred reads the address that they gave; null where it is not.',
        ),
      ),
    name: z.nullable(z.string()).check(z.describe('The pupil’s whole name; null for who may not know.')),
    born: z.nullable(iso).check(z.describe('The pupil’s date of birth; null for who may not know.')),
    about: z.string().check(z.describe('What happens at its stage, as the school reads it.')),
    lasts: z
      .nullable(z.object({ weeks: z.int(), until: iso, overdue: z.boolean() }))
      .check(z.describe('How long its stage is meant to last, and until when; null where that is not said.')),
    planned: z.array(plannedDay).check(z.describe('The days that were agreed, by what was agreed.')),
    seen: z.int().check(z.describe('The number of its last event: writes name it.')),
  }),
  as: z.enum(CASE_MOVERS).check(z.describe('As what one reads it.')),
  can: z
    .array(z.enum(['move', 'record', 'note', 'question', 'assign', 'sign', 'ask', 'panel']))
    .check(z.describe('What one may do with it.')),
  parts: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      group: z.nullable(z.string()),
      answers: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          as: z.enum(QUESTION_KINDS),
          text: z.array(z.string()).check(z.describe('The answer as it is read; choices by their names.')),
        }),
      ),
    }),
  ),
  deadlines: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      startedOn: iso,
      dueOn: z.nullable(iso).check(z.describe('Null where it lies beyond the terms whose dates are published.')),
      metOn: z.nullable(iso),
      runs: z.boolean(),
      daysLeft: z.nullable(workingDays).check(z.describe('Null where it runs no more, or its day is not known.')),
      overdue: z.boolean(),
    }),
  ),
  consents: z.array(
    z.object({
      purpose: z.string(),
      name: z.string(),
      each: z.string().check(z.describe('The specialist; empty where the purpose is asked for once.')),
      eachName: z.string(),
      asked: z.enum(['at-once', 'at-meeting', 'each-time']),
      releases: z.boolean(),
      inPerson: z.boolean(),
      by: z.array(z.enum(CONSENT_GIVERS)),
      standing,
      people: z.array(
        z.object({
          person: z.string(),
          as: z.enum(CONSENT_GIVERS),
          name: z.nullable(z.string()),
          relationship: z.nullable(z.string()),
          standing,
          askedOn: z.nullable(iso),
          answeredOn: z.nullable(iso),
          until: z.nullable(iso).check(z.describe('The last day of a permission that runs out.')),
          isRenewable: z.boolean().check(z.describe('It has run out or does so soon: it is time to ask for it again.')),
          hasRefused: z.boolean().check(z.describe('Their last answer was a no: asking again needs a reason.')),
          how: z.nullable(z.enum(['page', 'code', 'paper', 'in-person'])),
          typed: z.nullable(z.string()).check(z.describe('The name that was typed or written with the answer.')),
          typedRelationship: z
            .nullable(z.string())
            .check(z.describe('Who they are to the pupil, as was typed or said with the answer.')),
          heardBy: z.nullable(z.string()).check(z.describe('Who wrote it down, where it was heard or on paper.')),
          readIn: z.nullable(z.string()).check(z.describe('The language of the page that they answered.')),
        }),
      ),
    }),
  ),
  words: ownWords,
  family: z
    .array(
      z.object({
        person: z.string(),
        as: z.enum(CONSENT_GIVERS),
        name: z.string(),
        relationship: z.nullable(z.string()),
        email: z.nullable(z.string()).check(z.describe('Null where there is none, and for who may not know it.')),
        hasEmail: z
          .boolean()
          .check(z.describe('Whether a letter reaches them by e-mail, whoever may know the address.')),
        language: z.string(),
      }),
    )
    .check(z.describe('Who can be asked for consent. Empty for who may not know.')),
  named: z
    .array(
      z.object({ as: z.enum(CONSENT_GIVERS), name: z.string(), email: z.nullable(z.string()), language: z.string() }),
    )
    .check(z.describe('Who else could be asked, by what the referral says. Empty for who may not know.')),
  languages: z.array(z.string()).check(z.describe('The languages that a family can be asked in.')),
  timeline: z.array(
    z.object({
      number: z.int(),
      kind: z.string(),
      of: z.string(),
      name: z.string().check(z.describe('What the catalogue calls it; empty where it has no name there.')),
      on: iso,
      at: instant,
      actor: z.object({
        kind: z.enum(['person', 'school', 'family', 'system']),
        id: z.nullable(z.string()),
        name: z.nullable(z.string()),
      }),
      whose: z
        .nullable(z.object({ as: z.enum(CONSENT_GIVERS), name: z.nullable(z.string()) }))
        .check(z.describe('Whose answer it is, where it is one; without the name for who may not know it.')),
      text: z.nullable(z.string()).check(z.describe('What was said with it, for who may read it.')),
      detail,
    }),
  ),
  places: z.array(
    z.object({
      number: z.int(),
      kind: z.string(),
      name: z.string(),
      term: z.nullable(z.string()).check(z.describe('The name of its term, where it is counted by terms.')),
      givenOn: iso,
      freedOn: z.nullable(iso),
    }),
  ),
  people: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  assignable: z
    .array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() }))
    .check(z.describe('Who could work on it. Empty for who may not say so.')),
  moves: z.array(possibleMove),
  recordable: z
    .array(z.extend(named, { planned: z.boolean().check(z.describe('A day is agreed by it, which may lie ahead.')) }))
    .check(z.describe('What can be written down: first what decisions of its stage and deadlines that run wait for.')),
  agreement: z.nullable(
    z.object({
      title: z.string(),
      intro: z.nullable(z.string()),
      clauses: z.array(z.string()),
      school: z.string(),
      provider: z.string(),
      about: z.nullable(agreedFor).check(z.describe('Null where permission has run out.')),
      signed: z.object({
        school: z.nullable(z.object({ name: z.string(), role: z.nullable(z.string()), on: iso })),
        provider: z.nullable(z.object({ name: z.string(), on: iso })),
      }),
    }),
  ),
  panels: z.array(z.extend(panelOfCase, { decision: z.string() })),
  waiting: z.nullable(z.object({ position: z.int(), since: iso, of: z.int() })),
  others: z
    .array(z.object({ reference: z.string(), status, pathway: named, sentOn: z.nullable(iso) }))
    .check(z.describe('Other cases of the same pupil, for who runs cases.')),
  letters: z
    .array(
      z.object({
        id: z.string(),
        subject: z.string(),
        state: z.enum(['waiting', 'sent', 'failed', 'unaddressed']),
        canBeSentAgain: z.boolean(),
        writtenAt: instant,
        sentAt: z.nullable(instant),
      }),
    )
    .check(z.describe('The letters about it, without their addresses. Empty for roles by case.')),
})
export type CaseReply = z.infer<typeof caseReply>

/** How a case stands once something was done with it. */
export const caseChangedReply = z.object({
  reference: z.string(),
  status: z.enum(['open', 'ended', 'stopped']),
  stage: z.string(),
  seen: z.int(),
})
export type CaseChangedReply = z.infer<typeof caseChangedReply>

/** Whom somebody was asked for consent by, and how: a link by e-mail, or a letter that is printed. */
export const caseAskedReply = z.extend(caseChangedReply, { person: z.string(), how: z.enum(['link', 'letter']) })

const poolReply = z.object({ most: z.int(), withdrawn: z.int(), taken: z.int(), left: z.int() })

const panelListed = z.object({
  id: z.string(),
  pathway: named,
  name: z.string().check(z.describe('What the catalogue calls the panel.')),
  meetsOn: iso,
  daysLeft: workingDays,
  note: z.string(),
  closed: z.boolean(),
  cases: z.int(),
  undecided: z.int().check(z.describe('How many of them wait for a decision still.')),
  places: z.nullable(poolReply).check(z.describe('Null where places are not counted by panel.')),
})
export type PanelListed = z.infer<typeof panelListed>

/** Panels, those that are still to meet first. */
export const panelsReply = z.object({
  panels: z.array(panelListed),
  pathways: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        panel: z.string(),
        often: z.nullable(z.string()),
        about: z.string(),
        counts: z.boolean().check(z.describe('Whether its panels say how many places they have.')),
      }),
    )
    .check(z.describe('The pathways that a panel can be arranged for.')),
})
export type PanelsReply = z.infer<typeof panelsReply>

const packed = z.object({
  card,
  decision: z.string().check(z.describe('The name of the move that was decided here; empty until then.')),
  back: z
    .nullable(z.object({ as: movesAs }))
    .check(z.describe('What was decided here, where it has come back since and has to be put on an agenda again.')),
  seen: z.int(),
  parts: caseReply.shape.parts,
  words: ownWords,
  done: z
    .array(z.object({ name: z.string(), on: iso }))
    .check(z.describe('What was written down as done, the oldest first.')),
  said: z
    .array(z.object({ kind: z.string(), name: z.string(), on: iso, text: z.string(), detail }))
    .check(z.describe('Reasons, questions and replies, as far as one may read them.')),
  consents: z.array(z.object({ name: z.string(), standing })),
  moves: z.array(possibleMove),
})

/** A panel with its pack in reading order. */
export const panelReply = z.object({
  panel: panelListed,
  about: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
  couldSit: z.array(z.object({ id: z.string(), name: z.string(), email: z.string(), role: z.string() })),
  pack: z.array(packed),
  gone: z.int().check(z.describe('How many were on the agenda and cannot be read any more.')),
  couldBePut: z
    .array(card)
    .check(z.describe('Cases that wait for a panel: on no open agenda, or decided on one and back since.')),
})
export type PanelReply = z.infer<typeof panelReply>

/** A panel once something about it was changed. */
export const panelChangedReply = z.object({ id: z.string(), closed: z.boolean(), cases: z.array(z.string()) })
export type PanelChangedReply = z.infer<typeof panelChangedReply>

/** Who waits for a place, in order. */
export const waitingReply = z.object({
  pathways: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      cases: z.array(
        z.extend(card, {
          position: z.int(),
          waitingSince: iso,
          moved: z
            .nullable(
              z.object({
                on: iso,
                by: z.nullable(z.string()),
                from: z.int(),
                to: z.int(),
                reason: z.nullable(z.string()),
              }),
            )
            .check(z.describe('How it was moved last, and why.')),
        }),
      ),
    }),
  ),
})
export type WaitingReply = z.infer<typeof waitingReply>

/** The waiting list once a case was moved in it. */
export const waitingOrderReply = z.object({ pathway: z.string(), order: z.array(z.string()) })

/** Places by school and term. */
export const placesReply = z.object({
  terms: z.array(z.extend(named, { from: iso, to: iso })),
  term: z.nullable(z.string()),
  kinds: z.array(z.extend(named, { pathway: z.string(), most: z.nullable(z.int()), counted: z.string() })),
  schools: z.array(
    z.extend(poolReply, {
      school: z.nullable(z.string()),
      pathway: z.string(),
      kind: z.string(),
      term: z.string(),
    }),
  ),
  next: place,
})
export type PlacesReply = z.infer<typeof placesReply>

const exclusion = z.object({
  id: z.string(),
  school: z.string(),
  term: z.nullable(named),
  on: iso,
  notedBy: z.object({ id: z.string(), name: z.nullable(z.string()) }),
  at: instant,
  takenBackAt: z.nullable(instant),
  places: z.int().check(z.describe('How many places it withdraws.')),
})

/** Permanent exclusions, the newest first. */
export const exclusionsReply = z.object({ exclusions: z.array(exclusion), next: place })
export type ExclusionsReply = z.infer<typeof exclusionsReply>

/** An exclusion that was noted or taken back. */
export const exclusionReply = z.object({ exclusion })
export type ExclusionReply = z.infer<typeof exclusionReply>

/** What a refusal carries where no place is left: what there was, and what else can be offered. */
export interface NoPlaceLeft {
  /** The sentence that says so. */
  detail: string
  places: {
    kind: string
    name: string
    counted: string
    most: number
    withdrawn: number
    taken: number
    term: string | null
  }
  /** The kind that can be given instead: by a move of its own, or by the same move with `place`, where `move` is null. */
  beyond: { id: string; name: string; move: string | null; moveName: string | null } | null
  /** The move that puts the case on the waiting list, and how many wait already. */
  waiting: { move: string | null; name: string | null; count: number }
}

/** What a refusal carries where something happened meanwhile: how the case stands, and the events since. */
export interface CaseMeanwhile {
  seen: number
  status: string
  stage: string
  events: {
    number: number
    kind: string
    of: string
    name: string
    at: string
    actor: { name: string | null; kind: string }
    detail: Readonly<Record<string, string | number | boolean | null>>
  }[]
}
