import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { PATHWAY_SENTENCES } from '../../../catalogue/report/pathways.ts'
import { reportOn } from '../../../catalogue/report.ts'
import { inconsistenciesIn } from '../../../catalogue/rules/consistency.ts'
import { at } from '../../../catalogue/rules/pointers.ts'
import type { Calendar } from '../../../catalogue/schema/calendar.ts'
import type { Catalogue } from '../../../catalogue/schema/catalogue.ts'
import type { Consent, ConsentPurpose } from '../../../catalogue/schema/consent.ts'
import type { Deadline, Move, Pathway, Question, Stage } from '../../../catalogue/schema/pathway.ts'
import { writtenCatalogue } from '../arbitrary.ts'
import { catalogueOf, fixed, offerOf, pathwayOf, privacy, questionOf, referringCatalogue } from '../sample.ts'

const met = new Set<string>()
/** What does not fit together, as `place code`; places are told within the pathway. */
function faultsIn(pathway: Partial<Pathway>, parts: Partial<Catalogue> = {}): string[] {
  return inconsistenciesIn(referringCatalogue(pathway, parts)).map(({ pointer, code }) => {
    met.add(code)
    return `${pointer.replace(/^\/pathways\/0\//, '')} ${code}`
  })
}
const base = pathwayOf()
const [part] = base.parts
ok(part)
const asking = (questions: Question[]): Partial<Pathway> => ({ parts: [{ ...part, questions }] })
const withQuestions = (...more: Question[]) => asking([...part.questions, ...more])
const withConsent = (parts: Partial<Consent>): Partial<Pathway> => ({ consent: { ...base.consent, ...parts } })
const [share] = base.consent.purposes
ok(share)
const purpose = (parts: Partial<ConsentPurpose>): ConsentPurpose => ({ ...share, ...parts })
const move = (id: string, parts: Partial<Move> = {}): Move => ({
  id,
  name: id,
  as: 'finish',
  by: ['coordinator'],
  tells: [],
  ...parts,
})
const stage = (id: string, moves: Move[], parts: Partial<Stage> = {}): Stage => ({
  id,
  name: id,
  about: 'Now.',
  moves,
  ...parts,
})
const deadline = (parts: Partial<Deadline>): Deadline => ({
  id: 'soon',
  name: 'Soon',
  within: 5,
  unit: 'working-days',
  from: { event: 'sent' },
  until: { event: 'ended' },
  ...parts,
})
const term = (id: string, from: string, to: string) => ({ id, name: id, from, to })
const calendar: Calendar = { terms: [term('autumn', '2024-09-04', '2024-12-20')], closures: [] }
const urn = questionOf('urn', { fills: 'school.urn' })
const panel = { name: 'Panel', about: 'It decides.' }

describe('A pathway that does not fit together', () => {
  it('is not one that asks as little as it can', () => deepEqual(faultsIn({}), []))
  it('has an id that is taken or reserved', () => {
    const twice = <Entry>(entry: Entry): [Entry, Entry] => [entry, entry]
    deepEqual(faultsIn({}, { pathways: twice(base) }), ['/pathways/1/id repeated-id'])
    deepEqual(faultsIn({ id: 'check' }), ['id reserved-id'])
    for (const id of 'card eligibility people agreement check send start new colleague privacy complaints'.split(' '))
      deepEqual(faultsIn({ parts: [{ ...part, id }] }), ['parts/0/id reserved-id'])
    deepEqual(faultsIn({ offers: twice('placement') }), ['offers/1 repeated-id'])
    deepEqual(faultsIn({ parts: [part, { ...part, questions: [questionOf('more')] }] }), ['parts/1/id repeated-id'])
    const again = questionOf('pupil-name')
    deepEqual(faultsIn({ parts: [part, { ...part, id: 'more', questions: [again] }] }), [
      'parts/1/questions/0/id repeated-id',
    ])
    const choices = twice({ id: 'yes', name: 'Yes' })
    deepEqual(faultsIn(withQuestions(questionOf('which', { as: 'choice', choices }))), [
      'parts/0/questions/5/choices/1/id repeated-id',
    ])
    const condition = { id: 'one', question: 'One?', pass: 'yes', otherwise: 'No.', turnTo: [] } as const
    deepEqual(
      faultsIn({
        eligibility: twice({ ...condition, turnTo: [] }),
        declarations: twice({ id: 'one', text: 'Yes.' }),
        stages: twice(stage('one', twice(move('close')))),
        events: twice({ id: 'visit', name: 'Visit', by: ['coordinator'] }),
        deadlines: twice(deadline({})),
        places: twice({ id: 'day', name: 'Day', counted: 'freely' }),
      }),
      [
        'eligibility/1/id repeated-id',
        'declarations/1/id repeated-id',
        'stages/1/id repeated-id',
        'events/1/id repeated-id',
        'deadlines/1/id repeated-id',
        'places/1/id repeated-id',
        'stages/0/moves/1/id repeated-id',
        'stages/1/moves/1/id repeated-id',
      ],
    )
    deepEqual(faultsIn(withConsent({ purposes: twice(share) })), ['consent/purposes/1/id repeated-id'])
    const each = twice({ id: 'nurse', name: 'Nurse' })
    deepEqual(
      faultsIn(withConsent({ purposes: [share, purpose({ id: 'talk', asked: 'each-time', releases: false, each })] })),
      ['consent/purposes/1/each/1/id repeated-id'],
    )
    deepEqual(faultsIn({ letters: twice('office@school.example') }), ['letters/1 repeated-address'])
  })
  it('is for an offer that is not there or is ordered', () => {
    const offers = [...referringCatalogue({}).offers, offerOf('hours', fixed(1))]
    deepEqual(faultsIn({ offers: ['placement', 'gone', 'hours'] }, { offers }), [
      'offers/1 unknown-offer',
      'offers/2 not-by-referral',
    ])
  })
  it('asks only after an answer that nobody can give', () => {
    const when = (question: string, is: string) => questionOf('more', { when: { question, is } })
    const choices = [
      { id: 'red', name: 'Red' },
      { id: 'blue', name: 'Blue' },
    ]
    const sure = questionOf('sure', { as: 'yes-no' })
    const which = questionOf('which', { as: 'choices', choices })
    deepEqual(faultsIn(withQuestions(sure, when('sure', 'no'))), [])
    deepEqual(faultsIn(withQuestions(which, when('which', 'blue'))), [])
    deepEqual(faultsIn(withQuestions(sure, when('sure', 'maybe'))), ['parts/0/questions/6/when/is unknown-answer'])
    deepEqual(faultsIn(withQuestions(which, when('which', 'yes'))), ['parts/0/questions/6/when/is unknown-answer'])
    deepEqual(faultsIn(withQuestions(when('pupil-name', 'yes'))), ['parts/0/questions/5/when/is unknown-answer'])
    deepEqual(faultsIn(withQuestions(when('gone', 'yes'))), ['parts/0/questions/5/when/question unknown-question'])
    deepEqual(faultsIn(withQuestions(when('more', 'yes'))), ['parts/0/questions/5/when/question asked-in-a-circle'])
    const circle = (id: string, question: string) => questionOf(id, { as: 'yes-no', when: { question, is: 'yes' } })
    deepEqual(faultsIn(withQuestions(circle('a', 'b'), circle('b', 'a'), circle('c', 'a'))), [
      'parts/0/questions/5/when/question asked-in-a-circle',
      'parts/0/questions/6/when/question asked-in-a-circle',
    ])
  })
  it('does not ask once, of everybody, for what a referral cannot do without', () => {
    for (const question of part.questions) {
      const { fills } = question
      const others: Question[] = part.questions.filter((one) => one !== question)
      deepEqual(faultsIn(asking(others)), ['parts fills-missing'], fills)
      const said = inconsistenciesIn(referringCatalogue(asking(others))).map(({ about }) => about)
      deepEqual(said, [fills])
      if (fills === 'carer.name' || fills === undefined) continue
      deepEqual(faultsIn(withQuestions({ ...question, id: 'again' })), ['parts/0/questions/5/fills fills-twice'])
      deepEqual(faultsIn(asking([...others, { ...question, optional: true }])), [
        'parts/0/questions/4/optional fills-not-always',
      ])
      const sure = questionOf('sure', { as: 'yes-no' })
      deepEqual(faultsIn(asking([...others, sure, { ...question, when: { question: 'sure', is: 'yes' } }])), [
        'parts/0/questions/5/when fills-not-always',
      ])
    }
    deepEqual(faultsIn(withConsent({ carers: 2 })), ['parts fills-missing'])
    const own = withConsent({ ownAnswerFrom: 16, purposes: [purpose({ by: ['young-person', 'social-worker'] })] })
    deepEqual(faultsIn({ ...own, ...asking(part.questions.filter(({ fills }) => fills !== 'carer.name')) }), [])
  })
  it('counts a school’s places without asking every school for its number', () => {
    const places: Pathway['places'] = [{ id: 'core', name: 'Core', counted: 'school-term', most: 2 }]
    const asked = (more: Partial<Question>) =>
      faultsIn({ places, ...withQuestions(questionOf('urn', { fills: 'school.urn', ...more })) }, { calendar })
    deepEqual(faultsIn({ places }, { calendar }), ['parts fills-missing'])
    deepEqual(asked({}), [])
    deepEqual(asked({ optional: true }), ['parts/0/questions/5/optional fills-not-always'])
    deepEqual(asked({ as: 'number' }), ['parts/0/questions/5/fills fills-other-kind'])
    deepEqual(faultsIn(withQuestions(questionOf('urn', { fills: 'school.urn', optional: true }))), [])
  })
  it('asks twice for one thing, whatever it is', () => {
    const twice = (fills: Question['fills']) =>
      withQuestions(questionOf('one', { fills, as: 'email' }), questionOf('two', { fills, as: 'email' }))
    deepEqual(faultsIn(twice('carer.email')), ['parts/0/questions/6/fills fills-twice'])
    deepEqual(faultsIn(twice('told')), [])
  })
  it('lets whoever is asked choose a language that no consent page is in', () => {
    const asked = (fills: Question['fills'], as: 'choice' | 'line', ...ids: string[]) => {
      const choices = ids.map((id) => ({ id, name: id }))
      const question = questionOf('language', { fills, as, ...(as === 'choice' && { choices }) })
      return {
        ...withQuestions(question),
        ...withConsent({
          languages: ['pl'],
          in: [{ language: 'pl', asks: 'A', no: 'N' }],
          purposes: [purpose({ in: [{ language: 'pl', ...words }] })],
        }),
      }
    }
    const { name, text, sees, keptFor } = share
    const words = { name, text, sees, keptFor }
    for (const fills of ['carer.language', 'second-carer.language', 'young-person.language'] as const) {
      deepEqual(faultsIn(asked(fills, 'choice', 'en', 'pl')), [])
      deepEqual(
        faultsIn(asked(fills, 'choice', 'en', 'ur')),
        ['parts/0/questions/5/choices/1/id not-a-consent-language'],
        fills,
      )
      deepEqual(faultsIn(asked(fills, 'line')), ['parts/0/questions/5/fills fills-other-kind'], fills)
    }
  })
  it('waits for something that never comes', () => {
    const each = purpose({ id: 'talk', asked: 'each-time', releases: false, each: [{ id: 'nurse', name: 'Nurse' }] })
    deepEqual(
      faultsIn({
        ...withConsent({ purposes: [share, each] }),
        stages: [stage('one', [move('close', { needs: [{ kind: 'consent', purpose: 'talk' }] })])],
      }),
      ['stages/0/moves/0/needs/0/purpose need-of-each'],
    )
    for (const unit of ['weeks', 'full-weeks'] as const)
      deepEqual(faultsIn({ deadlines: [deadline({ termTime: true, unit })] }, { calendar }), [
        'deadlines/0/termTime weeks-in-term-time',
      ])
  })
  it('gives something to somebody who is not there, or asks for a day on a form that has none', () => {
    deepEqual(faultsIn({ stages: [stage('one', [move('close', { reason: true, commissionerReads: true })])] }), [
      'stages/0/moves/0/commissionerReads no-commissioner',
    ])
    deepEqual(faultsIn({ events: [{ id: 'day', name: 'A day agreed', by: ['school'], planned: true }] }), [
      'events/0/by planned-by-school',
    ])
  })
  it('ends a case and leads on at once', () => {
    for (const as of ['finish', 'decline'] as const)
      deepEqual(
        faultsIn({
          stages: [stage('one', [move('both', { as, to: 'two' }), move('end')]), stage('two', [move('end')])],
        }),
        ['stages/0/moves/0/to ends-and-leads'],
      )
  })
  it('makes of an answer what it cannot be', () => {
    deepEqual(
      faultsIn(
        withQuestions(
          questionOf('one', { fills: 'carer.email' }),
          questionOf('two', { fills: 'told', as: 'text' }),
          questionOf('three', { fills: 'social-worker.name', as: 'yes-no' }),
          questionOf('four', { fills: 'told', as: 'email' }),
          questionOf('five', { fills: 'told', as: 'email' }),
          questionOf('six', { fills: 'pupil.year', as: 'number' }),
        ),
      ),
      [5, 6, 7].map((index) => `parts/0/questions/${index}/fills fills-other-kind`),
    )
  })
  it('asks for consent in a way that cannot be answered', () => {
    const later = purpose({ id: 'later', asked: 'at-meeting', releases: true })
    deepEqual(faultsIn(withConsent({ purposes: [purpose({ releases: false })] })), [
      'consent/purposes nothing-releases',
    ])
    deepEqual(faultsIn(withConsent({ purposes: [share, later] })), ['consent/purposes/1/asked releases-later'])
    const each = [{ id: 'nurse', name: 'Nurse' }]
    deepEqual(faultsIn(withConsent({ purposes: [purpose({ each })] })), [
      'consent/purposes/0/each each-where-each-time',
    ])
    deepEqual(
      faultsIn(withConsent({ purposes: [share, purpose({ id: 'talk', asked: 'each-time', releases: false })] })),
      ['consent/purposes/1/each each-where-each-time'],
    )
    deepEqual(faultsIn(withConsent({ purposes: [purpose({ by: ['carer', 'young-person'] })] })), [
      'consent/purposes/0/by/1 no-age-given',
    ])
    deepEqual(faultsIn(withConsent({ ownAnswerFrom: 16 })), [
      'consent/purposes/0/by releases-for-some',
      'consent/ownAnswerFrom age-for-nothing',
    ])
    const both = purpose({ id: 'both', releases: false, by: ['carer', 'young-person'] })
    deepEqual(faultsIn(withConsent({ ownAnswerFrom: 16, purposes: [share, both] })), [
      'consent/purposes/0/by releases-for-some',
    ])
    deepEqual(faultsIn(withConsent({ ownAnswerFrom: 16, purposes: [purpose({ by: ['young-person'] })] })), [
      'consent/purposes/0/by releases-for-some',
    ])
    deepEqual(faultsIn(withConsent({ purposes: [purpose({ inPerson: true })] })), [
      'consent/purposes/0/inPerson releases-in-person',
    ])
    deepEqual(faultsIn(withConsent({ openDays: 61 })), ['retention/unansweredDays deleted-while-open'])
  })
  it('has words in other languages than its consent pages have', () => {
    const { asks, no } = base.consent
    const { name, text, sees, keptFor } = share
    const said = { asks, no }
    const told = { name, text, sees, keptFor }
    deepEqual(
      faultsIn(
        withConsent({
          languages: ['pl'],
          in: [{ language: 'pl', ...said }],
          purposes: [purpose({ in: [{ language: 'pl', ...told }] })],
        }),
      ),
      [],
    )
    deepEqual(
      faultsIn(
        withConsent({
          languages: ['pl', 'ur', 'pl'],
          in: [
            { language: 'pl', ...said },
            { language: 'ar', ...said },
            { language: 'pl', ...said },
          ],
        }),
      ),
      [
        'consent/languages/2 repeated-language',
        'consent/in/1/language unknown-language',
        'consent/in/2/language repeated-language',
        'consent/in missing-language',
        'consent/purposes/0/in missing-language',
        'consent/purposes/0/in missing-language',
      ],
    )
  })
  it('says what happens, and who is meant, in other languages than its consent pages have', () => {
    const inPolish = withConsent({
      languages: ['pl'],
      in: [{ language: 'pl', asks: 'A', no: 'N' }],
      purposes: [purpose({ in: [{ language: 'pl', name: 'N', text: 'T', sees: 'S', keptFor: 'K' }] })],
    })
    const said = (forFamilies: Stage['forFamilies']) =>
      faultsIn({ ...inPolish, stages: [stage('one', [move('end')], { forFamilies })] })
    deepEqual(said({ text: 'Now.', in: [{ language: 'pl', text: 'Teraz.' }] }), [])
    deepEqual(said({ text: 'Now.' }), ['stages/0/forFamilies/in missing-language'])
    deepEqual(
      said({
        text: 'Now.',
        in: [
          { language: 'pl', text: 'Teraz.' },
          { language: 'ur', text: 'Ab.' },
        ],
      }),
      ['stages/0/forFamilies/in/1/language unknown-language'],
    )
    const each = [{ id: 'nurse', name: 'Nurse' }]
    const [polish] = inPolish.consent?.purposes ?? []
    ok(inPolish.consent && polish)
    const purposes = [polish, { ...polish, id: 'talk', asked: 'each-time' as const, releases: false, each }]
    deepEqual(faultsIn({ consent: { ...inPolish.consent, purposes } }), [
      'consent/purposes/1/each/0/in missing-language',
    ])
  })
  it('turns people to a pathway that is not there, or to itself', () => {
    const turned = (pathway: string) =>
      faultsIn({
        eligibility: [
          {
            id: 'one',
            question: 'One?',
            pass: 'yes',
            otherwise: 'No.',
            turnTo: [{ name: 'There', how: 'Ask.', pathway }],
          },
        ],
      })
    for (const id of ['gone', base.id]) deepEqual(turned(id), ['eligibility/0/turnTo/0/pathway unknown-pathway'])
  })
  it('has a stage that no case comes to, or that none leaves', () => {
    deepEqual(faultsIn({ stages: [stage('one', [move('close')]), stage('two', [move('close')])] }), [
      'stages/1 never-reached',
    ])
    deepEqual(
      faultsIn({
        stages: [
          stage('one', [move('on', { as: 'go-on', to: 'two' }), move('close', { as: 'decline' })]),
          stage('two', [move('round', { as: 'go-on', to: 'three' })]),
          stage('three', [move('back', { as: 'go-on', to: 'two' }), move('wait', { as: 'defer' })]),
        ],
      }),
      ['stages/1/moves no-way-out', 'stages/2/moves no-way-out'],
    )
    deepEqual(faultsIn({ stages: [stage('one', [])] }), ['stages/0/moves no-way-out'])
    deepEqual(
      faultsIn({
        stages: [
          stage('one', [move('give', { as: 'accept' }), move('ask', { as: 'more-information' }), move('close')]),
        ],
      }),
      ['stages/0/moves/0/to goes-nowhere'],
    )
  })
  it('names what is not there', () => {
    const needs: Move['needs'] = [
      { kind: 'consent', purpose: 'gone' },
      { kind: 'recorded', event: 'gone' },
      { kind: 'agreement' },
      { kind: 'panel' },
      { kind: 'assigned' },
    ]
    deepEqual(
      faultsIn({
        ...withQuestions(urn),
        stages: [
          stage('one', [move('close', { needs, gives: 'gone' }), move('on', { as: 'go-on', to: 'gone' })], {
            panel: true,
          }),
        ],
        deadlines: [
          deadline({ from: { event: 'entered', stage: 'gone' }, until: { event: 'left', stage: 'gone' } }),
          deadline({
            id: 'next',
            from: { event: 'recorded', what: 'gone' },
            until: { event: 'recorded', what: 'gone' },
            termTime: true,
          }),
        ],
        places: [
          { id: 'day', name: 'Day', counted: 'panel', offer: 'gone', beyond: 'gone' },
          { id: 'night', name: 'Night', counted: 'freely', beyond: 'night', most: 2, withdrawnByExclusion: 1 },
          { id: 'core', name: 'Core', counted: 'school-term' },
        ],
      }),
      [
        'stages/0/panel no-panel',
        'stages/0/moves/0/gives unknown-place',
        'stages/0/moves/0/needs/0/purpose unknown-purpose',
        'stages/0/moves/0/needs/1/event unknown-event',
        'stages/0/moves/0/needs/2 no-agreement',
        'stages/0/moves/0/needs/3 no-panel',
        'stages/0/moves/1/to unknown-stage',
        'deadlines/0/from/stage unknown-stage',
        'deadlines/0/until/stage unknown-stage',
        'deadlines/1/from/what unknown-event',
        'deadlines/1/until/what unknown-event',
        'deadlines/1/termTime no-terms',
        'places/0/offer unknown-offer',
        'places/0/beyond unknown-place',
        'places/0/counted no-panel',
        'places/1/beyond beyond-itself',
        'places/1/most not-counted-by-term',
        'places/1/withdrawnByExclusion not-counted-by-term',
        'places/2/counted no-terms',
        'places/2/most number-missing',
      ],
    )
    const stages = [stage('one', [move('close', { needs: [{ kind: 'panel' }] })])]
    deepEqual(faultsIn({ stages, panel }), ['stages/0/moves/0/needs/0 stage-without-panel'])
  })
  it('counts by terms where there are some', () =>
    deepEqual(
      faultsIn(
        {
          ...withQuestions(urn),
          deadlines: [deadline({ termTime: true })],
          places: [{ id: 'core', name: 'Core', counted: 'school-term', most: 2, withdrawnByExclusion: 1 }],
        },
        { calendar },
      ),
      [],
    ))
})

describe('A calendar that does not fit together', () => {
  const faults = (terms: Calendar['terms'], closures: Calendar['closures'] = []) =>
    inconsistenciesIn(catalogueOf({ calendar: { terms, closures } })).map(({ pointer, code }) => {
      met.add(code)
      return `${pointer} ${code}`
    })
  const [autumn] = calendar.terms
  ok(autumn)
  it('has terms that share days or an id', () => {
    deepEqual(faults([autumn, term('spring', '2025-01-06', '2025-04-04')]), [])
    deepEqual(faults([autumn, term('autumn', '2024-12-20', '2025-04-04')]), [
      '/calendar/terms/1/id repeated-id',
      '/calendar/terms/1/from terms-overlap',
    ])
  })
  it('has a half term outside its term', () =>
    deepEqual(faults([{ ...autumn, halfTerm: { from: '2024-12-16', to: '2024-12-24' } }]), [
      '/calendar/terms/0/halfTerm outside-term',
    ]))
  it('has days far from the year', () =>
    deepEqual(
      faults(
        [term('old', '2020-01-01', '2020-04-01')],
        [
          { name: 'Closed', from: '2024-12-23', to: '2042-01-03' },
          { name: 'Closed', from: '2025-12-23', to: '2026-01-03' },
        ],
      ),
      ['/calendar/terms/0/from far-from-year', '/calendar/closures/0/to far-from-year'],
    ))
})

describe('What families are told', () => {
  const faults = (parts: Partial<Catalogue>) =>
    inconsistenciesIn(catalogueOf(parts)).map(({ pointer, code }) => {
      met.add(code)
      return `${pointer} ${code}`
    })
  it('is there where anybody can be referred', () => {
    const { privacy: _, ...rest } = referringCatalogue({})
    deepEqual(faults(rest), ['/privacy no-privacy'])
    deepEqual(faults({}), [])
  })
  it('names somebody to ask, and answers no complaint before it is acknowledged', () =>
    deepEqual(
      faults({
        privacy: {
          ...privacy,
          contact: {},
          complaints: { ...privacy.complaints, acknowledgedWithin: 20, answeredWithin: 10 },
        },
      }),
      ['/privacy/contact empty-contact', '/privacy/complaints/acknowledgedWithin answered-first'],
    ))
})

describe('A report on a catalogue with pathways', () => {
  it('has met each thing that can be wrong, and says what to do in a sentence', () => {
    deepEqual(
      Object.keys(PATHWAY_SENTENCES).filter((code) => !met.has(code)),
      [],
    )
    const said = (pathway: Partial<Pathway>) =>
      reportOn(JSON.stringify(referringCatalogue(pathway))).mistakes.map(({ path, sentence }) => `${path}: ${sentence}`)
    deepEqual(said(asking(part.questions.slice(1))), [
      'pathways › placement › parts: Add a question whose answer is the pupil’s name: a referral cannot do without it.',
    ])
    deepEqual(said(withConsent({ languages: ['cy'] })), [
      'pathways › placement › consent › in: Add the words in Welsh: it is among the languages of the consent pages.',
      'pathways › placement › consent › purposes › share › in: Add the words in Welsh: it is among the languages of the consent pages.',
    ])
    for (const sentence of Object.values(PATHWAY_SENTENCES)) {
      const text = sentence({ pointer: '', code: '', about: 'this one' })
      match(text, /^[A-Z].*\.$/)
      ok(!/undefined/.test(text), text)
    }
  })
  it('leads to a place that is there, or to what it stands in, in words alone', () =>
    fc.assert(
      fc.property(writtenCatalogue, (written) => {
        const document: unknown = JSON.parse(JSON.stringify(written))
        const { mistakes, warnings } = reportOn(JSON.stringify(written))
        for (const { pointer, sentence } of [...mistakes, ...warnings]) {
          ok(at(document, pointer.slice(0, pointer.lastIndexOf('/'))) !== undefined, pointer)
          ok(!/undefined|\[object|NaN/.test(sentence), sentence)
        }
      }),
      { numRuns: 200 },
    ))
  it('warns of an offer that no pathway leads to, and of bank holidays that nobody knows', () => {
    const warned = (parts: Partial<Catalogue>) =>
      reportOn(JSON.stringify(referringCatalogue({}, parts))).warnings.map(
        ({ pointer, code, sentence }) => `${pointer} ${code} ${sentence}`,
      )
    const { offers } = referringCatalogue({})
    deepEqual(warned({}), [])
    deepEqual(warned({ offers: [...offers, offerOf('visit', fixed(1), { name: 'A visit', askedBy: 'referral' })] }), [
      '/offers/1/askedBy no-pathway Nobody can ask for “A visit”: it is asked for by referral, and no pathway leads to it.',
    ])
    deepEqual(warned({ year: { from: '2028-04-01', to: '2029-03-31' } }), [
      '/year/to bank-holidays Bank holidays are known until the end of 2028: after that, deadlines count them as working days.',
    ])
    const late = (within: number) =>
      reportOn(
        JSON.stringify(
          referringCatalogue({ deadlines: [deadline({ within })] }, { year: { from: '2028-01-01', to: '2028-12-20' } }),
        ),
      ).warnings.map(({ code }) => code)
    // A case of the last day has its deadline in the new year, whose bank holidays nobody knows yet.
    deepEqual([late(5), late(28)], [[], ['bank-holidays']])
    equal(reportOn(JSON.stringify(catalogueOf({ offers }))).warnings.length, 0)
  })
  it('warns of places and deadlines of terms where the year has days of school that no term covers', () => {
    const warned = (
      terms: Calendar['terms'],
      pathway: Partial<Pathway> = { deadlines: [deadline({ termTime: true })] },
    ) =>
      reportOn(
        JSON.stringify(
          referringCatalogue(pathway, {
            year: { from: '2024-09-01', to: '2025-08-31' },
            opensOn: '2024-09-01',
            calendar: { terms, closures: [] },
          }),
        ),
      ).warnings.map(({ pointer, code, sentence }) => `${pointer} ${code} ${sentence}`)
    const autumn = term('autumn', '2024-09-04', '2024-12-20')
    const spring = term('spring', '2025-01-06', '2025-04-04')
    const summer = term('summer', '2025-04-22', '2025-07-22')
    const place = { id: 'core', name: 'Core', counted: 'school-term', most: 2 } as const
    deepEqual(warned([autumn, spring, summer]), [])
    deepEqual(warned([autumn, spring], { places: [place] }), [
      '/calendar/terms terms-end No term is known after 4 April 2025: later in the year no place is given and no deadline in term time has a day, until the terms are there.',
    ])
    deepEqual(warned([summer, autumn]), [
      '/calendar/terms terms-missing A term seems to be missing after 20 December 2024: until the next one no place is given and no deadline in term time has a day.',
    ])
    deepEqual(warned([autumn], { deadlines: [deadline({})] }), [])
  })
  it('warns of words for families that name another length than the one by which things are deleted', () => {
    const { retention } = base
    const warned = (own: Partial<Pathway>, text = 'We write down what was done.') => {
      const notice = [{ heading: 'Keeping', text: [text] }]
      return reportOn(JSON.stringify(referringCatalogue(own, { privacy: { ...privacy, notice } }))).warnings.map(
        ({ pointer, code, sentence }) => `${pointer} ${code} ${sentence}`,
      )
    }
    const keptFor = (said: string, more: Partial<Pathway> = {}) => ({
      ...withConsent({ purposes: [purpose({ keptFor: said })] }),
      ...more,
    })
    deepEqual(warned(keptFor('For a year after it ends. After a no, 30 days.')), [])
    deepEqual(warned(keptFor('One year after it ends.')), [])
    const three = { retention: { ...retention, endedMonths: 36 } }
    deepEqual(warned(keptFor('Three years.', three)), [])
    deepEqual(warned(keptFor('Seven years. After a no, 31 days.', three)), [
      '/pathways/0/consent/purposes/0/keptFor kept-otherwise “7 years” and the figures for how long things are kept do not fit together: one of them is out of date.',
      '/pathways/0/consent/purposes/0/keptFor kept-otherwise “31 days” and the figures for how long things are kept do not fit together: one of them is out of date.',
    ])
    const declined = { retention: { ...three.retention, declinedMonths: 24 } }
    deepEqual(warned(keptFor('Three years. Where nothing began, two years or 24 months.', declined)), [])
    deepEqual(warned(keptFor('Three years. Where nothing began, two years.', three)), [
      '/pathways/0/consent/purposes/0/keptFor kept-otherwise “2 years” and the figures for how long things are kept do not fit together: one of them is out of date.',
    ])
    const told = { name: 'N', text: 'T', sees: 'S' }
    const polish = withConsent({
      languages: ['pl'],
      in: [{ language: 'pl', asks: 'A', no: 'N' }],
      purposes: [purpose({ in: [{ language: 'pl', ...told, keptFor: 'Usuniemy w ciągu 31 dni.' }] })],
    })
    deepEqual(warned(polish), [
      '/pathways/0/consent/purposes/0/in/0/keptFor kept-otherwise 31 is none of the figures for how long things are kept. Is the sentence right?',
    ])
    const all = 'A draft: 28 days. No answer: 60 days. A no: 30 days. Else one year.'
    deepEqual(warned({}, all), [])
    deepEqual(warned(three, all), [
      '/privacy/notice kept-otherwise “3 years” and the figures for how long things are kept do not fit together: one of them is out of date.',
    ])
    deepEqual(warned(declined, all.replace('Else one year', 'Else three years')), [
      '/privacy/notice kept-otherwise “2 years” and the figures for how long things are kept do not fit together: one of them is out of date.',
    ])
  })
  it('warns of a price in words that the catalogue does not have', () => {
    const warned = (intro: string, more: Partial<Catalogue> = {}) =>
      reportOn(JSON.stringify(referringCatalogue({ intro }, more))).warnings.map(
        ({ pointer, code, sentence }) => `${pointer} ${code} ${sentence}`,
      )
    const stale = (sum: string) =>
      `/pathways/0/intro price-otherwise ${sum} is no price of this catalogue: the text or the price is out of date. Schools agree to what they read here.`
    const { offers } = referringCatalogue({})
    const priced = (pence: number): Partial<Catalogue> => ({
      offers: [...offers, offerOf('hours', fixed(pence))],
    })
    deepEqual(warned('It costs £1,234.50 and £ 1234.50.', priced(123_450)), [])
    deepEqual(warned('It costs £1,234.', priced(123_450)), [stale('£1,234')])
    deepEqual(warned('It costs £50, and £60 later.', priced(5_000)), [stale('£60')])
    deepEqual(warned('It costs £1,000, an hour £100,more is free.', priced(10_000)), [stale('£1,000')])
    const less = { kind: 'amount', id: 'less', name: 'Less', pence: 5_000, each: 'line', on: {}, when: {} } as const
    deepEqual(warned('It costs £50.', { ...priced(8_000), discounts: [less] }), [])
  })
  it('warns of a stage that a case can leave only once something has come that may never come', () => {
    const warned = (...stages: Stage[]) =>
      reportOn(
        JSON.stringify(referringCatalogue({ stages, events: [{ id: 'met', name: 'Met', by: ['coordinator'] }] })),
      ).warnings.map(({ pointer, code, sentence }) => `${pointer} ${code} ${sentence}`)
    const needs: Move['needs'] = [{ kind: 'recorded', event: 'met' }]
    const on = move('on', { as: 'go-on', to: 'two' })
    deepEqual(warned(stage('one', [on]), stage('two', [move('end', { needs })])), [
      '/pathways/0/stages/0/moves end-needs Every way from “one” to an end needs something first: where that never comes, a case stays for ever. Let a co-ordinator end it early, with a reason.',
      '/pathways/0/stages/1/moves end-needs Every way from “two” to an end needs something first: where that never comes, a case stays for ever. Let a co-ordinator end it early, with a reason.',
    ])
    deepEqual(warned(stage('one', [on]), stage('two', [move('end', { needs }), move('early')])), [])
  })
})
