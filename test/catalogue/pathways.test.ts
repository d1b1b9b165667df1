import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Catalogue } from '../../catalogue/schema/catalogue.ts'
import type { AnswerFills, Move, Pathway, Question, Stage } from '../../catalogue/schema/pathway.ts'
import { shipped, shippedCatalogue, textOf } from './shipped.ts'

const pathwayOf = (name: string, id: string): Pathway => {
  const found = shippedCatalogue(name).pathways?.find((pathway) => pathway.id === id)
  ok(found, `${name} ${id}`)
  return found
}
const stageOf = (pathway: Pathway, id: string): Stage => {
  const found = pathway.stages.find((stage) => stage.id === id)
  ok(found, id)
  return found
}
const moveOf = (pathway: Pathway, stage: string, id: string): Move => {
  const found = stageOf(pathway, stage).moves.find((move) => move.id === id)
  ok(found, `${stage} ${id}`)
  return found
}
const questionsOf = ({ parts }: Pathway): Question[] => parts.flatMap(({ questions }) => questions)
const filling = (pathway: Pathway, fills: AnswerFills) => questionsOf(pathway).filter((asked) => asked.fills === fills)
const purposesOf = ({ consent }: Pathway) =>
  consent.purposes.map(({ id, asked, releases = false, by, inPerson = false, each }) => ({
    id,
    asked,
    releases,
    by,
    inPerson,
    each: each?.map((one) => one.id),
  }))
const deadlineOf = ({ deadlines }: Pathway, id: string) => {
  const found = deadlines.find((deadline) => deadline.id === id)
  ok(found, id)
  const { name, id: _, ...rest } = found
  return rest
}
/** Which stages lead to a stage. */
const before = ({ stages }: Pathway, id: string) =>
  stages.filter(({ moves }) => moves.some(({ to }) => to === id)).map((stage) => stage.id)
/** Where a stage’s moves lead; `end` where they end the case. */
const after = (pathway: Pathway, id: string) => [
  ...new Set(stageOf(pathway, id).moves.map(({ to, as }) => to ?? (as === 'decline' || as === 'finish' ? 'end' : id))),
]
const sentencesOf = (text: string) => text.split(/(?<=[.?!۔؟])\s+/u)
const wordsIn = (sentence: string) => sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
const every: [string, Catalogue, Pathway][] = shipped.flatMap((name) => {
  const document = shippedCatalogue(name)
  return (document.pathways ?? []).map((pathway): [string, Catalogue, Pathway] => [
    `${name} ${pathway.id}`,
    document,
    pathway,
  ])
})

/** What is done with a pupil at a stage, and the purpose that has to be agreed to before. */
const ACTS: Record<string, [stage: string, purpose: string][]> = {
  'stepping-stones-2024-25 outreach': [
    ['observation', 'support'],
    ['support', 'support'],
  ],
  'stepping-stones-2024-25 placement': [['placement', 'place']],
  'stepping-stones-2019-20 outreach': [
    ['observation', 'support'],
    ['support', 'support'],
  ],
  'stepping-stones-2019-20 placement': [['placement', 'place']],
  'golden-hill-2019-20 outreach': [
    ['observation', 'support'],
    ['support', 'support'],
  ],
  'golden-hill-2019-20 placement': [['placement', 'place']],
  'school2school-norfolk-2015-16 support': [
    ['first-visit', 'visit'],
    ['programme', 'visit'],
  ],
  'bridge-2020-21 reintegration': [
    ['preparation', 'place'],
    ['programme', 'place'],
  ],
  'sedis-2024-25 support': [
    ['outreach', 'support'],
    ['in-reach', 'in-reach'],
  ],
}

describe('The pathways that ship', () => {
  it('are nine, with the offers that they lead to', () =>
    deepEqual(Object.fromEntries(every.map(([name, , { offers }]) => [name, offers])), {
      'bridge-2020-21 reintegration': ['core-place', 'engagement-place'],
      'golden-hill-2019-20 outreach': [],
      'golden-hill-2019-20 placement': ['placement'],
      'school2school-norfolk-2015-16 support': [],
      'sedis-2024-25 support': ['outreach', 'in-reach'],
      'stepping-stones-2019-20 outreach': [],
      'stepping-stones-2019-20 placement': ['placement'],
      'stepping-stones-2024-25 outreach': [],
      'stepping-stones-2024-25 placement': ['placement'],
    }))
  it('lead to everything that is asked for by referral', () => {
    for (const name of shipped) {
      const { offers, pathways } = shippedCatalogue(name)
      const asked = offers.flatMap(({ id, askedBy }) => (askedBy === 'referral' ? [id] : []))
      deepEqual(pathways?.flatMap((pathway) => pathway.offers).sort(), asked.sort(), name)
    }
  })
  it('stay small enough to be kept in one statement', () => {
    for (const name of shipped) {
      const bytes = Buffer.byteLength(JSON.stringify(JSON.parse(textOf(name))))
      ok(bytes < 90_000, `${name}: ${bytes}`)
    }
  })
  for (const [name, { area }, pathway] of every) {
    const asked = questionsOf(pathway)
    it(`know pupil, family, school and referrer, and ask for each once: ${name}`, () => {
      for (const fills of [
        'pupil.name',
        'pupil.born',
        'pupil.year',
        'carer.name',
        'carer.relationship',
        'carer.email',
        'carer.language',
        'school.name',
        'school.urn',
        'referrer.name',
        'referrer.role',
      ] as const)
        equal(filling(pathway, fills).length, 1, fills)
      const [email] = filling(pathway, 'carer.email')
      equal(email?.optional, true)
      deepEqual(
        filling(pathway, 'school.district').map(({ choices }) => choices?.map(({ id }) => id)),
        area.districts.length > 0 ? [area.districts.map(({ id }) => id)] : [],
      )
      equal(filling(pathway, 'second-carer.name').length, pathway.consent.carers - 1)
    })
    it(`ask everybody's language who is asked for consent: ${name}`, () => {
      const { languages, ownAnswerFrom, carers } = pathway.consent
      const wanted = languages.length > 0 ? 1 : 0
      const languagesOf = (fills: AnswerFills) =>
        filling(pathway, fills).map(({ choices }) => choices?.map(({ id }) => id))
      const all = ['en', ...languages].sort()
      for (const [fills, times] of [
        ['carer.language', wanted],
        ['second-carer.language', carers === 2 ? wanted : 0],
        ['young-person.language', ownAnswerFrom === undefined ? 0 : wanted],
      ] as const)
        deepEqual(
          languagesOf(fills).map((ids) => ids?.toSorted()),
          Array(times).fill(all),
          fills,
        )
    })
    it(`say why each question is asked, and show what they must to whom they must: ${name}`, () => {
      for (const { id, as, fills, seenBy, why, label } of asked) {
        match(why, /^\p{Uppercase}.{15,}\.$/u, id)
        notEqual(why, label, id)
        if (fills === 'pupil.name' || fills === 'carer.name') ok(seenBy.includes('practitioner'), id)
        if (as === 'email') deepEqual(seenBy, [], id)
        if (/^(carer|second-carer|social-worker|young-person)\./.test(fills ?? ''))
          ok(!seenBy.includes('panel-member') && !seenBy.includes('commissioner'), id)
        if (!pathway.panel) ok(!seenBy.includes('panel-member'), id)
      }
      const readers = new Set(asked.flatMap(({ seenBy }) => seenBy))
      const deciders = new Set(pathway.stages.flatMap(({ moves }) => moves.flatMap(({ by }) => by)))
      for (const reader of ['panel-member', 'commissioner'] as const)
        equal(readers.has(reader), deciders.has(reader), reader)
    })
    it(`ask in every language that they name: ${name}`, () => {
      const { languages, purposes } = pathway.consent
      deepEqual(
        filling(pathway, 'carer.language')[0]?.choices?.map(({ id }) => id),
        ['en', ...languages],
      )
      deepEqual(
        pathway.consent.in?.map(({ language }) => language),
        languages,
      )
      for (const purpose of purposes)
        deepEqual(
          purpose.in?.map(({ language }) => language),
          languages,
          purpose.id,
        )
    })
    it(`keep everything from the service until a parent agrees: ${name}`, () => {
      const releasing = pathway.consent.purposes.filter(({ releases }) => releases)
      deepEqual(
        releasing.map(({ id, asked: when }) => [id, when]),
        [['share', 'at-once']],
      )
    })
    it(`begin nothing that a parent has to agree to before the parent has: ${name}`, () => {
      const acts = ACTS[name]
      ok(acts)
      for (const [stage, purpose] of acts) {
        const leading = pathway.stages.flatMap(({ id, moves }) =>
          id === stage ? [] : moves.filter(({ to }) => to === stage),
        )
        ok(leading.length > 0, stage)
        for (const { id, needs } of leading)
          ok(
            needs?.some((need) => need.kind === 'consent' && need.purpose === purpose),
            `${stage} ${id}`,
          )
      }
      // What is not asked at once has to be needed somewhere, or nobody would ever have to ask.
      for (const { id, each } of pathway.consent.purposes)
        ok(each || id === 'share' || acts.some(([, purpose]) => purpose === id), id)
    })
    it(`let a co-ordinator write down whatever a decision waits for: ${name}`, () => {
      const waitedFor = pathway.stages.flatMap(({ moves }) =>
        moves.flatMap(({ needs = [] }) => needs.flatMap((need) => (need.kind === 'recorded' ? [need.event] : []))),
      )
      for (const id of waitedFor) ok(pathway.events.find((event) => event.id === id)?.by.includes('coordinator'), id)
    })
    it(`speak to parents in sentences of fewer than fifteen words: ${name}`, () => {
      const { asks, no, purposes } = pathway.consent
      const letters = pathway.stages.flatMap(({ moves }) =>
        moves.flatMap(({ tells }) => tells.flatMap(({ who, text }) => (who === 'carer' ? [text] : []))),
      )
      const now = pathway.stages.map(
        ({ forFamilies }) => forFamilies?.text ?? 'Nothing is said of this stage.'.repeat(9),
      )
      const texts = [
        asks,
        no,
        ...now,
        ...letters,
        ...purposes.flatMap(({ text, sees, keptFor }) => [text, sees, keptFor]),
      ]
      for (const sentence of texts.flatMap(sentencesOf)) ok(wordsIn(sentence) < 15, sentence)
    })
    it(`call nobody a parent where others answer too: ${name}`, () => {
      const { consent } = pathway
      const read = consent.purposes.filter(({ by }) => by.some((giver) => giver !== 'carer'))
      if (read.length === 0) return
      const told = [consent, ...(consent.in ?? [])].flatMap(({ asks, no }) => [asks, no])
      const texts = read.flatMap((purpose) =>
        [purpose, ...(purpose.in ?? [])].flatMap(({ text, sees, keptFor }) => [text, sees, keptFor]),
      )
      for (const text of [...told, ...texts])
        ok(!/your child|eich plentyn|’ch plentyn|dzieck|بچے|بچہ|طفل/.test(text), text)
    })

    it(`say that no is fine, that it can be changed, and how long things are kept: ${name}`, () => {
      match(pathway.consent.no, /^No is a fine answer\..*You can change your mind at any time/)
      const [share] = pathway.consent.purposes
      const years = { 36: 'three', 84: 'seven' }[pathway.retention.endedMonths]
      ok(years)
      match(share?.keptFor ?? '', new RegExp(`${years} years after .*within ${pathway.retention.withdrawnDays} days`))
    })
    it(`keep a child who was told no for a year, and say so to the family: ${name}`, () => {
      equal(pathway.retention.declinedMonths, 12)
      const [share] = pathway.consent.purposes
      match(share?.keptFor ?? '', /If no (help|place|support) begins, [^.]* one year after the decision\./)
      const year = {
        cy: /am flwyddyn ar ôl/,
        pl: /przez rok od decyzji/,
        ur: /فیصلے کے بعد .* ایک سال/,
        ar: /سنة واحدة بعد القرار/,
      }
      for (const { language, keptFor } of share?.in ?? []) match(keptFor, year[language])
    })
    it(`write right-to-left words without Latin letters: ${name}`, () => {
      const { in: wordings = [], purposes } = pathway.consent
      const others: { language: string }[] = [
        ...wordings,
        ...purposes.flatMap(({ in: told = [], each = [] }) => [...told, ...each.flatMap((one) => one.in ?? [])]),
        ...pathway.stages.flatMap(({ forFamilies }) => forFamilies?.in ?? []),
      ]
      for (const { language, ...texts } of others.filter((other) => other.language === 'ur' || other.language === 'ar'))
        for (const text of Object.values<string>(texts)) {
          match(text, /\p{Script=Arabic}/u)
          ok(!/[a-z]/i.test(text), text)
        }
    })
    it(`write letters that name no need: ${name}`, () => {
      const letters = pathway.stages.flatMap(({ moves }) => moves.flatMap(({ tells }) => tells))
      ok(letters.some(({ who }) => who === 'school') && letters.some(({ who }) => who === 'carer'))
      for (const { text } of letters)
        ok(!/SEMH|SEND\b|behaviour|special educational|mental|EHCP|disab|exclu|autis|anx/i.test(text), text)
    })
    it(`tell the school and the family of every decision: ${name}`, () => {
      for (const { moves } of pathway.stages)
        for (const { id, as, tells, reason } of moves) {
          deepEqual(
            tells.map(({ who }) => who),
            ['school', 'carer'],
            id,
          )
          if (as === 'decline' || as === 'defer' || as === 'more-information') equal(reason, true, id)
        }
    })
    it(`leave nobody at a stage from which nothing leads on: ${name}`, () => {
      const [first] = pathway.stages
      const reached = new Set([first?.id])
      for (const id of reached) for (const { to } of stageOf(pathway, id ?? '').moves) if (to) reached.add(to)
      deepEqual([...reached].sort(), pathway.stages.map(({ id }) => id).sort())
      // By decisions alone that need nothing first: whatever never comes, somebody can end the case, with a reason.
      const ending = new Set<string>()
      for (const _ of pathway.stages)
        for (const { id, moves } of pathway.stages)
          if (
            moves.some(
              ({ as, to, needs = [], gives, reason }) =>
                needs.length === 0 &&
                gives === undefined &&
                (to === undefined ? (as === 'decline' || as === 'finish') && reason : ending.has(to)),
            )
          )
            ending.add(id)
      deepEqual([...ending].sort(), [...reached].sort())
    })
    it(`count the days that they promise from an event that stays the same on every later day: ${name}`, () => {
      for (const text of [pathway.intro ?? '', ...pathway.afterwards]) ok(!/today/.test(text), text)
    })
    it(`say where else to turn, and that a child in danger cannot wait: ${name}`, () => {
      for (const { id, turnTo } of pathway.eligibility) ok(turnTo.length > 0, id)
      match(pathway.intro ?? '', /designated safeguarding lead/)
    })
  }
  it('put panels before decisions, each with a reason', () => {
    for (const [name, , pathway] of every)
      for (const { id, panel, moves } of pathway.stages)
        if (panel) {
          ok(pathway.panel, name)
          for (const move of moves.filter(({ as }) => as === 'accept' || as === 'defer' || as === 'decline')) {
            equal(move.reason, true, `${name} ${id} ${move.id}`)
            ok(
              move.needs?.some(({ kind }) => kind === 'panel'),
              `${name} ${id} ${move.id}`,
            )
          }
        }
  })
  it('say what a referral costs before it is begun, where a head teacher agrees to it, and where it is given', () => {
    const costs: [name: string, pathway: string, sums: string[], moves: string[]][] = [
      ['stepping-stones-2024-25', 'placement', ['£3,000'], ['give-place', 'give-free-place']],
      ['stepping-stones-2024-25', 'outreach', ['£650', '£1,000', '£550', '£100'], ['take-up']],
      ['stepping-stones-2019-20', 'placement', ['£2,500'], ['give-place', 'give-free-place']],
      ['stepping-stones-2019-20', 'outreach', ['£900', '£1,700'], ['take-up']],
      ['golden-hill-2019-20', 'placement', ['£2,500'], ['give-place', 'give-free-place']],
      ['golden-hill-2019-20', 'outreach', ['£900', '£1,700'], ['take-up']],
      ['school2school-norfolk-2015-16', 'support', ['£50', '£45'], ['take-up', 'begin']],
      ['bridge-2020-21', 'reintegration', ['no cost|costs nothing'], ['give-core-place', 'give-waiting-core-place']],
      ['sedis-2024-25', 'support', ['free to the pupil|fund it jointly'], ['sign-off']],
    ]
    for (const [name, id, sums, given] of costs) {
      const { intro = '', declarations, stages } = pathwayOf(name, id)
      const letters = stages.flatMap(({ moves }) =>
        moves.flatMap(({ id: move, tells }) =>
          given.includes(move) ? tells.flatMap(({ who, text }) => (who === 'school' ? text : [])) : [],
        ),
      )
      ok(letters.length >= given.length)
      for (const text of [intro, declarations.map(({ text }) => text).join(' '), ...letters])
        for (const sum of sums) match(text, new RegExp(sum), `${name} ${id}`)
    }
  })
  it('tell families of their data and of complaints in sentences of fewer than fifteen words', () => {
    for (const name of shipped) {
      const { privacy, pathways = [] } = shippedCatalogue(name)
      ok(privacy)
      const { notice, complaints } = privacy
      const texts = [
        ...notice.flatMap(({ heading, text }) => [heading, ...text]),
        ...complaints.steps,
        complaints.further ?? '',
        ...pathways.map(({ retention }) => retention.why),
      ]
      for (const sentence of texts.flatMap(sentencesOf)) ok(wordsIn(sentence) < 15, `${name}: ${sentence}`)
    }
  })
  it('name whom to ask about data where a document gives an address', () => {
    for (const name of ['stepping-stones-2019-20', 'stepping-stones-2024-25'])
      equal(shippedCatalogue(name).privacy?.contact?.email, 'head@steppingstones.lancs.sch.uk', name)
  })
  it('have a calendar of three terms, and a notice that names the Information Commissioner', () => {
    for (const name of shipped) {
      const { calendar, privacy } = shippedCatalogue(name)
      equal(calendar?.terms.length, 3, name)
      match(JSON.stringify(privacy?.notice), /Information Commissioner/)
      ok((privacy?.complaints.steps.length ?? 0) > 1, name)
    }
  })
})

describe('Stepping Stones, 2024–25: referrals', () => {
  const name = 'stepping-stones-2024-25'
  const outreach = pathwayOf(name, 'outreach')
  const placement = pathwayOf(name, 'placement')
  it('come from primary schools of three districts that hold the universal offer', () => {
    for (const { eligibility, consent } of [outreach, placement]) {
      match(eligibility[0]?.question ?? '', /primary school in Lancashire district 1, 2 or 4/)
      equal(eligibility[1]?.id, 'universal')
      deepEqual(consent.languages, ['pl', 'ur', 'ar'])
    }
    deepEqual(
      filling(outreach, 'pupil.year')[0]?.choices?.map(({ id }) => id),
      ['reception', 'year-1', 'year-2', 'year-3', 'year-4', 'year-5', 'year-6'],
    )
  })
  it('of outreach are paid for from a package, and reviewed six weeks after the report', () => {
    const [choices] = questionsOf(outreach).flatMap(({ id, choices: all }) => (id === 'package' ? [all] : []))
    deepEqual(
      choices?.map(({ id }) => id),
      ['bronze', 'silver', 'silver-top-up', 'parent-support', 'consultancy'],
    )
    deepEqual(deadlineOf(outreach, 'review-due'), {
      within: 6,
      unit: 'weeks',
      from: { event: 'recorded', what: 'report-shared' },
      until: { event: 'recorded', what: 'review' },
    })
  })
  it('of placements go before the termly Multi-Disciplinary Admissions Panel, which counts its places', () => {
    deepEqual(
      [placement.panel?.name, placement.panel?.often],
      ['Multi-Disciplinary Admissions Panel (MAP)', 'every term'],
    )
    deepEqual(placement.places, [
      { id: 'referral-place', name: 'Referral place', counted: 'panel', offer: 'placement' },
    ])
    equal(placement.stages[0]?.panel, true)
    deepEqual(
      placement.stages[0]?.moves.map(({ as }) => as),
      ['accept', 'go-on', 'defer', 'more-information', 'decline'],
    )
    equal(moveOf(placement, 'panel', 'give-place').gives, 'referral-place')
  })
  it('keep a waiting list where no place is free', () => {
    const wait = moveOf(placement, 'panel', 'wait')
    deepEqual([wait.to, wait.reason, wait.gives], ['waiting', true, undefined])
    equal(moveOf(placement, 'waiting', 'give-free-place').gives, 'referral-place')
  })
  it('lead from the admission meeting to twelve weeks, a review in week 12 and the return', () => {
    deepEqual(moveOf(placement, 'admission', 'start').needs, [
      { kind: 'recorded', event: 'admission-meeting' },
      { kind: 'consent', purpose: 'place' },
      { kind: 'assigned' },
    ])
    const { weeks, about } = stageOf(placement, 'placement')
    equal(weeks, 12)
    match(about, /full time in weeks 1 and 2, then four days here and one/)
    deepEqual(deadlineOf(placement, 'review-due'), {
      within: 12,
      unit: 'full-weeks',
      from: { event: 'entered', stage: 'placement' },
      until: { event: 'recorded', what: 'review' },
    })
    const back = moveOf(placement, 'placement', 'return')
    deepEqual([back.to, back.frees], ['reintegration', true])
  })
  it('ask one parent for outreach, and both who are named for a place', () =>
    deepEqual([outreach.consent.carers, placement.consent.carers], [1, 2]))
})

for (const [name, districts] of [
  ['stepping-stones-2019-20', '1, 2 or 4'],
  ['golden-hill-2019-20', '6, 7 or 8'],
] as const)
  describe(`The 2019–20 list, ${name}: referrals`, () => {
    const outreach = pathwayOf(name, 'outreach')
    const placement = pathwayOf(name, 'placement')
    it('come from its own districts and send the others next door', () => {
      const [district] = placement.eligibility
      match(district?.question ?? '', new RegExp(`district ${districts}\\?`))
      const [next] = shippedCatalogue(name).area.elsewhere ?? []
      equal(district?.turnTo[0]?.name, next?.name)
      deepEqual(
        [outreach.consent.languages, placement.consent.languages],
        [
          ['ur', 'pl'],
          ['ur', 'pl'],
        ],
      )
    })
    it('of outreach spend Silver or Gold by an action plan', () => {
      const asked = questionsOf(outreach).find(({ id }) => id === 'package')
      deepEqual(
        asked?.choices?.map(({ id }) => id),
        ['silver', 'gold'],
      )
      ok(outreach.events.some(({ id }) => id === 'action-plan'))
    })
    it('of placements go to the termly Admissions Panel, with 25 hours a week', () => {
      deepEqual([placement.panel?.name, placement.panel?.often], ['Admissions Panel', 'every term'])
      const { weeks, about } = stageOf(placement, 'placement')
      equal(weeks, 12)
      match(about, /25 hours of education a week/)
    })
    it('end with step-down: three visits over six weeks', () => {
      equal(stageOf(placement, 'reintegration').weeks, 6)
      deepEqual(deadlineOf(placement, 'step-down'), {
        within: 6,
        unit: 'full-weeks',
        from: { event: 'entered', stage: 'reintegration' },
        until: { event: 'recorded', what: 'third-visit' },
      })
      equal(placement.events.filter(({ id }) => id.endsWith('-visit') && id !== 'staff-visit').length, 3)
    })
  })

describe('School 2 School Support, Norfolk: referrals', () => {
  const support = pathwayOf('school2school-norfolk-2015-16', 'support')
  it('are taken at any hour, with the parents asked first', () => {
    match(support.intro ?? '', /any hour of the day and night/)
    match(support.intro ?? '', /5 working days of the parents’ permission.*28 working days of the referral/)
    equal(support.eligibility[0]?.id, 'permission')
    ok(support.declarations.some(({ id }) => id === 'permission'))
  })
  it('tell the head teacher, the SENCo and the class teacher', () => {
    deepEqual(
      filling(support, 'told').map(({ id, as, optional }) => [id, as, optional]),
      ['head-email', 'senco-email', 'teacher-email'].map((id) => [id, 'email', undefined]),
    )
    match(support.declarations.find(({ id }) => id === 'told')?.text ?? '', /head teacher.*SENCo.*class teacher/)
  })
  it('say first the five things that it does not do', () => equal(support.notProvided?.length, 5))
  it('are answered in 5 working days of the permission and visited in 28 of the referral', () => {
    deepEqual(deadlineOf(support, 'first-contact'), {
      within: 5,
      unit: 'working-days',
      from: { event: 'released' },
      until: { event: 'recorded', what: 'first-contact' },
    })
    deepEqual(deadlineOf(support, 'first-visit'), {
      within: 28,
      unit: 'working-days',
      from: { event: 'sent' },
      until: { event: 'recorded', what: 'first-visit' },
    })
  })
  it('lead to a programme of support and end with its evaluation', () => {
    deepEqual(moveOf(support, 'first-visit', 'begin').needs, [
      { kind: 'recorded', event: 'first-visit' },
      { kind: 'recorded', event: 'programme-agreed' },
      { kind: 'consent', purpose: 'visit' },
    ])
    deepEqual(moveOf(support, 'evaluation', 'finish').needs, [{ kind: 'recorded', event: 'evaluation' }])
    deepEqual(support.letters, ['admin@s2ssupport.co.uk'])
    deepEqual(support.consent.languages, ['pl'])
  })
})

describe('The Bridge School, 2020–21: referrals', () => {
  const reintegration = pathwayOf('bridge-2020-21', 'reintegration')
  it('take two core places a school and term, one fewer after a permanent exclusion, and funded ones beyond', () =>
    deepEqual(reintegration.places, [
      {
        id: 'core',
        name: 'Core inclusion place',
        counted: 'school-term',
        most: 2,
        withdrawnByExclusion: 1,
        offer: 'core-place',
        beyond: 'engagement',
      },
      { id: 'engagement', name: 'Additional engagement place', counted: 'freely', offer: 'engagement-place' },
    ]))
  it('come from secondary schools and are decided by the termly meeting', () => {
    deepEqual(
      filling(reintegration, 'pupil.year')[0]?.choices?.map(({ id }) => id),
      [7, 8, 9, 10, 11].map((year) => `year-${year}`),
    )
    deepEqual([reintegration.panel?.name, reintegration.panel?.often], ['Multi-agency inclusion meeting', 'every term'])
    equal(moveOf(reintegration, 'meeting', 'give-core-place').gives, 'core')
    equal(moveOf(reintegration, 'meeting', 'offer-engagement-place').gives, 'engagement')
    deepEqual(moveOf(reintegration, 'funding', 'funded').needs, [{ kind: 'recorded', event: 'funding-agreed' }])
  })
  it('are prepared only once the family has said yes at the first meeting, and begin with agreement and profile', () => {
    deepEqual(before(reintegration, 'preparation'), ['first-meeting'])
    deepEqual(moveOf(reintegration, 'first-meeting', 'prepare').needs, [
      { kind: 'recorded', event: 'first-meeting' },
      { kind: 'consent', purpose: 'place' },
    ])
    deepEqual(before(reintegration, 'programme'), ['preparation'])
    deepEqual(moveOf(reintegration, 'preparation', 'start').needs, [
      { kind: 'agreement' },
      { kind: 'consent', purpose: 'place' },
      { kind: 'recorded', event: 'behaviour-profile' },
      { kind: 'assigned' },
    ])
    ok((reintegration.agreement?.clauses.length ?? 0) >= 12)
  })
  it('last for at most 12 weeks, and end with a date, a plan, a review and feedback', () => {
    equal(stageOf(reintegration, 'programme').weeks, 12)
    deepEqual(deadlineOf(reintegration, 'twelve-weeks'), {
      within: 12,
      unit: 'full-weeks',
      from: { event: 'entered', stage: 'programme' },
      until: { event: 'entered', stage: 'reintegration' },
    })
    deepEqual(
      moveOf(reintegration, 'programme', 'return').needs,
      ['return-date', 'reintegration-plan'].map((event) => ({ kind: 'recorded', event })),
    )
    deepEqual(
      moveOf(reintegration, 'reintegration', 'finish').needs,
      ['review', 'feedback'].map((event) => ({ kind: 'recorded', event })),
    )
  })
  it('give a core place back only before it begins', () => {
    const frees = reintegration.stages.flatMap(({ id, moves }) => (moves.some((move) => move.frees) ? [id] : []))
    deepEqual(frees, ['funding', 'first-meeting', 'preparation'])
  })
  it('can end otherwise than with the return in exceptional circumstances alone, by the meeting', () => {
    deepEqual(after(reintegration, 'programme'), ['reintegration', 'exceptional', 'end'])
    for (const stage of ['programme', 'exceptional', 'reintegration']) {
      const { by, reason, as } = moveOf(reintegration, stage, 'end-early')
      deepEqual([by, reason, as], [['coordinator'], true, 'finish'])
    }
    equal(stageOf(reintegration, 'exceptional').panel, true)
    deepEqual([reintegration.consent.carers, reintegration.consent.languages], [2, ['ur', 'pl']])
  })
})

describe('SEDIS, 2024–25: referrals', () => {
  const support = pathwayOf('sedis-2024-25', 'support')
  it('need the enhanced pathway and no education, health and care plan', () =>
    deepEqual(
      support.eligibility.map(({ id, pass }) => [id, pass]),
      [
        ['setting', 'yes'],
        ['eapdr', 'yes'],
        ['ehcp', 'no'],
        ['own-steps', 'yes'],
        ['relational', 'yes'],
      ],
    ))
  it('go to the locality group, then to the commissioner, then to a meeting, then to outreach', () => {
    deepEqual(
      support.stages.map(({ id }) => id).filter((id) => !id.startsWith('more-')),
      [
        'lmg-outreach',
        'sign-off-outreach',
        'initial-meeting',
        'outreach',
        'lmg-in-reach',
        'sign-off-in-reach',
        'in-reach-meeting',
        'in-reach',
        'outreach-again',
        'leaving',
      ],
    )
    for (const [from, to] of [
      ['lmg-outreach', 'sign-off-outreach'],
      ['sign-off-outreach', 'initial-meeting'],
      ['initial-meeting', 'outreach'],
    ] as const)
      deepEqual(before(support, to), [from])
    for (const id of ['sign-off-outreach', 'sign-off-in-reach'])
      for (const { by } of stageOf(support, id).moves) deepEqual(by, ['commissioner'])
  })
  it('reach in-reach from outreach alone, and always come back to outreach', () => {
    deepEqual(before(support, 'in-reach'), ['in-reach-meeting'])
    deepEqual(before(support, 'in-reach-meeting'), ['sign-off-in-reach'])
    deepEqual(before(support, 'sign-off-in-reach'), ['lmg-in-reach'])
    deepEqual(
      before(support, 'lmg-in-reach').filter((id) => id !== 'more-for-in-reach' && id !== 'sign-off-in-reach'),
      ['outreach'],
    )
    deepEqual(after(support, 'in-reach'), ['outreach-again'])
    for (const id of ['lmg-in-reach', 'more-for-in-reach', 'sign-off-in-reach', 'in-reach-meeting'])
      ok(!after(support, id).includes('end'), id)
  })
  it('last for six weeks of outreach and up to twelve of in-reach', () => {
    deepEqual([stageOf(support, 'outreach').weeks, stageOf(support, 'in-reach').weeks], [6, 12])
    deepEqual(deadlineOf(support, 'in-reach-ends'), {
      within: 12,
      unit: 'full-weeks',
      from: { event: 'entered', stage: 'in-reach' },
      until: { event: 'left', stage: 'in-reach' },
    })
  })
  it('complete the Outcome Star at three points, and ask for in-reach once six weeks are reviewed', () => {
    const recordedFor = (stage: string, move: string) =>
      (moveOf(support, stage, move).needs ?? []).flatMap((need) => (need.kind === 'recorded' ? need.event : []))
    deepEqual(recordedFor('outreach', 'ask-in-reach'), [
      'feedback-meeting',
      'six-week-review',
      'outcome-star-start',
      'outcome-star-middle',
    ])
    const over = ['feedback-meeting', 'exit-questionnaires']
    deepEqual(recordedFor('outreach', 'finish'), [
      ...over,
      'outcome-star-start',
      'outcome-star-middle',
      'outcome-star-end',
    ])
    deepEqual(recordedFor('in-reach', 'return'), ['outcome-star-middle'])
    deepEqual(recordedFor('outreach-again', 'finish'), [...over, 'outcome-star-end'])
    // Whatever comes, a stay can end early.
    for (const stage of ['outreach', 'in-reach', 'outreach-again'])
      deepEqual(moveOf(support, stage, 'end-early').needs, undefined)
  })
  it('say to families that whoever confirms it at the council sees no names, beside the council’s staff in the group', () => {
    const [share] = support.consent.purposes
    match(share?.text ?? '', /council staff .* decide there together/)
    match(share?.sees ?? '', /Whoever confirms it at the council sees no names\./)
  })
  it('have reasons for outreach and in-reach that the commissioner reads', () => {
    const read = support.stages.flatMap(({ id, moves }) =>
      moves.flatMap((move) => (move.commissionerReads ? `${id} ${move.id}` : [])),
    )
    deepEqual(read, ['lmg-outreach approve', 'outreach ask-in-reach', 'lmg-in-reach approve'])
  })
  it('ask for four kinds of consent', () =>
    deepEqual(purposesOf(support), [
      {
        id: 'share',
        asked: 'at-once',
        releases: true,
        by: ['carer', 'young-person'],
        inPerson: false,
        each: undefined,
      },
      {
        id: 'support',
        asked: 'at-meeting',
        releases: false,
        by: ['carer', 'young-person'],
        inPerson: true,
        each: undefined,
      },
      {
        id: 'in-reach',
        asked: 'at-meeting',
        releases: false,
        by: ['carer', 'young-person'],
        inPerson: true,
        each: undefined,
      },
      {
        id: 'specialist',
        asked: 'each-time',
        releases: false,
        by: ['carer', 'young-person', 'social-worker'],
        inPerson: false,
        each: [
          'speech-and-language-therapist',
          'occupational-therapist',
          'educational-psychologist',
          'behaviour-support',
        ],
      },
    ]))
  it('begin outreach only with the meeting held, the consent and somebody to do the work', () =>
    deepEqual(moveOf(support, 'initial-meeting', 'begin-outreach').needs, [
      { kind: 'recorded', event: 'initial-meeting' },
      { kind: 'consent', purpose: 'support' },
      { kind: 'assigned' },
    ]))
  it('let young people answer for themselves from 16 on, in five languages', () => {
    equal(support.consent.ownAnswerFrom, 16)
    equal(filling(support, 'young-person.email').length, 1)
    deepEqual(support.consent.languages, ['cy', 'pl', 'ur', 'ar'])
    deepEqual([filling(support, 'social-worker.name').length, filling(support, 'social-worker.email').length], [1, 1])
  })
  it('are answered in 5 working days of term, and asked for feedback within two weeks of the exit', () => {
    deepEqual(deadlineOf(support, 'first-contact'), {
      within: 5,
      unit: 'working-days',
      termTime: true,
      from: { event: 'released' },
      until: { event: 'recorded', what: 'first-contact' },
    })
    deepEqual(deadlineOf(support, 'feedback-forms'), {
      within: 2,
      unit: 'weeks',
      from: { event: 'entered', stage: 'leaving' },
      until: { event: 'recorded', what: 'feedback-forms' },
    })
    for (const stage of ['outreach', 'outreach-again']) {
      deepEqual(
        moveOf(support, stage, 'finish').needs?.slice(0, 2),
        ['feedback-meeting', 'exit-questionnaires'].map((event) => ({ kind: 'recorded', event, sinceEntry: true })),
      )
      for (const move of ['finish', 'end-early']) equal(moveOf(support, stage, move).to, 'leaving')
    }
    deepEqual(moveOf(support, 'leaving', 'close').needs, [
      { kind: 'recorded', event: 'feedback-forms', sinceEntry: true },
    ])
  })
  it('ask the school nothing where the commissioner asks the locality group', () => {
    for (const stage of ['sign-off-outreach', 'sign-off-in-reach'])
      equal(moveOf(support, stage, 'send-back').as, 'defer')
    for (const { moves } of support.stages)
      for (const { as, to = '' } of moves)
        if (as === 'more-information')
          ok(
            stageOf(support, to).moves.some(({ by }) => by.includes('school')),
            to,
          )
  })
  it('name no carer for a young person who answers alone', () => {
    for (const fills of ['carer.name', 'carer.relationship'] as const)
      equal(filling(support, fills)[0]?.optional, true, fills)
  })
  it('show the commissioner what the sign-off needs, and no name', () =>
    deepEqual(
      questionsOf(support).flatMap(({ id, seenBy }) => (seenBy.includes('commissioner') ? [id] : [])),
      ['year', 'level', 'district', 'level-of-need', 'cycles', 'tried', 'focus'],
    ))
  it('bind the setting to relational practice, its share of the funding and transport', () =>
    deepEqual(
      support.declarations.map(({ id }) => id),
      ['family-knows', 'relational', 'funding', 'transport', 'takes-part', 'responsible'],
    ))
  it('acknowledge complaints in 5 working days and answer them in 15, before the county council', () => {
    const complaints = shippedCatalogue('sedis-2024-25').privacy?.complaints
    deepEqual([complaints?.acknowledgedWithin, complaints?.answeredWithin], [5, 15])
    match(complaints?.further ?? '', /Staffordshire County Council/)
  })
})
