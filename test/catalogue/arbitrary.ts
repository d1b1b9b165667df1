import fc from 'fast-check'
import { BUYER_CLASSES, PHASES } from '../../catalogue/schema/buyer.ts'
import { CONSENT_GIVERS, CONSENT_LANGUAGES } from '../../catalogue/schema/consent.ts'
import { OFFER_KINDS, VAT_CLASSES } from '../../catalogue/schema/offer.ts'
import { ANSWER_FILLS, CASE_MOVERS, CASE_READERS, QUESTION_KINDS } from '../../catalogue/schema/pathway.ts'
import { FACTS, UNITS } from '../../catalogue/schema/price.ts'

const OFFERS = ['alpha', 'beta', 'gamma', 'delta', 'epsilon']
const OPTIONS = ['short', 'long']
const GROUPS = ['trust', 'cluster']
const URNS = ['100001', '100002']

const pence = fc.oneof({ weight: 4, arbitrary: fc.nat(300_000) }, fc.constantFrom(0, 1, 100_000_000))
const few = fc.integer({ min: 1, max: 12 })
const count = fc.oneof({ weight: 5, arbitrary: few }, fc.integer({ min: 1, max: 10_000 }))
const percent = fc.nat(10_000).map((hundredths) => hundredths / 100)
const unit = fc.constantFrom(...UNITS)
const kind = fc.constantFrom(...OFFER_KINDS)
const vat = fc.constantFrom(...VAT_CLASSES)
const fact = fc.constantFrom(...FACTS)
const offerId = fc.constantFrom(...OFFERS)
const buyerClass = fc.constantFrom(...BUYER_CLASSES)
export const day = fc.nat(396).map((days) => new Date(Date.UTC(2024, 2, 1 + days)).toISOString().slice(0, 10))
const days = fc.uniqueArray(day, { minLength: 1, maxLength: 3 }).map((list) => list.sort())
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 })

/** Starts that rise from the first one. */
function starts(first: number) {
  return fc
    .uniqueArray(fc.integer({ min: first + 1, max: 400 }), { maxLength: 3 })
    .map((list) => [first, ...list.sort((a, b) => a - b)])
}

function rising(first: number) {
  return starts(first).chain((froms) =>
    fc.tuple(...froms.map((from) => pence.map((amount) => ({ from, pence: amount })))),
  )
}

const leaf = fc.oneof(
  fc.constant({ form: 'free' }),
  fc.record({ form: fc.constant('fixed'), pence }),
  fc.record({ form: fc.constant('per-unit'), unit, minutes: few, pence }, { requiredKeys: ['form', 'unit', 'pence'] }),
  fc.record({ form: fc.constant('per-pupil'), pence }),
  fc.record({
    form: fc.constant('per-pupil-by-phase'),
    pence: fc.dictionary(fc.constantFrom(...PHASES), pence, { minKeys: 1 }),
  }),
  fc.record({ form: fc.constant('bands'), fact, each: fc.constantFrom('school', 'buyer'), bands: rising(0) }),
  fc.record({ form: fc.constant('tiers'), kind: fc.constantFrom('volume', 'graduated'), unit, tiers: rising(1) }),
  fc
    .record({ form: fc.constant('up-to'), unit, covers: few, pence, furtherPence: pence, more: fc.nat(400) })
    .map(({ more, ...price }) => ({ ...price, most: price.covers + more })),
  fc.record({ form: fc.constant('first-free'), unit, free: count, pence }),
  fc.record({ form: fc.constant('blocks'), unit, size: few, pence: fc.array(pence, { minLength: 1, maxLength: 4 }) }),
  fc.constant({ form: 'on-request' }),
  fc.record({ form: fc.constant('counted'), of: fc.constantFrom('token', 'session'), count }),
)

/** Every form of price, with choices inside each other as deep as the schema lets them be. */
function priceWithin(depth: number): fc.Arbitrary<unknown> {
  if (depth <= 1) return leaf
  const inner = priceWithin(depth - 1)
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    fc
      .tuple(
        inner,
        days.chain((froms) => fc.tuple(...froms.map((from) => inner.map((price) => ({ from, price }))))),
      )
      .map(([first, later]) => ({ form: 'by-date', first, later })),
    fc.record({ form: fc.constant('by-holding'), offer: offerId, holder: inner, other: inner }),
    fc.record({ form: fc.constant('by-area'), inside: inner, outside: inner }),
    fc.record({
      form: fc.constant('by-class'),
      classes: fc.uniqueArray(fc.record({ class: buyerClass, price: inner }), {
        minLength: 1,
        maxLength: 3,
        selector: (choice) => choice.class,
      }),
      other: inner,
    }),
    fc.record({ form: fc.constant('joining'), rule: fc.constantFrom('full', 'monthly'), price: inner }),
    fc
      .tuple(
        inner,
        days.chain((froms) =>
          fc.tuple(
            ...froms.map((from) =>
              fc
                .tuple(fc.nat(12), fc.nat(12))
                .map(([part, rest]) => ({ from, numerator: part, denominator: part + rest || 1 })),
            ),
          ),
        ),
      )
      .map(([price, fractions]) => ({ form: 'joining', rule: 'fractions', fractions, price })),
  )
}
const price = fc.oneof({ weight: 3, arbitrary: priceWithin(3) }, priceWithin(6))

const support = fc.oneof(
  fc
    .tuple(fc.nat(900), fc.nat(900))
    .map(([least, more]) => ({ by: 'unit', leastMinutes: least, mostMinutes: least + more })),
  fc.tuple(fact, starts(0), fc.nat(900)).map(([of, froms, most]) => ({
    by: 'bands',
    fact: of,
    bands: froms.map((from) => ({ from, leastMinutes: 0, mostMinutes: most })),
  })),
)

const offerOf = (id: string) =>
  fc
    .record(
      {
        priced: fc.oneof(
          { weight: 3, arbitrary: price.map((only) => ({ price: only })) },
          fc
            .tuple(...OPTIONS.map((option) => price.map((own) => ({ id: option, name: option, price: own }))))
            .map((options) => ({ options })),
        ),
        kind,
        askedBy: fc.constantFrom('order', 'order', 'referral'),
        participants: fc.record({ least: few }),
        quantity: fc
          .tuple(fc.integer({ min: 1, max: 3 }), fc.nat(600))
          .map(([least, more]) => ({ least, most: least + more })),
        minimumPence: fc.integer({ min: 1, max: 500_000 }),
        support,
        grants: fc.record({ of: fc.constantFrom('token', 'session'), count: few }),
        includes: fc.array(
          fc.record(
            { offer: offerId, option: fc.constantFrom(...OPTIONS), quantity: few },
            { requiredKeys: ['offer', 'quantity'] },
          ),
          { maxLength: 3 },
        ),
        requires: fc.array(
          fc.record(
            {
              offer: offerId,
              or: fc.array(offerId, { minLength: 1, maxLength: 2 }),
              how: fc.constantFrom('added', 'held'),
            },
            { requiredKeys: ['offer', 'how'] },
          ),
          { maxLength: 2 },
        ),
        districts: fc.constantFrom(['1'], ['1', '2']),
        placement: fc.constant({ weeks: 12, pattern: [], availability: 'Subject to availability.', steps: [] }),
        vat,
      },
      { requiredKeys: ['priced', 'kind'] },
    )
    .map(({ priced, ...offer }) => ({ id, name: id, summary: 'Example.', gives: [], ...offer, ...priced }))

const scope = fc.record(
  {
    kinds: fc.array(kind, { maxLength: 4 }),
    offers: fc.array(offerId, { maxLength: 4 }),
    options: fc.array(fc.constantFrom(...OPTIONS), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const condition = fc.record(
  {
    holds: offerId,
    group: fc.constantFrom(...GROUPS),
    class: fc.uniqueArray(buyerClass, { minLength: 1, maxLength: 4 }),
    from: day,
    until: day,
    threshold: fc.record({
      fact: fc.constantFrom('pence', 'quantity', ...FACTS),
      is: fc.constantFrom('at-least', 'more-than'),
      value: fc.nat(3_000),
    }),
  },
  { requiredKeys: [] },
)
const loose = fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, condition)
const rule = {
  id: fc.constantFrom('one', 'two', 'three'),
  name: fc.constant('Rule'),
  on: fc.oneof(fc.constant({}), scope),
  when: loose,
}
const discount = fc.oneof(
  fc.record({ kind: fc.constant('percent'), percent, ...rule }),
  fc.record({
    kind: fc.constant('amount'),
    pence: fc.integer({ min: 1, max: 90_000 }),
    each: fc.constantFrom('unit', 'line', 'order'),
    ...rule,
  }),
)
const surcharge = fc.oneof(
  fc.record({ kind: fc.constant('percent'), percent, vat, ...rule }),
  fc.record({ kind: fc.constant('amount'), pence: fc.integer({ min: 1, max: 90_000 }), ...rule }),
)

const words = fc.constantFrom('One thing.', 'Another thing.', 'Something else altogether, in rather more words.')
const someId = fc.constantFrom('one', 'two', 'three')
const some = <Value>(values: readonly Value[], least = 1) =>
  fc.subarray([...values], { minLength: least, maxLength: 3 })
const span = fc
  .tuple(day, day)
  .map(([one, other]) => ({ from: one < other ? one : other, to: one < other ? other : one }))

/** Entries with ids of their own, and names. */
function entries<Entry extends object>(arbitrary: fc.Arbitrary<Entry>, least = 0, most = 2) {
  return fc
    .uniqueArray(fc.record({ id: someId, more: arbitrary }), {
      minLength: least,
      maxLength: most,
      selector: ({ id }) => id,
    })
    .map((list) => list.map(({ id, more }) => ({ id, ...more })))
}

/** An object whose keys are all there but those that may be left out. */
function partly<Always extends object, Sometimes extends object>(
  always: { [Key in keyof Always]: fc.Arbitrary<Always[Key]> },
  sometimes: { [Key in keyof Sometimes]: fc.Arbitrary<Sometimes[Key]> },
): fc.Arbitrary<object> {
  return fc
    .tuple(fc.record(always), fc.record(sometimes, { requiredKeys: [] }))
    .map(([one, other]) => ({ ...one, ...other }))
}

const told = { name: words, text: words, sees: words, keptFor: words }
const wording = { asks: words, no: words }
const language = fc.constantFrom(...CONSENT_LANGUAGES)
const translated = (parts: Record<string, fc.Arbitrary<string>>) =>
  fc.uniqueArray(fc.record({ language, ...parts }), { maxLength: 2, selector: (entry) => entry.language })
const consent = partly(
  {
    ...wording,
    purposes: entries(
      partly(
        { ...told, asked: fc.constantFrom('at-once', 'at-meeting', 'each-time'), by: some(CONSENT_GIVERS) },
        {
          releases: fc.boolean(),
          inPerson: fc.boolean(),
          each: entries(partly({ name: words }, { in: translated({ name: words }) }), 1),
          lastsDays: few,
          in: translated(told),
        },
      ),
      1,
    ),
    carers: fc.integer({ min: 1, max: 2 }),
    languages: fc.uniqueArray(language, { maxLength: 2 }),
    openDays: few,
  },
  { ownAnswerFrom: fc.integer({ min: 10, max: 18 }), in: translated(wording) },
)
const question = fc
  .tuple(
    partly(
      { as: fc.constantFrom(...QUESTION_KINDS), label: words, why: words, seenBy: some(CASE_READERS, 0) },
      {
        hint: words,
        fills: fc.constantFrom(...ANSWER_FILLS),
        optional: fc.boolean(),
        most: count.map((number) => Math.min(number, 5_000)),
        when: fc.record({ question: someId, is: fc.constantFrom('yes', 'one') }),
      },
    ),
    entries(fc.record({ name: words }), 2, 3),
  )
  .map(([asked, choices]) => ({ ...asked, ...('as' in asked && /^choices?$/.test(String(asked.as)) && { choices }) }))
const need = fc.oneof(
  fc.record({ kind: fc.constant('consent'), purpose: someId }),
  partly({ kind: fc.constant('recorded'), event: someId }, { sinceEntry: fc.boolean() }),
  fc.constantFrom({ kind: 'agreement' }, { kind: 'assigned' }, { kind: 'panel' }),
)
const move = partly(
  {
    name: words,
    as: fc.constantFrom('accept', 'defer', 'more-information', 'decline', 'go-on', 'finish'),
    by: some(CASE_MOVERS),
    tells: fc.array(fc.record({ who: fc.constantFrom('school', 'carer'), text: words }), { maxLength: 2 }),
  },
  {
    to: someId,
    gives: someId,
    frees: fc.boolean(),
    reason: fc.boolean(),
    commissionerReads: fc.boolean(),
    needs: fc.array(need, { maxLength: 2 }),
  },
)
const recorded = fc.record({ event: fc.constant('recorded'), what: someId })
const deadline = partly(
  {
    name: words,
    within: few,
    unit: fc.constantFrom('working-days', 'weeks', 'full-weeks'),
    from: fc.oneof(
      fc.constantFrom({ event: 'sent' }, { event: 'released' }),
      fc.record({ event: fc.constant('entered'), stage: someId }),
      recorded,
    ),
    until: fc.oneof(
      fc.constant({ event: 'ended' }),
      fc.record({ event: fc.constantFrom('left', 'entered'), stage: someId }),
      recorded,
    ),
  },
  { termTime: fc.boolean() },
)
const pathway = partly(
  {
    name: words,
    summary: words,
    offers: fc.array(offerId, { minLength: 1, maxLength: 2 }),
    eligibility: entries(
      partly(
        {
          question: words,
          pass: fc.constantFrom('yes', 'no'),
          otherwise: words,
          turnTo: fc.array(
            partly(
              { name: words, how: words },
              {
                pathway: someId,
                provider: someId,
                page: fc.constantFrom('packages' as const, 'training' as const),
                website: fc.constant('https://school.example'),
                telephone: fc.constant('01'),
              },
            ),
            { maxLength: 2 },
          ),
        },
        { hint: words },
      ),
    ),
    parts: entries(partly({ name: words, questions: entries(question, 1) }, { group: words, intro: words }), 1),
    declarations: entries(fc.record({ text: words })),
    afterwards: fc.array(words, { minLength: 1, maxLength: 2 }),
    consent,
    stages: entries(
      partly(
        { name: words, about: words, moves: entries(move) },
        {
          panel: fc.boolean(),
          weeks: few,
          forFamilies: partly({ text: words }, { in: translated({ text: words }) }),
        },
      ),
      1,
    ),
    events: entries(partly({ name: words, by: some(CASE_MOVERS) }, { planned: fc.boolean() })),
    deadlines: entries(deadline),
    letters: fc.constantFrom([], ['office@school.example']),
    retention: partly(
      { draftDays: few, unansweredDays: few, withdrawnDays: few, endedMonths: few, why: words },
      { declinedMonths: few },
    ),
  },
  {
    intro: words,
    notProvided: fc.array(words, { maxLength: 2 }),
    notices: fc.array(words, { maxLength: 2 }),
    places: entries(
      partly(
        { name: words, counted: fc.constantFrom('panel', 'school-term', 'freely') },
        { most: few, withdrawnByExclusion: few, offer: offerId, beyond: someId },
      ),
      1,
    ),
    panel: partly({ name: words, about: words }, { often: words }),
    agreement: partly(
      { title: words, clauses: fc.array(words, { minLength: 1, maxLength: 2 }), school: words, provider: words },
      { intro: words },
    ),
  },
)
const calendar = fc.record({
  terms: entries(
    fc
      .tuple(span, optional(span), words)
      .map(([days, halfTerm, name]) => ({ name, ...days, ...(halfTerm && { halfTerm }) })),
  ),
  closures: fc.array(
    fc.tuple(span, words).map(([days, name]) => ({ name, ...days })),
    { maxLength: 2 },
  ),
})
const privacy = partly(
  {
    controller: words,
    notice: fc.array(fc.record({ heading: words, text: fc.array(words, { minLength: 1, maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 2,
    }),
    complaints: partly(
      { steps: fc.array(words, { minLength: 1, maxLength: 2 }) },
      { acknowledgedWithin: few, answeredWithin: few, further: words },
    ),
  },
  { contact: partly({}, { name: words, email: fc.constant('office@school.example'), telephone: fc.constant('01') }) },
)
/** What a catalogue says of referrals: mostly nothing. */
const referring = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  partly({}, { calendar, privacy, pathways: entries(pathway, 1) }),
)

/** Whole catalogues, as their authors would write them: every form of price, discounts, surcharges, VAT and what offers have to do with each other. */
export const writtenCatalogue = fc
  .record({
    area: fc.record({
      districts: fc.constantFrom([], [{ id: '1' }, { id: '2' }]),
      outside: fc.constantFrom('refused', 'priced'),
    }),
    groups: fc.constantFrom(undefined, [
      { id: 'trust', name: 'Trust' },
      { id: 'cluster', name: 'Cluster', urns: URNS },
    ]),
    vat: optional(fc.record({ standard: percent, reduced: percent })),
    discounts: fc.array(discount, { maxLength: 3 }),
    surcharges: fc.array(surcharge, { maxLength: 2 }),
    offers: fc.tuple(...OFFERS.map(offerOf)),
    referring,
  })
  .map(({ groups, vat: rates, referring: referrals, ...parts }) => ({
    format: 1,
    provider: { id: 'example', name: 'Example', kind: 'consortium', service: 'Example', about: 'Example.' },
    catalogue: '2024-25',
    title: 'Example',
    intro: 'Example.',
    year: { from: '2024-04-01', to: '2025-03-31' },
    opensOn: '2024-03-01',
    contacts: [],
    letters: { orders: [] },
    payment: [{ method: 'invoice', name: 'Invoice' }],
    ordering: { declaration: 'Yes.', afterwards: ['You hear from us.'] },
    aims: [],
    notProvided: [],
    ...(groups && { groups }),
    ...(rates && { vat: rates }),
    ...parts,
    ...referrals,
  }))

const roll = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 2_000 }) },
  fc.constantFrom(undefined, 0, 100_000),
)
const schoolOf = fc.record({
  name: fc.constant('Example School'),
  pupils: roll,
  staff: roll,
  classes: roll,
  district: fc.constantFrom('1', '1', '2', '2', '9', undefined),
  phase: fc.constantFrom(...PHASES, undefined),
  urn: fc.constantFrom(...URNS, undefined),
})
/** A school that has said all that a price may ask. */
const knownSchool = fc.record({
  name: fc.constant('Example School'),
  pupils: count,
  staff: count,
  classes: count,
  district: fc.constantFrom('1', '2'),
  phase: fc.constantFrom(...PHASES),
  urn: fc.constantFrom(...URNS),
})

/** Who buys: half of the time somebody who has said everything. */
export const anyBuyer = fc.record({
  holds: fc.uniqueArray(offerId, { maxLength: 2 }),
  schools: fc.oneof(fc.array(schoolOf, { maxLength: 4 }), {
    weight: 2,
    arbitrary: fc.array(knownSchool, { minLength: 1, maxLength: 4 }),
  }),
  class: fc.oneof({ weight: 3, arbitrary: buyerClass }, fc.constant(undefined)),
  groups: fc.constantFrom(undefined, []),
})

/** What is asked for, mostly of what there is. */
export const anyItems = fc.array(
  fc.record({
    offer: offerId,
    option: fc.constantFrom(undefined, undefined, 'short', 'long'),
    quantity: fc.oneof({ weight: 5, arbitrary: few }, fc.integer({ min: 1, max: 100_000 })),
    attending: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined, freq: 5 }),
  }),
  { minLength: 1, maxLength: 5 },
)
