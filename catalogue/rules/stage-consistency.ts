import type { Catalogue } from '../schema/catalogue.ts'
import type { Move, Pathway, Stage } from '../schema/pathway.ts'
import { checkTranslations, type TranslationCode } from './consent-consistency.ts'
import { type Note, noteRepeated } from './noted.ts'
import { isForCommissioner } from './who-may-read.ts'

/** What can be wrong with how a case goes on, though each part of it is right by itself. */
export type StageCode =
  | TranslationCode
  | 'repeated-id'
  | 'unknown-offer'
  | 'unknown-stage'
  | 'unknown-purpose'
  | 'unknown-event'
  | 'unknown-place'
  | 'no-agreement'
  | 'no-panel'
  | 'stage-without-panel'
  | 'never-reached'
  | 'no-way-out'
  | 'goes-nowhere'
  | 'ends-and-leads'
  | 'need-of-each'
  | 'no-commissioner'
  | 'planned-by-school'
  | 'weeks-in-term-time'
  | 'no-terms'
  | 'number-missing'
  | 'not-counted-by-term'
  | 'beyond-itself'

/** Notes everything that does not fit together in a pathway's stages, deadlines and places. */
export function checkStages(pathway: Pathway, catalogue: Catalogue, at: string, note: Note<StageCode>): void {
  const { stages, events, deadlines, places = [], panel } = pathway
  const hasTerms = Boolean(catalogue.calendar?.terms.length)
  const refer = (
    id: string | undefined,
    among: readonly { id: string }[],
    pointer: string,
    code: 'unknown-stage' | 'unknown-event' | 'unknown-place' | 'unknown-offer',
  ) => {
    if (id !== undefined && !among.some((one) => one.id === id)) note(pointer, code, id)
  }
  noteRepeated(stages, `${at}/stages`, note)
  noteRepeated(events, `${at}/events`, note)
  noteRepeated(deadlines, `${at}/deadlines`, note)
  noteRepeated(places, `${at}/places`, note)

  const reached = reachedFrom(
    stages.slice(0, 1).map(({ id }) => id),
    (from) => stages.filter(({ id }) => id === from).flatMap(leadsTo),
  )
  const ending = reachedFrom(
    stages.filter(({ moves }) => moves.some(ends)).map(({ id }) => id),
    (to) => stages.filter((stage) => leadsTo(stage).includes(to)).map(({ id }) => id),
  )
  stages.forEach((stage, index) => {
    const pointer = `${at}/stages/${index}`
    if (stage.forFamilies)
      checkTranslations(stage.forFamilies.in, pathway.consent.languages, `${pointer}/forFamilies/in`, note)
    if (stage.panel && !panel) note(`${pointer}/panel`, 'no-panel')
    if (!reached.has(stage.id)) note(pointer, 'never-reached', stage.name)
    else if (!ending.has(stage.id)) note(`${pointer}/moves`, 'no-way-out', stage.name)
    noteRepeated(stage.moves, `${pointer}/moves`, note)
    stage.moves.forEach((move, place) => {
      const here = `${pointer}/moves/${place}`
      refer(move.to, stages, `${here}/to`, 'unknown-stage')
      refer(move.gives, places, `${here}/gives`, 'unknown-place')
      if (move.to === undefined && !ends(move) && move.as !== 'defer' && move.as !== 'more-information')
        note(`${here}/to`, 'goes-nowhere')
      if (move.to !== undefined && /^(decline|finish)$/.test(move.as)) note(`${here}/to`, 'ends-and-leads')
      if (move.commissionerReads && !stages.some(isForCommissioner))
        note(`${here}/commissionerReads`, 'no-commissioner')
      checkNeeds(move, stage, pathway, here, note)
    })
  })

  deadlines.forEach(({ from, until, termTime, unit }, index) => {
    const pointer = `${at}/deadlines/${index}`
    if (from.event === 'entered') refer(from.stage, stages, `${pointer}/from/stage`, 'unknown-stage')
    if (from.event === 'recorded') refer(from.what, events, `${pointer}/from/what`, 'unknown-event')
    if (until.event === 'left' || until.event === 'entered')
      refer(until.stage, stages, `${pointer}/until/stage`, 'unknown-stage')
    if (until.event === 'recorded') refer(until.what, events, `${pointer}/until/what`, 'unknown-event')
    if (termTime && unit !== 'working-days') note(`${pointer}/termTime`, 'weeks-in-term-time')
    else if (termTime && !hasTerms) note(`${pointer}/termTime`, 'no-terms')
  })

  // The school’s form asks for no day that lies ahead.
  pathway.events.forEach(({ planned, by }, index) => {
    if (planned && by.includes('school')) note(`${at}/events/${index}/by`, 'planned-by-school')
  })

  places.forEach((place, index) => {
    const pointer = `${at}/places/${index}`
    const isByTerm = place.counted === 'school-term'
    refer(place.offer, catalogue.offers, `${pointer}/offer`, 'unknown-offer')
    if (place.beyond === place.id) note(`${pointer}/beyond`, 'beyond-itself')
    else refer(place.beyond, places, `${pointer}/beyond`, 'unknown-place')
    if (place.counted === 'panel' && !panel) note(`${pointer}/counted`, 'no-panel')
    if (isByTerm && !hasTerms) note(`${pointer}/counted`, 'no-terms')
    if (isByTerm && place.most === undefined) note(`${pointer}/most`, 'number-missing')
    for (const key of ['most', 'withdrawnByExclusion'] as const)
      if (!isByTerm && place[key] !== undefined) note(`${pointer}/${key}`, 'not-counted-by-term')
  })
}

function checkNeeds({ needs }: Move, stage: Stage, pathway: Pathway, at: string, note: Note<StageCode>): void {
  needs?.forEach((need, index) => {
    const pointer = `${at}/needs/${index}`
    if (need.kind === 'consent') {
      const purpose = pathway.consent.purposes.find(({ id }) => id === need.purpose)
      if (!purpose) note(`${pointer}/purpose`, 'unknown-purpose', need.purpose)
      else if (purpose.each) note(`${pointer}/purpose`, 'need-of-each', purpose.name)
    }
    if (need.kind === 'recorded' && !pathway.events.some(({ id }) => id === need.event))
      note(`${pointer}/event`, 'unknown-event', need.event)
    if (need.kind === 'agreement' && !pathway.agreement) note(pointer, 'no-agreement')
    if (need.kind === 'panel' && !pathway.panel) note(pointer, 'no-panel')
    else if (need.kind === 'panel' && !stage.panel) note(pointer, 'stage-without-panel', stage.name)
  })
}

/** Whether a move ends the case. */
function ends({ as, to }: Move): boolean {
  return to === undefined && (as === 'decline' || as === 'finish')
}

function leadsTo({ moves }: Stage): string[] {
  return moves.flatMap(({ to }) => to ?? [])
}

/** Where one comes to from some places, themselves among them, however many steps away. */
function reachedFrom(first: readonly string[], next: (id: string) => readonly string[]): ReadonlySet<string> {
  const seen = new Set(first)
  for (const id of seen) for (const other of next(id)) seen.add(other)
  return seen
}
